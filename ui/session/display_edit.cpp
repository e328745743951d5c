#include "ui/session/display_edit.h"

#include "ui/session/session.h"

namespace discern {

DisplayEdit::DisplayEdit(Session& session, const QString& text, const DisplaySettings& after, const QString& key)
    : QUndoCommand(text), session_(session), before_(session.display()), after_(after), key_(key) {}

void DisplayEdit::redo() { session_.setDisplay(after_); }

void DisplayEdit::undo() { session_.setDisplay(before_); }

int DisplayEdit::id() const { return key_.isEmpty() ? -1 : static_cast<int>(::qHash(key_) & 0x7fffffffU); }

bool DisplayEdit::mergeWith(const QUndoCommand* other) {
    const auto* later = dynamic_cast<const DisplayEdit*>(other);
    if (!later || later->key_ != key_)
        return false;
    after_ = later->after_;
    setObsolete(after_ == before_);
    return true;
}

}  // namespace discern
