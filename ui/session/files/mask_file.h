#pragma once

#include <QFileInfo>
#include <QString>

namespace discern {

inline constexpr QLatin1String kMaskEnding{".mask.png"};

/// The mask that belongs to a picture by its name: NAME.mask.png for NAME.jpg and the like. Whether it exists is another
/// question.
[[nodiscard]] inline QString maskFileOf(const QString& picture) {
    const QFileInfo info(picture);
    return info.path() + QLatin1Char('/') + info.completeBaseName() + kMaskEnding;
}

/// Whether a file is, by its name, the mask of another.
[[nodiscard]] inline bool isMaskFile(const QString& path) { return path.endsWith(kMaskEnding, Qt::CaseInsensitive); }

}  // namespace discern
