#include "core/graph/packed_weights.h"

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>

namespace discern {
namespace {

/// The value that a graph reads; None where it is not known before the graph runs.
c10::IValue valueOf(const torch::jit::Value* value, const c10::IValue& self) {
    const torch::jit::Node* const node = value->node();
    if (node->kind() == c10::prim::Param) return value->offset() == 0 ? self : c10::IValue();
    if (node->kind() != c10::prim::GetAttr) return torch::jit::toIValue(value).value_or(c10::IValue());
    const c10::IValue owner = valueOf(node->input(0), self);
    return owner.isObject() ? owner.toObject()->getAttr(node->s(c10::attr::name)) : c10::IValue();
}

}  // namespace

std::optional<PackedWeights> unpacked(const c10::IValue& value) {
    if (!value.isObject() || value.toObject()->name().find("PackedParams") == std::string::npos) return std::nullopt;
    torch::jit::Function* const unpack = value.toObject()->type()->findMethod("unpack");
    if (!unpack) return std::nullopt;
    torch::jit::Stack stack{value};
    unpack->run(stack);
    if (stack.size() != 1 || !stack[0].isTuple()) return std::nullopt;
    const auto& parts = stack[0].toTupleRef().elements();
    if (parts.empty() || !parts[0].isTensor()) return std::nullopt;
    return PackedWeights{parts[0].toTensor(),
                         parts.size() > 1 && parts[1].isTensor() ? parts[1].toTensor() : at::Tensor()};
}

std::optional<PackedWeights> unpacked(const torch::jit::Value* value, const c10::IValue& self) {
    return unpacked(valueOf(value, self));
}

std::int64_t countPacked(const torch::jit::Module& module) {
    std::int64_t count = 0;
    for (const auto& part : module.modules())
        for (const c10::IValue& attribute : part._ivalue()->slots())
            if (const auto packed = unpacked(attribute))
                count += packed->weight.numel() + (packed->bias.defined() ? packed->bias.numel() : 0);
    return count;
}

}  // namespace discern
