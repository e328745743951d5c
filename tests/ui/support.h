#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

// Qt Test gives up after five seconds, in which a slow machine does not even measure a network's speed.
#undef QTRY_VERIFY
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, 60000)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expression, expected) QTRY_COMPARE_WITH_TIMEOUT(expression, expected, 60000)

namespace discern::testing {

/// Settings of their own for each test program, gone with it.
class Sandbox {
public:
    Sandbox() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("discern-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("discern-tests"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    }
    [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }

    /// A photograph-like picture: a bright disc on a gradient.
    [[nodiscard]] QString picture(const QString& name, int width = 96, int height = 72) const {
        QImage image(width, height, QImage::Format_RGB888);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const int dx = x - width / 2;
                const int dy = y - height / 3;
                const bool disc = dx * dx + dy * dy < height * height / 16;
                image.setPixelColor(x, y, disc ? QColor(240, 220, 40) : QColor(255 * x / width, 80, 255 * y / height));
            }
        const QString file = path(name);
        if (!image.save(file))
            qFatal("cannot write %s", qPrintable(file));
        return file;
    }
    [[nodiscard]] QString file(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
        return path(name);
    }

private:
    QTemporaryDir folder_;
};

/// A model that the repository ships; empty where it does not.
inline QString smallModel(const QString& name = QStringLiteral("shapes-cnn.pt")) {
    const QString path = QDir(QStringLiteral(DISCERN_SMALL_MODELS)).filePath(name);
    return QFile::exists(path) ? path : QString();
}

}  // namespace discern::testing

#define SKIP_WITHOUT_SMALL_MODEL()                       \
    if (discern::testing::smallModel().isEmpty()) \
        QSKIP("models/small/shapes-cnn.pt is not there")
