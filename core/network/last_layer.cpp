#include "core/network/last_layer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/graph/graph_walk.h"
#include "core/network/attention.h"
#include "core/network/layouts.h"
#include "core/network/placement.h"

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;

/// How many layers are looked at in one pass; the last of them mostly is the one.
constexpr std::size_t kAtOnce = 16;
/// After so many passes without one the network is taken to have none.
constexpr std::size_t kMostPasses = 16;

/// Blotches with some noise in the range of another picture, alike at every call: 1,C,H,W.
at::Tensor randomPicture(const at::Tensor& like, std::uint64_t seed) {
    at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const std::int64_t height = like.size(2);
    const std::int64_t width = like.size(3);
    const at::Tensor blotches = at::randn({1, like.size(1), (height + 7) / 8, (width + 7) / 8}, generator);
    const at::Tensor noise = at::randn({1, like.size(1), height, width}, generator);
    const at::Tensor values = at::upsample_nearest2d(blotches, {height, width}) + 0.5 * noise;
    return like.mean() + like.std() * values;
}

at::Tensor randomWeights(std::int64_t count) {
    return at::randn({count}, at::Generator(at::make_generator<at::CPUGeneratorImpl>(3)));
}

/// Undefined where there is none.
at::Tensor gradient(const at::Tensor& of, const at::Tensor& at, const at::Tensor& from = {}) {
    if (!of.requires_grad() || !at.requires_grad()) return {};
    const auto seeds = from.defined() ? std::vector<at::Tensor>{from} : std::vector<at::Tensor>{};
    return torch::autograd::grad({of}, {at}, seeds, /*retain_graph=*/true, /*create_graph=*/false,
                                 /*allow_unused=*/true)[0];
}

/// What of a network without an image on it can be told from a few passes with random ones.
class Trials {
public:
    Trials(const Program& program, const Shapes& shapes, const at::Tensor& x, const ReadTable& table)
        : program_(program), table_(table), rows_(x.size(0)) {
        for (std::uint64_t seed = 0; seed < kPictures; ++seed) {
            const at::Tensor picture = randomPicture(x, 2 * seed + 1);
            const at::Tensor other = randomPicture(x, 2 * seed + 2);
            const auto exchanged = [&](int dimension) {
                const std::int64_t half = x.size(dimension) / 2;
                return at::cat({other.slice(dimension, 0, half), picture.slice(dimension, half)}, dimension);
            };
            pictures_.push_back({picture, exchanged(3), exchanged(2)});
        }
        try {
            differentiable_ = writeOutAttention(program, shapes, false).program;
            const Pass pass = differentiate({});
            const at::Tensor slope = gradient(pass.score, pass.picture);
            if (!slope.defined() || !slope.any().item<bool>()) differentiable_.reset();
        } catch (const std::exception&) {
            differentiable_.reset();
        }
    }

    /// Not in networks with an operator without a derivative, as in quantised ones, nor where no picture matters: then
    /// only the graph and the places can tell.
    [[nodiscard]] bool hasGradient() const { return differentiable_.has_value(); }

    /// Of every value.
    [[nodiscard]] std::vector<Responses> responses(const std::vector<std::string>& values) const {
        const at::NoGradGuard noGradients;
        const Program tapped = program_.withOutputs(values);
        const auto of = [&](const at::Tensor& picture) { return tensors(tapped.run(batch(picture)), values.size()); };
        std::vector<Responses> all(values.size());
        for (const Response& picture : pictures_) {
            const std::vector<at::Tensor> whole = of(picture.whole), left = of(picture.left), upper = of(picture.upper);
            for (std::size_t i = 0; i < values.size(); ++i) all[i].push_back({whole[i], left[i], upper[i]});
        }
        return all;
    }

    /// A mixture of all classes' scores and the values that it was computed from.
    struct Pass {
        at::Tensor picture;
        at::Tensor score;
        std::vector<at::Tensor> values;
    };
    [[nodiscard]] Pass differentiate(const std::vector<std::string>& values) const {
        const at::AutoGradMode gradients(true);
        const at::Tensor picture = batch(pictures_.front().whole).detach().requires_grad_();
        const std::vector<c10::IValue> outputs = differentiable_->withOutputs(values).run(picture);
        const auto own = static_cast<std::ptrdiff_t>(outputs.size() - values.size());
        const at::Tensor scores = table_({outputs.begin(), outputs.begin() + own});
        return {picture, (scores * randomWeights(scores.size(1))).sum(), tensors(outputs, values.size())};
    }

private:
    static constexpr std::uint64_t kPictures = 3;

    /// As often as the network wants it; only the first counts.
    [[nodiscard]] at::Tensor batch(const at::Tensor& picture) const { return picture.repeat({rows_, 1, 1, 1}); }

    static std::vector<at::Tensor> tensors(const std::vector<c10::IValue>& outputs, std::size_t count) {
        std::vector<at::Tensor> last;
        for (std::size_t i = outputs.size() - count; i < outputs.size(); ++i) last.push_back(outputs[i].toTensor());
        return last;
    }

    Program program_;
    const ReadTable& table_;
    std::int64_t rows_;
    Responses pictures_;  ///< the pictures themselves, whole and with a half of another
    std::optional<Program> differentiable_;
};

/// Whether not just a few of the places have a gradient; all of them mostly have, behind a maximum those that hold it.
bool reaches(const at::Tensor& slope, const Placement& placement) {
    if (!slope.defined()) return false;
    const at::Tensor reaching = atPlaces(slope, placement).abs().sum(1) != 0;
    const auto count = reaching.sum().item<std::int64_t>();
    return count > 1 && 16 * count >= reaching.numel();
}

bool isWeighted(const std::string& op) {
    constexpr std::array kinds = {"conv", "linear", "matmul", "addmm", "bmm", "mm", "einsum", "lstm", "gru", "rnn"};
    return std::ranges::any_of(kinds, [&](const char* kind) { return op.starts_with(kind); });
}

Placement placementOf(const LayerInfo& layer) {
    return {layer.layout, layer.gridHeight, layer.gridWidth, layer.extraTokens};
}

std::int64_t channelsOf(const LayerInfo& layer) {
    return layer.layout == GridLayout::ChannelsFirst ? layer.shape[1] : layer.shape.back();
}

class Search {
public:
    Search(Anatomy& anatomy, const Rearranged& rearranged, const Trials& trials, const at::Tensor& x)
        : anatomy_(anatomy), rearranged_(rearranged), trials_(trials), picture_{static_cast<int>(x.size(2)), static_cast<int>(x.size(3))} {
        for (const LayerInfo& layer : anatomy.layers)
            if (layer.spatial && !isTokens(layer.layout)) grids_.emplace_back(layer.gridHeight, layer.gridWidth);
        for (const auto& [name, shape] : anatomy.shapes)
            if (shape.size() == 4 && shape[0] == 1)
                for (const std::size_t first : {1, 2})
                    maps_.emplace(static_cast<int>(shape[first]), static_cast<int>(shape[first + 1]));
        // What comes before is the picture, brighter or darker.
        const auto first = std::ranges::find_if(anatomy.layers, isWeighted, &LayerInfo::op);
        first_ = static_cast<std::size_t>(first - anatomy.layers.begin());
    }

    /// The last of these layers, given in order, whose places reach the class.
    std::optional<std::size_t> lastOf(const std::vector<const Value*>& values) {
        std::vector<std::size_t> candidates;
        for (const Value* value : values)
            if (const auto layer = layerOf(value)) candidates.push_back(*layer);
        return lastOf(candidates);
    }

    /// Where evidence takes several ways: the last layer of any. What only weighs a layer for attention is left out.
    std::optional<std::size_t> lastOfAll() {
        std::vector<std::size_t> candidates;
        for (std::size_t i = first_; i < anatomy_.layers.size(); ++i)
            if (anatomy_.layers[i].op != "linear" && !rearranged_.contains(i) && mayHaveGrid(i)) candidates.push_back(i);
        return lastOf(candidates);
    }

    /// The next layers after it through which alone its places still reach the class, as long as there is one.
    std::size_t furthestFrom(std::size_t layer) const {
        if (!trials_.hasGradient()) return layer;
        std::vector<std::size_t> layers = {layer};
        for (std::size_t i = layer + 1; i < anatomy_.layers.size() && layers.size() <= kNext; ++i)
            if (isLike(anatomy_.layers[layer], anatomy_.layers[i])) layers.push_back(i);
        if (layers.size() == 1) return layer;
        const Trials::Pass pass = trials_.differentiate(names(layers));
        const Placement placement = placementOf(anatomy_.layers[layer]);
        const at::Tensor whole = atPlaces(gradient(pass.score, pass.values[0]), placement);
        std::size_t furthest = layer;
        for (std::size_t i = 1; i < layers.size(); ++i) {
            const at::Tensor slope = gradient(pass.score, pass.values[i]);
            if (!reaches(slope, placementOf(anatomy_.layers[layers[i]]))) continue;
            const at::Tensor through = gradient(pass.values[i], pass.values[0], slope);
            if (!through.defined() || differ(atPlaces(through, placement), whole)) break;
            furthest = layers[i];
        }
        return furthest;
    }

private:
    static constexpr std::size_t kNext = 6;

    std::optional<std::size_t> layerOf(const Value* value) const {
        const auto found = std::ranges::find(anatomy_.values, value->debugName());
        const auto layer = static_cast<std::size_t>(found - anatomy_.values.begin());
        if (found == anatomy_.values.end() || layer < first_ || !mayHaveGrid(layer)) return std::nullopt;
        return layer;
    }

    bool mayHaveGrid(std::size_t layer) const {
        return anatomy_.layers[layer].spatial ||
               !possiblePlacements(anatomy_.layers[layer].shape, picture_, grids_).empty();
    }

    std::vector<std::string> names(const std::vector<std::size_t>& layers) const {
        std::vector<std::string> names;
        for (const std::size_t layer : layers) names.push_back(anatomy_.values[layer]);
        return names;
    }

    /// What the operators say, or that tokens lie as the places of some map in the network, of which there are as many.
    std::optional<Placement> expectedFor(const LayerInfo& layer, const std::vector<Placement>& possible) const {
        if (layer.spatial) return placementOf(layer);
        constexpr int kFewest = 9;  // four of anything make a square
        const auto whole = std::ranges::find_if(possible, [&](const Placement& placement) {
            return placement.extraTokens == 0 && placement.height * placement.width >= kFewest &&
                   maps_.contains({placement.height, placement.width});
        });
        return whole == possible.end() ? std::nullopt : std::optional(*whole);
    }

    /// From the last on, a few at once.
    std::optional<std::size_t> lastOf(std::vector<std::size_t> candidates) {
        for (std::size_t pass = 0; pass < kMostPasses && !candidates.empty(); ++pass) {
            const auto count = static_cast<std::ptrdiff_t>(std::min(kAtOnce, candidates.size()));
            const std::vector<std::size_t> some(candidates.end() - count, candidates.end());
            candidates.erase(candidates.end() - count, candidates.end());
            if (const auto found = lastOfSome(some)) return found;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> lastOfSome(const std::vector<std::size_t>& layers) {
        const bool allSure = std::ranges::all_of(
            layers, [&](std::size_t i) { return anatomy_.layers[i].layout == GridLayout::ChannelsFirst; });
        const auto responses = allSure ? std::vector<Responses>{} : trials_.responses(names(layers));
        std::optional<Trials::Pass> pass;
        if (trials_.hasGradient()) pass = trials_.differentiate(names(layers));
        for (std::size_t i = layers.size(); i-- > 0;) {
            const LayerInfo& layer = anatomy_.layers[layers[i]];
            std::optional<Placement> placement = placementOf(layer);
            if (layer.layout != GridLayout::ChannelsFirst) placement = placementFrom(responses[i], layers[i]);
            if (!placement || (pass && !reaches(gradient(pass->score, pass->values[i]), *placement))) continue;
            if (const auto before = rearrangedGrid(layers[i])) return before;
            place(layers[i], *placement);
            return layers[i];
        }
        return std::nullopt;
    }

    std::optional<Placement> placementFrom(const Responses& responses, std::size_t layer) const {
        const std::vector<Placement> possible = possiblePlacements(anatomy_.layers[layer].shape, picture_, grids_);
        const auto expected = rearranged_.contains(layer) ? std::nullopt : expectedFor(anatomy_.layers[layer], possible);
        return findPlacement(responses, possible, expected);
    }

    /// The layer whose values this one only lays differently, where they lie on a grid as they are.
    std::optional<std::size_t> rearrangedGrid(std::size_t layer) {
        const auto found = rearranged_.find(layer);
        if (found == rearranged_.end() || !found->second || !mayHaveGrid(*found->second)) return std::nullopt;
        return lastOfSome({*found->second});
    }

    /// Tokens of the same number lie alike everywhere, whichever dimension counts them.
    void place(std::size_t layer, const Placement& placement) {
        const std::vector<std::int64_t> shape = anatomy_.layers[layer].shape;
        for (std::size_t i = 0; i < anatomy_.layers.size(); ++i) {
            LayerInfo& other = anatomy_.layers[i];
            const bool alike = isTokens(placement.layout) && isTokens(other.layout) &&
                               other.shape[tokenDimension(other.layout)] == shape[tokenDimension(placement.layout)];
            if (i != layer && !alike) continue;
            other.spatial = true;
            if (i == layer) other.layout = placement.layout;
            other.gridHeight = placement.height;
            other.gridWidth = placement.width;
            other.extraTokens = placement.extraTokens;
        }
    }

    static bool isLike(const LayerInfo& layer, const LayerInfo& other) {
        return other.spatial && other.gridHeight == layer.gridHeight && other.gridWidth == layer.gridWidth &&
               channelsOf(other) == channelsOf(layer);
    }

    static bool differ(const at::Tensor& a, const at::Tensor& b) {
        return !((a - b).abs().max() <= 1e-3 * b.abs().max()).item<bool>();
    }

    Anatomy& anatomy_;
    const Rearranged& rearranged_;
    const Trials& trials_;
    std::pair<int, int> picture_;
    std::vector<std::pair<int, int>> grids_;
    std::set<std::pair<int, int>> maps_;  ///< heights and widths of all values that may be one
    std::size_t first_ = 0;
};

}  // namespace

void findLast(Anatomy& anatomy, const Rearranged& rearranged, const Program& program, const at::Tensor& x,
              const std::vector<const Value*>& ends, const ReadTable& table) {
    const Trials trials(program, anatomy.shapes, x, table);
    Search search(anatomy, rearranged, trials, x);
    std::optional<std::size_t> last = search.lastOf(bottlenecks(program.graph(), ends));
    if (last)
        last = search.furthestFrom(*last);
    else
        last = search.lastOfAll();
    anatomy.hasSpatialLayer = last.has_value();
    anatomy.last = last.value_or(0);
}

}  // namespace discern
