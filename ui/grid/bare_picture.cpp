#include "ui/grid/bare_picture.h"

#include <QPainter>

namespace discern {

namespace {

constexpr int kMargin = 8;

}  // namespace

BarePicture::BarePicture(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void BarePicture::setPicture(std::shared_ptr<const PictureLevels> picture, const QString& name) {
    picture_ = std::move(picture);
    setAccessibleName(name);
    update();
}

QRectF BarePicture::pictureRect() const {
    if (!picture_ || picture_->isNull()) return {};
    const QRectF room = QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    QRectF shown(QPointF(), QSizeF(picture_->size()).scaled(room.size(), Qt::KeepAspectRatio));
    shown.moveCenter(room.center());
    return shown;
}

void BarePicture::paintEvent(QPaintEvent*) {
    if (!picture_ || picture_->isNull()) return;
    QPainter painter(this);
    picture_->paint(painter, pictureRect());
}

}  // namespace discern
