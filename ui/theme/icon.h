#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace discern {

/// Icons need applyTheme (ui/style) to have been called once: it loads the program's resources.

/// resources/icons/NAME.svg in the text colour of the current theme, faint where disabled, sharp at every pixel
/// density. Follows theme changes when it is painted again.
[[nodiscard]] QIcon themedIcon(const QString& name);
/// The same in one colour, for grounds that no theme changes.
[[nodiscard]] QIcon themedIcon(const QString& name, const QColor& color);

/// The program's own icon.
[[nodiscard]] QIcon applicationIcon();

}  // namespace discern
