#include "ui/session/picture_source.h"

#include "core/error.h"
#include "ui/session/library.h"

namespace discern {

PictureSource sourceOf(const PictureEntry& entry) { return {entry.picture, entry.path, entry.sha256}; }

std::shared_ptr<const Picture> withPixels(const PictureSource& source) {
    if (source.kept) return source.kept;
    Picture picture = readPicture(source.path.toStdString());
    if (picture.sha256 != source.sha256.toStdString())
        throw Error(ErrorKind::Input, source.path.toStdString() +
                                          " has changed since it was explained; open it and explain it again");
    return std::make_shared<const Picture>(std::move(picture));
}

}  // namespace discern
