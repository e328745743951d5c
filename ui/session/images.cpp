#include "ui/session/images.h"

#include "core/image/opacity.h"

namespace discern {

QImage toImage(const cv::Mat& rgb) {
    return QImage(rgb.data, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step), QImage::Format_RGB888).copy();
}

Picture toPicture(const QImage& image, const QString& name) {
    const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
    const cv::Mat view(rgba.height(), rgba.width(), CV_8UC4, const_cast<uchar*>(rgba.constBits()),
                       static_cast<std::size_t>(rgba.bytesPerLine()));
    Decoded laid = overWhite(view, Alpha::Straight);
    Picture picture = pictureFromPixels(std::move(laid.pixels), name.toStdString());
    picture.notes = std::move(laid.notes);
    return picture;
}

QImage thumbnailOf(const QImage& image, const QSize& size) {
    if (image.isNull())
        return {};
    // Scaling in two steps keeps the expensive smooth one small.
    QImage rough = image;
    if (image.width() > 4 * size.width() && image.height() > 4 * size.height())
        rough = image.scaled(2 * size, Qt::KeepAspectRatioByExpanding, Qt::FastTransformation);
    const QImage scaled = rough.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPoint corner((scaled.width() - size.width()) / 2, (scaled.height() - size.height()) / 2);
    return scaled.copy(QRect(corner, size));
}

}  // namespace discern
