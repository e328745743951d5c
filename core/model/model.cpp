#include "core/model/model.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/model/formats/format.h"
#include "core/model/model_file.h"
#include "core/model/zoo.h"
#include "core/network/input_tensor.h"
#include "core/network/network.h"
#include "core/network/torch_errors.h"
#include "core/store/files.h"
#include "core/text/near_names.h"

namespace discern {
namespace {

std::vector<float> toVector(const at::Tensor& row) {
    const at::Tensor values = row.to(at::kCPU, at::kFloat).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

}  // namespace

std::vector<int> Prediction::top(int k) const {
    std::vector<int> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    const auto end = order.begin() + std::clamp<std::ptrdiff_t>(k, 0, std::ssize(order));
    // Undefined probabilities come last: they compare with nothing.
    const auto rank = [&](int i) { return std::isnan(probabilities[i]) ? -1.0F : probabilities[i]; };
    std::ranges::partial_sort(order, end, [&](int a, int b) { return rank(a) != rank(b) ? rank(a) > rank(b) : a < b; });
    order.erase(end, order.end());
    return order;
}

std::string Prediction::undefined() const {
    const auto wrong = std::ranges::count_if(logits, [](float logit) { return !std::isfinite(logit); });
    if (wrong == 0) return {};
    const bool all = wrong == std::ssize(logits);
    return all ? "all its scores are undefined (NaN or infinite)"
               : std::to_string(wrong) + " of its " + std::to_string(logits.size()) +
                     (wrong == 1 ? " scores is" : " scores are") + " undefined (NaN or infinite)";
}

bool Prediction::defined() const {
    return std::ranges::any_of(probabilities, [](float probability) { return std::isfinite(probability); });
}

std::shared_ptr<const Model> Model::load(const std::string& pathOrZooName, Progress& progress,
                                         const CardAnswer& answer) {
    const std::shared_ptr<const ModelFile> file = ModelFile::open(pathOrZooName, progress);
    return file->model(file->card(answer, progress), progress);
}

Model::Model(ModelCard card, std::filesystem::path path, std::string sha256, std::shared_ptr<const Network> network,
             std::vector<std::filesystem::path> beside)
    : card_(std::move(card)),
      path_(std::move(path)),
      sha256_(std::move(sha256)),
      beside_(std::move(beside)),
      network_(std::move(network)) {
    card_.output = network_->conduct().output;
    const std::string text = card_.original.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    cardSha256_ = sha256OfBytes(text.data(), text.size());
    checkCardAgainstModel(card_, network_->conduct().columns, network_->inputChannels());
    // A single output speaks for the second of two classes; a single label names that one.
    if (network_->conduct().binary() && card_.labels.size() == 1)
        card_.labels.insert(card_.labels.begin(), "not " + card_.labels.front());
}

Model::~Model() = default;

const std::vector<LayerInfo>& Model::layers() const { return network_->layers(); }
const Complexity& Model::complexity() const { return network_->complexity(); }
int Model::classCount() const { return network_->classCount(); }
const Conduct& Model::conduct() const { return network_->conduct(); }

std::string Model::label(int classIndex) const {
    const auto index = static_cast<std::size_t>(classIndex);
    return index < card_.labels.size() ? card_.labels[index] : "class " + std::to_string(classIndex);
}

const LayerInfo* Model::findLayer(const std::string& nameOrLast) const {
    if (nameOrLast == "last") return network_->hasSpatialLayer() ? &network_->lastSpatialLayer() : nullptr;
    const auto found = std::ranges::find(layers(), nameOrLast, &LayerInfo::name);
    return found == layers().end() ? nullptr : &*found;
}

const LayerInfo& Model::layer(const std::string& nameOrLast) const {
    if (nameOrLast == "last") return network_->lastSpatialLayer();
    if (const LayerInfo* found = findLayer(nameOrLast)) return *found;
    std::vector<std::string> names = {"last"};
    for (const LayerInfo& layer : layers()) names.push_back(layer.name);
    const std::string near = nearNames(nameOrLast, names);
    throw Error(ErrorKind::Usage, "There is no layer " + nameOrLast + " in " + name() + "." +
                                      (near.empty() ? " `discern-cli model` lists them." : near));
}

Prediction Model::predict(const Picture& picture, Compute compute) const {
    return translated(ErrorKind::Run, name() + " cannot predict " + picture.name, [&]() -> Prediction {
        const at::NoGradGuard noGradients;
        const Network& network = network_->on(compute);
        const at::Tensor logits = network.logits(inputTensor(picture, card_.input));
        Prediction prediction{toVector(logits[0]), toVector(network.probabilities(logits)[0])};
        if (!prediction.defined())
            throw Error(ErrorKind::Run, name() + " cannot predict " + picture.name + ": " + prediction.undefined() +
                                            ". Check input.mean and input.std in its card, or export it again.");
        return prediction;
    });
}

std::vector<std::string> modelExtensions() {
    std::vector<std::string> extensions;
    for (const ModelFormat& format : modelFormats())
        extensions.insert(extensions.end(), format.extensions.begin(), format.extensions.end());
    return extensions;
}

int findClass(const Model& model, const std::string& indexOrLabel) {
    int index = -1;
    const auto [end, failure] = std::from_chars(indexOrLabel.data(), indexOrLabel.data() + indexOrLabel.size(), index);
    if (failure == std::errc{} && end == indexOrLabel.data() + indexOrLabel.size()) {
        if (index >= 0 && index < model.classCount()) return index;
        throw Error(ErrorKind::Usage, "There is no class " + indexOrLabel + " in " + model.name() +
                                          ": it has classes 0 to " + std::to_string(model.classCount() - 1) + ".");
    }
    const std::string wanted = lower(indexOrLabel);
    std::vector<std::string> labels;
    for (int i = 0; i < model.classCount(); ++i) {
        labels.push_back(model.label(i));
        const std::string label = lower(labels.back());
        if (label == wanted || std::string(label.begin(), std::ranges::find(label, ',')) == wanted) return i;
    }
    throw Error(ErrorKind::Usage,
                "There is no class " + indexOrLabel + " in " + model.name() + "." + nearNames(indexOrLabel, labels));
}

}  // namespace discern
