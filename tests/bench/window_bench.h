#pragma once

#include <malloc.h>

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <functional>

#include "core/model/zoo.h"

namespace discern {

/// What a window remembers goes with the folder.
inline void keepSettingsIn(const QTemporaryDir& folder) {
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QCoreApplication::setApplicationName(QStringLiteral("bench"));
    QCoreApplication::setOrganizationName(QStringLiteral("bench"));
}

/// The three EfficientNet-Lite networks or, where they are not there, the small ones of the repository.
inline QStringList modelsToTry() {
    QStringList models;
    for (const char* name : {"efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2"})
        if (const ZooModel* model = findZooModel(name); model && model->installed())
            models += QString::fromLatin1(name);
    if (!models.isEmpty())
        return models;
    const QDir small(QStringLiteral(DISCERN_SMALL_MODELS));
    for (const QString& file : small.entryList({QStringLiteral("*.pt")}))
        models += small.filePath(file);
    return models;
}

/// A line of /proc/self/status in megabytes.
inline double megabytes(const QByteArray& key) {
    QFile status(QStringLiteral("/proc/self/status"));
    static_cast<void>(status.open(QIODevice::ReadOnly));
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith(key))
            return line.simplified().split(' ').value(1).toDouble() / 1024.0;
    return 0.0;
}

/// What is allocated and not freed, in megabytes: what grows here is kept by somebody, what is resident beyond it is malloc's.
inline double heapMegabytes() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / 1048576.0;
}

/// Runs the event loop until `done` says so, which is asked so often.
inline void waitFor(int everyMs, const std::function<bool()>& done) {
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done())
            loop.quit();
    });
    look.start(everyMs);
    loop.exec();
}

}  // namespace discern
