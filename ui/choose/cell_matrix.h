#pragma once

#include <QTableWidget>

#include "ui/choose/choice.h"
#include "ui/choose/matrix_chart.h"

namespace discern {

/// Figures in cells whose ground tells how large they are, and which open the images behind them by a click or a key.
class CellMatrix : public QTableWidget {
    Q_OBJECT
public:
    /// What stands above it.
    [[nodiscard]] virtual QString title() const = 0;
    /// All of it, for an export.
    [[nodiscard]] MatrixContent content() const;

protected:
    CellMatrix(const QString& name, Choice& choice, QWidget* parent);

    virtual void open(int row, int column) = 0;
    /// Another board is shown, or other colours.
    virtual void redraw() = 0;
    void changeEvent(QEvent* event) override;

    Choice& choice_;
};

}  // namespace discern
