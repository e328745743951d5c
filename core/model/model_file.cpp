#include "core/model/model_file.h"

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <mutex>
#include <optional>

#include "core/error.h"
#include "core/model/card_missing.h"
#include "core/model/card_place.h"
#include "core/model/formats/format.h"
#include "core/model/model.h"
#include "core/model/tensorflow_model.h"
#include "core/model/zoo.h"
#include "core/network/input_search.h"
#include "core/network/network.h"
#include "core/network/torch_warnings.h"
#include "core/store/files.h"

namespace discern {
namespace {

std::filesystem::path locate(const std::string& pathOrName) {
    std::error_code ignored;
    if (std::filesystem::exists(pathOrName, ignored)) return pathOrName;
    const ZooModel* known = findZooModel(pathOrName);
    if (!known)
        throw Error(ErrorKind::Model, "There is no file and no known model named " + pathOrName +
                                          "; `discern-cli models` lists the known ones.");
    if (!known->installed())
        throw Error(ErrorKind::Model,
                    known->name + " is not on this machine yet: make it with " + known->howToGet + ".");
    return known->path;
}

std::string startOf(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure))
        throw Error(ErrorKind::Model, name + " is a folder; choose a model file.");
    // Opening a pipe would wait for a writer.
    if (!std::filesystem::is_regular_file(path, failure))
        throw Error(ErrorKind::Model, name + " is no regular file but a pipe or a device; choose a model file.");
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(ErrorKind::Model, name + " cannot be read; check that you may open it.");
    std::string start(64, '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    if (start.empty()) throw Error(ErrorKind::Model, name + " is empty; export or copy the model again.");
    return start;
}

LoadedModel read(const std::filesystem::path& path, Progress& progress) {
    const std::string start = startOf(path);
    const std::string name = path.filename().string();
    // Before the formats: a Keras file is an archive, as a TorchScript file is.
    if (isTensorflowModel(path))
        throw Error(ErrorKind::Model, name + " is a model of TensorFlow, which opens as ONNX: models/export.py " + name + " turns it into that.");
    const auto format =
        std::ranges::find_if(modelFormats(), [&](const ModelFormat& known) { return known.recognises(path, start); });
    if (format != modelFormats().end()) return format->load(path, progress);
    throw Error(ErrorKind::Model, name + " is no model that Discern can open; it opens TorchScript files, which "
                                         "models/export.py writes, ONNX files and those of torch.export.");
}

/// Where pixels of 0 and 255 come to lie.
std::pair<double, double> rangeOf(const InputSpec& spec) {
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (std::size_t c = 0; c < spec.mean.size(); ++c) {
        for (const double v : {0.0, 255.0}) {
            const double entering = (v / spec.divide - spec.mean[c]) / spec.std[c];
            least = std::min(least, entering);
            most = std::max(most, entering);
        }
    }
    return {least, most};
}

Expectation expectationOf(const ModelCard& card) {
    const auto [least, most] = rangeOf(card.input);
    Expectation expected{.height = card.input.height,
                         .width = card.input.width,
                         .channels = card.input.channels(),
                         .least = least,
                         .most = most,
                         .layout = card.layout,
                         .outputName = card.outputName,
                         .labels = static_cast<int>(card.labels.size())};
    if (card.states("output")) expected.output = card.output;
    return expected;
}

bool tells(const nlohmann::json& card, const std::string& field) { return findCardField(card, field) != nullptr; }

/// Fields of `over` win, field by field within "input"; what it states is no guess any more.
nlohmann::json laid(nlohmann::json over, nlohmann::json card) {
    const auto guessed = card.find("guessed");
    if (guessed != card.end() && guessed->is_array() && !over.contains("guessed")) {
        nlohmann::json left = nlohmann::json::array();
        for (const nlohmann::json& field : *guessed)
            if (field.is_string() && !tells(over, field.get<std::string>())) left.push_back(field);
        over["guessed"] = left;
    }
    card.merge_patch(over);
    return card;
}

/// Appends the fields of an answer that the card as it was found does not hold alike.
void collectAnswered(const nlohmann::json& answer, const nlohmann::json& own, const std::string& prefix, std::vector<std::string>& fields) {
    for (const auto& [name, value] : answer.items()) {
        const std::string field = prefix + name;
        const nlohmann::json* stated = findCardField(own, field);
        if (value.is_object())
            collectAnswered(value, own, field + ".", fields);
        else if (field != "guessed" && (stated == nullptr || *stated != value))
            fields.push_back(field);
    }
}

/// Opening a network turns its weights into fp32 in place, and tells so; the file's own stay as they are.
torch::jit::Module asStored(const torch::jit::Module& module) {
    for (const at::Tensor& parameter : module.parameters())
        if (parameter.is_floating_point() && parameter.scalar_type() != at::kFloat) return module.clone();
    return module;
}

/// A single mean or deviation stands for every channel.
void spreadOverChannels(nlohmann::json& card) {
    const nlohmann::json* color = findCardField(card, "input.color");
    if (color != nullptr && *color == "gray") return;
    for (const char* field : {"mean", "std"}) {
        const nlohmann::json* one = findCardField(card, std::string("input.") + field);
        if (one == nullptr || !one->is_array() || one->size() != 1) continue;
        const nlohmann::json value = one->front();
        card["input"][field] = {value, value, value};
    }
}

}  // namespace

struct ModelFile::Impl {
    std::filesystem::path path;
    std::string sha256;
    std::int64_t bytes = 0;
    LoadedModel loaded;
    std::optional<FoundCard> own;

    std::mutex mutex;  ///< guards what follows
    std::optional<CardGuess> guess;
    std::optional<Expectation> tried;
    std::shared_ptr<const Network> network;  ///< as `tried` wanted it

    [[nodiscard]] std::string name() const { return path.filename().string(); }
    [[nodiscard]] std::string whatIsMissing() const;
    void guessColor(nlohmann::json& card) const;
    [[nodiscard]] torch::jit::Module moduleFor(const Expectation& expected) const;
    std::shared_ptr<const Model> model(ModelCard card, Progress& progress,
                                       bool (*alike)(const Expectation& a, const Expectation& b));
};

/// `alike` says whether the network that was made last, as the first was expected, serves for the second.
std::shared_ptr<const Model> ModelFile::Impl::model(ModelCard card, Progress& progress,
                                                    bool (*alike)(const Expectation& a, const Expectation& b)) {
    const WarningsToLog warnings;
    progress.checkpoint();
    progress.report(0.5, "Looking through the network");
    const Expectation expected = expectationOf(card);
    const std::scoped_lock lock(mutex);
    if (!tried || !alike(*tried, expected)) {
        tried.reset();
        network = std::make_shared<const Network>(asStored(moduleFor(expected)), expected, bytes, name());
        tried = expected;
    }
    progress.checkpoint();
    try {
        return std::make_shared<const Model>(std::move(card), path, sha256, network, loaded.beside);
    } catch (const Error& error) {
        throw Error(error.kind(), name() + ": " + error.what());
    }
}

/// A graph in which sizes were written down is one for the card's.
torch::jit::Module ModelFile::Impl::moduleFor(const Expectation& expected) const {
    return loaded.atSize ? loaded.atSize(expected.height, expected.width) : loaded.module;
}

std::string ModelFile::Impl::whatIsMissing() const {
    const std::string beside = cardBeside(path).filename().string();
    return name() + (own ? " has a card that leaves out input.size" : " has no card") +
           ", and nothing else says how pictures enter it: give --input-size HEIGHT,WIDTH, and where the network "
           "wants other values than 0 to 255 in the order RGB, --divide, --mean, --std and --color (--labels names its "
           "classes, --output what it returns, --resize, --interpolation and --crop how pictures are scaled); or "
           "write " +
           beside + R"( beside it, at least {"input": {"size": [224, 224]}}.)";
}

/// Grey where its first convolution reads one channel and nobody says otherwise.
void ModelFile::Impl::guessColor(nlohmann::json& card) const {
    if (card.contains("input") && !card["input"].is_object()) return;  // which reading it will refuse
    if (tells(card, "input.color") || channelsOfFirstConvolution(loaded.module) != 1) return;
    card["input"]["color"] = "gray";
    card["guessed"].push_back("input.color");
}

std::string digestOfModel(const std::filesystem::path& file, const std::vector<std::filesystem::path>& beside) {
    std::string digest = sha256OfFile(file);
    for (const std::filesystem::path& other : beside) {
        digest += sha256OfFile(other);
        digest = sha256OfBytes(digest.data(), digest.size());
    }
    return digest;
}

ModelFile::ModelFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ModelFile::~ModelFile() = default;

std::shared_ptr<const ModelFile> ModelFile::open(const std::string& pathOrZooName, Progress& progress) {
    const WarningsToLog warnings;
    auto impl = std::make_unique<Impl>();
    impl->path = locate(pathOrZooName);
    progress.report(0.0, "Reading the file");
    impl->loaded = read(impl->path, progress);
    progress.checkpoint();
    progress.report(0.4, "Computing the checksum");
    impl->bytes = static_cast<std::int64_t>(std::filesystem::file_size(impl->path));
    for (const std::filesystem::path& file : impl->loaded.beside)
        impl->bytes += static_cast<std::int64_t>(std::filesystem::file_size(file));
    impl->sha256 = digestOfModel(impl->path, impl->loaded.beside);
    impl->own = findCard(impl->path, impl->loaded.card, impl->sha256);
    return std::shared_ptr<const ModelFile>(new ModelFile(std::move(impl)));
}

const std::filesystem::path& ModelFile::path() const { return impl_->path; }
const std::string& ModelFile::sha256() const { return impl_->sha256; }
bool ModelFile::hasCard() const { return impl_->own.has_value(); }

nlohmann::json ModelFile::knownFields() const {
    const nlohmann::json card = impl_->own ? nlohmann::json::parse(impl_->own->text, nullptr, false) : nlohmann::json();
    return card.is_object() ? card : nlohmann::json::object();
}

ModelCard ModelFile::card(const CardAnswer& answer, Progress& progress) const {
    const std::string stem = impl_->path.stem().string();
    const std::string origin = impl_->own ? impl_->own->origin : impl_->name();
    nlohmann::json card = impl_->own ? parseCardText(impl_->own->text, origin) : nlohmann::json::object();
    std::vector<std::string> answered;
    if (card.is_object() && (answer.overrides || !tells(card, "input.size"))) {
        collectAnswered(answer.card, card, "", answered);
        card = laid(answer.card, std::move(card));
        if (answer.guess) card = laid(card, guess(progress).card);
        if (!impl_->own) impl_->guessColor(card);
        spreadOverChannels(card);
        if (!tells(card, "input.size")) throw CardMissing(impl_->whatIsMissing(), shared_from_this());
    }
    ModelCard read = readModelCard(std::move(card), origin, stem);
    if (impl_->own) read.origin = impl_->own->origin;
    read.answered = std::move(answered);
    return read;
}

CardGuess ModelFile::guess(Progress& progress) const {
    const WarningsToLog warnings;
    const std::scoped_lock lock(impl_->mutex);
    if (!impl_->guess) impl_->guess = guessCard(impl_->loaded.module, progress);
    return *impl_->guess;
}

std::shared_ptr<const Model> ModelFile::model(ModelCard card, Progress& progress) const {
    return impl_->model(std::move(card), progress, [](const Expectation&, const Expectation&) { return false; });
}

std::shared_ptr<const Model> ModelFile::preview(ModelCard card, Progress& progress) const {
    return impl_->model(std::move(card), progress, [](const Expectation& a, const Expectation& b) {
        return a.height == b.height && a.width == b.width && a.channels == b.channels && a.output == b.output &&
               a.layout == b.layout && a.outputName == b.outputName && a.labels == b.labels;
    });
}

}  // namespace discern
