#pragma once

namespace discern {

/// What a classifier's outputs are.
enum class OutputKind { Logits, Probabilities, MultilabelLogits, MultilabelProbabilities, BinaryLogit };

}  // namespace discern
