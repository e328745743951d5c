#pragma once

namespace discern {

/// What a classifier's outputs are. Binary ones are a single output that speaks for the second of two classes.
enum class OutputKind {
    Logits,
    Probabilities,
    MultilabelLogits,
    MultilabelProbabilities,
    BinaryLogit,
    BinaryProbability
};

/// The order of a picture's dimensions as the network takes them.
enum class TensorLayout { Nchw, Nhwc };

}  // namespace discern
