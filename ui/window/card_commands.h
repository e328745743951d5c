#pragma once

#include <QObject>
#include <QPointer>
#include <QVector>

#include "ui/session/workbench.h"

class QWidget;

namespace discern {

class Actions;
class CardForm;

/// Asks how pictures enter models that do not say so, one after the other, and keeps the answers as cards.
class CardCommands : public QObject {
    Q_OBJECT
public:
    CardCommands(Workbench& workbench, Actions& actions, QWidget* window);

    /// Asks about an open model again.
    void edit(int model);
    /// Whether there is anything to state: its card leaves something out, or guesses it.
    [[nodiscard]] static bool editable(const ModelEntry& entry);

Q_SIGNALS:
    /// One sentence for the status bar.
    void kept(const QString& words);

private:
    void askNext();
    void open(int model);
    void showPicture();
    void finish(int model, int result);
    void decline(int model);
    /// Opens the model as the card describes it, keeps the card and hands the model over; as a job.
    void keep(int model, const ModelCard& card);
    void tryOnOthers(const nlohmann::json& card);
    void refresh();

    Workbench& workbench_;
    Actions& actions_;
    QWidget* window_;
    QVector<int> waiting_;  ///< models to ask about
    QPointer<CardForm> form_;
};

}  // namespace discern
