#include "ui/session/files/moved_files.h"

#include <QDirIterator>
#include <QFileInfo>
#include <algorithm>

#include "core/error.h"
#include "core/store/digests.h"

namespace discern {

namespace {

constexpr int kMostFiles = 100'000;  ///< that are looked at: somebody may choose a whole disk

QString digest(const QString& path) {
    try {
        return QString::fromStdString(digestOf(path.toStdString()));
    } catch (const Error&) {
        return {};  // cannot be read: not the one
    }
}

}  // namespace

QHash<QString, QString> findMoved(const QVector<FileRef>& missing, const QString& folder, Progress& progress) {
    QStringList files;
    QDirIterator below(folder, QDir::Files | QDir::Readable, QDirIterator::Subdirectories);
    while (below.hasNext() && files.size() < kMostFiles) {
        progress.checkpoint();
        files += below.next();
    }
    QHash<QString, QString> found;
    QHash<QString, QString> digests;  // path -> digest, worked out once
    const auto look = [&](const FileRef& file, const auto& likely) {
        for (const QString& path : std::as_const(files)) {
            if (found.contains(file.path)) return;
            if (!likely(QFileInfo(path))) continue;
            progress.checkpoint();
            if (!file.sha256.isEmpty() && !digests.contains(path)) digests.insert(path, digest(path));
            if (file.sha256.isEmpty() || digests[path] == file.sha256) found.insert(file.path, path);
        }
    };
    double done = 0.0;
    const auto step = [&] { progress.report(++done / (2.0 * static_cast<double>(missing.size())), "looking for files"); };
    for (const FileRef& file : missing) {
        look(file, [name = QFileInfo(file.path).fileName()](const QFileInfo& other) { return other.fileName() == name; });
        step();
    }
    for (const FileRef& file : missing) {
        if (!file.sha256.isEmpty())
            look(file, [ending = QFileInfo(file.path).suffix()](const QFileInfo& other) { return other.suffix() == ending; });
        step();
    }
    return found;
}

}  // namespace discern
