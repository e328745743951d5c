#include "ui/actions/shortcut_sheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/actions/actions.h"
#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

using Row = std::pair<QString, QString>;  // keys, words

QWidget* makeGroup(const QString& title, const QVector<Row>& rows) {
    auto* group = new QWidget;
    auto* grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(3);
    QLabel* head = makeLabel(title.toUpper(), "section");
    head->setFont(sectionFont());
    grid->addWidget(head, 0, 0, 1, 2);
    int line = 1;
    for (const auto& [keys, words] : rows) {
        grid->addWidget(makeLabel(keys, "secondary"), line, 0);
        grid->addWidget(new QLabel(words), line++, 1);
    }
    grid->setColumnStretch(1, 1);
    return group;
}

QString keysOf(const QAction* action) {
    QStringList keys;
    for (const QKeySequence& sequence : action->shortcuts())
        keys += sequence.toString(QKeySequence::NativeText);
    return keys.join(ShortcutSheet::tr(" or "));
}

}  // namespace

ShortcutSheet::ShortcutSheet(const Actions& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* columns = new QGridLayout;
    columns->setHorizontalSpacing(32);
    columns->setVerticalSpacing(16);
    QVBoxLayout* halves[2] = {new QVBoxLayout, new QVBoxLayout};
    int lines[2] = {0, 0};
    const auto place = [&](const QString& title, const QVector<Row>& rows) {
        const int half = lines[0] <= lines[1] ? 0 : 1;
        lines[half] += static_cast<int>(rows.size()) + 2;
        halves[half]->addWidget(makeGroup(title, rows));
    };
    for (const MenuId menu : Actions::menus()) {
        QVector<Row> rows;
        for (const QAction* action : actions.of(menu))
            if (!action->shortcut().isEmpty())
                rows.append({keysOf(action), action->text().remove(QLatin1Char('&'))});
        if (!rows.isEmpty())
            place(titleOf(menu).remove(QLatin1Char('&')), rows);
    }
    place(tr("In the grid"), {{tr("arrows"), tr("Select the neighbouring cell")},
                              {tr("wheel, drag"), tr("Zoom, move")},
                              {tr("wheel, where cells are out of sight"), tr("Scroll; with Ctrl zoom")},
                              {tr("double click"), tr("Fit the image again")},
                              {tr("H, held"), tr("Hide the overlay")},
                              {tr("Esc"), tr("Back to all cells")},
                              {tr("Menu key"), tr("Copy, export, enlarge")}});
    place(tr("In lists"), {{tr("Alt+Up, Alt+Down"), tr("Move up, move down")}, {tr("Del"), tr("Remove")}});
    for (int half = 0; half < 2; ++half) {
        halves[half]->setSpacing(16);
        halves[half]->addStretch(1);
        columns->addLayout(halves[half], 0, half);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->addLayout(columns);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace discern
