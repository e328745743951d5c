#include "app/cli/card_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/model/card_place.h"
#include "core/model/labels.h"
#include "core/model/model_file.h"

namespace discern {
namespace {

using nlohmann::json;

constexpr const char* kGroup = "What a model's card leaves open";

/// The numbers of "0.5,0.5,0.5"; empty where it is no such list.
std::vector<double> numbersIn(const std::string& text) {
    std::vector<double> numbers;
    const char* place = text.data();
    const char* const end = place + text.size();
    while (true) {
        double number = 0.0;
        const auto [after, failure] = std::from_chars(place, end, number);
        if (failure != std::errc{} || !std::isfinite(number)) return {};
        numbers.push_back(number);
        if (after == end) return numbers;
        if (*after != ',') return {};
        place = after + 1;
    }
}

/// A check of such a list; `sentence` says what it must be.
CLI::Validator numbers(bool (*valid)(const std::vector<double>&), const char* sentence) {
    return {[valid, sentence](const std::string& text) {
                return valid(numbersIn(text)) ? std::string() : "must be " + std::string(sentence);
            },
            ""};
}

bool areSides(const std::vector<double>& sides) {
    const auto isSide = [](double side) { return side >= 1 && side <= 8192 && side == std::floor(side); };
    return (sides.size() == 1 || sides.size() == 2) && std::ranges::all_of(sides, isSide);
}

bool areOneAChannel(const std::vector<double>& values) { return values.size() == 1 || values.size() == 3; }

bool areDivisors(const std::vector<double>& values) {
    return areOneAChannel(values) && std::ranges::find(values, 0.0) == values.end();
}

bool isDivisor(const std::vector<double>& values) { return values.size() == 1 && values.front() != 0.0; }

bool isShare(const std::vector<double>& values) {
    return values.size() == 1 && values.front() > 0.0 && values.front() <= 1.0;
}

void put(json& object, const char* field, const std::string& word) {
    if (!word.empty()) object[field] = word;
}

void put(json& object, const char* field, const std::optional<double>& value) {
    if (value) object[field] = *value;
}

void putNumbers(json& object, const char* field, const std::string& text) {
    if (!text.empty()) object[field] = numbersIn(text);
}

}  // namespace

void CardOptions::declare(CLI::App& app) {
    const auto add = [&](const char* name, auto& into, const char* help) {
        return app.add_option(name, into, help)->group(kGroup);
    };
    const auto word = [&](const char* name, std::string& into, const char* field, const char* help) {
        add(name, into, help)->check(CLI::IsMember(cardWords(field)));
    };
    add("--input-size", size_, "Height and width of the network's input, as in 224,224, or one number for both")
        ->check(numbers(areSides, "HEIGHT,WIDTH of whole numbers from 1 to 8192, or one number for both"));
    add("--mean", mean_, "What is taken off a value, for each channel: (v / divide - mean) / std; one number for all")
        ->check(numbers(areOneAChannel, "three numbers parted by commas, or one"));
    add("--std", std_, "What a value is divided by then, for each channel; one number for all")
        ->check(numbers(areDivisors, "three numbers parted by commas, or one, none of them 0"));
    add("--divide", divide_, "What a value of 0 to 255 is divided by first")
        ->check(numbers(isDivisor, "a number other than 0"));
    word("--color", color_, "input.color", "Channels and their order");
    word("--resize", resize_, "input.resize", "How a picture gets the input's size");
    word("--interpolation", interpolation_, "input.interpolation", "How it is scaled");
    add("--crop", crop_, "The share of the scaled picture's side that the network sees")
        ->check(numbers(isShare, "above 0 and at most 1"));
    add("--labels", labels_, "The names of the classes: a text file with one a line, or a JSON list");
    word("--output", output_, "output", "What the network returns");
    add("--output-name", outputName_, "Which of several outputs holds the scores");
    word("--layout", layout_, "layout", "Channels before height and width, or last");
    app.add_flag("--save-card", save_,
                 "Keep what is stated here as the model's card, beside it or in the user's folder")
        ->group(kGroup);
}

bool CardOptions::given() const { return save_ || !answer(false).card.empty(); }

CardAnswer CardOptions::answer(bool single) const {
    json input = json::object();
    if (!size_.empty()) {
        const std::vector<double> sides = numbersIn(size_);
        input["size"] = {static_cast<int>(sides.front()), static_cast<int>(sides.back())};
    }
    put(input, "color", color_);
    put(input, "divide", divide_);
    putNumbers(input, "mean", mean_);
    putNumbers(input, "std", std_);
    put(input, "resize", resize_);
    put(input, "interpolation", interpolation_);
    put(input, "crop", crop_);
    CardAnswer answer;
    if (!input.empty()) answer.card["input"] = input;
    if (!labels_.empty()) answer.card["labels"] = readLabels(labels_);
    put(answer.card, "output", output_);
    put(answer.card, "output_name", outputName_);
    put(answer.card, "layout", layout_);
    answer.overrides = single;
    return answer;
}

std::shared_ptr<const Model> CardOptions::load(const std::string& model, bool single, CardUse& use,
                                               Console& console) const {
    const CardAnswer mine = answer(single);
    const std::shared_ptr<const ModelFile> file = ModelFile::open(model, console);
    const bool uses = single || !file->hasCard();
    use = {true, use.used || uses};
    std::shared_ptr<const Model> loaded = file->model(file->card(mine, console), console);
    if (!file->hasCard() && !loaded->card().assumed.empty())
        console.warn(file->path().filename().string() + " has no card; assumed: " + assumedInWords(loaded->card()) +
                     ". `discern-cli COMMAND --help` names the options that state it.");
    if (save_ && uses) save(*loaded, console);
    return loaded;
}

void CardOptions::save(const Model& model, Console& console) const {
    const std::filesystem::path kept = keepCard(model.card().original, model.path(), model.sha256());
    console.warn("The card of " + model.name() + " is kept as " + kept.string() + ".");
}

void CardOptions::check(const CardUse& use) const {
    if (use.opened && !use.used && given())
        throw Error(ErrorKind::Usage,
                    "Every model given has a card, and with several models options such as --input-size hold for those "
                    "without: give one --model, or correct its card.");
}

}  // namespace discern
