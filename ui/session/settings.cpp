#include "ui/session/settings.h"

#include <QFileInfo>

#include "core/error.h"

namespace discern {

namespace {

const QString kPictures = QStringLiteral("recent/pictures");
const QString kModels = QStringLiteral("recent/models");

/// Stored numbers come from a file that anybody may have edited.
template <class Enum>
Enum enumIn(const QVariant& value, Enum fallback, Enum last) {
    bool ok = false;
    const int number = value.toInt(&ok);
    return ok && number >= 0 && number <= static_cast<int>(last) ? static_cast<Enum>(number) : fallback;
}

double realIn(const QVariant& value, double fallback, double low, double high) {
    bool ok = false;
    const double number = value.toDouble(&ok);
    return ok && number >= low && number <= high ? number : fallback;
}

}  // namespace

Settings::Settings(QObject* parent) : QObject(parent) {}

QStringList Settings::recentPictures() const { return store_.value(kPictures).toStringList(); }
QStringList Settings::recentModels() const { return store_.value(kModels).toStringList(); }
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
    for (const QString& key : {kPictures, kModels}) {
        QStringList recent = store_.value(key).toStringList();
        if (recent.removeAll(path) > 0)
            store_.setValue(key, recent);
    }
    Q_EMIT recentsChanged();
}

void Settings::clearRecents() {
    store_.remove(kPictures);
    store_.remove(kModels);
    store_.remove(QStringLiteral("folders"));
    Q_EMIT recentsChanged();
}

DisplaySettings Settings::display() const {
    const auto get = [this](const char* name) { return store_.value(QStringLiteral("display/") + QLatin1String(name)); };
    const auto flag = [&](const char* name, bool fallback) { return get(name).isValid() ? get(name).toBool() : fallback; };
    DisplaySettings d;
    d.view = enumIn(get("view"), d.view, OverlayView::StandardError);
    d.opacity = realIn(get("opacity"), d.opacity, 0.0, 1.0);
    d.threshold = realIn(get("threshold"), d.threshold, 0.0, 1.0);
    if (get("positiveMap").isValid())
        d.positiveMap = get("positiveMap").toString();
    if (get("signedMap").isValid())
        d.signedMap = get("signedMap").toString();
    d.range = enumIn(get("range"), d.range, RangePolicy::SharedByAll);
    d.symmetric = flag("symmetric", d.symmetric);
    d.magnitude = flag("magnitude", d.magnitude);
    if (const double percentile = realIn(get("clipPercentile"), 0.0, 50.0, 100.0); percentile > 0.0)
        d.clipPercentile = percentile;
    d.topSegments = static_cast<int>(realIn(get("topSegments"), d.topSegments, 1, 1000));
    d.positiveOnly = flag("positiveOnly", d.positiveOnly);
    d.hideRest = flag("hideRest", d.hideRest);
    d.contourMass = realIn(get("contourMass"), d.contourMass, 0.0, 1.0);
    d.smooth = flag("smooth", d.smooth);
    return d;
}

void Settings::setDisplay(const DisplaySettings& d) {
    const auto set = [this](const char* name, const QVariant& value) {
        store_.setValue(QStringLiteral("display/") + QLatin1String(name), value);
    };
    set("view", static_cast<int>(d.view));
    set("opacity", d.opacity);
    set("threshold", d.threshold);
    set("positiveMap", d.positiveMap);
    set("signedMap", d.signedMap);
    set("range", static_cast<int>(d.range));
    set("symmetric", d.symmetric);
    set("magnitude", d.magnitude);
    set("clipPercentile", d.clipPercentile ? QVariant(*d.clipPercentile) : QVariant());
    set("topSegments", d.topSegments);
    set("positiveOnly", d.positiveOnly);
    set("hideRest", d.hideRest);
    set("contourMass", d.contourMass);
    set("smooth", d.smooth);
}

ThemeMode Settings::theme() const {
    return enumIn(store_.value(QStringLiteral("theme")), ThemeMode::System, ThemeMode::Dark);
}

void Settings::setTheme(ThemeMode mode) { store_.setValue(QStringLiteral("theme"), static_cast<int>(mode)); }

AutoRun Settings::autoRun() const {
    return enumIn(store_.value(QStringLiteral("autoRun")), AutoRun::Quick, AutoRun::All);
}

void Settings::setAutoRun(AutoRun autoRun) { store_.setValue(QStringLiteral("autoRun"), static_cast<int>(autoRun)); }

Compute Settings::compute() const {
    try {
        return {parseDevice(store_.value(QStringLiteral("device"), QStringLiteral("auto")).toString().toStdString()),
                parsePrecision(store_.value(QStringLiteral("precision"), QStringLiteral("auto")).toString().toStdString())};
    } catch (const Error&) {
        return {};  // a word that this version does not know: automatic again
    }
}

void Settings::setCompute(const Compute& compute) {
    store_.setValue(QStringLiteral("device"), QString::fromStdString(toString(compute.device)));
    store_.setValue(QStringLiteral("precision"), QString::fromStdString(toString(compute.precision)));
}

Paths Settings::exportPaths() const {
    return store_.value(QStringLiteral("export/wholePaths")).toBool() ? Paths::Whole : Paths::Names;
}

void Settings::setExportPaths(Paths paths) {
    store_.setValue(QStringLiteral("export/wholePaths"), paths == Paths::Whole);
}

QByteArray Settings::windowGeometry() const { return store_.value(QStringLiteral("window/geometry")).toByteArray(); }
QByteArray Settings::windowState() const { return store_.value(QStringLiteral("window/state")).toByteArray(); }

void Settings::setWindow(const QByteArray& geometry, const QByteArray& state) {
    store_.setValue(QStringLiteral("window/geometry"), geometry);
    store_.setValue(QStringLiteral("window/state"), state);
}

QString Settings::folder(const QString& kind) const {
    return store_.value(QStringLiteral("folders/") + kind).toString();
}

void Settings::setFolder(const QString& kind, const QString& folder) {
    store_.setValue(QStringLiteral("folders/") + kind, folder);
}

}  // namespace discern
