#pragma once

#include <QObject>
#include <QRectF>
#include <QTimer>
#include <memory>

#include "ui/render/grid_content.h"
#include "ui/session/jobs/job_queue.h"

namespace discern {

/// Contents of cells that show one attribution minus another. A difference is computed in the quick lane, once for as
/// long as both attributions stay the same; while it is, the cell keeps the one that it had.
class DifferenceMaps : public QObject {
    Q_OBJECT
public:
    explicit DifferenceMaps(JobQueue& jobs, QObject* parent = nullptr);

    /// The cell of that name: `a` minus `b`, which see these parts of the picture. Where either has no map yet, what is
    /// said of it. Differences of other pictures are forgotten.
    [[nodiscard]] CellContent cell(const CellName& name, const CellContent& a, const QRectF& seenA,
                                   const CellContent& b, const QRectF& seenB);
    /// Nothing is planned or computing.
    [[nodiscard]] bool settled() const { return job_ == 0 && !timer_.isActive(); }

Q_SIGNALS:
    /// Differences that were asked for are there.
    void changed();

private:
    using Map = std::shared_ptr<const Attribution>;
    struct Pair {
        Map a;
        Map b;
        QRectF seenA;
        QRectF seenB;
        bool operator==(const Pair&) const = default;
    };
    struct Entry {
        CellName name;
        Pair asked;
        Pair computed;
        Map difference{};    ///< of `computed`; null where the two have no place in common
        std::string error{};  ///< why it could not be computed
    };

    [[nodiscard]] Entry& entryOf(const CellName& name);
    void compute();
    void take(const QVector<Entry>& computed);

    JobQueue& jobs_;
    QVector<Entry> entries_;  ///< of one picture
    JobId job_ = 0;
    QTimer timer_;
};

}  // namespace discern
