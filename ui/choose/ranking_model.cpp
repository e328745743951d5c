#include "ui/choose/ranking_model.h"

#include <algorithm>
#include <cmath>

#include "core/choose/figure_words.h"
#include "ui/choose/criterion_words.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr qsizetype kPlaces = 38;  // characters that there is room for, the most telling places first

QString figureText(double value) { return QString::fromStdString(figureWords(value)); }

}  // namespace

RankingModel::RankingModel(const Choice& choice, QObject* parent) : QAbstractTableModel(parent), choice_(choice) {}

int RankingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int RankingModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kFirstCriterion + static_cast<int>(columns_.size());
}

int RankingModel::criterionAt(int column) const { return columns_.value(column - kFirstCriterion, -1); }

void RankingModel::rebuild() {
    beginResetModel();
    columns_ = choice_.shown();
    spans_.clear();
    for (const int c : std::as_const(columns_)) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const BoardModel& model : choice_.board().models) {
            const BoardValue& value = model.values[static_cast<std::size_t>(c)];
            for (const double end : {value.value, value.low, value.high}) {
                if (!std::isfinite(end)) continue;
                low = std::min(low, end);
                high = std::max(high, end);
            }
        }
        const double room = high > low ? 0.06 * (high - low) : 1.0;
        spans_.append({low - room, high + room});
    }
    if (sorted_ >= columnCount()) sorted_ = kRank;
    arrange();
    endResetModel();
}

void RankingModel::refresh() {
    const QVector<int> before = order_;
    Q_EMIT layoutAboutToBeChanged();
    arrange();
    const QModelIndexList old = persistentIndexList();
    QModelIndexList moved;
    for (const QModelIndex& index : old) moved.append(this->index(rowOf(before.value(index.row())), index.column()));
    changePersistentIndexList(old, moved);
    Q_EMIT layoutChanged();
}

void RankingModel::sort(int column, Qt::SortOrder order) {
    sorted_ = std::max(0, column);
    direction_ = order;
    refresh();
}

double RankingModel::sortValue(int model) const {
    const int place = choice_.placeOf(model);
    if (sorted_ == kRank) return place;
    if (sorted_ == kDraws) return choice_.ranking().order.at(static_cast<std::size_t>(place)).firstInDraws;
    return choice_.board()
        .models.at(static_cast<std::size_t>(model))
        .values.at(static_cast<std::size_t>(criterionAt(sorted_)))
        .value;
}

void RankingModel::arrange() {
    order_.clear();
    for (const Ranked& ranked : choice_.ranking().order) order_.append(static_cast<int>(ranked.model));
    const bool descending = direction_ == Qt::DescendingOrder;
    if (sorted_ == kModel) {
        const auto& models = choice_.board().models;
        std::ranges::stable_sort(order_, [&](int a, int b) {
            const int way = models[static_cast<std::size_t>(a)].name.compare(models[static_cast<std::size_t>(b)].name);
            return descending ? way > 0 : way < 0;
        });
        return;
    }
    std::ranges::stable_sort(order_, [&](int a, int b) {
        const double one = sortValue(a);
        const double other = sortValue(b);
        if (std::isnan(one) || std::isnan(other)) return !std::isnan(one) && std::isnan(other);
        return descending ? one > other : one < other;
    });
}

QVariant RankingModel::cellAt(int model, int criterion) const {
    const auto c = static_cast<std::size_t>(criterion);
    const Criterion& of = choice_.board().criteria[c];
    const BoardValue& value = choice_.board().models[static_cast<std::size_t>(model)].values[c];
    ValueCell cell;
    cell.marker = choice_.marker(model);
    cell.missing = std::isnan(value.value);
    cell.text = cell.missing ? tr("no value") : figureText(value.value);
    if (cell.missing) return QVariant::fromValue(cell);
    cell.atChance = noBetterThanChance(of, value);
    const int pinned = choice_.pinned();
    if (pinned >= 0 && pinned != model) {
        const double difference =
            value.value - choice_.board().models[static_cast<std::size_t>(pinned)].values[c].value;
        if (std::isfinite(difference))
            cell.text = (difference > 0.0 ? QStringLiteral("+") : QString()) + figureText(difference);
    }
    const auto [low, high] = spans_.value(static_cast<qsizetype>(columns_.indexOf(criterion)));
    const auto place = [low = low, high = high](double v) {
        return std::isfinite(v) ? (v - low) / (high - low) : -1.0;
    };
    cell.place = place(value.value);
    cell.low = place(value.low);
    cell.high = place(value.high);
    return QVariant::fromValue(cell);
}

QString RankingModel::noteOf(int model) const {
    QStringList notes;
    if (choice_.pinned() == model) notes.append(tr("baseline"));
    QString places;
    for (const ShortcutWarning& warning : choice_.warnings()) {
        if (warning.model != static_cast<std::size_t>(model)) continue;
        const QString more = (places.isEmpty() ? QString() : QStringLiteral(", ")) + coreWords(warning.where);
        if (places.isEmpty() || places.size() + more.size() <= kPlaces) places += more;
    }
    if (!places.isEmpty()) notes.append(tr("⚠ evidence %1").arg(places));
    return notes.join(QStringLiteral(" · "));
}

QString RankingModel::tip(int model, int column) const {
    const int criterion = criterionAt(column);
    const QString name = choice_.models().value(model).name;
    if (criterion < 0) return name;
    const auto c = static_cast<std::size_t>(criterion);
    const Criterion& of = choice_.board().criteria[c];
    return name + QStringLiteral(" · ") + coreWords(of.title) + QStringLiteral(": ") +
           wholeWords(of, choice_.board().models[static_cast<std::size_t>(model)].values[c]);
}

QVariant RankingModel::data(const QModelIndex& index, int role) const {
    const int model = modelAt(index.row());
    if (model < 0) return {};
    const Ranked& ranked = choice_.ranking().order.at(static_cast<std::size_t>(choice_.placeOf(model)));
    const int column = index.column();
    const int criterion = criterionAt(column);
    if (role == ModelRole) return choice_.marker(model);
    if (role == FirstRole) return ranked.firstInDraws;
    if (role == NoteRole) return noteOf(model);
    if (role == CellRole && criterion >= 0) return cellAt(model, criterion);
    if (role == Qt::ToolTipRole) return tip(model, column);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
    if (column == kRank) return ranked.rank;
    if (column == kModel) return choice_.models().value(model).name;
    if (criterion >= 0) return cellAt(model, criterion).value<ValueCell>().text;
    return tr("%1 %").arg(std::round(100.0 * ranked.firstInDraws));
}

QVariant RankingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const int criterion = criterionAt(section);
    if (role == Qt::ToolTipRole && criterion >= 0)
        return tellsOf(choice_.board().criteria[static_cast<std::size_t>(criterion)]);
    if (role == Qt::ToolTipRole && section == kDraws)
        return tr("In how many of the bootstrap draws of images the model comes first by these weights.");
    // The first click on a head puts the best on top.
    const bool lowest = section <= kModel || (criterion >= 0 && !choice_.board().criteria[static_cast<std::size_t>(criterion)].higherIsBetter);
    if (role == Qt::InitialSortOrderRole) return lowest ? Qt::AscendingOrder : Qt::DescendingOrder;
    if (role != Qt::DisplayRole) return {};
    if (section == kRank) return tr("rank");
    if (section == kModel) return tr("model");
    if (criterion < 0) return tr("first in draws\n%");
    const Criterion& of = choice_.board().criteria[static_cast<std::size_t>(criterion)];
    return of.unit.empty() ? arrowTitle(of) : arrowTitle(of) + QStringLiteral("\n") + coreWords(of.unit);
}

QString RankingModel::csv() const {
    const Board& board = choice_.board();
    QStringList head = {QStringLiteral("rank"), QStringLiteral("model"), QStringLiteral("first_in_draws"),
                        QStringLiteral("utility")};
    for (const Criterion& criterion : board.criteria) {
        const QString name = QString::fromStdString(criterion.name);
        head << name << name + "_low" << name + "_high";
    }
    QString csv = csvRow(head);
    for (const Ranked& ranked : choice_.ranking().order) {
        const BoardModel& model = board.models[ranked.model];
        QStringList line = {QString::number(ranked.rank), QString::fromStdString(model.name),
                            csvFigure(ranked.firstInDraws), csvFigure(ranked.utility)};
        for (const BoardValue& value : model.values)
            line << csvFigure(value.value) << csvFigure(value.low) << csvFigure(value.high);
        csv += csvRow(line);
    }
    return csv;
}

}  // namespace discern
