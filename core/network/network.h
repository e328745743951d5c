#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/network/conduct.h"
#include "core/network/layer_info.h"
#include "core/run/compute.h"

namespace torch::jit {
struct Module;
}

namespace discern {

class Program;

/// The frozen, inlined graph of a classifier, run by TorchScript's interpreter; thread-safe.
class Network {
public:
    /// Freezes the module and tries it with an input of the expected size. `origin` names the file for messages.
    /// Throws Error(Model) where it is no classifier.
    Network(torch::jit::Module module, const Expectation& expected, std::int64_t bytes, const std::string& origin);
    ~Network();

    /// x: N,C,H,W normalised, on any device and of any floating type. Returns N,classes in float32: logits, whatever
    /// the output kind is. Differentiable where x requires a gradient.
    [[nodiscard]] at::Tensor logits(const at::Tensor& x) const;
    /// N,classes, 0..1: softmax or sigmoid as the output kind says.
    [[nodiscard]] at::Tensor probabilities(const at::Tensor& logits) const;

    /// A change to the graph that leaves its answers as they are, but not what is passed back through it.
    struct Rewrite {
        std::string name;  ///< under which the changed graph is kept
        std::function<Program(const Program&, const at::Tensor& example)> apply;  ///< example: 1,C,H,W
        bool beforeActivation = false;  ///< the changed graph answers with logits where the network has probabilities
    };
    [[nodiscard]] at::Tensor logits(const at::Tensor& x, const Rewrite& rewrite) const;

    /// Logits (N,classes) from values put in a layer's place: those of N pictures, batched as the layer is (L,N,C where
    /// it is sequence first). What reaches the logits past the layer is as for the image x, 1,C,H,W. Not
    /// differentiable.
    using Rest = std::function<at::Tensor(const at::Tensor& values)>;
    [[nodiscard]] Rest behind(const std::string& layer, const at::Tensor& x) const;

    /// The logits together with the values at some layers, in the order asked for, all in one differentiable pass.
    struct Tapped {
        at::Tensor logits;
        std::vector<at::Tensor> activations;
    };
    [[nodiscard]] Tapped tap(const at::Tensor& x, const std::vector<std::string>& layers) const;

    /// Attention matrices of every block, N,heads,tokens,tokens or N heads,tokens,tokens each, first block first; empty
    /// where the network has none. Fused attention is rewritten into plain operators for this.
    [[nodiscard]] Tapped attention(const at::Tensor& x) const;

    [[nodiscard]] const std::vector<LayerInfo>& layers() const;
    [[nodiscard]] bool hasSpatialLayer() const;
    /// What `last` means (last_layer.h). Throws Error(Run) where no layer has a spatial grid.
    [[nodiscard]] const LayerInfo& lastSpatialLayer() const;
    [[nodiscard]] const Complexity& complexity() const;
    [[nodiscard]] int classCount() const;
    [[nodiscard]] const Conduct& conduct() const;
    [[nodiscard]] int inputChannels() const;  ///< of its first convolution; the expected ones where it has none

    /// What a batch is for: answers alone, or their gradients too.
    enum class Pass { Forward, Gradient };
    /// How many images of the expected size should go through at once, as batch.h says; 1 where it takes
    /// them one after the other anyway. Measured on the first call.
    [[nodiscard]] std::int64_t batchSize(Pass pass) const;

    /// The same network on another device or in another precision, made once and kept.
    [[nodiscard]] const Network& on(Compute compute) const;
    [[nodiscard]] at::TensorOptions options() const;  ///< device and type of its weights

    /// How many operators read weights (core/graph/random_weights.h), and what they are called, in the order of
    /// computation.
    [[nodiscard]] std::vector<std::string> weightedOperators() const;
    /// The same network, where it runs, with random weights in the last `count` of these operators. Of the same layers;
    /// its answers are not folded or packed, so slower.
    [[nodiscard]] std::unique_ptr<Network> withRandomWeights(std::size_t count, std::uint64_t seed) const;

private:
    struct Impl;
    explicit Network(std::unique_ptr<Impl> impl);
    void open(torch::jit::Module module, const Expectation& expected);
    /// Tries it with as many channels as it seems to read. Returns two pictures that it takes.
    at::Tensor enter(const Expectation& expected);
    void freeRows(const Expectation& expected, const at::Tensor& pictures);
    std::unique_ptr<Impl> impl_;
};

}  // namespace discern
