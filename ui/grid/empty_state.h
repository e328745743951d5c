#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace discern {

/// What stands where the grid has nothing to show: what is missing, and how to get it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    enum class Missing { Nothing, Picture, Model, Method };

    explicit EmptyState(QWidget* parent = nullptr);
    void setMissing(Missing missing);
    /// Instead of the invitation to open a picture: one is chosen, but `note` says why it cannot be seen.
    void setPictureNote(const QString& name, const QString& note);

Q_SIGNALS:
    void openImagesRequested();
    void addModelRequested();

private:
    Missing missing_ = Missing::Nothing;
    QLabel* icon_ = nullptr;
    QLabel* headline_ = nullptr;
    QLabel* detail_ = nullptr;
    QPushButton* button_ = nullptr;
};

}  // namespace discern
