#pragma once

#include <QHashFunctions>
#include <QString>

namespace discern {

/// A cell of the comparison, by what it is of.
struct CellRef {
    int picture = 0;  ///< ids in the session
    int model = 0;
    QString method;

    bool operator==(const CellRef&) const = default;
};

[[nodiscard]] inline size_t qHash(const CellRef& cell, size_t seed = 0) {
    return qHashMulti(seed, cell.picture, cell.model, cell.method);
}

}  // namespace discern
