#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/network/output_kind.h"

namespace discern {

/// What is known of a classifier before it has run: what its card states, and what is assumed.
struct Expectation {
    int height = 0;  ///< of its input
    int width = 0;
    int channels = 3;
    double least = 0.0;  ///< the range of its input after normalisation
    double most = 1.0;
    std::optional<OutputKind> output{};  ///< unset: to be found
    std::optional<TensorLayout> layout{};
    std::string outputName{};  ///< of the table of scores; empty: to be found
    int labels = 0;            ///< how many classes are named; 0: unknown
};

/// How a network behaved when it was tried with two unlike pictures.
struct Conduct {
    TensorLayout layout = TensorLayout::Nchw;
    /// 0: it takes any number of pictures and answers each as if it were alone. Else exactly so many go in at once, and
    /// all must be the same picture.
    std::int64_t rows = 0;
    std::string table;  ///< name of its table of scores; empty where it gives just one
    OutputKind output = OutputKind::Logits;
    int columns = 0;         ///< of the table
    bool repeats = true;     ///< the same answer twice
    bool finite = true;      ///< no NaN and no infinity among the answers
    bool quantised = false;  ///< it computes in whole numbers
    std::string noGradient;  ///< why nothing can be differentiated; empty where it can
    /// What of this a person must know: what was found rather than stated, and what runs otherwise than it was
    /// exported. Sentences.
    std::vector<std::string> notes;

    /// One output speaks for two classes.
    [[nodiscard]] bool binary() const { return isBinary(output); }
};

}  // namespace discern
