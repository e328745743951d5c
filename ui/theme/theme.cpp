#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QPalette>

namespace discern {

namespace {

const ThemeColours& darkColours() {
    static const ThemeColours colours{
        .window = 0x25272b,
        .panel = 0x2b2e33,
        .chartGround = 0x1f2125,
        .chartGrid = 0x373b42,
        .imageArea = 0x191a1d,
        .cell = 0x0f1012,
        .line = 0x1b1d20,
        .control = 0x373b42,
        .controlBorder = 0x454a52,
        .text = 0xe4e6ea,
        .secondaryText = 0xa6abb4,
        .faintText = 0x9097a2,
        .accent = 0x2f6fd6,
        .accentText = 0xffffff,
        .selection = 0x223f6c,
        .focus = 0x4c8df5,
        .warning = 0xff9d6b,
        .imageText = 0xe4e6ea,
        .imageSecondaryText = 0xa6abb4,
        .imageWarning = 0xff9d6b,
        .imageBar = 0x8b919b,
        .imageTrack = 0x3a3d43,
    };
    return colours;
}

const ThemeColours& lightColours() {
    static const ThemeColours colours{
        .window = 0xf4f5f7,
        .panel = 0xffffff,
        .chartGround = 0xfbfbfc,
        .chartGrid = 0xdfe2e7,
        .imageArea = 0x191a1d,
        .cell = 0x0f1012,
        .line = 0xdfe2e7,
        .control = 0xffffff,
        .controlBorder = 0xc9ced6,
        .text = 0x1d2025,
        .secondaryText = 0x555b66,
        .faintText = 0x686f7a,
        .accent = 0x2463c6,
        .accentText = 0xffffff,
        .selection = 0xdbe7fb,
        .focus = 0x2463c6,
        .warning = 0xb4501a,
        .imageText = 0xe4e6ea,
        .imageSecondaryText = 0xa6abb4,
        .imageWarning = 0xff9d6b,
        .imageBar = 0x8b919b,
        .imageTrack = 0x3a3d43,
    };
    return colours;
}

}  // namespace

const ThemeColours& themeColours(bool dark) { return dark ? darkColours() : lightColours(); }

bool isDark(const QPalette& palette) { return palette.color(QPalette::Window).lightness() < 128; }

const ThemeColours& currentColours() { return themeColours(isDark(QGuiApplication::palette())); }

QFont figureFont(double factor) {
    QFont font = QGuiApplication::font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

QFont sectionFont() {
    QFont font = figureFont(0.88);
    font.setCapitalization(QFont::AllUppercase);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::PercentageSpacing, 105);
    return font;
}

}  // namespace discern
