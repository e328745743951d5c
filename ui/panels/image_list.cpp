#include "ui/panels/image_list.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr QSize kThumb{52, 36};
constexpr int kMargin = 4;
constexpr int kLeft = 10;
constexpr int kRefreshMs = 150;

}  // namespace

ImageList::ImageList(Session& session, Explanations& explanations, QObject* parent)
    : QAbstractListModel(parent), session_(session), explanations_(explanations), ids_(session.work().pictures) {
    refreshTimer_.setSingleShot(true);
    refreshTimer_.setInterval(kRefreshMs);
    connect(&refreshTimer_, &QTimer::timeout, this, &ImageList::refreshAll);
    const auto later = [this] {
        if (!refreshTimer_.isActive())
            refreshTimer_.start();
    };
    connect(&session, &Session::picturesChanged, this, &ImageList::reset);
    connect(&session, &Session::modelsChanged, this, later);
    connect(&session, &Session::methodsChanged, this, later);
    connect(&session, &Session::targetChanged, this, later);
    connect(&explanations, &Explanations::cellChanged, this, later);
    connect(&session.library(), &Library::pictureChanged, this, &ImageList::refresh);
}

int ImageList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ids_.size());
}

QString ImageList::detail(const PictureEntry& entry) const {
    if (entry.state == LoadState::Failed)
        return entry.cancelled ? tr("cancelled; click to open") : tr("cannot be opened");
    if (entry.size.isEmpty())
        return tr("opening");
    const QString size = QStringLiteral("%1 × %2").arg(entry.size.width()).arg(entry.size.height());
    const Explanations::Count count = explanations_.count(entry.id);
    const auto with = [&](const QString& words) { return size + QStringLiteral(" · ") + words; };
    if (entry.changed)
        return with(tr("changed on disk"));
    if (count.all == 0)
        return size;
    if (count.done == count.all)
        return with(tr("%1 × %2 done").arg(session_.shownModels().size()).arg(session_.enabledMethods().size()));
    if (count.failed > 0 && count.active == 0)
        return with(tr("%1 failed").arg(count.failed));
    if (count.active > 0)
        return with(count.done > 0 ? tr("%1 of %2 done").arg(count.done).arg(count.all) : tr("queued"));
    return with(count.done > 0 ? tr("%1 of %2 done").arg(count.done).arg(count.all) : tr("not yet"));
}

QVariant ImageList::data(const QModelIndex& index, int role) const {
    const PictureEntry* entry = index.isValid() ? session_.library().picture(ids_[index.row()]) : nullptr;
    if (!entry)
        return {};
    switch (role) {
        case Qt::DisplayRole: return entry->name;
        case Qt::DecorationRole: return entry->thumbnail;
        case Qt::ToolTipRole:
            return entry->state == LoadState::Failed
                       ? entry->error
                       : (QStringList(entry->path) + entry->notes).join(QLatin1Char('\n'));
        case Qt::AccessibleTextRole:
            return (QStringList{entry->name, detail(*entry)} + entry->notes).join(QStringLiteral(", "));
        case IdRole: return entry->id;
        case DetailRole: return detail(*entry);
        case ErrorRole: return entry->changed ? tr("changed on disk") : entry->error;
        default: return {};
    }
}

void ImageList::reset() {
    beginResetModel();
    ids_ = session_.work().pictures;
    endResetModel();
}

void ImageList::refresh(int id) {
    const int row = rowOf(id);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void ImageList::refreshAll() {
    if (!ids_.isEmpty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {DetailRole, Qt::AccessibleTextRole});
}

QSize ImageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int lines = option.fontMetrics.height() + QFontMetrics(figureFont(0.88)).height() + 2 * kMargin;
    return {160, std::max(kThumb.height() + 2 * kMargin, lines)};
}

void ImageDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const ThemeColours& colours = currentColours();
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colours.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colours.control);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(colours.focus);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    const QRect thumb(QPoint(option.rect.left() + kLeft, option.rect.center().y() - kThumb.height() / 2), kThumb);
    const QImage image = index.data(Qt::DecorationRole).value<QImage>();
    if (image.isNull())
        painter->fillRect(thumb, colours.cell);
    else
        painter->drawImage(thumb, image);
    const QFont small = figureFont(0.88);
    const int nameHeight = option.fontMetrics.height();
    const int detailHeight = QFontMetrics(small).height();
    QRect text(thumb.right() + 9, option.rect.center().y() - (nameHeight + detailHeight) / 2,
               option.rect.right() - thumb.right() - 15, nameHeight);
    painter->setFont(option.font);
    painter->setPen(colours.text);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
    text.moveTop(text.bottom() + 1);
    text.setHeight(detailHeight);
    painter->setFont(small);
    painter->setPen(index.data(ImageList::ErrorRole).toString().isEmpty() ? colours.secondaryText : colours.warning);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(small).elidedText(index.data(ImageList::DetailRole).toString(), Qt::ElideRight, text.width()));
    painter->restore();
}

}  // namespace discern
