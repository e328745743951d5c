#pragma once

#include <QObject>
#include <QPainterPath>
#include <QSet>
#include <memory>

#include "ui/session/jobs/job_queue.h"
#include "ui/session/session.h"

namespace discern {

/// Where the evidence of a picture is, as somebody marked it.
struct Region {
    QString file;          ///< the mask's
    Picture mask;          ///< of the picture's size; markedIn() says what belongs to it
    QPainterPath outline;  ///< around it, in the picture's pixels
    double share = 0.0;    ///< of the picture's area
};

/// Regions of pictures, from mask files: one beside the picture (NAME.mask.png) is found by itself, others are opened
/// onto it. Read as jobs in the quick lane when a picture is looked at.
class Regions : public QObject {
    Q_OBJECT
public:
    Regions(Session& session, JobQueue& jobs, QObject* parent = nullptr);

    /// Null where there is none, or none yet.
    [[nodiscard]] std::shared_ptr<const Region> of(int picture) const;
    /// Why a mask that is there could not be read, in a sentence; empty where nothing is wrong.
    [[nodiscard]] QString error(int picture) const;
    /// Looks beside a picture for its mask, once. That of the current picture is looked for by itself.
    void look(int picture);
    /// Whether a mask of it is being read.
    [[nodiscard]] bool reading(int picture) const { return entries_.value(picture).job != 0; }
    /// Takes this mask file for the picture's.
    void open(int picture, const QString& file);
    void remove(int picture);

Q_SIGNALS:
    void changed(int picture);

private:
    struct Entry {
        QString file;  ///< empty: none
        std::shared_ptr<const Region> region;
        QString error;
        JobId job = 0;
    };
    void read(int picture);

    Session& session_;
    JobQueue& jobs_;
    QHash<int, Entry> entries_;
};

}  // namespace discern
