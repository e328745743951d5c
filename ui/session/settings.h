#pragma once

#include <QObject>
#include <QSettings>
#include <QStringList>

#include "core/record/paths.h"
#include "ui/theme/theme.h"

namespace discern {

/// What is remembered between runs and is of no one workspace. Files that were opened are remembered by path, never by
/// content, and can be forgotten.
class Settings : public QObject {
    Q_OBJECT
public:
    explicit Settings(QObject* parent = nullptr);

    /// The latest first. Vanished files stay until they are asked for, so that no slow disk is touched.
    [[nodiscard]] QStringList recentPictures() const;
    [[nodiscard]] QStringList recentModels() const;
    [[nodiscard]] QStringList recentWorkspaces() const;
    void addRecentWorkspaces(const QStringList& paths);
    /// The workspace that was open last; empty for the unnamed one.
    [[nodiscard]] QString lastWorkspace() const;
    void setLastWorkspace(const QString& path);
    void addRecentPictures(const QStringList& paths);
    void addRecentModels(const QStringList& paths);
    void forgetRecent(const QString& path);
    void clearRecents();

    [[nodiscard]] ThemeMode theme() const;
    void setTheme(ThemeMode mode);
    /// How exports tell of files: by name unless asked otherwise.
    [[nodiscard]] Paths exportPaths() const;
    void setExportPaths(Paths paths);

    /// The folder of the latest file dialog of that kind, e.g. "images".
    [[nodiscard]] QString folder(const QString& kind) const;
    void setFolder(const QString& kind, const QString& folder);

    static constexpr int kRecent = 12;

Q_SIGNALS:
    void recentsChanged();

private:
    void addRecent(const QString& key, const QStringList& paths);

    QSettings store_;
};

}  // namespace discern
