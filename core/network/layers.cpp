#include "core/network/layers.h"

#include <optional>
#include <set>
#include <unordered_map>

#include "core/graph/graph_walk.h"
#include "core/graph/layer_names.h"
#include "core/network/last_layer.h"
#include "core/network/layouts.h"

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;
using Shape = std::vector<std::int64_t>;

/// Operators that only look at a tensor differently; no layer of their own, unless that makes a map of what was none.
const std::set<std::string>& rearrangements() {
    static const std::set<std::string> names = {
        "view",   "reshape", "flatten",   "permute", "transpose", "t",       "contiguous", "slice",      "select",
        "expand", "unbind",  "unsqueeze", "squeeze", "to",        "detach",  "dropout",    "ListUnpack", "alias",
        "chunk",  "split",   "unflatten", "roll",    "identity",  "numpy_T", "size",       "NumToTensor"};
    return names;
}

bool isTensor(const Value* value) { return value->type()->isSubtypeOf(*c10::TensorType::get()); }

std::vector<std::string> tensorNames(const torch::jit::Graph& graph) {
    std::vector<std::string> names;
    for (const Node* node : graph.nodes())
        if (node->kind() != c10::prim::Constant)
            for (const Value* output : node->outputs())
                if (isTensor(output)) names.push_back(output->debugName());
    return names;
}

/// What one run with every tensor as an output tells.
struct Seen {
    Shapes shapes;
    std::set<std::string> floating;
    std::string table;  ///< the value that holds the table of scores; empty where no value does
};

Seen look(const Program& program, const at::Tensor& x, const ReadTable& table) {
    const std::vector<std::string> names = tensorNames(program.graph());
    const at::NoGradGuard noGradients;
    const std::vector<c10::IValue> outputs = program.withOutputs(names).run(x);
    const std::size_t own = outputs.size() - names.size();
    const at::Tensor scores = table({outputs.begin(), outputs.begin() + static_cast<std::ptrdiff_t>(own)});
    Seen seen;
    seen.shapes[program.graph().inputs().at(1)->debugName()] = x.sizes().vec();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const c10::IValue& value = outputs[own + i];
        if (!value.isTensor() || !value.toTensor().defined()) continue;
        const at::Tensor& tensor = value.toTensor();
        seen.shapes[names[i]] = tensor.sizes().vec();
        if (tensor.is_floating_point()) seen.floating.insert(names[i]);
        if (tensor.has_storage() && scores.has_storage() && tensor.is_alias_of(scores)) seen.table = names[i];
    }
    return seen;
}

/// The values behind which nothing else makes the table: the table itself, or all outputs.
std::vector<const Value*> endsOf(const torch::jit::Graph& graph, const std::string& table) {
    for (const Node* node : graph.nodes())
        for (const Value* output : node->outputs())
            if (output->debugName() == table) return {output};
    return {graph.outputs().begin(), graph.outputs().end()};
}

/// Follows which layer each value comes from through rearrangements alone.
class Sources {
public:
    void add(const Value* value, std::optional<std::size_t> layer) { layers_[value] = layer; }

    [[nodiscard]] std::optional<std::size_t> of(const Node* node) const {
        const std::vector<const Value*> read = dataInputs(node);
        const auto found = read.empty() ? layers_.end() : layers_.find(read.front());
        return found == layers_.end() ? std::nullopt : found->second;
    }

private:
    std::unordered_map<const Value*, std::optional<std::size_t>> layers_;
};

/// Of the rearranged entries only `last` stays.
void dropRearranged(Anatomy& anatomy, const Rearranged& rearranged) {
    for (auto entry = rearranged.rbegin(); entry != rearranged.rend(); ++entry) {
        const std::size_t index = entry->first;
        if (anatomy.hasSpatialLayer && index == anatomy.last) continue;
        anatomy.layers.erase(anatomy.layers.begin() + static_cast<std::ptrdiff_t>(index));
        anatomy.values.erase(anatomy.values.begin() + static_cast<std::ptrdiff_t>(index));
        if (index < anatomy.last) --anatomy.last;
    }
}

}  // namespace

Shapes shapesOf(const Program& program, const at::Tensor& x) {
    return look(program, x, [](const std::vector<c10::IValue>& /*outputs*/) { return at::zeros({1}); }).shapes;
}

Shapes ofOnePicture(Shapes shapes, std::int64_t pictures) {
    for (auto& [name, shape] : shapes) {
        if (shape.empty()) continue;
        const bool sequenceFirst = shape.size() == 3 && shape[0] != pictures && shape[1] == pictures;
        std::int64_t& batch = shape[sequenceFirst ? 1 : 0];
        if (batch == pictures) batch = 1;
    }
    return shapes;
}

Anatomy probe(const Program& program, const at::Tensor& x, const ReadTable& table) {
    Anatomy anatomy;
    const Seen seen = look(program, x, table);
    anatomy.shapes = seen.shapes;
    const Shapes shapes = ofOnePicture(seen.shapes, x.size(0));
    Layouts layouts(shapes);
    Grids grids({static_cast<int>(x.size(2)), static_cast<int>(x.size(3))});
    LayerNames names(program.graph());
    Sources sources;
    Rearranged rearranged;
    for (const Node* node : program.graph().nodes()) {
        const bool rearranges = rearrangements().contains(operatorName(node));
        const std::optional<std::size_t> source = rearranges ? sources.of(node) : std::nullopt;
        for (const Value* output : node->outputs()) {
            if (rearranges) sources.add(output, source);
            if (!shapes.contains(output->debugName())) continue;
            const GridLayout layout = layouts.see(node, output);
            const Shape& shape = shapes.at(output->debugName());
            const bool onePicture = shape.size() >= 2 && (shape[0] == 1 || layout == GridLayout::SequenceFirst);
            const bool hasGrid = source && anatomy.layers[*source].spatial;
            if (!seen.floating.contains(output->debugName()) || !onePicture || (rearranges && hasGrid)) continue;
            LayerInfo layer{.name = names.of(node), .op = operatorName(node), .shape = shape};
            if (rearranges) {
                rearranged.emplace(anatomy.layers.size(), source);
            } else {
                sources.add(output, anatomy.layers.size());
                grids.locate(layer, layout);
            }
            anatomy.layers.push_back(std::move(layer));
            anatomy.values.push_back(output->debugName());
        }
    }
    findLast(anatomy, rearranged, program, x, endsOf(program.graph(), seen.table), table);
    dropRearranged(anatomy, rearranged);
    return anatomy;
}

}  // namespace discern
