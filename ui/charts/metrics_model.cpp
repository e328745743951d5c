#include "ui/charts/metrics_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/render/color_bar.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

QString quoted(QString text) {
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

/// As narrow as can be without cutting it.
QString inTwoLines(const QString& title) {
    const QFontMetrics metrics(figureFont());
    for (int width = 40;; width += 8)
        if (const QString lines = inLines(title, metrics, width, 2); !lines.contains(QChar(0x2026))) return lines;
}

}  // namespace

void MetricsModel::show(QVector<MetricColumn> columns, QVector<MetricRow> rows) {
    beginResetModel();
    columns_ = std::move(columns);
    rows_ = std::move(rows);
    if (sorted_ > columns_.size()) sorted_ = 0;
    decimals_.clear();
    for (qsizetype column = 0; column < columns_.size(); ++column) decimals_ << decimalsOf(column);
    arrange();
    endResetModel();
}

/// Of all figures of a column, so that their points stand below each other; -1 where they differ too much in size.
int MetricsModel::decimalsOf(qsizetype column) const {
    constexpr int kMost = 3;
    double largest = 0.0;
    double smallest = std::numeric_limits<double>::infinity();
    for (const MetricRow& row : rows_) {
        const double size = std::abs(row.figures.value(column).value);
        if (!std::isfinite(size) || size == 0.0) continue;
        largest = std::max(largest, size);
        smallest = std::min(smallest, size);
    }
    if (largest == 0.0 || largest >= 1000.0) return -1;
    const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(largest))), 0, kMost);
    return smallest >= 0.5 * std::pow(10.0, -decimals) ? decimals : -1;
}

QString MetricsModel::text(double value, int decimals) {
    if (!std::isfinite(value) || decimals < 0) return figure(value);
    const QString digits = QString::number(std::abs(value), 'f', decimals);
    return value < 0.0 ? QChar(0x2212) + digits : digits;
}

QString MetricsModel::text(const MetricFigure& figure, int decimals) {
    if (std::isnan(figure.value)) return figure.words;
    const QString value = text(figure.value, decimals);
    if (!std::isfinite(figure.low) || !std::isfinite(figure.high)) return value;
    return tr("%1 (%2 to %3)").arg(value, text(figure.low, decimals), text(figure.high, decimals)).replace(QLatin1Char(' '), QChar(0x00a0));
}

int MetricsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

int MetricsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size()) + 1;
}

const MetricFigure* MetricsModel::figureAt(const QModelIndex& index) const {
    const MetricRow& row = rows_[order_[index.row()]];
    return index.column() > 0 && index.column() <= row.figures.size() ? &row.figures[index.column() - 1] : nullptr;
}

QVariant MetricsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= order_.size()) return {};
    const MetricRow& row = rows_[order_[index.row()]];
    const MetricFigure* of = figureAt(index);
    switch (role) {
        case Qt::DisplayRole:
            if (!of) return row.baseline ? row.name : row.model.name + QStringLiteral(" · ") + row.name;
            return text(*of, decimals_[index.column() - 1]);
        case Qt::ToolTipRole:
            return of && !of->tip.isEmpty() ? of->tip : QVariant();
        case Qt::DecorationRole:
            return !of && row.model.marker >= 0 ? markerIcon(row.model.marker) : QVariant();
        case Qt::ForegroundRole:
            if (of && of->atChance) return currentColours().warning;
            return row.baseline || (of && std::isnan(of->value)) ? QVariant(currentColours().secondaryText) : QVariant();
        case Qt::FontRole:
            return of ? figureFont() : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant((of ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant MetricsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (section == 0) return role == Qt::DisplayRole ? tr("model · method") : QVariant();
    const MetricColumn& column = columns_[section - 1];
    if (role == Qt::DisplayRole) return inTwoLines(column.title);
    return role == Qt::ToolTipRole ? column.tip : QVariant();
}

void MetricsModel::sort(int column, Qt::SortOrder order) {
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QVector<int> origins;
    for (const QModelIndex& index : before) origins << originOf(index.row());
    sorted_ = column;
    direction_ = order;
    arrange();
    for (qsizetype i = 0; i < before.size(); ++i)
        changePersistentIndex(before[i], index(rowOf(origins[i]), before[i].column()));
    Q_EMIT layoutChanged();
}

void MetricsModel::arrange() {
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), 0);
    const auto value = [this](int row) { return rows_[row].figures.value(sorted_ - 1).value; };
    std::stable_sort(order_.begin(), order_.end(), [&](int a, int b) {
        if (rows_[a].baseline != rows_[b].baseline) return rows_[b].baseline;
        if (sorted_ == 0) return direction_ == Qt::AscendingOrder ? a < b : b < a;
        const double x = value(a), y = value(b);
        if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
        return direction_ == Qt::AscendingOrder ? x < y : y < x;
    });
}

QString MetricsModel::csv() const {
    const auto isMean = [](const MetricRow& row) {
        return std::ranges::any_of(row.figures, [](const MetricFigure& figure) { return figure.pictures > 0; });
    };
    const bool means = std::ranges::any_of(rows_, isMean);
    QStringList head = {QStringLiteral("model"), QStringLiteral("method")};
    for (const MetricColumn& column : columns_) {
        const QString name = column.parameters.isEmpty() ? column.name : quoted(column.name + QStringLiteral(": ") + column.parameters);
        head << name;
        if (means)
            head << column.name + QStringLiteral("_low") << column.name + QStringLiteral("_high") << column.name + QStringLiteral("_images");
    }
    const auto number = [](double value) { return std::isnan(value) ? QString() : QString::number(value, 'g', 9); };
    QStringList lines = {head.join(QLatin1Char(','))};
    for (const int place : order_) {
        const MetricRow& row = rows_[place];
        QStringList fields = {quoted(row.model.name), quoted(row.name)};
        for (const MetricFigure& of : row.figures) {
            fields << number(of.value);
            if (means) fields << number(of.low) << number(of.high) << QString::number(of.pictures);
        }
        lines << fields.join(QLatin1Char(','));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace discern
