#pragma once

#include <QUndoCommand>

#include "ui/render/display_settings.h"

namespace discern {

class Session;

/// How maps are drawn, before and after; dragging a slider is one step.
class DisplayEdit : public QUndoCommand {
public:
    DisplayEdit(Session& session, const QString& text, const DisplaySettings& after, const QString& key);

    void redo() override;
    void undo() override;
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    Session& session_;
    DisplaySettings before_;
    DisplaySettings after_;
    QString key_;
};

}  // namespace discern
