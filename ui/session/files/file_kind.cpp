#include "ui/session/files/file_kind.h"

#include <QCollator>
#include <QLocale>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/model/tensorflow_model.h"
#include "ui/session/files/mask_file.h"

namespace discern {

namespace {

QStringList listOf(const std::vector<std::string>& extensions) {
    QStringList list;
    for (const std::string& extension : extensions)
        list += QString::fromStdString(extension);
    return list;
}

QStringList filesWith(const QString& folder, const QStringList& endings) {
    QStringList filters;
    for (const QString& ending : endings)
        filters += QStringLiteral("*.") + ending;
    QStringList names = QDir(folder).entryList(filters, QDir::Files | QDir::Readable);
    // The C locale compares bytes and knows no numbers.
    QCollator collator(QLocale(QLocale::English));
    collator.setNumericMode(true);
    std::sort(names.begin(), names.end(), collator);
    for (QString& name : names)
        name = QDir(folder).absoluteFilePath(name);
    return names;
}

}  // namespace

FileKind kindOf(const QString& path) {
    const QFileInfo info(path);
    if (isTensorflowModel(path.toStdString()))
        return FileKind::Model;
    if (info.isDir())
        return FileKind::Folder;
    if (!info.exists())
        return FileKind::Missing;
    if (info.suffix() == QLatin1String("discern"))
        return FileKind::Workspace;
    // Opening a pipe waits for a writer, reading a device may have no end; the decoders' message names them.
    QFile file(path);
    if (info.isFile() && file.open(QIODevice::ReadOnly) && file.peek(4) == QByteArray("PK\x03\x04", 4))
        return FileKind::Model;
    // A model that is empty or cut off has no such beginning; its ending says whose message names it.
    return listOf(modelExtensions()).contains(info.suffix().toLower()) ? FileKind::Model : FileKind::Picture;
}

QStringList picturesIn(const QString& folder) {
    QStringList pictures = filesWith(folder, listOf(pictureExtensions()));
    pictures.removeIf(isMaskFile);
    return pictures;
}

SortedPaths sortPaths(const QStringList& paths, const Progress& progress) {
    SortedPaths sorted;
    for (const QString& path : paths) {
        progress.checkpoint();
        switch (kindOf(path)) {
            case FileKind::Picture: sorted.pictures += path; break;
            case FileKind::Model: sorted.models += path; break;
            case FileKind::Workspace: sorted.workspaces += path; break;
            case FileKind::Missing: sorted.missing += path; break;
            case FileKind::Folder:
                sorted.pictures += picturesIn(path);
                sorted.models += filesWith(path, listOf(modelExtensions()));
                break;
        }
    }
    return sorted;
}

}  // namespace discern
