#include "ui/session/images.h"

namespace discern {

QImage toImage(const cv::Mat& rgb) {
    return QImage(rgb.data, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step), QImage::Format_RGB888).copy();
}

cv::Mat toPixels(const QImage& image) {
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    const cv::Mat view(rgb.height(), rgb.width(), CV_8UC3, const_cast<uchar*>(rgb.constBits()),
                       static_cast<std::size_t>(rgb.bytesPerLine()));
    return view.clone();
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
