#include "ui/session/runs/explanation_memory.h"

#include <memory>

namespace discern {

namespace {

/// What has no map, such as a failure, takes next to nothing, yet there must be an end to how many are kept.
constexpr qsizetype kEntryBytes = 1024;

qsizetype costOf(const Explanation& entry) {
    return kEntryBytes + (entry.content.attribution ? bytesOf(*entry.content.attribution) : 0);
}

}  // namespace

qsizetype bytesOf(const Attribution& attribution) {
    const auto bytes = [](const cv::Mat& mat) { return static_cast<qsizetype>(mat.total() * mat.elemSize()); };
    return static_cast<qsizetype>(attribution.raw.data.size() * sizeof(float)) + bytes(attribution.map) +
           bytes(attribution.segments) + bytes(attribution.standardError);
}

Explanation* ExplanationMemory::find(const QString& key) const {
    const auto it = held_.find(key);
    return it == held_.end() ? rest_.object(key) : &*it;
}

void ExplanationMemory::insert(const QString& key, const Explanation& explanation) {
    rest_.remove(key);
    held_.insert(key, explanation);
}

void ExplanationMemory::remove(const QString& key) {
    held_.remove(key);
    rest_.remove(key);
}

void ExplanationMemory::hold(const QSet<QString>& wanted) {
    for (const QString& key : wanted)
        if (const std::unique_ptr<Explanation> known{rest_.take(key)})
            held_.insert(key, *known);
    for (auto it = held_.begin(); it != held_.end();) {
        if (it->active() || wanted.contains(it.key())) {
            ++it;
            continue;
        }
        rest_.insert(it.key(), new Explanation(*it), costOf(*it));
        it = held_.erase(it);
    }
}

QList<QString> ExplanationMemory::active() const {
    QList<QString> keys;
    for (auto it = held_.constBegin(); it != held_.constEnd(); ++it)
        if (it->active())
            keys.append(it.key());
    return keys;
}

}  // namespace discern
