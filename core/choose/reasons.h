#pragma once

#include <string>
#include <vector>

#include "core/choose/galleries.h"
#include "core/choose/ranking.h"

namespace discern {

/// A piece of a paragraph; one that names a model is emphasised and may link to it.
struct ReasonPart {
    std::string text;
    int model = -1;  ///< place in the board's models; -1: plain words
};

enum class ReasonKind { Title, Why, GivesUp, Caution, Shortcut, Stability, NotMeasured };

/// A paragraph: its parts joined without anything between them.
struct Reason {
    ReasonKind kind = ReasonKind::Why;
    std::string heading{};  ///< set in bold before it, e.g. "It gives up"; empty: none
    std::vector<ReasonPart> parts{};
};

/// Why the first is first, in plain words: what decided it against the second, with figures, McNemar's test and whether
/// intervals overlap; what it gives up, and to whom; what makes the scores doubtful; shortcut warnings, a paragraph a
/// model; how sure the order is; what was not measured.
[[nodiscard]] std::vector<Reason> reasonsOf(const Ranker& ranker, const std::vector<double>& weights,
                                            const Ranking& ranking, const std::vector<ShortcutWarning>& warnings);

/// Paragraphs as lines of plain text.
[[nodiscard]] std::string plainText(const std::vector<Reason>& reasons);

}  // namespace discern
