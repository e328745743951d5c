#include "core/explain/gradient/deep_lift_rules.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/jit.h>

#include <map>
#include <set>
#include <unordered_map>

#include "core/explain/gradient/quadrature.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// Values stay what they are: only what is not detached passes multipliers back. `images` is the dimension in which
/// images and baselines follow one another.
const char* const kSource = R"SCRIPT(
def other(x, images: int):
    return torch.roll(x, [x.size(images) // 2], [images])

def change(x, images: int):
    return x.detach().float() - other(x.detach().float(), images)

def rescaled(y, x, images: int, noise: float):
    dx = change(x, images)
    dy = change(y, images)
    same = dx.abs() < 1e-10 + noise * torch.maximum(y.abs(), other(y, images).abs()).detach().float()
    multiplier = (dy / torch.where(same, torch.ones_like(dx), dx)).to(y.dtype)
    return torch.where(same, y, y.detach() + multiplier * (x - x.detach()))

def rescaled_pool(y, x, kernel: List[int], stride: List[int], padding: List[int], dilation: List[int], ceil: bool,
                  images: int, noise: float):
    place = torch.max_pool2d_with_indices(x, kernel, stride, padding, dilation, ceil)[1]
    place = torch.where(y >= other(y, images), place, other(place, images))
    largest = torch.gather(x.flatten(2), 2, place.flatten(2)).reshape(y.shape)
    return rescaled(y, largest, images, noise)

def moved(x, images: int, share: float):
    return x - (change(x, images) * share).to(x.dtype)

def added(total: Optional[Tensor], y, weight: float):
    return weight * y if total is None else total + weight * y

def passed_back(y, mean):
    return y.detach() + (mean - mean.detach())
)SCRIPT";

/// Beside which share of a value its rounding is small enough to divide by: differences in fp32 are taken as they are,
/// down to captum's 1e-10; those of shorter types need some digits to mean anything.
double noiseOf(at::ScalarType type) {
    constexpr double kUnits = 16.0;
    if (type == at::kHalf) return kUnits * 0x1p-10;
    return type == at::kBFloat16 ? kUnits * 0x1p-7 : 0.0;
}

/// Functions of one activation, element by element.
bool isElementwise(const std::string& op) {
    static const std::set<std::string> names = {
        "relu",        "relu6",    "hardtanh", "leaky_relu", "prelu",      "elu",         "selu",
        "celu",        "gelu",     "silu",     "mish",       "hardswish",  "hardsigmoid", "sigmoid",
        "tanh",        "softplus", "softsign", "clamp",      "clamp_min",  "clamp_max",   "threshold",
        "log_sigmoid", "erf",      "exp",      "log",        "sqrt",       "rsqrt",       "square",
        "pow",         "abs",      "sin",      "cos",        "hardshrink", "softshrink",  "reciprocal"};
    return names.contains(op);
}

/// Points on the line that give the mean derivative: one is exact for products.
int pointsFor(const std::string& op) {
    static const std::map<std::string, int> points = {{"mul", 1},
                                                      {"matmul", 1},
                                                      {"bmm", 1},
                                                      {"div", 10},
                                                      {"softmax", 10},
                                                      {"_softmax", 10},
                                                      {"log_softmax", 40},
                                                      {"layer_norm", 10},
                                                      {"group_norm", 10},
                                                      {"instance_norm", 10},
                                                      {"scaled_dot_product_attention", 10}};
    const auto found = points.find(op);
    return found == points.end() ? 0 : found->second;
}

bool isTensor(const Value* value) { return value->type()->isSubtypeOf(*c10::TensorType::get()); }

std::string name(const Node* node) { return node->kind().is_aten() ? node->kind().toUnqualString() : ""; }

/// In which dimension images follow one another: the one that doubles with them. Values without one do not depend on
/// the image, or hold it in a way that cannot be taken apart.
std::unordered_map<const Value*, std::int64_t> imageDimensions(Graph& graph, const c10::IValue& self,
                                                               const std::vector<Value*>& values,
                                                               const at::Tensor& example) {
    const std::size_t own = graph.outputs().size();
    for (Value* value : values) graph.registerOutput(value);
    const Program probe(graph.copy(), self);
    while (graph.outputs().size() > own) graph.eraseOutput(graph.outputs().size() - 1);

    const at::NoGradGuard noGradients;
    const std::vector<c10::IValue> one = probe.run(example);
    const std::vector<c10::IValue> two = probe.run(at::cat({example, example}));
    std::unordered_map<const Value*, std::int64_t> dimensions;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!one[own + i].isTensor() || !one[own + i].toTensor().is_floating_point()) continue;
        const auto before = one[own + i].toTensor().sizes();
        const auto after = two[own + i].toTensor().sizes();
        if (before == after || before.size() != after.size()) continue;
        const auto differs = std::mismatch(before.begin(), before.end(), after.begin());
        if (*differs.second == 2 * *differs.first) dimensions[values[i]] = differs.first - before.begin();
    }
    return dimensions;
}

class Rewriter {
public:
    Rewriter(std::shared_ptr<Graph> graph, const c10::IValue& self, const at::Tensor& example)
        : graph_(std::move(graph)), noise_(noiseOf(example.scalar_type())), functions_(torch::jit::compile(kSource)) {
        std::vector<Value*> read;
        for (Node* node : graph_->nodes()) {
            const std::string op = name(node);
            if (!isElementwise(op) && op != "max_pool2d" && pointsFor(op) == 0) continue;
            nodes_.push_back(node);
            for (Value* input : node->inputs())
                if (isTensor(input)) read.push_back(input);
        }
        dimensions_ = imageDimensions(*graph_, self, read, example);
    }

    void rewrite() {
        for (Node* node : nodes_) {
            const std::vector<torch::jit::Use> uses = node->output(0)->uses();
            const torch::jit::WithInsertPoint here(node->next());
            Value* const replacement = pointsFor(name(node)) > 0 ? meanOnTheLine(node) : rescaled(node);
            if (!replacement) continue;
            for (const torch::jit::Use& use : uses) use.user->replaceInput(use.offset, replacement);
            const auto images = dimensions_.find(node->output(0));
            if (images != dimensions_.end()) dimensions_[replacement] = images->second;
        }
    }

private:
    Value* rescaled(Node* node) {
        const auto images = dimensions_.find(node->input(0));
        if (images == dimensions_.end()) return nullptr;
        std::vector<Value*> inputs = {node->output(0), node->input(0)};
        const bool pool = name(node) == "max_pool2d";
        if (pool) inputs.insert(inputs.end(), node->inputs().begin() + 1, node->inputs().end());
        inputs.push_back(graph_->insertConstant(images->second));
        inputs.push_back(graph_->insertConstant(noise_));
        return call(pool ? "rescaled_pool" : "rescaled", inputs);
    }

    Value* meanOnTheLine(Node* node) {
        const int points = pointsFor(name(node));
        const auto dependent = std::count_if(node->inputs().begin(), node->inputs().end(),
                                             [&](const Value* input) { return dimensions_.contains(input); });
        if (dependent == 0 || (points == 1 && dependent == 1)) return nullptr;
        const Quadrature line = gaussLegendre(points);
        Value* mean = graph_->insertConstant(c10::IValue());
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            Node* const there = graph_->createClone(node, [&](Value* input) { return moved(input, line.points[i]); });
            graph_->insertNode(there);
            mean = call("added", {mean, there->output(0), graph_->insertConstant(line.weights[i])});
        }
        return call("passed_back", {node->output(0), mean});
    }

    Value* moved(Value* input, double share) {
        const auto images = dimensions_.find(input);
        if (images == dimensions_.end()) return input;
        return call("moved", {input, graph_->insertConstant(images->second), graph_->insertConstant(share)});
    }

    Value* call(const std::string& function, const std::vector<Value*>& inputs) {
        const std::shared_ptr<Graph> body =
            torch::jit::toGraphFunction(functions_->get_function(function)).graph()->copy();
        torch::jit::Inline(*body);
        return torch::jit::insertGraph(*graph_, *body, inputs).at(0);
    }

    std::shared_ptr<Graph> graph_;
    double noise_;
    std::shared_ptr<torch::jit::CompilationUnit> functions_;
    std::vector<Node*> nodes_;
    std::unordered_map<const Value*, std::int64_t> dimensions_;
};

}  // namespace

Program withDeepLiftRules(const Program& program, const at::Tensor& example) {
    const std::shared_ptr<Graph> graph = program.copyGraph();
    Rewriter(graph, program.self(), example).rewrite();
    return {graph, program.self()};
}

}  // namespace discern
