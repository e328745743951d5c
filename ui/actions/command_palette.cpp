#include "ui/actions/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "core/explain/method.h"
#include "ui/session/session.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kWidth = 520;
constexpr int kRows = 12;
constexpr int kRowPadding = 8;
constexpr int kIcon = 14;
constexpr int kKeysRole = Qt::UserRole + 1;

QString plain(const QAction* action) { return action->text().remove(QLatin1Char('&')); }

/// Every word typed must occur in the name or the tip.
bool matches(const QAction* action, const QStringList& words) {
    const QString text = plain(action) + QLatin1Char(' ') + action->statusTip();
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// Keys stand at the row's end.
class KeysDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        painter->setPen(currentColours().secondaryText);
        painter->drawText(option.rect.adjusted(0, 0, -kRowPadding, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(kKeysRole).toString());
    }
};

/// As large as an icon, so that all names begin at the same place.
QIcon noIcon() {
    QPixmap nothing(kIcon, kIcon);
    nothing.fill(Qt::transparent);
    return nothing;
}

}  // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, Session& session, QWidget* parent)
    : QDialog(parent, Qt::Popup), actions_(actions) {
    addRows(session);
    setWindowTitle(tr("Search commands"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    field_ = new QLineEdit;
    field_->setPlaceholderText(tr("Search commands"));
    field_->setAccessibleName(tr("Search commands"));
    field_->installEventFilter(this);
    list_ = new QListWidget;
    list_->setAccessibleName(tr("Commands found"));
    list_->setUniformItemSizes(true);
    list_->setIconSize({kIcon, kIcon});
    list_->setItemDelegate(new KeysDelegate(list_));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(field_);
    column->addWidget(list_);
    connect(field_, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(list_, &QListWidget::itemActivated, this, &CommandPalette::runCurrent);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    filter({});
    const int height = kRows * (fontMetrics().height() + kRowPadding) + field_->sizeHint().height() + 30;
    resize(std::min(kWidth, parent->width() - 40), std::min(height, parent->height() - 80));
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 56)));
    field_->setFocus();
}

void CommandPalette::addRows(Session& session) {
    for (const MethodChoice& choice : session.work().methods) {
        const Method& method = findMethod(choice.name.toStdString());
        const QString title = coreWords(method.title);
        auto* action = new QAction(choice.enabled ? tr("Remove row: %1").arg(title) : tr("Add row: %1").arg(title), this);
        action->setStatusTip(coreWords(method.tells));
        connect(action, &QAction::triggered, &session,
                [&session, name = choice.name, on = !choice.enabled] { session.setMethodEnabled(name, on); });
        actions_ += action;
    }
}

void CommandPalette::filter(const QString& text) {
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    list_->clear();
    for (int i = 0; i < actions_.size(); ++i) {
        const QAction* action = actions_[i];
        if (!action->isVisible() || !matches(action, words))
            continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(action->icon().isNull() ? noIcon() : action->icon(), plain(action));
        item->setData(kKeysRole, keys);
        item->setSizeHint({0, list_->fontMetrics().height() + kRowPadding});
        item->setData(Qt::UserRole, i);
        item->setToolTip(action->statusTip());
        if (action->isCheckable())
            item->setCheckState(action->isChecked() ? Qt::Checked : Qt::Unchecked);
        item->setFlags(item->flags() & ~Qt::ItemIsUserCheckable);
        if (!action->isEnabled())
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
        list_->addItem(item);
    }
    if (list_->count() == 0) {
        auto* none = new QListWidgetItem(tr("No command has these words"), list_);
        none->setFlags(Qt::NoItemFlags);
    }
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->flags() & Qt::ItemIsEnabled) {
            list_->setCurrentRow(row);
            break;
        }
}

void CommandPalette::runCurrent() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled))
        return;
    QAction* action = actions_[item->data(Qt::UserRole).toInt()];
    accept();
    action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != field_ || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: runCurrent(); return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: {
            int row = list_->currentRow();
            const int by = key->key() == Qt::Key_Up || key->key() == Qt::Key_PageUp ? -1 : 1;
            do
                row += by;
            while (row >= 0 && row < list_->count() && !(list_->item(row)->flags() & Qt::ItemIsEnabled));
            if (row >= 0 && row < list_->count())
                list_->setCurrentRow(row);
            return true;
        }
        default: return false;
    }
}

}  // namespace discern
