#include "core/choose/trade_off.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace discern {

namespace {

int firstOf(const Board& board, std::initializer_list<std::string_view> prefixes, int otherThan) {
    for (const std::string_view prefix : prefixes)
        for (int c = 0; c < static_cast<int>(board.criteria.size()); ++c)
            if (c != otherThan && board.criteria[static_cast<std::size_t>(c)].name.starts_with(prefix)) return c;
    return -1;
}

}  // namespace

int criterionNamed(const Board& board, const std::string& name) {
    const auto found = std::ranges::find(board.criteria, name, &Criterion::name);
    return found == board.criteria.end() ? -1 : static_cast<int>(found - board.criteria.begin());
}

TradeOff tradeOffOf(const Board& board, const ChoiceState& state) {
    TradeOff axes{criterionNamed(board, state.x), criterionNamed(board, state.y)};
    if (axes.y < 0) axes.y = firstOf(board, {"balanced_accuracy", "average_precision_macro", ""}, -1);
    if (axes.x < 0) axes.x = firstOf(board, {"mass_lift.", "insertion.", "latency", "macs", ""}, axes.y);
    return axes;
}

}  // namespace discern
