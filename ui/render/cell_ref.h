#pragma once

#include <QHashFunctions>
#include <QString>
#include <optional>

namespace discern {

/// A cell of the comparison, by what it is of.
struct CellRef {
    int picture = 0;  ///< ids in the session
    int model = 0;
    QString method;

    bool operator==(const CellRef&) const = default;
};

/// What a cell of the grid shows: an explanation, or one minus another.
struct CellName {
    CellRef of;                    ///< of model 0 for a place that is none
    std::optional<CellRef> minus;  ///< what is taken away, in a difference

    [[nodiscard]] bool isNone() const { return of.model == 0; }
    [[nodiscard]] bool shows(const CellRef& cell) const { return of == cell || minus == cell; }
    bool operator==(const CellName&) const = default;
};

[[nodiscard]] inline size_t qHash(const CellRef& cell, size_t seed = 0) {
    return qHashMulti(seed, cell.picture, cell.model, cell.method);
}

}  // namespace discern
