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

/// Base of all charts: theme, title, empty state in words, values on hover, selection of a model, export on white.
class Chart : public QCustomPlot {
    Q_OBJECT
public:
    explicit Chart(const QString& title, QWidget* parent = nullptr);

    /// Highlights a model; -1: none.
    void selectModel(int model);
    [[nodiscard]] int selectedModel() const { return selected_; }

    /// The chart on white as PNG (twice the screen's resolution), PDF or SVG by the file's ending.
    /// Throws Error(Run) that names the file where it cannot be written, Error(Usage) for other endings.
    void exportTo(const std::filesystem::path& path);

    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 150}; }
    [[nodiscard]] QSize sizeHint() const override { return {420, 200}; }

Q_SIGNALS:
    void modelSelected(int model);

private:
    int selected_ = -1;
};

}  // namespace discern
