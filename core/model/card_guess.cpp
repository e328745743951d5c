#include "core/model/card_guess.h"

#include <torch/csrc/jit/api/module.h>

#include "core/model/model_card.h"
#include "core/model/normalisation.h"
#include "core/network/input_search.h"

namespace discern {
namespace {

using nlohmann::json;

std::string square(int side) { return std::to_string(side) + " x " + std::to_string(side); }

std::vector<std::string> findingsOf(const std::optional<InputFound>& input) {
    if (!input) return {"Of the usual sizes from 28 to 512 pixels a side it runs at none."};
    std::vector<std::string> found = {input->anySize
                                          ? "It runs at " + square(input->side) + " and at other sizes."
                                          : "It runs at " + square(input->side) + " and not at other usual sizes."};
    if (input->channelsKnown)
        found.push_back("Its first convolution reads " + std::to_string(input->channels) +
                        (input->channels == 1 ? " channel." : " channels."));
    if (input->layout == TensorLayout::Nhwc) found.push_back("It takes channels last.");
    return found;
}

}  // namespace

CardGuess guessCard(const torch::jit::Module& module, Progress& progress) {
    const auto input = findInput(module, progress);
    const int channels = input && input->channels == 1 ? 1 : 3;
    const Normalisation usual = usualNormalisations(channels).front();
    json card = {{"input",
                  {{"color", channels == 1 ? "gray" : "RGB"},
                   {"divide", usual.divide},
                   {"mean", usual.mean},
                   {"std", usual.std},
                   {"resize", "shorter-side"},
                   {"interpolation", "bilinear"},
                   {"crop", 1.0}}}};
    if (input) card["input"]["size"] = {input->side, input->side};
    json guessed = json::array();
    for (const auto& [field, value] : card["input"].items()) guessed.push_back("input." + field);
    if (input && input->layout == TensorLayout::Nhwc) {
        card["layout"] = cardWord(input->layout);
        guessed.push_back("layout");
    }
    card["guessed"] = guessed;
    return {card, findingsOf(input)};
}

}  // namespace discern
