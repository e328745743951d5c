#pragma once

#include <QTableWidget>

#include "ui/choose/choice.h"

namespace discern {

/// How far models give the same answers: models x models, in percent of the images that both answered. A click on a cell
/// opens the images that the two answer differently.
class AnswersMatrix : public QTableWidget {
    Q_OBJECT
public:
    explicit AnswersMatrix(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] QString csv() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void open(int row, int column);

    Choice& choice_;
};

}  // namespace discern
