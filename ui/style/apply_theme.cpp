#include "ui/style/apply_theme.h"

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

void applyTheme(QApplication& application, ThemeMode mode) {
    loadResources();
    delete application.findChild<QObject*>(kFollowerName, Qt::FindDirectChildrenOnly);
    // Each of these polishes every widget anew, so a later change of colours does without.
    if (application.styleSheet().isEmpty()) {
        application.setStyle("Fusion");
        chooseFont(application);
    }
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

}  // namespace discern
