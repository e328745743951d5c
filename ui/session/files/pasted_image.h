#pragma once

#include <QImage>
#include <QString>

namespace discern {

/// Writes an image that came without a file as PNG into the user's data folder, pasted/pasted-DIGEST.png, for its owner's
/// eyes alone, and returns the file's path: from then on it is a picture as any other, which is let go and read again,
/// and is there at the next start. The same image is the same file. For worker threads. Throws Error(Run) where it cannot
/// be written.
[[nodiscard]] QString keepPasted(const QImage& image);

}  // namespace discern
