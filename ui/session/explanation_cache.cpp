#include "ui/session/explanation_cache.h"

#include <algorithm>

namespace discern {

qsizetype bytesOf(const Attribution& attribution) {
    const auto bytes = [](const cv::Mat& mat) { return static_cast<qsizetype>(mat.total() * mat.elemSize()); };
    return static_cast<qsizetype>(attribution.raw.data.size() * sizeof(float)) + bytes(attribution.map) +
           bytes(attribution.segments) + bytes(attribution.standardError);
}

Explanation* ExplanationCache::find(const QString& key) {
    const auto it = entries_.find(key);
    return it == entries_.end() ? nullptr : &*it;
}

const Explanation* ExplanationCache::find(const QString& key) const {
    const auto it = entries_.constFind(key);
    return it == entries_.constEnd() ? nullptr : &*it;
}

Explanation& ExplanationCache::insert(const QString& key, const Explanation& explanation) {
    Explanation& entry = *entries_.insert(key, explanation);
    entry.used = ++clock_;
    return entry;
}

void ExplanationCache::touch(const QString& key) {
    if (Explanation* entry = find(key))
        entry->used = ++clock_;
}

qsizetype ExplanationCache::bytes() const {
    qsizetype sum = 0;
    for (const Explanation& entry : entries_)
        if (entry.content.attribution)
            sum += bytesOf(*entry.content.attribution);
    return sum;
}

void ExplanationCache::trim(const QSet<QString>& kept) {
    qsizetype sum = bytes();
    if (sum <= budget_)
        return;
    QVector<QString> candidates;
    for (auto it = entries_.constBegin(); it != entries_.constEnd(); ++it)
        if (!it->active() && it->content.attribution && !kept.contains(it.key()))
            candidates.append(it.key());
    std::sort(candidates.begin(), candidates.end(),
              [this](const QString& a, const QString& b) { return entries_[a].used < entries_[b].used; });
    for (const QString& key : std::as_const(candidates)) {
        if (sum <= budget_)
            break;
        sum -= bytesOf(*entries_[key].content.attribution);
        entries_.remove(key);
    }
}

}  // namespace discern
