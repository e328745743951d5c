#pragma once

#include <QObject>

#include "ui/session/library.h"

namespace discern {

/// Notices that files of the library, and the cards of its models, have changed on disk since they were read: by size and
/// time of change first, by digest where these differ. The library's entries are marked; nothing is read again unasked.
class FileWatch : public QObject {
    Q_OBJECT
public:
    FileWatch(Library& library, JobQueue& jobs, QObject* parent = nullptr);

    /// Looks at all files, as a job in the quick lane.
    void check();
    [[nodiscard]] bool checking() const { return running_; }

private:
    Library& library_;
    JobQueue& jobs_;
    bool running_ = false;
    bool again_ = false;  ///< asked for while it runs
};

}  // namespace discern
