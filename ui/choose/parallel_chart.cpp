#include "ui/choose/parallel_chart.h"

#include <algorithm>
#include <cmath>

#include "core/choose/figure_words.h"
#include "ui/choose/criterion_words.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

constexpr double kMiddle = 0.5;            // where models stand that are all alike
constexpr int kFigure = 26;                // pixels above and below the axes for the figures of both ends
constexpr int kNameLine = 13;              // and for a line of a name
constexpr int kTall = 360;                 // pixels of a chart whose names may take four lines
constexpr int kHead = 40;                  // pixels of the title and margins
constexpr double kLeastForFigures = 38.0;  // pixels between axes; nearer ones say theirs on hover, or zoomed
constexpr int kFewest = 96;                // pixels an axis takes in an export

QString figureText(double value) { return QString::fromStdString(figureWords(value)); }

}  // namespace

ParallelChart::ParallelChart(Choice& choice, QWidget* parent) : BoardChart(tr("All criteria"), choice, parent) {
    connect(&choice_, &Choice::shownChanged, this, &ParallelChart::rebuild);
    connect(&choice_, &Choice::flippedChanged, this, &ParallelChart::rebuild);
    rebuild();
}

QString ParallelChart::title() const { return tr("All criteria, best at the top"); }

int ParallelChart::nameLines() const { return builtSize().height() < kTall ? 2 : 4; }

int ParallelChart::wordsHeight() const { return kFigure + 10 + nameLines() * kNameLine; }

double ParallelChart::beyond(int pixels) const {
    return static_cast<double>(pixels) / std::max(40, builtSize().height() - kHead - 2 * wordsHeight());
}

QSize ParallelChart::exportSize() const {
    return Chart::exportSize().expandedTo({kFewest * static_cast<int>(choice_.shown().size()), 0});
}

QCPRange ParallelChart::rangeOf(int c) const {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (int m = 0; m < modelCount(); ++m) {
        if (!std::isfinite(value(m, c).value)) continue;
        low = std::min(low, value(m, c).value);
        high = std::max(high, value(m, c).value);
    }
    QCPRange range;  // not by its constructor, which turns the ends round
    range.lower = low;
    range.upper = high;
    return range;
}

double ParallelChart::placeOf(int model, int c) const {
    const QCPRange range = rangeOf(c);
    if (range.size() == 0.0) return std::isfinite(value(model, c).value) ? kMiddle : std::numeric_limits<double>::quiet_NaN();
    const double place = (value(model, c).value - range.lower) / range.size();
    return criterion(c).higherIsBetter != choice_.flipped(c) ? place : 1.0 - place;
}

QCPItemText* ParallelChart::addText(const QString& text, double at, double height, QCPAxis& x, QCPAxis& y) {
    auto* item = new QCPItemText(this);
    item->setClipToAxisRect(false);
    item->position->setAxisRect(x.axisRect());
    item->position->setAxes(&x, &y);
    item->position->setCoords(at, height);
    item->setFont(figureFont(0.8));
    item->setPadding(QMargins(0, 2, 0, 2));
    item->setText(text);
    return item;
}

void ParallelChart::addAxisWords(int place, QCPAxis& x, QCPAxis& y, const ChartColours& colours) {
    const int c = choice_.shown()[place];
    const bool up = criterion(c).higherIsBetter != choice_.flipped(c);
    const QCPRange range = rangeOf(c);
    auto* line = new QCPCurve(&x, &y);
    line->setPen(QPen(colours.grid, 1.5));
    line->addData(place, 0.0);
    line->addData(place, 1.0);
    const double spacing = builtSize().width() / x.range().size();
    const auto addFigure = [&](double figure, double height, Qt::Alignment alignment) {
        if (spacing < kLeastForFigures) return;
        QCPItemText* text = addText(figureText(figure), place, height, x, y);
        text->setPositionAlignment(alignment);
        text->setPadding(QMargins(10, 8, 10, 8));
        text->setColor(colours.secondaryText);
        text->setObjectName(QStringLiteral("figure-%1").arg(c));
    };
    if (range.size() > 0.0) {
        addFigure(up ? range.upper : range.lower, 1.0, Qt::AlignHCenter | Qt::AlignBottom);
        addFigure(up ? range.lower : range.upper, 0.0, Qt::AlignHCenter | Qt::AlignTop);
    } else if (std::isfinite(range.lower)) {
        addFigure(range.lower, kMiddle, Qt::AlignLeft | Qt::AlignVCenter);
    }
    // Names take turns above and below, so that each has the room of two.
    const bool above = place % 2 == 0;
    const int room = static_cast<int>(2.0 * spacing) - 10;
    const QString unit = criterion(c).unit.empty() ? QString() : QStringLiteral(", ") + unbroken(coreWords(criterion(c).unit));
    const QString name = (choice_.flipped(c) ? QStringLiteral("⇅ ") : QString()) + coreWords(criterion(c).title) + unit;
    QCPItemText* text = addText(inLines(name, QFontMetrics(figureFont(0.8)), room, nameLines()), place,
                                above ? 1.0 + beyond(kFigure) : -beyond(kFigure), x, y);
    text->setPositionAlignment(Qt::AlignHCenter | (above ? Qt::AlignBottom : Qt::AlignTop));
    text->setColor(choice_.flipped(c) ? colours.text : colours.secondaryText);
    text->setTextAlignment(Qt::AlignHCenter);
    text->setObjectName(QStringLiteral("name-%1").arg(c));
}

void ParallelChart::addModel(int model, QCPAxis& x, QCPAxis& y, const ChartColours& colours) {
    auto* line = new QCPGraph(&x, &y);
    const bool chosen = selectedModel() == model && !exporting();
    line->setPen(QPen(colourOf(model), chosen ? 3.0 : modelCount() > 12 ? 1.2 : 2.0));
    line->setScatterStyle(markerStyle(choice_.marker(model), modelCount() > 12 ? 5.0 : 9.0, colourOf(model)));
    for (int i = 0; i < choice_.shown().size(); ++i) line->addData(i, placeOf(model, choice_.shown()[i]));
    Q_UNUSED(colours)
}

void ParallelChart::fill(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    QCPAxis& x = *rect->axis(QCPAxis::atBottom);
    QCPAxis& y = *rect->axis(QCPAxis::atLeft);
    for (QCPAxis* axis : rect->axes()) {
        axis->setTickLabels(false);
        axis->grid()->setVisible(false);
        axis->setBasePen(Qt::NoPen);
    }
    const double last = static_cast<double>(choice_.shown().size()) - 1.0;
    setWhole(x, QStringLiteral("x"), {-0.85, std::max(0.0, last) + 0.85});
    y.setRange(-beyond(wordsHeight()), 1.0 + beyond(wordsHeight()));
    for (int place = 0; place < choice_.shown().size(); ++place) addAxisWords(place, x, y, colours);
    for (int m = 0; m < modelCount(); ++m)
        if (m != selectedModel()) addModel(m, x, y, colours);
    if (selectedModel() >= 0 && selectedModel() < modelCount()) addModel(selectedModel(), x, y, colours);
}

int ParallelChart::nameAt(const QPointF& position) const {
    if (axisRectCount() == 0) return -1;
    const QCPAxis& x = *axisRect(0)->axis(QCPAxis::atBottom);
    const QCPAxis& y = *axisRect(0)->axis(QCPAxis::atLeft);
    const double height = y.pixelToCoord(position.y());
    for (int place = 0; place < choice_.shown().size(); ++place) {
        const bool above = place % 2 == 0;
        const bool beside = above ? height > 1.0 + beyond(kFigure / 2) : height < -beyond(kFigure / 2);
        if (beside && std::abs(x.pixelToCoord(position.x()) - place) < 0.9) return choice_.shown()[place];
    }
    return -1;
}

void ParallelChart::mouseReleaseEvent(QMouseEvent* event) {
    const int name = event->button() == Qt::LeftButton && emptyWords().isEmpty() ? nameAt(event->position()) : -1;
    BoardChart::mouseReleaseEvent(event);
    if (name >= 0) choice_.flip(name);
}

Chart::Hit ParallelChart::hitAt(const QPointF& position) const {
    if (const int name = nameAt(position); name >= 0)
        return {tellsOf(criterion(name)) + QStringLiteral("\n") + tr("Click to turn the axis over."), -1};
    if (axisRectCount() == 0 || choice_.shown().isEmpty()) return {};
    const QCPAxis& x = *axisRect(0)->axis(QCPAxis::atBottom);
    const QCPAxis& y = *axisRect(0)->axis(QCPAxis::atLeft);
    const auto last = static_cast<int>(choice_.shown().size()) - 1;
    const int place = std::clamp(static_cast<int>(std::lround(x.pixelToCoord(position.x()))), 0, last);
    const int c = choice_.shown()[place];
    int nearest = -1;
    double least = 10.0;
    for (int m = 0; m < modelCount(); ++m) {
        const double at = placeOf(m, c);
        if (!std::isfinite(at)) continue;
        const double distance = QLineF(QPointF(x.coordToPixel(place), y.coordToPixel(at)), position).length();
        if (distance >= least) continue;
        least = distance;
        nearest = m;
    }
    if (nearest < 0) return {};
    return {QStringLiteral("%1 · %2: %3")
                .arg(choice_.models()[nearest].name, coreWords(criterion(c).title),
                     wholeWords(criterion(c), value(nearest, c))),
            nearest};
}

QString ParallelChart::csv() const {
    QStringList head = {QStringLiteral("model")};
    for (const int c : choice_.shown()) head << QString::fromStdString(criterion(c).name);
    QString csv = csvRow(head);
    for (int m = 0; m < modelCount(); ++m) {
        QStringList line = {choice_.models()[m].name};
        for (const int c : choice_.shown()) line << csvFigure(value(m, c).value);
        csv += csvRow(line);
    }
    return csv;
}

}  // namespace discern
