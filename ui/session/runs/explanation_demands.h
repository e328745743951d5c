#pragma once

#include <QHash>
#include <QSet>
#include <QVector>
#include <functional>

#include "ui/render/cell_ref.h"

class QObject;

namespace discern {

/// Which cells are to be explained: those that a person asked for, and those that pages show, as far as they start by
/// themselves and nobody stopped them.
class ExplanationDemands {
public:
    /// What a page shows from now on, the most urgent first.
    void show(const QObject* page, const QVector<CellRef>& cells);
    [[nodiscard]] bool shown(const CellRef& cell) const;

    void ask(const CellRef& cell);
    /// It is on its way: nobody needs to ask for it any more.
    void submitted(const CellRef& cell) { asked_.remove(cell); }
    [[nodiscard]] bool asked(const CellRef& cell) const { return asked_.contains(cell); }
    /// Neither asked for any more nor started by itself, until allowAgain().
    void stop(const CellRef& cell);
    /// The same for all that is asked for and shown. Returns what was asked for.
    QSet<CellRef> stopAll();
    void allowAgain() { stopped_.clear(); }
    /// Forgets what was asked for and is not there any more.
    void keepAsked(const std::function<bool(const CellRef&)>& there);

    /// Each cell once: what is shown, then what else was asked for.
    [[nodiscard]] QVector<CellRef> wanted(const std::function<bool(const CellRef&)>& startsByItself) const;

private:
    QHash<const QObject*, QVector<CellRef>> shown_;
    QSet<CellRef> asked_;
    QSet<CellRef> stopped_;
};

}  // namespace discern
