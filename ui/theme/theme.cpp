#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleHints>

// A static library's resources are linked in only when asked for; Q_INIT_RESOURCE works in no namespace.
static void loadResources() { Q_INIT_RESOURCE(resources); }

namespace discern {

namespace {

constexpr auto kFollowerName = "discernSystemTheme";

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
        .selection = 0x23406e,
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

bool isDark(const QPalette& palette) { return palette.color(QPalette::Window).lightness() < 128; }

/// Where the system says nothing (a bare X server, the offscreen platform) dark, on which images are judged best.
bool systemIsDark() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Light;
#else
    QApplication::setPalette(QPalette());
    return isDark(QApplication::palette()) || qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP");
#endif
}

QPalette paletteOf(const ThemeColours& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.panel);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.faintText);
    palette.setColor(QPalette::Button, c.control);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.accentText);
    palette.setColor(QPalette::Highlight, c.selection);
    palette.setColor(QPalette::HighlightedText, c.text);
    palette.setColor(QPalette::Link, c.focus);
    palette.setColor(QPalette::LinkVisited, c.focus);
    palette.setColor(QPalette::ToolTipBase, c.panel);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.controlBorder);
    palette.setColor(QPalette::Midlight, c.control);
    palette.setColor(QPalette::Mid, c.controlBorder);
    palette.setColor(QPalette::Dark, c.line);
    palette.setColor(QPalette::Shadow, c.line);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faintText);
    return palette;
}

QString styleSheetFor(const ThemeColours& c) {
    const QHash<QString, QColor> roles = {
        {"window", c.window},
        {"panel", c.panel},
        {"chartGround", c.chartGround},
        {"imageArea", c.imageArea},
        {"line", c.line},
        {"control", c.control},
        {"controlBorder", c.controlBorder},
        {"text", c.text},
        {"secondaryText", c.secondaryText},
        {"faintText", c.faintText},
        {"accent", c.accent},
        {"accentText", c.accentText},
        {"selection", c.selection},
        {"focus", c.focus},
        {"warning", c.warning},
    };
    QFile file(":/discern/style.qss");
    if (!file.open(QIODevice::ReadOnly)) qFatal("The style sheet is missing from the program's resources.");
    const QString sheet = QString::fromUtf8(file.readAll());

    static const QRegularExpression placeholder("@([A-Za-z]+)");
    QString filled;
    qsizetype from = 0;
    for (auto found = placeholder.globalMatch(sheet); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        filled += sheet.mid(from, match.capturedStart() - from);
        if (!roles.contains(match.captured(1))) qFatal("style.qss: no colour role %s", qPrintable(match.captured(0)));
        filled += roles[match.captured(1)].name();
        from = match.capturedEnd();
    }
    return filled + sheet.mid(from);
}

/// A desktop's own font stays; the X server's fallback gives way to a face made for screens where there is one.
void chooseFont(QApplication& application) {
    const QString family = QFontInfo(application.font()).family();
    const bool fallback = family.startsWith("DejaVu") || family.startsWith("Bitstream");
    if (!fallback || !QFontDatabase::families().contains("Inter")) return;
    QFont font = application.font();
    font.setFamilies({"Inter", family});
    application.setFont(font);
}

}  // namespace

const ThemeColours& themeColours(bool dark) { return dark ? darkColours() : lightColours(); }

const ThemeColours& currentColours() { return themeColours(isDark(QGuiApplication::palette())); }

void applyTheme(QApplication& application, ThemeMode mode) {
    loadResources();
    delete application.findChild<QObject*>(kFollowerName, Qt::FindDirectChildrenOnly);
    application.setStyleSheet({});
    application.setStyle("Fusion");
    chooseFont(application);
    const bool dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && systemIsDark());
    const ThemeColours& colours = themeColours(dark);
    application.setPalette(paletteOf(colours));
    application.setStyleSheet(styleSheetFor(colours));
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (mode == ThemeMode::System) {
        auto* follower = new QObject(&application);
        follower->setObjectName(kFollowerName);
        // Queued, since applying the theme deletes the receiver.
        QObject::connect(
            QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, follower,
            [&application] { applyTheme(application, ThemeMode::System); }, Qt::QueuedConnection);
    }
#endif
}

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
