#pragma once

#include "ui/choose/board_chart.h"

namespace discern {

/// Curves of the models' answers over each other: ROC, precision against recall, reliability. A click on a point of the
/// selected model opens the images that are wrong there.
class AnswerCurves : public BoardChart {
    Q_OBJECT
public:
    enum class Kind { Roc, PrecisionRecall, Reliability };
    AnswerCurves(Kind kind, Choice& choice, QWidget* parent = nullptr);

    /// The class that stands against all others, a place in the set's labels; reliability is of all.
    void setLabel(int label);
    [[nodiscard]] int label() const { return label_; }

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] QString csv() const override;

protected:
    void boardShown() override;
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QString title() const override;
    void fill(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    /// A model's curve.
    struct Line {
        int model = 0;
        int known = -1;              ///< the class in the model's own
        QVector<double> low, high;   ///< of the bins of reliability
        QVector<double> x, y, told;  ///< told: threshold, or images in the bin
        double area = 0.0;           ///< AUC, average precision or calibration error
    };
    void compute();
    /// The curve and its point that lie near; nothing where none does.
    [[nodiscard]] std::optional<std::pair<int, int>> nearest(const QPointF& position) const;
    [[nodiscard]] std::vector<std::size_t> wrongAt(const Line& line, int point) const;
    [[nodiscard]] Line lineOf(int model) const;
    [[nodiscard]] QString words(const Line& line) const;

    Kind kind_;
    int label_ = 0;
    QVector<Line> lines_;
};

}  // namespace discern
