#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "ui/session/explanations.h"

namespace discern {

/// The session's pictures as a list: name, size, what is done of them.
class ImageList : public QAbstractListModel {
    Q_OBJECT
public:
    /// ErrorRole: what is wrong with it, or not as it was; empty where nothing is.
    enum Role { IdRole = Qt::UserRole, DetailRole, ErrorRole };

    ImageList(Session& session, Explanations& explanations, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] int rowOf(int id) const { return static_cast<int>(ids_.indexOf(id)); }

private:
    void reset();
    void refresh(int id);
    void refreshAll();
    [[nodiscard]] QString detail(const PictureEntry& entry) const;

    Session& session_;
    Explanations& explanations_;
    QVector<int> ids_;
    QTimer refreshTimer_;
};

/// Thumbnail, name and a line of detail.
class ImageDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace discern
