#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace discern {

class Session;

/// Finds a command by typing parts of its name and runs it: those that it is given, ticked where they are on, and rows
/// of the grid to add or remove.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    CommandPalette(const QList<QAction*>& actions, Session& session, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addRows(Session& session);
    void filter(const QString& text);
    void runCurrent();

    QList<QAction*> actions_;
    QLineEdit* field_ = nullptr;
    QListWidget* list_ = nullptr;
};

}  // namespace discern
