#pragma once

#include <QDir>
#include <QString>

namespace discern {

/// A file that the work needs: found by its path, known again by its digest.
struct FileRef {
    QString path;    ///< or a zoo model's name
    QString sha256;  ///< empty while it is not known

    bool operator==(const FileRef&) const = default;
};

/// A path as a workspace in `folder` writes it: relative, beginning with a dot. What is no path of a file, such as a zoo
/// model's name, stays as it is.
[[nodiscard]] inline QString writtenPath(const QString& folder, const QString& path) {
    if (!QDir::isAbsolutePath(path)) return path;
    const QString relative = QDir(folder).relativeFilePath(path);
    return relative.startsWith(QLatin1Char('.')) || QDir::isAbsolutePath(relative) ? relative : QStringLiteral("./") + relative;
}

/// The file of a written path: below the folder where the workspace is now, or else, where it is there, below the one
/// where it was when it was written.
[[nodiscard]] inline QString foundPath(const QString& folder, const QString& folderThen, const QString& written) {
    if (!written.startsWith(QLatin1Char('.'))) return written;
    const QString now = QDir::cleanPath(QDir(folder).absoluteFilePath(written));
    const QString then = QDir::cleanPath(QDir(folderThen).absoluteFilePath(written));
    return !folderThen.isEmpty() && !QFile::exists(now) && QFile::exists(then) ? then : now;
}

}  // namespace discern
