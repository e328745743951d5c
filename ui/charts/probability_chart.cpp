#include "ui/charts/probability_chart.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

constexpr double kGroupWidth = 0.78;
constexpr double kBarShare = 0.86;  // the rest is the gap between two bars

QString probabilityFigure(double p) {
    return std::isnan(p) ? ProbabilityChart::tr("not yet known") : QString::number(p, 'f', 3);
}

}  // namespace

ProbabilityChart::ProbabilityChart(QWidget* parent) : Chart(tr("Most probable classes"), parent) { rebuild(); }

void ProbabilityChart::setData(const ProbabilityData& answers) {
    data_ = answers;
    rebuild();
}

QString ProbabilityChart::emptyWords() const {
    if (data_.models.isEmpty()) return tr("Add a model to see what it takes the photograph for.");
    if (!data_.classes.isEmpty()) return {};
    return data_.photograph ? tr("No model has answered yet.") : tr("Open a photograph to see what the models take it for.");
}

double ProbabilityChart::barWidth() const { return kGroupWidth / static_cast<double>(data_.models.size()); }

QString ProbabilityChart::words(int model, int classIndex) const {
    return QStringLiteral("%1: %2 %3")
        .arg(data_.models[model].name, data_.classes[classIndex],
             probabilityFigure(data_.probabilities[model][classIndex]));
}

void ProbabilityChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    QCPAxis* classes = rect->axis(QCPAxis::atBottom);
    QCPAxis* probability = rect->axis(QCPAxis::atLeft);
    const int models = static_cast<int>(data_.models.size());
    const int groups = static_cast<int>(data_.classes.size());
    const double groupPixels = (builtSize().width() - 80.0) / groups;
    const bool figuresFit = groupPixels * barWidth() >= QFontMetrics(figureFont(0.76)).horizontalAdvance("0.00");

    double highest = 0.0;
    for (int m = 0; m < models; ++m) {
        auto* bars = new QCPBars(classes, probability);
        bars->setWidth(barWidth() * kBarShare);
        styleBars(*bars, data_.models[m], m, colours);
        for (int c = 0; c < groups; ++c) {
            const double p = data_.probabilities[m][c];
            if (std::isnan(p)) continue;
            highest = std::max(highest, p);
            const double key = c + (m - 0.5 * (models - 1)) * barWidth();
            bars->addData(key, p);
            if (!figuresFit) continue;
            auto* figure = new QCPItemText(this);
            figure->setClipToAxisRect(false);
            figure->position->setAxes(classes, probability);
            figure->position->setAxisRect(rect);
            figure->position->setCoords(key, p);
            figure->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
            figure->setFont(figureFont(0.76));
            figure->setColor(colours.secondaryText);
            figure->setText(QString::number(p, 'f', 2));
        }
    }
    const QFontMetrics metrics(classes->tickLabelFont());
    auto ticks = QSharedPointer<QCPAxisTickerText>::create();
    for (int c = 0; c < groups; ++c) {
        const QString name = data_.classes[c];
        const QString mark = c == data_.explained ? QStringLiteral("▸\u00a0") : QString();
        ticks->addTick(c, inLines(mark + name, metrics, static_cast<int>(groupPixels) - 2, 2));
    }
    classes->setTicker(ticks);
    classes->grid()->setVisible(false);
    classes->setRange(-0.5, groups - 0.5);
    probability->setLabel(tr("probability"));
    probability->setRange(0.0, std::min(1.12, std::max(0.05, 1.14 * highest)));
}

Chart::Hit ProbabilityChart::hitAt(const QPointF& position) const {
    const QCPAxisRect* rect = axisRect(0);
    if (!rect || !rect->rect().contains(position.toPoint())) return {};
    const double key = rect->axis(QCPAxis::atBottom)->pixelToCoord(position.x());
    const int group = static_cast<int>(std::lround(key));
    const int models = static_cast<int>(data_.models.size());
    const int model = static_cast<int>(std::floor((key - group) / barWidth() + 0.5 * models));
    if (group < 0 || group >= data_.classes.size() || model < 0 || model >= models) return {};
    return {words(model, group), model};
}

QString ProbabilityChart::figuresInWords() const {
    QStringList lines;
    for (int m = 0; m < data_.models.size(); ++m)
        for (int c = 0; c < data_.classes.size(); ++c) lines << words(m, c);
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
