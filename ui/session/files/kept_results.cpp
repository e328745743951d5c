#include "ui/session/files/kept_results.h"

#include "core/about.h"
#include "core/error.h"
#include "core/record/attribution_bytes.h"
#include "core/run/log.h"

namespace discern {

namespace {

/// Another version may compute otherwise.
std::string stored(const std::string& key) { return versionOfDiscern() + " " + key; }
std::string stored(const QString& key) { return stored(key.toStdString()); }

}  // namespace

KeptResults::KeptResults(std::shared_ptr<Workspace> workspace) : workspace_(std::move(workspace)) {
    const QString ours = QString::fromStdString(stored(std::string()));
    for (const std::string& name : workspace_->mapKeys())
        if (const QString key = QString::fromStdString(name); key.startsWith(ours)) keys_.insert(key.mid(ours.size()));
}

bool KeptResults::holds(const QString& key) const {
    const std::scoped_lock lock(keysMutex_);
    return keys_.contains(key);
}

std::shared_ptr<const Attribution> KeptResults::find(const QString& key) {
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

void KeptResults::keep(const QString& key, const Attribution& map) {
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

std::optional<std::string> KeptResults::find(const std::string& kind, const std::string& key) {
    const std::scoped_lock lock(fileMutex_);
    try {
        return workspace_->find(kind, stored(key));
    } catch (const Error& error) {
        logger().warn("{}", error.what());
        return std::nullopt;
    }
}

void KeptResults::keep(const std::string& kind, const std::string& key, const std::string& bytes) {
    const std::scoped_lock lock(fileMutex_);
    try {
        workspace_->keep(kind, stored(key), bytes);
        workspace_->commit();
    } catch (const Error& error) {
        logger().warn("{}", error.what());
    }
}

void KeptResults::move(const std::function<std::shared_ptr<Workspace>(Workspace&)>& move) {
    const std::scoped_lock lock(fileMutex_);
    workspace_ = move(*workspace_);
}

std::shared_ptr<Workspace> KeptResults::workspace() const {
    const std::scoped_lock lock(fileMutex_);
    return workspace_;
}

}  // namespace discern
