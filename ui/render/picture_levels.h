#pragma once

#include <QImage>
#include <QRectF>
#include <vector>

class QPainter;

namespace discern {

/// A photograph with halved copies of itself, so that painting it small costs what it shows and not what it holds.
class PictureLevels {
public:
    PictureLevels() = default;
    explicit PictureLevels(const QImage& picture);

    [[nodiscard]] bool isNull() const { return levels_.empty(); }
    [[nodiscard]] QSize size() const { return isNull() ? QSize() : levels_.front().size(); }
    [[nodiscard]] const QImage& original() const { return levels_.front(); }
    /// Of all levels, in memory of their own.
    [[nodiscard]] qsizetype bytes() const;
    /// Smooth up to twice its own size, single pixels beyond; in its colours or in grey.
    void paint(QPainter& painter, const QRectF& target, bool colours = true) const;

private:
    std::vector<QImage> levels_;
    std::vector<QImage> greyLevels_;
};

}  // namespace discern
