#pragma once

#include "ui/choose/cell_matrix.h"

namespace discern {

/// How far models give the same answers: models x models, in percent of the images that both answered. A click on a cell
/// opens the images that the two answer differently.
class AnswersMatrix : public CellMatrix {
    Q_OBJECT
public:
    explicit AnswersMatrix(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] QString csv() const;
    [[nodiscard]] QString title() const override;

protected:
    void open(int row, int column) override;
    void redraw() override;
};

}  // namespace discern
