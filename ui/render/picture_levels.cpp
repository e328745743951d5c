#include "ui/render/picture_levels.h"

#include <QPainter>
#include <opencv2/imgproc.hpp>

namespace discern {

namespace {

constexpr int kSmallestLevel = 128;

QImage halved(const QImage& image) {
    const cv::Mat from(image.height(), image.width(), CV_8UC4, const_cast<uchar*>(image.constBits()),
                       static_cast<std::size_t>(image.bytesPerLine()));
    QImage half(std::max(1, image.width() / 2), std::max(1, image.height() / 2), QImage::Format_RGB32);
    cv::Mat to(half.height(), half.width(), CV_8UC4, half.bits(), static_cast<std::size_t>(half.bytesPerLine()));
    cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
    return half;
}

}  // namespace

PictureLevels::PictureLevels(const QImage& picture) {
    if (picture.isNull()) return;
    levels_.push_back(picture.convertToFormat(QImage::Format_RGB32));
    while (std::min(levels_.back().width(), levels_.back().height()) > 2 * kSmallestLevel)
        levels_.push_back(halved(levels_.back()));
    for (const QImage& level : levels_) greyLevels_.push_back(level.convertToFormat(QImage::Format_Grayscale8));
}

qsizetype PictureLevels::bytes() const {
    qsizetype sum = 0;
    for (const auto* images : {&levels_, &greyLevels_})
        for (const QImage& image : *images) sum += image.sizeInBytes();
    return sum;
}

void PictureLevels::paint(QPainter& painter, const QRectF& target, bool colours) const {
    if (isNull()) return;
    const double wanted = target.width() * painter.device()->devicePixelRatioF();
    std::size_t level = 0;
    while (level + 1 < levels_.size() && levels_[level + 1].width() >= wanted) ++level;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, wanted <= 2.0 * size().width());
    painter.drawImage(target, colours ? levels_[level] : greyLevels_[level]);
    painter.restore();
}

}  // namespace discern
