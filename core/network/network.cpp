#include "core/network/network.h"

#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <mutex>

#include "core/error.h"
#include "core/graph/continuation.h"
#include "core/graph/forward_form.h"
#include "core/graph/frozen_norm.h"
#include "core/graph/graph_walk.h"
#include "core/graph/random_weights.h"
#include "core/graph/weights.h"
#include "core/network/attention.h"
#include "core/network/batch.h"
#include "core/network/classifier_output.h"
#include "core/network/complexity.h"
#include "core/network/layers.h"
#include "core/network/memory_demand.h"
#include "core/network/score_table.h"
#include "core/network/torch_errors.h"
#include "core/network/try_out.h"

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

std::int64_t batchDimension(const LayerInfo& layer) { return layer.layout == GridLayout::SequenceFirst ? 1 : 0; }

}  // namespace

/// Two forms of the network, and what is made from them when asked for: copies with taps, and attention written out.
/// Folding batch normalisation is fast, but rounds differently, which turns units at the kink of a ReLU on or off;
/// their gradients then differ from those of the network as it was trained.
struct Network::Impl {
    Program folded;   ///< for forward passes alone
    Program forward;  ///< the same, as quick as it goes here
    Program trained;  ///< for gradients and layers
    Anatomy anatomy;
    Complexity complexity;
    Conduct conduct;
    int channels = 3;
    Compute compute{Device::Cpu, Precision::Fp32};

    std::mutex mutex;
    std::map<std::vector<std::string>, Program> taps;
    std::map<std::string, Program> rewritten;
    std::optional<PlainAttention> differentiable;
    std::optional<Program> quick;
    std::optional<PlainAttention> plain;
    std::vector<std::unique_ptr<Network>> elsewhere;
    std::mutex measuring;
    std::map<Pass, std::int64_t> batches;

    /// Without operators that have no derivative.
    const PlainAttention& forGradients() {
        const std::scoped_lock lock(mutex);
        if (!differentiable) differentiable = writeOutAttention(trained, anatomy.shapes, false);
        return *differentiable;
    }

    /// The same where nothing else is rewritten, quicker to differentiate.
    const Program& quickForGradients() {
        const Program& base = forGradients().program;
        const std::scoped_lock lock(mutex);
        if (!quick) quick = withFrozenNorms(base);
        return *quick;
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
            found = rewritten.emplace(rewrite.name, rewrite.apply(base, repeated(x.detach().slice(0, 0, 1)))).first;
        return found->second;
    }

    /// One picture, as often as the network takes it at once.
    at::Tensor repeated(const at::Tensor& picture) const {
        return picture.expand({std::max<std::int64_t>(1, conduct.rows), -1, -1, -1});
    }

    static bool needsGradient(const at::Tensor& x) { return at::GradMode::is_enabled() && x.requires_grad(); }

    Program tapped(const std::vector<std::string>& layers, bool gradient) {
        const Program& base = gradient ? quickForGradients() : trained;
        std::vector<std::string> key = layers;
        key.emplace_back(gradient ? "gradient" : "");
        const std::scoped_lock lock(mutex);
        const auto known = taps.find(key);
        if (known != taps.end()) return known->second;
        std::vector<std::string> values;
        std::vector<std::int64_t> dimensions;
        for (const std::string& layer : layers) {
            const std::size_t index = indexOf(layer);
            values.push_back(anatomy.values[index]);
            dimensions.push_back(batchDimension(anatomy.layers[index]));
        }
        return taps[key] = conduct.rows > 1 ? base.withOutputsOfOne(values, dimensions, conduct.rows)
                                            : base.withOutputs(values);
    }

    std::size_t indexOf(const std::string& layer) const {
        for (std::size_t i = 0; i < anatomy.layers.size(); ++i)
            if (anatomy.layers[i].name == layer) return i;
        throw Error(ErrorKind::Usage, "There is no layer " + layer + " in the network.");
    }

    /// As the network's weights are: channels last where convolutions read it.
    at::Tensor entering(const at::Tensor& x) const {
        const at::Tensor moved = x.to(deviceOf(compute), typeOf(compute));
        return moved.size(1) > 1 ? moved.contiguous(at::MemoryFormat::ChannelsLast) : moved;
    }

    at::Tensor logitsOf(const std::vector<c10::IValue>& outputs, std::int64_t rows,
                        std::optional<OutputKind> kind = {}) const {
        return toLogits(scoreTable(outputs, conduct.table, rows), kind.value_or(conduct.output));
    }

    /// One pass; `taps` values follow the graph's own outputs, which are of this kind where it is not the network's
    /// own.
    Tapped pass(const Program& program, const at::Tensor& x, std::size_t taps_, std::optional<OutputKind> kind) const {
        const std::vector<c10::IValue> outputs = program.run(x);
        const auto own = outputs.begin() + static_cast<std::ptrdiff_t>(outputs.size() - taps_);
        Tapped result{logitsOf({outputs.begin(), own}, x.size(0), kind), {}};
        for (auto tap = own; tap != outputs.end(); ++tap) result.activations.push_back(tap->toTensor());
        return result;
    }

    /// All pictures at once, or one after the other where the network does not answer each as if it were alone. Of one
    /// picture the activations are those that its logits were computed from.
    Tapped run(const Program& program, const at::Tensor& x, std::size_t taps_ = 0,
               std::optional<OutputKind> kind = {}) const {
        if (conduct.rows == 0) return pass(program, x, taps_, kind);
        std::vector<at::Tensor> logits;
        std::vector<std::vector<at::Tensor>> activations(taps_);
        for (const at::Tensor& picture : x.split(1)) {
            Tapped one = pass(program, repeated(picture), taps_, kind);
            one.logits = one.logits.slice(0, 0, 1);
            if (x.size(0) == 1) return one;
            logits.push_back(one.logits);
            for (std::size_t i = 0; i < taps_; ++i) activations[i].push_back(one.activations[i]);
        }
        Tapped result{at::cat(logits), {}};
        for (const std::vector<at::Tensor>& rows : activations) result.activations.push_back(at::cat(rows));
        return result;
    }
};

Network::Network(torch::jit::Module module, const Expectation& expected, std::int64_t bytes, const std::string& origin)
    : impl_(std::make_unique<Impl>()) {
    module.eval();
    const at::NoGradGuard noGradients;
    try {
        open(std::move(module), expected);
        impl_->complexity.bytes = bytes;
    } catch (const Error& error) {
        const std::string text = error.what();
        throw Error(ErrorKind::Model, text.find(origin) == std::string::npos ? origin + ": " + text : text);
    } catch (const std::exception& error) {
        if (outOfMemory(error)) rethrowAsError(ErrorKind::Model, origin + " cannot be made ready to run");
        throw Error(ErrorKind::Model, origin + " cannot be made ready to run: " + reasonOf(error) +
                                          ". Export it again, in evaluation mode.");
    }
}

void Network::open(torch::jit::Module module, const Expectation& expected) {
    Repairs stored = weightsToFloat(module);
    Repairs inGraph;
    impl_->folded = freezeToProgram(module, BatchNorm::Folded, inGraph);
    impl_->trained = freezeToProgram(module, BatchNorm::Kept, inGraph);
    const std::size_t inputs = impl_->trained.graph().inputs().size() - 1;
    if (inputs != 1)
        throw Error(ErrorKind::Model,
                    "It is no image classifier: it takes " + std::to_string(inputs) + " inputs instead of one image.");
    const at::Tensor pictures = enter(expected);
    if (impl_->conduct.rows > 0) freeRows(expected, pictures);
    std::vector<std::string>& notes = impl_->conduct.notes;
    notes.insert(notes.begin(), inGraph.begin(), inGraph.end());
    notes.insert(notes.begin(), stored.begin(), stored.end());
    if (impl_->conduct.layout == TensorLayout::Nhwc) {
        impl_->folded = impl_->folded.channelsFirst();
        impl_->trained = impl_->trained.channelsFirst();
    }
    settleWeights({&impl_->folded, &impl_->trained});
    impl_->forward =
        forwardForm(impl_->folded, impl_->conduct.rows == 0 ? pictures : impl_->repeated(pictures.slice(0, 0, 1)));
    const at::Tensor one = pictures.slice(0, 0, 1);
    const at::Tensor many = impl_->repeated(one);
    impl_->anatomy = probe(impl_->trained, many, [&](const std::vector<c10::IValue>& outputs) {
        return scoreTable(outputs, impl_->conduct.table, many.size(0));
    });
    impl_->conduct.noGradient =
        whyNoGradient([&](const at::Tensor& x) { return logits(x); }, one, impl_->conduct.quantised, impl_->trained.graph());
    if (!impl_->conduct.noGradient.empty()) notes.push_back("It has no gradient: " + impl_->conduct.noGradient + ".");
    impl_->complexity = countOperators(impl_->trained, impl_->anatomy, many.size(0));
    impl_->complexity.parameters = countParameters(module, impl_->trained.graph());
}

at::Tensor Network::enter(const Expectation& expected) {
    std::exception_ptr failure;
    const int read = channelsRead(impl_->trained.graph()).value_or(expected.channels);
    // The first convolution may come after a transformation that makes other channels.
    for (const int channels : {read, expected.channels}) {
        if (failure && channels == read) break;
        checkMemoryFor(impl_->trained, channels, expected.height, expected.width);
        try {
            const at::Tensor pictures = unlikePictures(expected, channels);
            impl_->conduct = tryOut(impl_->folded, expected, pictures);
            impl_->channels = channels;
            return pictures;
        } catch (const Error&) {
            if (!failure) failure = std::current_exception();
        }
    }
    std::rethrow_exception(failure);
}

void Network::freeRows(const Expectation& expected, const at::Tensor& pictures) {
    const std::int64_t rows = impl_->conduct.rows;
    const auto runs = [&](Program (Program::*freed)(std::int64_t) const, std::int64_t wanted, const std::string& note) {
        try {
            const Program program = (impl_->folded.*freed)(rows);
            Conduct conduct = tryOut(program, expected, pictures);
            if (conduct.rows != wanted) return false;
            conduct.notes.push_back(note);
            impl_->trained = (impl_->trained.*freed)(rows);
            impl_->folded = program;
            impl_->conduct = std::move(conduct);
            return true;
        } catch (const std::exception&) {
            return false;  // as it was exported, it runs
        }
    };
    const std::string count = std::to_string(rows);
    // Each turn of a loop has layers of its own: those of the second picture say nothing of the first.
    if (!runs(&Program::withFreeRows, 0,
              "A batch of " + count + " was written into it when it was exported; it takes any number of pictures here.") && rows > 1)
        runs(&Program::withFirstOfLoop, 1, "A loop over " + count + " pictures was written into it when it was exported.");
}

Network::Network(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Network::~Network() = default;

at::Tensor Network::logits(const at::Tensor& x) const {
    const at::Tensor entering = impl_->entering(x);
    const Program& program = Impl::needsGradient(entering) ? impl_->quickForGradients() : impl_->forward;
    return impl_->run(program, entering).logits;
}

at::Tensor Network::logits(const at::Tensor& x, const Rewrite& rewrite) const {
    const at::Tensor entering = impl_->entering(x);
    const OutputKind own = impl_->conduct.output;
    return impl_
        ->run(impl_->rewrittenBy(rewrite, entering), entering, 0,
              rewrite.beforeActivation ? beforeActivation(own) : own)
        .logits;
}

Network::Rest Network::behind(const std::string& layer, const at::Tensor& x) const {
    const std::size_t index = impl_->indexOf(layer);
    const auto rest = std::make_shared<Continuation>(impl_->trained, impl_->anatomy.values[index], impl_->entering(x));
    const std::int64_t batch = batchDimension(impl_->anatomy.layers[index]);
    return [this, rest, batch](const at::Tensor& values) {
        const at::Tensor moved = values.to(typeOf(impl_->compute));
        const std::int64_t count = moved.size(batch);
        if (impl_->conduct.rows == 0) return impl_->logitsOf(rest->run(moved, count), count);
        std::vector<at::Tensor> logits;
        for (const at::Tensor& row : moved.split(1, batch)) {
            std::vector<std::int64_t> shape(static_cast<std::size_t>(row.dim()), -1);
            shape[static_cast<std::size_t>(batch)] = impl_->conduct.rows;
            const auto outputs = rest->run(row.expand(shape), impl_->conduct.rows);
            logits.push_back(impl_->logitsOf(outputs, impl_->conduct.rows).slice(0, 0, 1));
        }
        return at::cat(logits);
    };
}

at::Tensor Network::probabilities(const at::Tensor& logits) const {
    return toProbabilities(logits, impl_->conduct.output);
}

Network::Tapped Network::tap(const at::Tensor& x, const std::vector<std::string>& layers) const {
    const at::Tensor entering = impl_->entering(x);
    return impl_->run(impl_->tapped(layers, Impl::needsGradient(entering)), entering, layers.size());
}

Network::Tapped Network::attention(const at::Tensor& x) const {
    const at::Tensor entering = impl_->entering(x);
    const PlainAttention& plain = impl_->writtenOut();
    const std::int64_t rows = impl_->conduct.rows;
    const std::vector<std::int64_t> byRows(plain.matrices.size(), 0);
    return impl_->run(rows > 1 ? plain.program.withOutputsOfOne(plain.matrices, byRows, rows)
                               : plain.program.withOutputs(plain.matrices),
                      entering, plain.matrices.size());
}

const std::vector<LayerInfo>& Network::layers() const { return impl_->anatomy.layers; }

bool Network::hasSpatialLayer() const { return impl_->anatomy.hasSpatialLayer; }

const LayerInfo& Network::lastSpatialLayer() const {
    if (!impl_->anatomy.hasSpatialLayer)
        throw Error(ErrorKind::Run, "The network has no layer with a spatial grid: choose a method without a layer.");
    return impl_->anatomy.layers[impl_->anatomy.last];
}

const Complexity& Network::complexity() const { return impl_->complexity; }
int Network::classCount() const { return impl_->conduct.binary() ? 2 : impl_->conduct.columns; }
const Conduct& Network::conduct() const { return impl_->conduct; }
int Network::inputChannels() const { return impl_->channels; }

std::int64_t Network::batchSize(Pass pass) const {
    if (impl_->conduct.rows > 0) return 1;
    const std::scoped_lock lock(impl_->measuring);
    const auto known = impl_->batches.find(pass);
    if (known != impl_->batches.end()) return known->second;
    const bool gradient = pass == Pass::Gradient;
    const std::string expected = impl_->trained.graph().inputs().at(1)->debugName();
    const at::Tensor x = at::ones(impl_->anatomy.shapes.at(expected), options());
    const std::int64_t bytes = peakBytes([&] {
        const at::AutoGradMode differentiating(gradient);
        const at::Tensor input = x.detach().requires_grad_(gradient);
        // Not `forward`: what oneDNN holds in layouts of its own is not told of.
        const at::Tensor answers = gradient ? logits(input) : impl_->run(impl_->folded, impl_->entering(input)).logits;
        if (gradient) (void)torch::autograd::grad({answers.select(1, 0).sum()}, {input});
    });
    // Going back takes about twice the work of going forth.
    const std::int64_t macs = impl_->complexity.macs * (gradient ? 3 : 1);
    return impl_->batches[pass] = batchFor({bytes, macs});
}

std::vector<std::string> Network::weightedOperators() const { return discern::weightedOperators(impl_->trained); }

std::unique_ptr<Network> Network::withRandomWeights(std::size_t count, std::uint64_t seed) const {
    auto other = std::make_unique<Impl>();
    other->trained = discern::withRandomWeights(impl_->trained, count, seed);
    settleWeights({&other->trained});
    other->folded = other->trained;
    other->forward = other->trained;
    other->anatomy = impl_->anatomy;
    other->complexity = impl_->complexity;
    other->conduct = impl_->conduct;
    other->channels = impl_->channels;
    other->compute = impl_->compute;
    return std::unique_ptr<Network>(new Network(std::move(other)));
}

const Network& Network::on(Compute compute) const {
    compute = resolve(compute);
    if (compute == impl_->compute) return *this;
    const std::scoped_lock lock(impl_->mutex);
    for (const auto& other : impl_->elsewhere)
        if (other->impl_->compute == compute) return *other;
    auto moved = std::make_unique<Impl>();
    moved->folded = impl_->folded.on(deviceOf(compute), typeOf(compute));
    moved->trained = impl_->trained.on(deviceOf(compute), typeOf(compute));
    settleWeights({&moved->folded, &moved->trained});
    moved->forward = moved->folded;
    moved->anatomy = impl_->anatomy;
    moved->complexity = impl_->complexity;
    moved->conduct = impl_->conduct;
    moved->channels = impl_->channels;
    moved->compute = compute;
    impl_->elsewhere.push_back(std::unique_ptr<Network>(new Network(std::move(moved))));
    return *impl_->elsewhere.back();
}

at::TensorOptions Network::options() const {
    return at::TensorOptions().device(deviceOf(impl_->compute)).dtype(typeOf(impl_->compute));
}

}  // namespace discern
