#pragma once

#include "core/choose/board.h"
#include "core/choose/choice_state.h"

namespace discern {

/// The criteria that the trade-off sets against each other, as places in the board's; -1 where there is none to take.
struct TradeOff {
    int x = -1;
    int y = -1;
};

/// Those that the state names, where the board has them; elsewhere how right models are against where they look, or
/// against what they cost.
[[nodiscard]] TradeOff tradeOffOf(const Board& board, const ChoiceState& state);

/// A criterion's place by its name; -1 where there is none.
[[nodiscard]] int criterionNamed(const Board& board, const std::string& name);

}  // namespace discern
