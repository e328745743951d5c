#pragma once

#include "ui/theme/theme.h"

class QApplication;

namespace discern {

/// Fusion, a palette and the one style sheet; follows the system while the mode is System. Widgets that paint
/// themselves repaint on QEvent::PaletteChange. The style sheet (resources/style.qss) says which properties it knows,
/// e.g. primary on buttons and role on labels.
void applyTheme(QApplication& application, ThemeMode mode);

}  // namespace discern
