#include "ui/session/files/kept_maps.h"

#include "core/about.h"
#include "core/error.h"
#include "core/record/attribution_bytes.h"
#include "core/run/log.h"

namespace discern {

namespace {

/// Another version may compute otherwise.
std::string stored(const QString& key) { return versionOfDiscern() + " " + key.toStdString(); }

}  // namespace

KeptMaps::KeptMaps(std::shared_ptr<Workspace> workspace) : workspace_(std::move(workspace)) {
    const QString ours = QString::fromStdString(stored({}));
    for (const std::string& name : workspace_->mapKeys())
        if (const QString key = QString::fromStdString(name); key.startsWith(ours)) keys_.insert(key.mid(ours.size()));
}

bool KeptMaps::holds(const QString& key) const {
    const std::scoped_lock lock(keysMutex_);
    return keys_.contains(key);
}

std::shared_ptr<const Attribution> KeptMaps::find(const QString& key) {
    try {
        std::optional<std::string> bytes;
        {
            const std::scoped_lock lock(fileMutex_);
            bytes = workspace_->map(stored(key));
        }
        if (bytes)
            if (auto map = attributionOf(*bytes)) return std::make_shared<const Attribution>(std::move(*map));
    } catch (const Error& error) {
        logger().warn("{}", error.what());
    }
    const std::scoped_lock lock(keysMutex_);
    keys_.remove(key);
    return nullptr;
}

void KeptMaps::keep(const QString& key, const Attribution& map) {
    try {
        const std::string bytes = toBytes(map);
        {
            const std::scoped_lock lock(fileMutex_);
            workspace_->keepMap(stored(key), bytes, workspace_->file().empty() ? kTemporaryBudget : kBudget);
        }
        const std::scoped_lock lock(keysMutex_);
        keys_.insert(key);
    } catch (const Error& error) {
        logger().warn("{}", error.what());
    }
}

void KeptMaps::move(const std::function<std::shared_ptr<Workspace>(Workspace&)>& move) {
    const std::scoped_lock lock(fileMutex_);
    workspace_ = move(*workspace_);
}

std::shared_ptr<Workspace> KeptMaps::workspace() const {
    const std::scoped_lock lock(fileMutex_);
    return workspace_;
}

}  // namespace discern
