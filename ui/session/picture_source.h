#pragma once

#include <QString>
#include <memory>

#include "core/image/picture.h"

namespace discern {

struct PictureEntry;

/// A picture as a job needs it, whose pixels may be let go before the job runs.
struct PictureSource {
    std::shared_ptr<const Picture> kept;  ///< null where the pixels are out of memory
    QString path;
    QString sha256;
};

[[nodiscard]] PictureSource sourceOf(const PictureEntry& entry);
/// The picture with its pixels, read again where they were let go. Throws Error(Input) that names the file where it
/// cannot be read or is another than was opened.
[[nodiscard]] std::shared_ptr<const Picture> withPixels(const PictureSource& source);

}  // namespace discern
