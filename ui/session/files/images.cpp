#include "ui/session/files/images.h"

#include "core/image/glance.h"

namespace discern {

QImage toImage(const cv::Mat& rgb) {
    return QImage(rgb.data, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step), QImage::Format_RGB888).copy();
}

bool sharesPixels(const Picture& picture) { return picture.pixels.type() == CV_8UC3; }

QImage shownImage(const std::shared_ptr<const Picture>& picture) {
    if (!sharesPixels(*picture))
        return toImage(displayImage(*picture));
    using Held = std::shared_ptr<const Picture>;
    const cv::Mat& rgb = picture->pixels;
    const uchar* bytes = rgb.data;
    return QImage(bytes, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step), QImage::Format_RGB888,
                  [](void* held) { delete static_cast<Held*>(held); }, new Held(picture));
}

QImage thumbnailOf(const cv::Mat& pixels, const QSize& size) {
    const QImage covering = toImage(displayPixels(shrunk(pixels, {size.width(), size.height()})));
    const QImage scaled = covering.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPoint corner((scaled.width() - size.width()) / 2, (scaled.height() - size.height()) / 2);
    return scaled.copy(QRect(corner, size));
}

}  // namespace discern
