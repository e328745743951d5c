#include "core/explain/methods_document.h"

#include <spdlog/fmt/fmt.h>

#include <array>
#include <utility>

#include "core/explain/method_words.h"

namespace discern {
namespace {

constexpr const char* kIntroduction = R"(# Methods

<!-- Made from the methods themselves: discern-cli methods --markdown > docs/methods.md -->

A method answers with a map in the pixels of the model's input. Most explain the class's **logit**, which does not
depend on the other classes; some explain its **probability**, as their references do. `--score` overrides that.
`--versus` explains the difference to a second class.

The *baseline* or *hide colour* is what stands where a part of the picture is hidden: `zero` is zero after
normalisation, a number that value in 0..255, `mean` the average colour, `blur` the blurred picture.

Methods that *use a layer* take its name from `discern-cli model MODEL`, or `last`:

- in a convolutional network, the last activation with a spatial grid, where all branches have joined;
- in a transformer with a class token, the input of the last block's attention (its first normalisation's output):
  later patch tokens no longer influence the class. Tokens are laid back on their grid, extra tokens left out;
- in one that pools its tokens, the last token activation before pooling.

It is found by what reaches the class, not by names: [models.md](models.md#which-layer-is-last).

Maps that are sampled are noisy. Rank correlation with the converged map, EfficientNet-Lite0 on a photograph of a cat, by
evaluations spent:

| | 128 | 256 | 512 | 1,024 | 2,048 |
|---|---|---|---|---|---|
| `kernel_shap`, `estimator=plain`: as published | 0.22 | 0.37 | 0.35 | 0.49 | 0.56 |
| `kernel_shap`, `estimator=pairs` | 0.25 | 0.48 | 0.62 | 0.70 | 0.80 |
| `kernel_shap` | 0.50 | 0.65 | 0.79 | 0.92 | 0.96 |
| `rise`, `sampling=plain`: as published | 0.28 | 0.36 | 0.58 | 0.67 | 0.77 |
| `rise` | 0.67 | 0.77 | 0.86 | 0.93 | 0.96 |

Further pictures, how it works, and how standard errors are found: [sampling.md](sampling.md).
)";

constexpr std::array kFamilies = {
    std::pair{Family::ActivationMap, "## Class activation maps"}, std::pair{Family::Gradient, "## Gradients"},
    std::pair{Family::Attention, "## Attention"}, std::pair{Family::Perturbation, "## Perturbation"}};

std::string section(const Method& method) {
    std::string text = fmt::format(
        "\n### {}\n\n`{}` explains the {}{}.\n\n{}\n\n*Bear in mind:* {}\n\n*Source:* {}.\n", method.title, method.name,
        word(method.score), method.usesLayer ? " and uses a layer" : "", method.tells, method.limits, method.source);
    if (method.parameters.empty()) return text;
    text += "\n| parameter | default | takes | |\n|---|---|---|---|\n";
    for (const Parameter& parameter : method.parameters) text += tableRow(parameter);
    return text;
}

}  // namespace

std::string methodsDocument() {
    std::string text = kIntroduction;
    for (const auto& [family, heading] : kFamilies) {
        text += fmt::format("\n{}\n", heading);
        for (const Method& method : methods())
            if (method.family == family) text += section(method);
    }
    return text;
}

}  // namespace discern
