#include "ui/charts/agreement_chart.h"

#include <cmath>

#include "ui/render/color_bar.h"
#include "ui/theme/model_names.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

/// Two signs are read against a white middle, overlaps from dark to light.
QColor cellColour(const AgreementMatrix& matrix, double value) {
    const bool twoSigns = matrix.low < 0;
    const ColorMap& map = findColorMap(twoSigns ? "blue-white-red" : "cividis");
    return QColor(map.at(colorPosition(value, {matrix.low, matrix.high}, twoSigns)));
}

QColor readableOn(const QColor& ground) {
    const double luminance = 0.2126 * ground.redF() + 0.7152 * ground.greenF() + 0.0722 * ground.blueF();
    return luminance > 0.45 ? Qt::black : Qt::white;
}

QString cellFigure(double value) {
    return std::isnan(value) ? QStringLiteral("–") : QString::number(value, 'f', 2).replace('-', QChar(0x2212));
}

QString cellWords(const AgreementMatrix& matrix, int row, int column) {
    const double value = matrix.values[row][column];
    return QStringLiteral("%1, %2 and %3: %4")
        .arg(matrix.measure, matrix.names[row], matrix.names[column],
             std::isnan(value) ? QObject::tr("undefined") : cellFigure(value));
}

}  // namespace

AgreementChart::AgreementChart(QWidget* parent) : Chart(tr("Agreement of attributions (1: the same)"), parent) {
    rebuild();
}

void AgreementChart::setData(const QVector<AgreementMatrix>& matrices) {
    matrices_ = matrices;
    rebuild();
}

QString AgreementChart::emptyWords() const {
    return matrices_.isEmpty() ? tr("Explain one photograph with two models or two methods to see how far they agree.")
                               : QString();
}

void AgreementChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    const int panels = static_cast<int>(matrices_.size());
    for (int p = 0; p < panels; ++p) {
        const AgreementMatrix& matrix = matrices_[p];
        const int n = static_cast<int>(matrix.names.size());
        QCPAxisRect* rect = addAxes(area, p, colours);
        QCPAxis* columns = rect->axis(QCPAxis::atBottom);
        QCPAxis* rows = rect->axis(QCPAxis::atLeft);
        columns->setRange(-0.5, n - 0.5);
        rows->setRange(-0.5, n - 0.5);
        rows->setRangeReversed(true);
        columns->setLabel(matrix.measure);

        const QFontMetrics metrics(columns->tickLabelFont());
        const int panelWidth = width() / panels - 24;
        const int rowNames = std::min(90, panelWidth / 3);
        const QStringList names = shortModelNames(matrix.names);
        const int columnNames = n > 0 ? (panelWidth - rowNames) / n - 6 : 0;
        auto rowTicks = QSharedPointer<QCPAxisTickerText>::create();
        auto columnTicks = QSharedPointer<QCPAxisTickerText>::create();
        for (int i = 0; i < n; ++i) {
            rowTicks->addTick(i, metrics.elidedText(names[i], Qt::ElideMiddle, rowNames));
            columnTicks->addTick(i, metrics.elidedText(names[i], Qt::ElideMiddle, columnNames));
        }
        rows->setTicker(rowTicks);
        columns->setTicker(columnTicks);
        for (QCPAxis* axis : {rows, columns}) axis->grid()->setVisible(false);

        for (int r = 0; r < n; ++r) {
            for (int c = 0; c < n; ++c) {
                const double value = matrix.values[r][c];
                const QColor ground = std::isnan(value) ? colours.grid : cellColour(matrix, value);
                auto* box = new QCPItemRect(this);
                auto* text = new QCPItemText(this);
                for (QCPItemPosition* position : {box->topLeft, box->bottomRight, text->position}) {
                    position->setAxisRect(rect);
                    position->setAxes(columns, rows);
                }
                for (QCPAbstractItem* item : {static_cast<QCPAbstractItem*>(box), static_cast<QCPAbstractItem*>(text)})
                    item->setClipAxisRect(rect);
                box->topLeft->setCoords(c - 0.48, r - 0.46);
                box->bottomRight->setCoords(c + 0.48, r + 0.46);
                box->setPen(Qt::NoPen);
                box->setBrush(ground);
                text->position->setCoords(c, r);
                text->setFont(figureFont(0.84));
                text->setColor(std::isnan(value) ? colours.secondaryText : readableOn(ground));
                text->setText(cellFigure(value));
            }
        }
    }
}

Chart::Hit AgreementChart::hitAt(const QPointF& position) const {
    for (int p = 0; p < axisRectCount(); ++p) {
        const QCPAxisRect* rect = axisRect(p);
        if (!rect->rect().contains(position.toPoint())) continue;
        const AgreementMatrix& matrix = matrices_[p];
        const int column = static_cast<int>(std::lround(rect->axis(QCPAxis::atBottom)->pixelToCoord(position.x())));
        const int row = static_cast<int>(std::lround(rect->axis(QCPAxis::atLeft)->pixelToCoord(position.y())));
        const int n = static_cast<int>(matrix.names.size());
        if (row < 0 || column < 0 || row >= n || column >= n) return {};
        return {cellWords(matrix, row, column), matrix.models.value(row, -1)};
    }
    return {};
}

QString AgreementChart::figuresInWords() const {
    QStringList lines;
    for (const AgreementMatrix& matrix : matrices_)
        for (int r = 0; r < matrix.names.size(); ++r)
            for (int c = 0; c < r; ++c) lines << cellWords(matrix, r, c);
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
