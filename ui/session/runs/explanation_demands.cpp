#include "ui/session/runs/explanation_demands.h"

#include <algorithm>
#include <utility>

namespace discern {

void ExplanationDemands::show(const QObject* page, const QVector<CellRef>& cells) {
    if (cells.isEmpty())
        shown_.remove(page);
    else
        shown_[page] = cells;
}

bool ExplanationDemands::shown(const CellRef& cell) const {
    return std::any_of(shown_.begin(), shown_.end(), [&](const QVector<CellRef>& cells) { return cells.contains(cell); });
}

void ExplanationDemands::ask(const CellRef& cell) {
    stopped_.remove(cell);
    asked_.insert(cell);
}

void ExplanationDemands::stop(const CellRef& cell) {
    asked_.remove(cell);
    stopped_.insert(cell);
}

QSet<CellRef> ExplanationDemands::stopAll() {
    for (const QVector<CellRef>& cells : std::as_const(shown_))
        stopped_.unite({cells.begin(), cells.end()});
    return std::exchange(asked_, {});
}

void ExplanationDemands::keepAsked(const std::function<bool(const CellRef&)>& there) {
    asked_.removeIf([&](const CellRef& cell) { return !there(cell); });
}

QVector<CellRef> ExplanationDemands::wanted(const std::function<bool(const CellRef&)>& startsByItself) const {
    QVector<CellRef> wanted;
    QSet<CellRef> known;
    const auto want = [&](const CellRef& cell) {
        if (!known.contains(cell))
            wanted.append(cell);
        known.insert(cell);
    };
    for (const QVector<CellRef>& cells : shown_)
        for (const CellRef& cell : cells)
            if (asked_.contains(cell) || (!stopped_.contains(cell) && startsByItself(cell)))
                want(cell);
    for (const CellRef& cell : asked_)
        want(cell);
    return wanted;
}

}  // namespace discern
