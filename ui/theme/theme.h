#pragma once

#include <QColor>
#include <QFont>

class QPalette;

namespace discern {

enum class ThemeMode { System, Light, Dark };

/// The colour of every role on screen. Text on its ground has a contrast of 4.5:1 or more in both themes.
struct ThemeColours {
    QColor window;
    QColor panel;
    QColor chartGround;
    QColor chartGrid;
    QColor imageArea;  ///< around the cells; neutral dark in both themes, since images are judged on it
    QColor cell;
    QColor line;
    QColor control;
    QColor controlBorder;
    QColor text;
    QColor secondaryText;
    QColor faintText;
    QColor accent;      ///< the one primary action
    QColor accentText;  ///< on accent
    QColor selection;
    QColor focus;
    QColor warning;
    QColor imageText;           ///< on imageArea and cell, in both themes
    QColor imageSecondaryText;  ///< on imageArea and cell
    QColor imageWarning;        ///< on imageArea and cell
    QColor imageBar;            ///< bars on imageArea that belong to no model
    QColor imageTrack;          ///< the ground of bars on imageArea
};

[[nodiscard]] const ThemeColours& themeColours(bool dark);
/// Whether a palette is that of the dark theme.
[[nodiscard]] bool isDark(const QPalette& palette);
/// Those of the theme that the application's palette shows now.
[[nodiscard]] const ThemeColours& currentColours();

/// The application's font scaled by `factor`, with tabular figures where Qt can ask for them.
[[nodiscard]] QFont figureFont(double factor = 1.0);
/// Small capitals of panel sections: 11 px where the application's font has 12.5 px.
[[nodiscard]] QFont sectionFont();

}  // namespace discern
