#include "ui/session/files/pasted_image.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSaveFile>

#include "core/error.h"
#include "core/store/files.h"

namespace discern {

namespace {

QByteArray digestOf(const QImage& image) {
    constexpr qsizetype kDigits = 12;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(image.width()));
    const qsizetype bytes = (qsizetype{image.width()} * image.depth() + 7) / 8;
    for (int y = 0; y < image.height(); ++y)
        hash.addData(QByteArrayView(image.constScanLine(y), bytes));
    return hash.result().toHex().left(kDigits);
}

}  // namespace

QString keepPasted(const QImage& image) {
    const std::filesystem::path folder = dataFolder() / "pasted";
    makeFolder(folder);
    const QString path =
        QString::fromStdString((folder / ("pasted-" + digestOf(image).toStdString() + ".png")).string());
    if (QFileInfo::exists(path))
        return path;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        !image.save(&file, "PNG") || !file.commit())
        throw Error(ErrorKind::Run, "the pasted image cannot be written to " + folder.string() + ": " +
                                        file.errorString().toStdString() + "; make room there, or save it as a file and open that");
    return path;
}

}  // namespace discern
