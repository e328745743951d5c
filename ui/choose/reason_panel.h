#pragma once

#include <QWidget>

#include "ui/choose/choice.h"

class QLabel;
class QPushButton;

namespace discern {

/// Why the first model is first, in words. Names of models are links that select them.
class ReasonPanel : public QWidget {
    Q_OBJECT
public:
    explicit ReasonPanel(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] QString words() const;

Q_SIGNALS:
    void reportRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    [[nodiscard]] QString html(const Reason& reason) const;

    Choice& choice_;
    QLabel* title_;
    QLabel* words_;
    QLabel* faint_;
    QPushButton* images_;
    QPushButton* report_;
};

}  // namespace discern
