#include "ui/render/export.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QImageWriter>
#include <QPainter>
#include <cmath>

#include "core/error.h"
#include "core/store/files.h"
#include "ui/render/cell_painter.h"
#include "ui/render/cell_range.h"
#include "ui/render/color_bar.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

const QColor kInk(0x1d, 0x20, 0x25);
const QColor kSecondaryInk(0x55, 0x5b, 0x66);
constexpr double kSmallestWidth = 480.0;

QString disclaimer() { return OverlayCaption::tr("Shows what the model used, not whether it is right."); }

/// Letters grow with the picture, so that a caption stays readable when the picture is shown small.
QFont captionFont(int pictureWidth, double factor = 1.0, bool bold = false) {
    QFont font = figureFont();
    font.setPixelSize(static_cast<int>(std::lround(factor * std::clamp(pictureWidth / 42.0, 13.0, 64.0))));
    if (bold) font.setWeight(QFont::DemiBold);
    return font;
}

/// Text set line under line; measures where the painter is null.
class Column {
public:
    Column(QPainter* painter, QRectF area) : painter_(painter), area_(area), y_(area.top()) {}

    void add(const QString& text, const QFont& font, const QColor& color) {
        if (text.isEmpty()) return;
        const QRectF room(area_.left(), y_, area_.width(), 1e5);
        const QRectF box = QFontMetricsF(font).boundingRect(room, Qt::TextWordWrap, text);
        if (painter_) {
            painter_->setFont(font);
            painter_->setPen(color);
            painter_->drawText(room, Qt::TextWordWrap, text);
        }
        y_ += std::ceil(box.height()) + 0.2 * QFontMetricsF(font).height();
    }
    void skip(double height) { y_ += height; }
    [[nodiscard]] double y() const { return y_; }

private:
    QPainter* painter_;
    QRectF area_;
    double y_;
};

/// Colour bar and caption; returns how tall they are.
double setCaption(QPainter* painter, const QRectF& area, const ColorBar& bar, const OverlayCaption& caption,
                  const QString& state) {
    const int width = static_cast<int>(area.width());
    const QFont plain = captionFont(width);
    const QFont small = captionFont(width, 0.88);
    const double line = QFontMetricsF(plain).height();
    Column column(painter, area);
    if (painter) {
        paintLyingColorBar(*painter, QRectF(area.left(), column.y(), area.width(), 2 * line), bar,
                           {kInk, kSecondaryInk, small, 0.6 * line});
    }
    column.skip(0.6 * line + 1.2 * QFontMetricsF(small).height() + 4);
    column.add(bar.inWords(), small, kSecondaryInk);
    column.skip(0.4 * line);
    const QString probability = QString::number(caption.probability, 'f', 3);
    column.add(caption.className.isEmpty()
                   ? caption.model
                   : OverlayCaption::tr("%1: %2, probability %3").arg(caption.model, caption.className, probability),
               captionFont(width, 1.0, true), kInk);
    column.add(caption.target.isEmpty() ? caption.method
                                        : OverlayCaption::tr("%1 of the %2").arg(caption.method, caption.target),
               plain, kInk);
    column.add(state, plain, kInk);
    column.add(caption.parameters, small, kSecondaryInk);
    column.add(caption.picture, small, kSecondaryInk);
    column.skip(0.3 * line);
    column.add(disclaimer(), small, kSecondaryInk);
    return column.y() - area.top();
}

QString stateInWords(const CellContent& cell, const DisplaySettings& settings) {
    const Attribution& attribution = *cell.attribution;
    switch (mapState(attribution, settings)) {
        case MapState::AllZero:
            return OverlayCaption::tr("The map is zero everywhere.");
        case MapState::Undefined:
            return OverlayCaption::tr("The map is undefined: no value is a finite number.");
        case MapState::NoStandardError:
            return OverlayCaption::tr("This method gives no standard error.");
        case MapState::Shown:
            break;
    }
    QStringList parts = {cell.caution, QString::fromStdString(attribution.summary),
                         QString::fromStdString(attribution.certainty)};
    parts.removeAll({});
    return parts.join(QStringLiteral(" · "));
}

}  // namespace

QImage exportOverlay(const QImage& picture, const QRectF& seen, const CellContent& cell,
                     const DisplaySettings& settings, const ValueRange& range, const std::optional<ColorBar>& ownBar,
                     const OverlayCaption& caption, double pixelRatio) {
    const QSizeF shown = QSizeF(picture.size()) / pixelRatio;
    const double width = std::max(shown.width(), kSmallestWidth);
    const double margin = width / 40.0;
    const ColorBar bar = colorBarFor(*cell.attribution, settings, range);
    const QString state = stateInWords(cell, settings);
    const QRectF area(margin, shown.height() + margin, width - 2 * margin, 1e5);
    const double captionHeight = setCaption(nullptr, area, bar, caption, state);

    const QSizeF size(width, shown.height() + captionHeight + 2 * margin);
    QImage canvas((size * pixelRatio).toSize(), QImage::Format_RGB32);
    canvas.setDevicePixelRatio(pixelRatio);
    canvas.fill(Qt::white);
    QPainter painter(&canvas);
    const double left = std::floor((width - shown.width()) / 2);
    const PictureLevels levels(picture);
    StillCell(levels, seen, cell, settings, range, ownBar).paint(painter, {QPointF(left, 0), shown});
    setCaption(&painter, area, bar, caption, state);
    return canvas;
}

QImage exportComparison(const GridContent& content, const DisplaySettings& settings) {
    const auto rows = static_cast<int>(content.rows.size());
    const auto columns = static_cast<int>(content.columns.size());
    constexpr int kCell = 420;
    constexpr int kGap = 12;
    constexpr int kMargin = 24;
    const double aspect = static_cast<double>(content.picture.width()) / std::max(1, content.picture.height());
    const int cellWidth = aspect >= 1 ? kCell : static_cast<int>(kCell * aspect);
    const int cellHeight = aspect >= 1 ? static_cast<int>(kCell / aspect) : kCell;
    const QFont plain = captionFont(1, 1.0);
    const QFont small = captionFont(1, 0.92);
    const QFont bold = captionFont(1, 1.08, true);
    const int line = static_cast<int>(std::ceil(QFontMetricsF(bold).height()));
    const int headHeight = 5 * line;
    const int rowHead = 150;
    const int barWidth = 110;
    const QSize size(2 * kMargin + rowHead + columns * (cellWidth + kGap) + barWidth,
                     2 * kMargin + headHeight + rows * (cellHeight + kGap) + 3 * line);

    QImage canvas(size, QImage::Format_RGB32);
    canvas.fill(Qt::white);
    QPainter painter(&canvas);
    painter.setRenderHint(QPainter::Antialiasing);
    const int left = kMargin + rowHead;
    const auto ranges = rangesOfCells(content, settings);
    const PictureLevels levels(content.picture);

    for (int c = 0; c < columns; ++c) {
        const ColumnContent& head = content.columns[c];
        const int x = left + c * (cellWidth + kGap);
        paintMarker(painter, head.marker, QRectF(x, kMargin + 2, 14, 14));
        painter.setFont(bold);
        painter.setPen(kInk);
        const int nameLeft = head.minusMarker >= 0 ? 40 : 20;
        if (head.minusMarker >= 0) paintMarker(painter, head.minusMarker, QRectF(x + 20, kMargin + 2, 14, 14));
        painter.drawText(QRect(x + nameLeft, kMargin, cellWidth - nameLeft, line), Qt::AlignVCenter,
                         QFontMetrics(bold).elidedText(head.model, Qt::ElideMiddle, cellWidth - nameLeft));
        painter.setFont(plain);
        painter.setPen(kSecondaryInk);
        painter.drawText(QRect(x, kMargin + line, cellWidth, 3 * line), Qt::AlignLeft | Qt::AlignTop,
                         inLines(head.note, QFontMetrics(plain), cellWidth, 3));
        for (int i = 0; i < head.top.size(); ++i) {
            const ClassScore& score = head.top[i];
            const QRect box(x, kMargin + (i + 1) * line, cellWidth, line);
            painter.setPen(score.explained ? kInk : kSecondaryInk);
            painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                             QFontMetrics(plain).elidedText(score.label, Qt::ElideRight, cellWidth / 2));
            painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, QString::number(score.probability, 'f', 3));
            const QRectF track(x + 0.54 * cellWidth, box.center().y() - 3, 0.32 * cellWidth, 6);
            painter.fillRect(track, QColor(0xe6, 0xe8, 0xec));
            painter.fillRect(QRectF(track.topLeft(), QSizeF(track.width() * score.probability, track.height())),
                             score.explained ? modelColour(head.marker) : QColor(0x8b, 0x91, 0x9b));
        }
    }
    for (int r = 0; r < rows; ++r) {
        const int y = kMargin + headHeight + r * (cellHeight + kGap);
        Column head(&painter, QRectF(kMargin, y + cellHeight / 3.0, rowHead - kGap, cellHeight));
        head.add(content.rows[r].title, bold, kInk);
        head.add(content.rows[r].subtitle, small, kSecondaryInk);
        const QVector<std::optional<ColorBar>> bars = colorBarsOfRow(content, settings, ranges, r);
        for (int c = 0; c < columns; ++c) {
            const QRectF box(left + c * (cellWidth + kGap), y, cellWidth, cellHeight);
            StillCell(levels, content.columns[c].seen, content.cells[r][c], settings, ranges[r][c], bars[c])
                .paint(painter, box);
        }
        if (!bars.last()) continue;
        paintUprightColorBar(painter, QRectF(left + columns * (cellWidth + kGap), y, barWidth, cellHeight),
                             *bars.last(), {kInk, kSecondaryInk, small, 14.0});
    }
    Column foot(&painter, QRectF(kMargin, size.height() - kMargin - 2 * line, size.width() - 2 * kMargin, 2 * line));
    foot.add(content.pictureName, small, kSecondaryInk);
    foot.add(disclaimer(), small, kSecondaryInk);
    return canvas;
}

void savePng(const QImage& image, const std::filesystem::path& path, const QString& provenance) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.setText("Software", "Discern");
    writer.setText("Provenance", provenance);
    if (!writer.write(image)) {
        throw Error(ErrorKind::Run, path.string() + " could not be made: " + writer.errorString().toStdString() +
                                        "; export a smaller picture");
    }
    writeFileSafely(path, bytes.toStdString());
}

}  // namespace discern
