#include "ui/theme/icon.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "ui/theme/theme.h"

namespace discern {

namespace {

/// Renders an SVG and fills its shape with the colour that the theme has when it is painted.
class ThemedIconEngine : public QIconEngine {
public:
    explicit ThemedIconEngine(QString name, const QColor& color = {}) : name_(std::move(name)), color_(color) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const double ratio = painter->device()->devicePixelRatioF();
        QPixmap drawn = pixmap(rect.size() * ratio, mode, state);
        drawn.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), drawn);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        const ThemeColours& colours = currentColours();
        QPixmap drawn(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        QSvgRenderer(QString(":/discern/icons/%1.svg").arg(name_)).render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        const QColor enabled = color_.isValid() ? color_ : colours.text;
        painter.fillRect(drawn.rect(), mode == QIcon::Disabled ? colours.faintText : enabled);
        return drawn;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new ThemedIconEngine(name_, color_); }

private:
    QString name_;
    QColor color_;  ///< the theme's text where it is not valid
};

}  // namespace

QIcon themedIcon(const QString& name) { return QIcon(new ThemedIconEngine(name)); }

QIcon themedIcon(const QString& name, const QColor& color) { return QIcon(new ThemedIconEngine(name, color)); }

QIcon applicationIcon() { return QIcon(":/discern/discern.svg"); }

}  // namespace discern
