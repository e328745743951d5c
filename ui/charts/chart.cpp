#include "ui/charts/chart.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QToolTip>

#include "core/error.h"
#include "core/store/files.h"
#include "ui/charts/chart_head.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/model_names.h"

namespace discern {

namespace {

constexpr int kSideMargins = 24;  ///< both of them

ChartColours screenColours() {
    const ThemeColours& theme = currentColours();
    return {theme.chartGround, theme.text, theme.secondaryText, theme.chartGrid};
}

ChartColours exportColours() {
    const ThemeColours& theme = themeColours(false);
    return {Qt::white, theme.text, theme.secondaryText, theme.chartGrid};
}

}  // namespace

Chart::Chart(const QString& title, QWidget* parent) : QCustomPlot(parent), title_(title) {
    setAccessibleName(title);
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void Chart::selectModel(int model) {
    if (model == selected_) return;
    selected_ = model;
    rebuild();
}

void Chart::rebuild() {
    buildIn(screenColours());
    setAccessibleDescription(emptyWords().isEmpty() ? figuresInWords() : emptyWords());
    replot(rpQueuedReplot);
}

void Chart::buildIn(const ChartColours& colours) {
    clearItems();
    clearPlottables();
    plotLayout()->clear();
    setBackground(colours.ground);
    plotLayout()->setMargins(QMargins(kSideMargins / 2, 6, kSideMargins / 2, 6));
    plotLayout()->setRowSpacing(4);
    const QString nothing = emptyWords();
    plotLayout()->addElement(
        0, 0, new ChartHead(this, title(), nothing.isEmpty() ? keyed() : QVector<ChartModel>{}, colours,
                            builtSize().width() - kSideMargins));
    if (!nothing.isEmpty()) {
        plotLayout()->addElement(1, 0, new ChartWords(this, nothing, colours.secondaryText));
        return;
    }
    auto* area = new QCPLayoutGrid;
    area->setColumnSpacing(16);
    plotLayout()->addElement(1, 0, area);
    build(*area, colours);
}

/// The models by name: short where room is short.
QVector<ChartModel> Chart::keyed() const {
    if (namesItsMarks()) return {};
    QVector<ChartModel> all = models();
    if (exporting_) return all;
    QStringList names;
    for (const ChartModel& model : std::as_const(all)) names << model.name;
    names = shortModelNames(names);
    for (qsizetype i = 0; i < all.size(); ++i) all[i].name = names[i];
    return all;
}

QSize Chart::exportSize() const {
    constexpr QSize kSmallest(900, 420);
    return kSmallest.expandedTo({ChartHead::wholeWidth(title(), models()) + kSideMargins, 0});
}

QCPAxisRect* Chart::addAxes(QCPLayoutGrid& area, int column, const ChartColours& colours) {
    auto* rect = new QCPAxisRect(this, true);
    area.addElement(0, column, rect);
    rect->setMinimumMargins(QMargins(4, 6, 6, 4));
    for (QCPAxis* axis : rect->axes()) {
        axis->setTickLabelFont(figureFont(0.84));
        axis->setLabelFont(figureFont(0.84));
        axis->setTickLabelColor(colours.secondaryText);
        axis->setLabelColor(colours.secondaryText);
        axis->setBasePen(QPen(colours.grid));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, 0);
        axis->setTickLabelPadding(4);
        axis->setLabelPadding(3);
        axis->grid()->setPen(QPen(colours.grid));
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setSubGridVisible(false);
        axis->ticker()->setTickCount(4);
    }
    return rect;
}

void Chart::styleBars(QCPBars& bars, const ChartModel& model, int index, const ChartColours& colours) const {
    bars.setBrush(modelColour(model.marker));
    bars.setPen(index == selected_ && !exporting_ && models().size() > 1 ? QPen(colours.text, 1.5) : QPen(Qt::NoPen));
}

void Chart::exportTo(const std::filesystem::path& path) {
    const QString ending = QString::fromStdString(path.extension().string()).toLower();
    if (ending != ".png" && ending != ".pdf" && ending != ".svg") {
        throw Error(ErrorKind::Usage, path.filename().string() +
                                          ": charts are written as .png, .pdf or .svg; choose "
                                          "one of these endings");
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const QSize size = exportSize();
    exporting_ = true;
    buildIn(exportColours());
    if (ending == ".png") {
        toPixmap(size.width(), size.height(), 2.0).save(&buffer, "PNG");
    } else {
        QPdfWriter pdf(&buffer);
        pdf.setPageSize(QPageSize(QSizeF(size) * 0.75, QPageSize::Point));
        pdf.setPageMargins(QMarginsF());
        pdf.setResolution(96);
        pdf.setTitle(title_);
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(), size));
        svg.setTitle(title_);
        QCPPainter painter;
        painter.begin(ending == ".pdf" ? static_cast<QPaintDevice*>(&pdf) : &svg);
        painter.setMode(QCPPainter::pmVectorized);
        painter.setMode(QCPPainter::pmNoCaching);
        painter.fillRect(QRect(QPoint(), size), Qt::white);
        toPainter(&painter, size.width(), size.height());
        painter.end();
    }
    exporting_ = false;
    rebuild();
    writeFileSafely(path, bytes.toStdString());
}

void Chart::mouseMoveEvent(QMouseEvent* event) {
    const Hit hit = emptyWords().isEmpty() ? hitAt(event->position()) : Hit{};
    setCursor(hit.model >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (hit.words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPosition().toPoint(), hit.words, this);
}

void Chart::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !emptyWords().isEmpty()) return;
    const Hit hit = hitAt(event->position());
    if (hit.model >= 0) Q_EMIT modelSelected(hit.model);
}

void Chart::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    rebuild();
}

void Chart::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) rebuild();
}

}  // namespace discern
