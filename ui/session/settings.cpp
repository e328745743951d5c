#include "ui/session/settings.h"

#include <QFileInfo>

namespace discern {

namespace {

const QString kPictures = QStringLiteral("recent/pictures");
const QString kModels = QStringLiteral("recent/models");
const QString kWorkspaces = QStringLiteral("recent/workspaces");
const QString kLastWorkspace = QStringLiteral("workspace");

/// Stored numbers come from a file that anybody may have edited.
template <class Enum>
Enum enumIn(const QVariant& value, Enum fallback, Enum last) {
    bool ok = false;
    const int number = value.toInt(&ok);
    return ok && number >= 0 && number <= static_cast<int>(last) ? static_cast<Enum>(number) : fallback;
}

}  // namespace

Settings::Settings(QObject* parent) : QObject(parent) {}

QStringList Settings::recentPictures() const { return store_.value(kPictures).toStringList(); }
QStringList Settings::recentModels() const { return store_.value(kModels).toStringList(); }
QStringList Settings::recentWorkspaces() const { return store_.value(kWorkspaces).toStringList(); }
void Settings::addRecentWorkspaces(const QStringList& paths) { addRecent(kWorkspaces, paths); }
QString Settings::lastWorkspace() const { return store_.value(kLastWorkspace).toString(); }
void Settings::setLastWorkspace(const QString& path) { store_.setValue(kLastWorkspace, path); }
void Settings::addRecentPictures(const QStringList& paths) { addRecent(kPictures, paths); }
void Settings::addRecentModels(const QStringList& paths) { addRecent(kModels, paths); }

void Settings::addRecent(const QString& key, const QStringList& paths) {
    QStringList recent = store_.value(key).toStringList();
    for (const QString& path : paths) {
        const QString absolute = QFileInfo(path).absoluteFilePath();
        recent.removeAll(absolute);
        recent.prepend(absolute);
    }
    store_.setValue(key, QStringList(recent.mid(0, kRecent)));
    Q_EMIT recentsChanged();
}

void Settings::forgetRecent(const QString& path) {
    for (const QString& key : {kPictures, kModels, kWorkspaces}) {
        QStringList recent = store_.value(key).toStringList();
        if (recent.removeAll(path) > 0)
            store_.setValue(key, recent);
    }
    Q_EMIT recentsChanged();
}

void Settings::clearRecents() {
    store_.remove(kPictures);
    store_.remove(kModels);
    store_.remove(kWorkspaces);
    store_.remove(QStringLiteral("folders"));
    Q_EMIT recentsChanged();
}

ThemeMode Settings::theme() const {
    return enumIn(store_.value(QStringLiteral("theme")), ThemeMode::System, ThemeMode::Dark);
}

void Settings::setTheme(ThemeMode mode) { store_.setValue(QStringLiteral("theme"), static_cast<int>(mode)); }

Paths Settings::exportPaths() const {
    return store_.value(QStringLiteral("export/wholePaths")).toBool() ? Paths::Whole : Paths::Names;
}

void Settings::setExportPaths(Paths paths) {
    store_.setValue(QStringLiteral("export/wholePaths"), paths == Paths::Whole);
}

QString Settings::folder(const QString& kind) const {
    return store_.value(QStringLiteral("folders/") + kind).toString();
}

void Settings::setFolder(const QString& kind, const QString& folder) {
    store_.setValue(QStringLiteral("folders/") + kind, folder);
}

}  // namespace discern
