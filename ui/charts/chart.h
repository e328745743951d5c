#pragma once

#include <qcustomplot.h>

#include <QString>
#include <filesystem>

namespace discern {

/// A model as charts show it.
struct ChartModel {
    QString name;
    int marker = 0;  ///< as in ColumnContent
};

/// What a chart is drawn in: the theme's colours on screen, dark on white in exports.
struct ChartColours {
    QColor ground;
    QColor text;
    QColor secondaryText;
    QColor grid;
};

/// Base of all charts: theme, title with the models' key, empty state in words, values on hover, selection of a model,
/// export on white. A chart is rebuilt whole at every change; it never animates.
class Chart : public QCustomPlot {
    Q_OBJECT
public:
    explicit Chart(const QString& title, QWidget* parent = nullptr);

    /// Highlights a model; -1: none.
    void selectModel(int model);
    [[nodiscard]] int selectedModel() const { return selected_; }

    /// The chart on white as PNG (twice the screen's resolution), PDF or SVG by the file's ending, at a size of its own
    /// in which no name is cut and no model is marked as selected.
    /// Throws Error(Run) that names the file where it cannot be written, Error(Usage) for other endings.
    void exportTo(const std::filesystem::path& path);

    /// What lies under a point: the words of its tool tip, empty where there is nothing, and the model it belongs to.
    struct Hit {
        QString words;
        int model = -1;
    };
    [[nodiscard]] virtual Hit hitAt(const QPointF& position) const = 0;

    /// In device-independent pixels.
    [[nodiscard]] virtual QSize exportSize() const;

    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 150}; }
    [[nodiscard]] QSize sizeHint() const override { return {420, 200}; }

Q_SIGNALS:
    void modelSelected(int model);

protected:
    /// Call after every change of the data.
    void rebuild();

    /// Why there is nothing to draw; empty where there is something.
    [[nodiscard]] virtual QString emptyWords() const = 0;
    /// The models in the order of their index, for the key beside the title.
    [[nodiscard]] virtual QVector<ChartModel> models() const = 0;
    /// True where the marks bear the models' names themselves, which then need no key.
    [[nodiscard]] virtual bool namesItsMarks() const { return false; }
    /// The title and what the chart's marks mean.
    [[nodiscard]] virtual QString title() const { return title_; }
    /// Of what is being built, on screen or for an export.
    [[nodiscard]] QSize builtSize() const { return exporting_ ? exportSize() : size(); }
    [[nodiscard]] bool exporting() const { return exporting_; }
    /// Adds axis rects and what they hold to `area`.
    virtual void build(QCPLayoutGrid& area, const ChartColours& colours) = 0;
    /// All figures in one text, for screen readers.
    [[nodiscard]] virtual QString figuresInWords() const = 0;

    /// An axis rect with the house style: no frame, faint grid, small figures.
    [[nodiscard]] QCPAxisRect* addAxes(QCPLayoutGrid& area, int column, const ChartColours& colours);
    /// Gives bars the model's colour, and an outline while it is the selected one of several.
    void styleBars(QCPBars& bars, const ChartModel& model, int index, const ChartColours& colours) const;

    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildIn(const ChartColours& colours);
    [[nodiscard]] QVector<ChartModel> keyed() const;

    QString title_;
    int selected_ = -1;
    bool exporting_ = false;
};

}  // namespace discern
