#pragma once

#include <QStringList>

namespace discern {

/// What tells models apart where room is short: the names without the words that all of them begin with, e.g. lite0 and
/// lite1 of efficientnet-lite0 and efficientnet-lite1. Words end at - _ . / and space; a single name stays whole.
[[nodiscard]] QStringList shortModelNames(const QStringList& names);

}  // namespace discern
