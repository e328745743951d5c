#include "ui/session/difference_maps.h"

#include <algorithm>

#include "core/measure/difference.h"

namespace discern {

namespace {

constexpr int kPriority = 94;  // somebody looks at the cell

PlacedMap placed(const Attribution& attribution, const QRectF& seen) {
    return {attribution.map, {seen.x(), seen.y(), seen.width(), seen.height()}};
}

/// Null where the two have no place in common.
std::shared_ptr<const Attribution> differenceOf(const PlacedMap& a, const PlacedMap& b, const Target& target,
                                                const std::string& unit) {
    const PlacedMap difference = scaledDifference(a, b);
    if (difference.map.empty()) return nullptr;
    Attribution attribution;
    attribution.map = difference.map;
    attribution.isSigned = true;
    attribution.unit = unit;
    attribution.target = target;
    return std::make_shared<const Attribution>(std::move(attribution));
}

/// The further from being done, the larger.
int trouble(CellStatus status) {
    switch (status) {
        case CellStatus::Done: return 0;
        case CellStatus::Running: return 1;
        case CellStatus::Queued: return 2;
        case CellStatus::NotRun: return 3;
        case CellStatus::Cancelled: return 4;
        case CellStatus::Failed: return 5;
    }
    return 5;
}

}  // namespace

DifferenceMaps::DifferenceMaps(JobQueue& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
    timer_.setSingleShot(true);
    timer_.setInterval(0);
    connect(&timer_, &QTimer::timeout, this, &DifferenceMaps::compute);
}

CellContent DifferenceMaps::cell(const CellName& name, const CellContent& a, const QRectF& seenA, const CellContent& b,
                                 const QRectF& seenB) {
    CellContent content = trouble(a.status) >= trouble(b.status) ? a : b;
    content.attribution.reset();
    content.fraction = std::min(a.status == CellStatus::Done ? 1.0 : a.fraction,
                                b.status == CellStatus::Done ? 1.0 : b.fraction);
    if (!a.attribution || !b.attribution) return content;
    Entry& entry = entryOf(name);
    entry.asked = {a.attribution, b.attribution, seenA, seenB};
    content.attribution = entry.difference;
    const bool done = content.status == CellStatus::Done;
    if (entry.computed != entry.asked) {
        timer_.start();
        if (done) content.status = CellStatus::Running;
        if (done) content.stage = tr("subtracting");
    } else if (done && !content.attribution) {
        content.status = CellStatus::Failed;
        content.error = entry.error.empty() ? tr("the two models see no common part of the picture")
                                            : QString::fromStdString(entry.error);
    }
    return content;
}

DifferenceMaps::Entry& DifferenceMaps::entryOf(const CellName& name) {
    entries_.removeIf([&](const Entry& entry) { return entry.name.of.picture != name.of.picture; });
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    if (found != entries_.end()) return *found;
    entries_.append({name, {}, {}});
    return entries_.last();
}

void DifferenceMaps::compute() {
    if (job_ != 0) return;  // what is missing then is seen when it has ended
    QVector<Entry> missing = entries_;
    missing.removeIf([](const Entry& entry) { return entry.computed == entry.asked; });
    if (missing.isEmpty()) return;
    const auto computed = std::make_shared<QVector<Entry>>(std::move(missing));
    JobSpec job;
    job.title = tr("Differences");
    job.priority = kPriority;
    job.listed = false;
    job.work = [computed, unit = tr("scaled difference").toStdString()](Progress& progress) {
        for (Entry& entry : *computed) {
            progress.checkpoint();
            entry.computed = entry.asked;
            entry.difference = differenceOf(placed(*entry.asked.a, entry.asked.seenA),
                                            placed(*entry.asked.b, entry.asked.seenB), entry.asked.a->target, unit);
        }
    };
    job.finished = [this, computed](const JobStatus& status) {
        job_ = 0;
        if (status.state == JobState::Failed)
            for (Entry& entry : *computed) {
                entry.computed = entry.asked;
                entry.difference = nullptr;
                entry.error = status.error;
            }
        if (status.state == JobState::Done || status.state == JobState::Failed) take(*computed);
    };
    job_ = jobs_.submit(std::move(job));
}

void DifferenceMaps::take(const QVector<Entry>& computed) {
    for (const Entry& one : computed) {
        const auto entry = std::ranges::find(entries_, one.name, &Entry::name);
        if (entry == entries_.end()) continue;
        entry->computed = one.computed;
        entry->difference = one.difference;
        entry->error = one.error;
    }
    compute();
    Q_EMIT changed();
}

}  // namespace discern
