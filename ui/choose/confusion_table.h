#pragma once

#include "core/evaluate/answers.h"
#include "ui/choose/cell_matrix.h"

namespace discern {

/// What a model takes for what: rows are the truth, columns its answers; of several labels an image, how often each is
/// found, missed and falsely given. A click on a cell opens its images. Of many classes those with most errors are shown.
class ConfusionTable : public CellMatrix {
    Q_OBJECT
public:
    explicit ConfusionTable(Choice& choice, QWidget* parent = nullptr);
    static constexpr int kMost = 24;  ///< classes that are shown at most

    /// The selected model, else the one that is ranked first; -1 without any.
    [[nodiscard]] int model() const;
    [[nodiscard]] QString csv() const;
    /// What is shown, and how much of it.
    [[nodiscard]] QString title() const override;

protected:
    void open(int row, int column) override;
    void redraw() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fitRows();
    void showClasses(const Labelled& answers);
    void showLabels(const Labelled& answers);
    void setHeads(const Answers& answers, const QStringList& columns);
    void addCell(int row, int column, double count, double of, bool right, const QString& told);

    std::vector<int> rows_;  ///< classes, places in the model's answers; the first are the columns, too
    int shownModel_ = -2;
    int hidden_ = 0;  ///< classes for which there is no room
};

}  // namespace discern
