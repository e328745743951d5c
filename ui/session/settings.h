#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

#include "core/record/paths.h"
#include "core/run/compute.h"
#include "ui/render/display_settings.h"
#include "ui/session/explanations.h"
#include "ui/theme/theme.h"

namespace discern {

/// What is remembered between runs. Files that were opened are remembered by path, never by content, and can be
/// forgotten.
class Settings : public QObject {
    Q_OBJECT
public:
    explicit Settings(QObject* parent = nullptr);

    /// The latest first. Vanished files stay until they are asked for, so that no slow disk is touched.
    [[nodiscard]] QStringList recentPictures() const;
    [[nodiscard]] QStringList recentModels() const;
    void addRecentPictures(const QStringList& paths);
    void addRecentModels(const QStringList& paths);
    void forgetRecent(const QString& path);
    void clearRecents();

    [[nodiscard]] DisplaySettings display() const;
    void setDisplay(const DisplaySettings& display);
    [[nodiscard]] ThemeMode theme() const;
    void setTheme(ThemeMode mode);
    [[nodiscard]] AutoRun autoRun() const;
    void setAutoRun(AutoRun autoRun);
    [[nodiscard]] Compute compute() const;
    void setCompute(const Compute& compute);
    /// How exports tell of files: by name unless asked otherwise.
    [[nodiscard]] Paths exportPaths() const;
    void setExportPaths(Paths paths);

    [[nodiscard]] QByteArray windowGeometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindow(const QByteArray& geometry, const QByteArray& state);
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
