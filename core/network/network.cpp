#include "core/network/network.h"

#include <algorithm>
#include <mutex>

#include "core/error.h"
#include "core/network/attention.h"
#include "core/network/classifier_output.h"
#include "core/network/complexity.h"
#include "core/network/continuation.h"
#include "core/network/layers.h"

namespace discern {
namespace {

at::Device deviceOf(const Compute& compute) {
    return compute.device == Device::Cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
}

at::ScalarType typeOf(const Compute& compute) {
    switch (compute.precision) {
        case Precision::Bf16:
            return at::kBFloat16;
        case Precision::Fp16:
            return at::kHalf;
        case Precision::Auto:
        case Precision::Fp32:
            break;
    }
    return at::kFloat;
}

/// The input channels of the first convolution; the expected ones where the network starts with something else.
std::int64_t channelsRead(const torch::jit::Graph& graph, std::int64_t otherwise) {
    for (const torch::jit::Node* node : graph.nodes()) {
        const std::string op = node->kind().toUnqualString();
        if (op != "_convolution" && op != "conv2d") continue;
        const auto weight = torch::jit::toIValue(node->input(1));
        const auto groups = torch::jit::toIValue(node->input(op == "conv2d" ? 6 : 8));
        if (!weight || !weight->isTensor() || !groups || !groups->isInt()) break;
        return weight->toTensor().size(1) * groups->toInt();
    }
    return otherwise;
}

std::string lastLine(std::string text) {
    text.erase(text.find_last_not_of(" \n") + 1);
    return text.substr(text.rfind('\n') + 1);
}

}  // namespace

/// Two forms of the network, and what is made from them when asked for: copies with taps, and attention written out.
/// Folding batch normalisation is fast, but rounds differently, which turns units at the kink of a ReLU on or off;
/// their gradients then differ from those of the network as it was trained.
struct Network::Impl {
    Program folded;   ///< for forward passes alone
    Program trained;  ///< for gradients and layers
    Anatomy anatomy;
    Complexity complexity;
    OutputKind output = OutputKind::Logits;
    int columns = 0;  ///< of its table of scores
    int channels = 3;
    Compute compute{Device::Cpu, Precision::Fp32};

    std::mutex mutex;
    std::map<std::vector<std::string>, Program> taps;
    std::map<std::string, Program> rewritten;
    std::optional<PlainAttention> differentiable;
    std::optional<PlainAttention> plain;
    std::vector<std::unique_ptr<Network>> elsewhere;

    /// Without operators that have no derivative.
    const PlainAttention& forGradients() {
        const std::scoped_lock lock(mutex);
        if (!differentiable) differentiable = writeOutAttention(trained, anatomy.shapes, false);
        return *differentiable;
    }

    const PlainAttention& writtenOut() {
        const std::scoped_lock lock(mutex);
        if (!plain) plain = writeOutAttention(trained, anatomy.shapes, true);
        return *plain;
    }

    Program rewrittenBy(const Rewrite& rewrite, const at::Tensor& x) {
        const Program& base = forGradients().program;
        const std::scoped_lock lock(mutex);
        auto found = rewritten.find(rewrite.name);
        if (found == rewritten.end())
            found = rewritten.emplace(rewrite.name, rewrite.apply(base, x.detach().slice(0, 0, 1))).first;
        return found->second;
    }

    static bool needsGradient(const at::Tensor& x) { return at::GradMode::is_enabled() && x.requires_grad(); }

    Program tapped(const Program& base, std::vector<std::string> values, bool gradient) {
        std::vector<std::string> key = values;
        key.emplace_back(gradient ? "gradient" : "");
        const std::scoped_lock lock(mutex);
        auto found = taps.find(key);
        if (found == taps.end()) found = taps.emplace(std::move(key), base.withOutputs(values)).first;
        return found->second;
    }

    std::string valueOf(const std::string& layer) const {
        for (std::size_t i = 0; i < anatomy.layers.size(); ++i)
            if (anatomy.layers[i].name == layer) return anatomy.values[i];
        throw Error(ErrorKind::Usage, "There is no layer " + layer + " in the network.");
    }

    /// As the network's weights are: channels last where convolutions read it.
    at::Tensor entering(const at::Tensor& x) const {
        const at::Tensor moved = x.to(deviceOf(compute), typeOf(compute));
        return moved.size(1) > 1 ? moved.contiguous(at::MemoryFormat::ChannelsLast) : moved;
    }

    Tapped split(const std::vector<c10::IValue>& outputs, std::size_t taps_) const {
        const std::size_t own = outputs.size() - taps_;
        Tapped result;
        result.logits = toLogits(classifierOutput({outputs.begin(), outputs.begin() + own}), output);
        for (std::size_t i = own; i < outputs.size(); ++i) result.activations.push_back(outputs[i].toTensor());
        return result;
    }
};

Network::Network(torch::jit::Module module, const Expectation& expected, std::int64_t bytes, const std::string& origin)
    : impl_(std::make_unique<Impl>()) {
    module.eval();
    const at::NoGradGuard noGradients;
    try {
        impl_->folded = freezeToProgram(module, BatchNorm::Folded);
        impl_->trained = freezeToProgram(module, BatchNorm::Kept);
        const torch::jit::Graph& graph = impl_->trained.graph();
        if (graph.inputs().size() != 2)
            throw Error(ErrorKind::Model, origin + " is no image classifier: it takes " +
                                              std::to_string(graph.inputs().size() - 1) +
                                              " inputs instead of one image.");
        impl_->channels = static_cast<int>(channelsRead(graph, expected.channels));
        // Ones probe as well as a photograph: shapes do not depend on the values.
        const at::Tensor x = at::ones({1, impl_->channels, expected.height, expected.width});
        impl_->columns = static_cast<int>(classifierOutput(impl_->folded.run(x)).size(1));
        impl_->output = expected.output;
        impl_->anatomy = probe(impl_->trained, x);
        impl_->complexity.macsByOperator = countMacs(graph, impl_->anatomy.shapes);
        for (const auto& [op, macs] : impl_->complexity.macsByOperator) impl_->complexity.macs += macs;
        impl_->complexity.parameters = countParameters(module, graph);
        impl_->complexity.bytes = bytes;
    } catch (const Error& error) {
        const std::string text = error.what();
        throw Error(ErrorKind::Model, text.find(origin) == std::string::npos ? origin + ": " + text : text);
    } catch (const std::exception& error) {
        throw Error(ErrorKind::Model, origin + " does not run on a " + std::to_string(expected.channels) + " x " +
                                          std::to_string(expected.height) + " x " + std::to_string(expected.width) +
                                          " input; check input.size and input.color in its card (" +
                                          lastLine(error.what()) + ").");
    }
}

Network::Network(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Network::~Network() = default;

at::Tensor Network::logits(const at::Tensor& x) const {
    const at::Tensor entering = impl_->entering(x);
    const Program& program = Impl::needsGradient(entering) ? impl_->forGradients().program : impl_->folded;
    return toLogits(classifierOutput(program.run(entering)), impl_->output);
}

at::Tensor Network::logits(const at::Tensor& x, const Rewrite& rewrite) const {
    const at::Tensor entering = impl_->entering(x);
    return toLogits(classifierOutput(impl_->rewrittenBy(rewrite, entering).run(entering)), impl_->output);
}

Network::Rest Network::behind(const std::string& layer, const at::Tensor& x) const {
    const auto rest = std::make_shared<Continuation>(impl_->trained, impl_->valueOf(layer), impl_->entering(x));
    return [rest, output = impl_->output, type = typeOf(impl_->compute)](const at::Tensor& values) {
        return toLogits(classifierOutput(rest->run(values.to(type))), output);
    };
}

at::Tensor Network::probabilities(const at::Tensor& logits) const { return toProbabilities(logits, impl_->output); }

Network::Tapped Network::tap(const at::Tensor& x, const std::vector<std::string>& layers) const {
    const at::Tensor entering = impl_->entering(x);
    std::vector<std::string> values;
    for (const std::string& layer : layers) values.push_back(impl_->valueOf(layer));
    const bool gradient = Impl::needsGradient(entering);
    const Program program = impl_->tapped(gradient ? impl_->forGradients().program : impl_->trained, values, gradient);
    return impl_->split(program.run(entering), values.size());
}

Network::Tapped Network::attention(const at::Tensor& x) const {
    const at::Tensor entering = impl_->entering(x);
    const PlainAttention& plain = impl_->writtenOut();
    return impl_->split(plain.program.withOutputs(plain.matrices).run(entering), plain.matrices.size());
}

const std::vector<LayerInfo>& Network::layers() const { return impl_->anatomy.layers; }

const LayerInfo& Network::lastSpatialLayer() const {
    if (!impl_->anatomy.hasSpatialLayer)
        throw Error(ErrorKind::Run, "The network has no layer with a spatial grid: choose a method without a layer.");
    return impl_->anatomy.layers[impl_->anatomy.last];
}

const Complexity& Network::complexity() const { return impl_->complexity; }
int Network::classCount() const {
    const bool binary = impl_->output == OutputKind::BinaryLogit || impl_->output == OutputKind::BinaryProbability;
    return binary ? 2 : impl_->columns;
}
int Network::outputCount() const { return impl_->columns; }
int Network::inputChannels() const { return impl_->channels; }

const Network& Network::on(Compute compute) const {
    compute = resolve(compute);
    if (compute == impl_->compute) return *this;
    const std::scoped_lock lock(impl_->mutex);
    for (const auto& other : impl_->elsewhere)
        if (other->impl_->compute == compute) return *other;
    auto moved = std::make_unique<Impl>();
    moved->folded = impl_->folded.on(deviceOf(compute), typeOf(compute));
    moved->trained = impl_->trained.on(deviceOf(compute), typeOf(compute));
    moved->anatomy = impl_->anatomy;
    moved->complexity = impl_->complexity;
    moved->output = impl_->output;
    moved->columns = impl_->columns;
    moved->channels = impl_->channels;
    moved->compute = compute;
    impl_->elsewhere.push_back(std::unique_ptr<Network>(new Network(std::move(moved))));
    return *impl_->elsewhere.back();
}

at::TensorOptions Network::options() const {
    return at::TensorOptions().device(deviceOf(impl_->compute)).dtype(typeOf(impl_->compute));
}

}  // namespace discern
