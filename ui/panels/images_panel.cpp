#include "ui/panels/images_panel.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/panels/image_list.h"
#include "ui/panels/panel_parts.h"

namespace discern {

ImagesPanel::ImagesPanel(Session& session, Explanations& explanations, QWidget* parent)
    : QStackedWidget(parent), session_(session) {
    auto* empty = new QWidget;
    auto* rows = new QVBoxLayout(empty);
    rows->setContentsMargins(10, 8, 10, 8);
    QLabel* words = makeLabel(tr("Drop photographs here, paste one, or open files."), "secondary");
    words->setWordWrap(true);
    auto* open = new QPushButton(tr("Open images…"));
    auto* sample = new QPushButton(tr("Open a sample"));
    sample_ = sample;
    sample_->hide();
    rows->addWidget(words);
    rows->addWidget(open);
    rows->addWidget(sample);
    rows->addStretch(1);
    addWidget(empty);

    model_ = new ImageList(session, explanations, this);
    list_ = new QListView;
    list_->setAccessibleName(tr("Images"));
    list_->setModel(model_);
    list_->setItemDelegate(new ImageDelegate(list_));
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setUniformItemSizes(true);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setMouseTracking(true);
    list_->setMinimumHeight(60);
    addWidget(list_);

    connect(open, &QPushButton::clicked, this, &ImagesPanel::openRequested);
    connect(sample, &QPushButton::clicked, this, &ImagesPanel::sampleRequested);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid())
            session_.setCurrentPicture(index.data(ImageList::IdRole).toInt());
    });
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) {
        const int id = index.data(ImageList::IdRole).toInt();
        if (session_.library().picture(id)->cancelled)
            session_.library().retryPicture(id);
    });
    connect(list_, &QListView::customContextMenuRequested, this, &ImagesPanel::openMenu);
    connect(&session_, &Session::picturesChanged, this, &ImagesPanel::refreshSelection);
    connect(&session_, &Session::currentPictureChanged, this, &ImagesPanel::refreshSelection);
    const auto onList = [this](const QKeySequence& keys, auto slot) {
        auto* shortcut = new QShortcut(keys, list_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    onList(QKeySequence::Delete, [this] { removeSelected(); });
    onList(Qt::ALT | Qt::Key_Up, [this] { move(-1); });
    onList(Qt::ALT | Qt::Key_Down, [this] { move(1); });
    refreshSelection();
}

void ImagesPanel::setSampleAvailable(bool available) { sample_->setVisible(available); }

QVector<int> ImagesPanel::selected() const {
    QVector<int> ids;
    for (const QModelIndex& index : list_->selectionModel()->selectedIndexes())
        ids.append(index.data(ImageList::IdRole).toInt());
    return ids;
}

void ImagesPanel::removeSelected() { session_.removePictures(selected()); }

void ImagesPanel::move(int by) {
    const int row = list_->currentIndex().row();
    session_.movePicture(row, row + by);
}

void ImagesPanel::refreshSelection() {
    setCurrentIndex(session_.work().pictures.isEmpty() ? 0 : 1);
    const int row = model_->rowOf(session_.currentPicture());
    if (row >= 0 && list_->currentIndex().row() != row)
        list_->setCurrentIndex(model_->index(row));
}

void ImagesPanel::openMenu(const QPoint& position) {
    const QModelIndex index = list_->indexAt(position);
    QMenu menu;
    menu.addActions(menuActions_);
    if (index.isValid()) {
        menu.addSeparator();
        const int id = index.data(ImageList::IdRole).toInt();
        // Those that were clicked, whatever is selected by the time the menu closes.
        const QVector<int> clicked = selected().contains(id) ? selected() : QVector<int>{id};
        if (session_.library().picture(id)->state == LoadState::Failed)
            menu.addAction(tr("Try again"), this, [this, id] { session_.library().retryPicture(id); });
        menu.addAction(tr("Move up"), Qt::ALT | Qt::Key_Up, this, [this] { move(-1); })->setEnabled(index.row() > 0);
        menu.addAction(tr("Move down"), Qt::ALT | Qt::Key_Down, this, [this] { move(1); })
            ->setEnabled(index.row() + 1 < model_->rowCount());
        menu.addAction(tr("Remove"), QKeySequence::Delete, this, [this, clicked] { session_.removePictures(clicked); });
    }
    menu.exec(list_->viewport()->mapToGlobal(position));
}

}  // namespace discern
