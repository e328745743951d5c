#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/model/formats/onnx/onnx_graph.h"

namespace discern {

/// Why an operator cannot be computed; the graph that runs it adds which it is.
struct OnnxRefusal : Error {
    explicit OnnxRefusal(const std::string& reason) : Error(ErrorKind::Model, reason) {}
};

/// Lists of sizes in which the number of pictures stands, so that a graph that is traced takes any number.
class BatchSizes;

/// An operator together with the tensors that it is asked with.
class OnnxCall {
public:
    OnnxCall(const OnnxNode& node, std::int64_t opset, std::vector<at::Tensor> inputs, std::vector<bool> live,
             BatchSizes* sizes)
        : node_(node), opset_(opset), inputs_(std::move(inputs)), live_(std::move(live)), sizes_(sizes) {}

    [[nodiscard]] const std::string& op() const { return node_.op; }
    [[nodiscard]] std::int64_t opset() const { return opset_; }
    [[nodiscard]] std::size_t outputs() const { return node_.outputs.size(); }

    [[nodiscard]] std::size_t count() const { return inputs_.size(); }
    [[nodiscard]] bool has(std::size_t i) const { return i < inputs_.size() && inputs_[i].defined(); }
    /// Throws OnnxRefusal where it was left out.
    [[nodiscard]] const at::Tensor& in(std::size_t i) const;
    /// Undefined where it was left out.
    [[nodiscard]] at::Tensor optional(std::size_t i) const { return has(i) ? inputs_[i] : at::Tensor(); }
    /// What an input holds that tells sizes, axes or the like; it may not depend on the picture.
    [[nodiscard]] std::vector<std::int64_t> wholes(std::size_t i) const;
    [[nodiscard]] std::vector<double> numbers(std::size_t i) const;

    /// Throws OnnxRefusal where it states an attribute that is none of these: a newer version may have given it a
    /// meaning.
    void takes(const std::vector<std::string>& attributes) const;
    [[nodiscard]] bool states(const std::string& attribute) const { return node_.attributes.contains(attribute); }
    [[nodiscard]] std::int64_t whole(const std::string& attribute, std::optional<std::int64_t> otherwise = {}) const;
    [[nodiscard]] double number(const std::string& attribute, std::optional<double> otherwise = {}) const;
    [[nodiscard]] std::string text(const std::string& attribute, const std::string& otherwise) const;
    [[nodiscard]] std::vector<std::int64_t> list(const std::string& attribute,
                                                 std::vector<std::int64_t> otherwise = {}) const;
    [[nodiscard]] std::vector<double> numberList(const std::string& attribute) const;
    [[nodiscard]] at::Tensor tensor(const std::string& attribute) const;
    /// The attribute in older opsets, input `i` in newer ones; empty where neither is there.
    [[nodiscard]] std::optional<std::vector<std::int64_t>> listOrInput(const std::string& attribute,
                                                                       std::size_t i) const;

    /// These sizes as an argument named `argument` of the LibTorch operator that is called next. Throws OnnxRefusal
    /// where that would take more memory than any sensible network.
    [[nodiscard]] std::vector<std::int64_t> sizes(const char* argument, std::vector<std::int64_t> sizes) const;

private:
    const OnnxNode& node_;
    std::int64_t opset_;
    std::vector<at::Tensor> inputs_;
    std::vector<bool> live_;
    BatchSizes* sizes_;
};

/// Computes an operator's outputs by LibTorch's.
using OnnxOperator = std::vector<at::Tensor> (*)(const OnnxCall&);

/// -1 for the last of `dimensions`; throws OnnxRefusal where there is none of that number.
[[nodiscard]] std::int64_t axisOf(std::int64_t axis, std::int64_t dimensions);

/// Every dimension of `x` from one on, or all.
[[nodiscard]] std::vector<std::int64_t> axesFrom(const at::Tensor& x, std::int64_t first = 0);

/// Values laid along one of `dimensions`, for arithmetic with a tensor of so many; a single one stands for all.
[[nodiscard]] at::Tensor alongAxis(const at::Tensor& values, std::int64_t dimensions, std::int64_t axis);

/// Throws OnnxRefusal where a tensor of these sizes could not sensibly be meant.
void checkSizes(const std::vector<std::int64_t>& sizes);

}  // namespace discern
