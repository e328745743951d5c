#include "ui/choose/cell_matrix.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/theme/theme.h"

namespace discern {

namespace {

/// The colour of a cell tells its figure; where the keyboard is, a frame tells.
class CellDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem plain = option;
        plain.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus | QStyle::State_MouseOver);
        QStyledItemDelegate::paint(painter, plain, index);
        const bool focused = option.state & QStyle::State_HasFocus;
        if (!focused && !(option.state & QStyle::State_MouseOver)) return;
        painter->setPen(QPen(focused ? currentColours().focus : currentColours().secondaryText, focused ? 2.0 : 1.0));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
};

}  // namespace

CellMatrix::CellMatrix(const QString& name, Choice& choice, QWidget* parent) : QTableWidget(parent), choice_(choice) {
    setAccessibleName(name);
    setProperty("ground", QStringLiteral("chart"));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(64);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setHighlightSections(false);
    setItemDelegate(new CellDelegate(this));
    connect(this, &QTableWidget::cellClicked, this, [this](int row, int column) { open(row, column); });
    connect(this, &QTableWidget::cellActivated, this, [this](int row, int column) {
        if (hasFocus() && !underMouse()) open(row, column);
    });
    connect(&choice_, &Choice::boardChanged, this, [this] { redraw(); });
}

MatrixContent CellMatrix::content() const {
    MatrixContent content{title(), {}, {}, {}, {}};
    for (int c = 0; c < columnCount(); ++c) content.columns << horizontalHeaderItem(c)->text();
    for (int r = 0; r < rowCount(); ++r) {
        content.rows << verticalHeaderItem(r)->text();
        QStringList words;
        QVector<QColor> grounds;
        for (int c = 0; c < columnCount(); ++c) {
            words << item(r, c)->text();
            grounds << item(r, c)->background().color();
        }
        content.words << words;
        content.grounds << grounds;
    }
    return content;
}

void CellMatrix::changeEvent(QEvent* event) {
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) redraw();
}

}  // namespace discern
