#include "core/model/formats/onnx/onnx_call.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <numeric>

#include "core/model/formats/onnx/batch_sizes.h"

namespace discern {
namespace {

constexpr std::int64_t kMostValues = std::int64_t{1} << 28;

template <class T>
const T* find(const OnnxNode& node, const std::string& attribute) {
    const auto found = node.attributes.find(attribute);
    if (found == node.attributes.end()) return nullptr;
    const T* value = std::get_if<T>(&found->second);
    if (!value) throw OnnxRefusal(fmt::format("its attribute {} is of the wrong kind", attribute));
    return value;
}

template <class T>
T valueOf(const OnnxNode& node, const std::string& attribute, const std::optional<T>& otherwise) {
    if (const T* value = find<T>(node, attribute)) return *value;
    if (!otherwise) throw OnnxRefusal(fmt::format("it lacks its attribute {}", attribute));
    return *otherwise;
}

}  // namespace

const at::Tensor& OnnxCall::in(std::size_t i) const {
    if (!has(i)) throw OnnxRefusal(fmt::format("its input {} is left out", i + 1));
    return inputs_[i];
}

std::vector<std::int64_t> OnnxCall::wholes(std::size_t i) const {
    const at::Tensor& values = in(i);
    if (live_[i] && sizes_) throw OnnxRefusal("a size or an index in it depends on what the picture shows");
    checkSizes(values.sizes().vec());
    const at::Tensor plain = values.to(at::kLong).contiguous();
    return {plain.const_data_ptr<std::int64_t>(), plain.const_data_ptr<std::int64_t>() + plain.numel()};
}

std::vector<double> OnnxCall::numbers(std::size_t i) const {
    const at::Tensor& values = in(i);
    if (live_[i] && sizes_) throw OnnxRefusal("a number in it that must be known depends on what the picture shows");
    const at::Tensor plain = values.to(at::kDouble).contiguous();
    return {plain.const_data_ptr<double>(), plain.const_data_ptr<double>() + plain.numel()};
}

void OnnxCall::takes(const std::vector<std::string>& attributes) const {
    for (const auto& [name, value] : node_.attributes)
        if (std::ranges::find(attributes, name) == attributes.end())
            throw OnnxRefusal(fmt::format("stands the attribute {}, which Discern does not know", name));
}

std::int64_t OnnxCall::whole(const std::string& attribute, std::optional<std::int64_t> otherwise) const {
    return valueOf<std::int64_t>(node_, attribute, otherwise);
}

double OnnxCall::number(const std::string& attribute, std::optional<double> otherwise) const {
    return valueOf<double>(node_, attribute, otherwise);
}

std::string OnnxCall::text(const std::string& attribute, const std::string& otherwise) const {
    return valueOf<std::string>(node_, attribute, otherwise);
}

std::vector<std::int64_t> OnnxCall::list(const std::string& attribute, std::vector<std::int64_t> otherwise) const {
    return valueOf<std::vector<std::int64_t>>(node_, attribute, std::move(otherwise));
}

std::vector<double> OnnxCall::numberList(const std::string& attribute) const {
    return valueOf<std::vector<double>>(node_, attribute, std::vector<double>());
}

at::Tensor OnnxCall::tensor(const std::string& attribute) const { return valueOf<at::Tensor>(node_, attribute, {}); }

std::optional<std::vector<std::int64_t>> OnnxCall::listOrInput(const std::string& attribute, std::size_t i) const {
    if (states(attribute)) return list(attribute);
    if (has(i)) return wholes(i);
    return std::nullopt;
}

std::vector<std::int64_t> OnnxCall::sizes(const char* argument, std::vector<std::int64_t> sizes) const {
    checkSizes(sizes);
    if (sizes_) sizes_->tell(argument, sizes);
    return sizes;
}

std::int64_t axisOf(std::int64_t axis, std::int64_t dimensions) {
    const std::int64_t own = axis < 0 ? axis + dimensions : axis;
    if (own < 0 || own >= std::max<std::int64_t>(dimensions, 1))
        throw OnnxRefusal(fmt::format("its axis {} does not exist in {} dimensions", axis, dimensions));
    return own;
}

std::vector<std::int64_t> axesFrom(const at::Tensor& x, std::int64_t first) {
    std::vector<std::int64_t> axes(static_cast<std::size_t>(std::max<std::int64_t>(0, x.dim() - first)));
    std::iota(axes.begin(), axes.end(), first);
    return axes;
}

at::Tensor alongAxis(const at::Tensor& values, std::int64_t dimensions, std::int64_t axis) {
    std::vector<std::int64_t> shape(static_cast<std::size_t>(dimensions), 1);
    if (values.numel() > 1) shape[static_cast<std::size_t>(axis)] = -1;
    return values.reshape(shape);
}

void checkSizes(const std::vector<std::int64_t>& sizes) {
    double count = 1.0;
    for (const std::int64_t size : sizes) count *= static_cast<double>(std::max<std::int64_t>(1, size));
    if (count > static_cast<double>(kMostValues))
        throw OnnxRefusal(fmt::format("a tensor of {:.0f} values in it is more than Discern takes", count));
}

}  // namespace discern
