#pragma once

#include <QIcon>
#include <QString>

namespace discern {

/// resources/icons/NAME.svg in the text colour of the current theme, faint where disabled, sharp at every pixel
/// density. Ask again after a theme change.
[[nodiscard]] QIcon themedIcon(const QString& name);

/// The program's own icon.
[[nodiscard]] QIcon applicationIcon();

}  // namespace discern
