#include "core/model/model_card.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <sstream>
#include <utility>

#include "core/error.h"
#include "core/store/files.h"

namespace discern {

namespace {

using nlohmann::json;

constexpr std::int64_t maxSide = 8192;
constexpr double maxScaledSide = 65536;
constexpr std::size_t maxLabels = 1'000'000;
constexpr std::size_t maxGuessed = 100;

template <typename T>
using Words = std::vector<std::pair<std::string_view, T>>;

const Words<ColorOrder> colorWords = {{"RGB", ColorOrder::Rgb}, {"BGR", ColorOrder::Bgr}, {"gray", ColorOrder::Gray}};
const Words<ResizeMode> resizeWords = {
    {"shorter-side", ResizeMode::ShorterSide}, {"stretch", ResizeMode::Stretch}, {"none", ResizeMode::None}};
const Words<Interpolation> interpolationWords = {
    {"nearest", Interpolation::Nearest}, {"bilinear", Interpolation::Bilinear}, {"bicubic", Interpolation::Bicubic}};
const Words<OutputKind> outputWords(kOutputWords.begin(), kOutputWords.end());
const Words<TensorLayout> layoutWords = {{"NCHW", TensorLayout::Nchw}, {"NHWC", TensorLayout::Nhwc}};

template <typename T>
std::vector<std::string> namesOf(const Words<T>& words) {
    std::vector<std::string> names;
    for (const auto& [word, sense] : words) names.emplace_back(word);
    return names;
}

template <typename T>
std::string wordOf(const Words<T>& words, T meaning) {
    const auto found = std::ranges::find(words, meaning, &std::pair<std::string_view, T>::second);
    return found == words.end() ? std::string() : std::string(found->first);
}

std::string joined(const std::vector<std::string>& fields) {
    std::string text;
    for (const std::string& field : fields) text += (text.empty() ? "" : ", ") + field;
    return text;
}

/// One JSON object of a card, read field by field.
class Fields {
public:
    Fields(const json& object, std::string origin, std::string prefix, std::vector<std::string>& assumed)
        : object_(object), origin_(std::move(origin)), prefix_(std::move(prefix)), assumed_(assumed) {
        if (!object_.is_object()) {
            refuse(prefix_.empty() ? "the card" : prefix_.substr(0, prefix_.size() - 1), "must be an object {...}");
        }
    }

    [[noreturn]] void refuse(const std::string& field, const std::string& what) const {
        throw Error(ErrorKind::Model, "The card of " + origin_ + " cannot be used: " + field + " " + what + ".");
    }

    [[nodiscard]] const json* find(const std::string& name) const {
        const auto found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }

    [[nodiscard]] std::string path(const std::string& name) const { return prefix_ + name; }

    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise = {}) const {
        const json* value = find(name);
        if (value == nullptr) {
            return otherwise;
        }
        if (!value->is_string()) {
            refuse(path(name), "must be text in quotes");
        }
        return value->get<std::string>();
    }

    [[nodiscard]] double number(const json& value, const std::string& field) const {
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            refuse(field, "must be a number");
        }
        return value.get<double>();
    }

    /// Missing fields are noted as assumed and keep what they have.
    void readNumber(const std::string& name, double& into) const {
        if (const json* value = findOrAssume(name)) {
            into = number(*value, path(name));
        }
    }

    template <typename T>
    void readWord(const std::string& name, const Words<T>& words, T& into) const {
        if (const json* value = findOrAssume(name)) {
            into = meaning(*value, name, words);
        }
    }

    /// The word's meaning; empty where the field is missing, which is no assumption.
    template <typename T>
    [[nodiscard]] std::optional<T> word(const std::string& name, const Words<T>& words) const {
        const json* value = find(name);
        return value == nullptr ? std::nullopt : std::optional<T>(meaning(*value, name, words));
    }

    void readChannels(const std::string& name, std::size_t channels, std::vector<double>& into) const {
        into.resize(channels, into.front());
        const json* value = findOrAssume(name);
        if (value == nullptr) {
            return;
        }
        if (!value->is_array() || value->size() != channels) {
            refuse(path(name), "must be a list of " + std::to_string(channels) +
                                   (channels == 1 ? " number" : " numbers") + ", one for each channel of input.color");
        }
        for (std::size_t i = 0; i < channels; ++i) {
            into[i] = number((*value)[i], path(name));
        }
    }

    /// A list of texts; empty where it is missing.
    [[nodiscard]] std::vector<std::string> texts(const std::string& name, std::size_t most) const {
        const json* list = find(name);
        if (list == nullptr) {
            return {};
        }
        if (!list->is_array()) {
            refuse(path(name), "must be a list of texts");
        }
        if (list->size() > most) {
            refuse(path(name), "has " + grouped(list->size()) + " entries, more than " + grouped(most));
        }
        std::vector<std::string> names;
        names.reserve(list->size());
        for (const json& entry : *list) {
            if (!entry.is_string()) {
                refuse(path(name), "must be a list of texts, and entry " + std::to_string(names.size()) + " is none");
            }
            names.push_back(entry.get<std::string>());
        }
        return names;
    }

private:
    template <typename T>
    [[nodiscard]] T meaning(const json& value, const std::string& name, const Words<T>& words) const {
        for (const auto& [word, sense] : words) {
            if (value.is_string() && value.get_ref<const std::string&>() == word) {
                return sense;
            }
        }
        refuse(path(name), "must be one of " + joined(namesOf(words)));
    }

    [[nodiscard]] const json* findOrAssume(const std::string& name) const {
        const json* value = find(name);
        if (value == nullptr) {
            assumed_.push_back(path(name));
        }
        return value;
    }

    const json& object_;
    std::string origin_;
    std::string prefix_;
    std::vector<std::string>& assumed_;
};

void readSize(const Fields& fields, InputSpec& spec) {
    const json* size = fields.find("size");
    const std::string demand = "must be [height, width] of whole numbers from 1 to 8192";
    if (size == nullptr) {
        fields.refuse("input.size", "is missing; it " + demand);
    }
    const auto side = [&](const json& value) {
        const bool whole =
            value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= maxSide);
        if (!whole || value.get<std::int64_t>() < 1 || value.get<std::int64_t>() > maxSide) {
            fields.refuse("input.size", demand);
        }
        return value.get<int>();
    };
    if (!size->is_array() || size->size() != 2) {
        fields.refuse("input.size", demand);
    }
    spec.height = side((*size)[0]);
    spec.width = side((*size)[1]);
}

/// Refuses what would bring all pictures to one value, or out of what fp32 holds.
void checkLevels(const Fields& fields, const InputSpec& spec) {
    for (std::size_t c = 0; c < spec.mean.size(); ++c) {
        const double black = (0.0 / spec.divide - spec.mean[c]) / spec.std[c];
        const double white = (255.0 / spec.divide - spec.mean[c]) / spec.std[c];
        const double largest = std::max(std::abs(black), std::abs(white));
        const double step = std::abs(white - black) / 255.0;
        if (largest < std::numeric_limits<float>::max() && step > largest * std::numeric_limits<float>::epsilon()) {
            continue;
        }
        std::ostringstream words;
        words << "lets black enter as " << black << " and white as " << white
              << ", between which fp32 cannot tell 256 levels apart; check input.divide and input.std too";
        fields.refuse("input.mean", words.str());
    }
}

InputSpec readInput(const Fields& fields) {
    InputSpec spec;
    readSize(fields, spec);
    fields.readWord("color", colorWords, spec.color);
    fields.readNumber("divide", spec.divide);
    const auto channels = static_cast<std::size_t>(spec.channels());
    fields.readChannels("mean", channels, spec.mean);
    fields.readChannels("std", channels, spec.std);
    fields.readWord("resize", resizeWords, spec.resize);
    fields.readWord("interpolation", interpolationWords, spec.interpolation);
    fields.readNumber("crop", spec.crop);
    if (spec.divide == 0.0) {
        fields.refuse("input.divide", "must not be zero");
    }
    for (const double deviation : spec.std) {
        if (deviation == 0.0) {
            fields.refuse("input.std", "must not be zero");
        }
    }
    if (spec.crop <= 0.0 || spec.crop > 1.0) {
        fields.refuse("input.crop", "must be above 0 and at most 1");
    }
    if (std::max(spec.height, spec.width) / spec.crop > maxScaledSide) {
        fields.refuse("input.crop", "is so small that pictures would be scaled to more than " +
                                        grouped(static_cast<std::uintmax_t>(maxScaledSide)) +
                                        " pixels a side before their centre is cut out");
    }
    checkLevels(fields, spec);
    return spec;
}

std::vector<ReportedFigure> readReported(const Fields& fields, const std::string& origin) {
    const json* reported = fields.find("reported");
    if (reported == nullptr) {
        return {};
    }
    if (!reported->is_array()) {
        fields.refuse("reported", "must be a list");
    }
    std::vector<ReportedFigure> figures;
    std::vector<std::string> unused;
    for (const json& entry : *reported) {
        const std::string place = "reported[" + std::to_string(figures.size()) + "].";
        const Fields figure(entry, origin, place, unused);
        const json* value = figure.find("value");
        if (value == nullptr || figure.text("metric").empty()) {
            figure.refuse(place.substr(0, place.size() - 1), "must have a metric and a value");
        }
        figures.push_back({figure.text("metric"), figure.number(*value, place + "value"), figure.text("dataset")});
    }
    return figures;
}

}  // namespace

json parseCardText(const std::string& text, const std::string& origin) {
    try {
        return json::parse(text);
    } catch (const json::exception& broken) {
        // The library's text quotes what it read; its position is what helps.
        const auto* failure = dynamic_cast<const json::parse_error*>(&broken);
        const std::string where = failure != nullptr ? " at byte " + grouped(failure->byte) : "";
        throw Error(ErrorKind::Model, "The card of " + origin + " is broken JSON" + where + "; correct or remove it.");
    }
}

ModelCard parseModelCard(const std::string& text, const std::string& origin, const std::string& fallbackName) {
    return readModelCard(parseCardText(text, origin), origin, fallbackName);
}

ModelCard readModelCard(json original, const std::string& origin, const std::string& fallbackName) {
    ModelCard card;
    card.original = std::move(original);
    const Fields fields(card.original, origin, "", card.assumed);
    card.name = fields.text("name", fallbackName);
    card.source = fields.text("source");
    card.licence = fields.text("licence");
    card.labels = fields.texts("labels", maxLabels);
    const json* input = fields.find("input");
    if (input == nullptr) {
        fields.refuse("input.size", "is missing; it must be [height, width] of whole numbers from 1 to 8192");
    }
    card.input = readInput(Fields(*input, origin, "input.", card.assumed));
    fields.readWord("output", outputWords, card.output);
    card.outputName = fields.text("output_name");
    card.layout = fields.word("layout", layoutWords);
    card.reported = readReported(fields, origin);
    card.guessed = fields.texts("guessed", maxGuessed);
    for (const std::string& field : card.guessed) {
        if (std::ranges::find(card.assumed, field) == card.assumed.end()) {
            card.assumed.push_back(field);
        }
    }
    return card;
}

bool ModelCard::states(const std::string& field) const {
    return findCardField(original, field) != nullptr && std::ranges::find(guessed, field) == guessed.end();
}

const json* findCardField(const json& card, const std::string& field) {
    const json* place = &card;
    for (std::size_t from = 0; from != std::string::npos;) {
        const std::size_t dot = field.find('.', from);
        const auto found = place->is_object() ? place->find(field.substr(from, dot - from)) : place->end();
        if (found == place->end() || found->is_null()) {
            return nullptr;
        }
        place = &*found;
        from = dot == std::string::npos ? dot : dot + 1;
    }
    return place;
}

std::vector<std::string> cardWords(const std::string& field) {
    if (field == "input.color") return namesOf(colorWords);
    if (field == "input.resize") return namesOf(resizeWords);
    if (field == "input.interpolation") return namesOf(interpolationWords);
    if (field == "output") return namesOf(outputWords);
    return field == "layout" ? namesOf(layoutWords) : std::vector<std::string>{};
}

std::string cardWord(TensorLayout layout) { return wordOf(layoutWords, layout); }

std::string assumedInWords(const ModelCard& card) {
    std::vector<std::string> leftOut;
    for (const std::string& field : card.assumed) {
        if (std::ranges::find(card.guessed, field) == card.guessed.end()) {
            leftOut.push_back(field);
        }
    }
    std::string text = leftOut.empty() ? "" : joined(leftOut) + " (left out of the card)";
    if (!card.guessed.empty()) {
        text += (text.empty() ? "guessed: " : "; guessed: ") + joined(card.guessed);
    }
    return text;
}

void checkCardAgainstModel(const ModelCard& card, std::int64_t outputs, std::int64_t inputChannels) {
    if (inputChannels != card.input.channels()) {
        throw Error(ErrorKind::Model, "The card of " + card.name + " gives the input " +
                                          std::to_string(card.input.channels()) +
                                          " channels (input.color), but the network takes " +
                                          std::to_string(inputChannels) + "; correct the card.");
    }
    const auto labels = static_cast<std::int64_t>(card.labels.size());
    const bool binary = isBinary(card.output);
    if (binary && outputs != 1) {
        throw Error(ErrorKind::Model, "The card of " + card.name +
                                          " promises 1 output (binary), but the network gives " +
                                          std::to_string(outputs) + "; correct the card.");
    }
    const std::int64_t classes = binary ? 2 : outputs;
    if (labels != 0 && labels != classes && !(binary && labels == 1)) {
        throw Error(ErrorKind::Model, "The card of " + card.name + " names " + std::to_string(labels) +
                                          " labels, but the network tells " + std::to_string(classes) +
                                          " classes apart; correct the card.");
    }
}

}  // namespace discern
