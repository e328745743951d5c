#pragma once

#include <initializer_list>

#include "core/graph/program.h"

namespace discern {

/// Lays the weights of convolutions channels last, as the activations lie that they meet, so that no call has to; and
/// gives programs of one network that hold the same weight one copy of it. Answers stay as they are.
void settleWeights(std::initializer_list<Program*> forms);

}  // namespace discern
