#include "core/model/formats/exported/exported_call.h"

#include <spdlog/fmt/fmt.h>
#include <torch/csrc/jit/frontend/error_report.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/model/formats/exported/exported_arguments.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Operator;
using torch::jit::Value;

std::shared_ptr<Operator> operatorOf(const std::string& name, const std::string& overload) {
    const std::string wanted = overload == "default" ? "" : overload;
    for (const std::shared_ptr<Operator>& known :
         torch::jit::getAllOperatorsFor(c10::Symbol::fromQualString("aten::" + name)))
        if (known->schema().overload_name() == wanted) return known;
    throw ExportedRefusal("stands an operator that this LibTorch does not have: build Discern with a newer one");
}

/// What arguments of these names may amount to in a sensible network.
struct Most {
    double each;     ///< one number
    double product;  ///< of all of a list
};
const std::map<std::string, Most>& mostOf() {
    constexpr Most kValues = {0x1p28, 0x1p28};
    constexpr Most kPixels = {0x1p14, 0x1p24};
    constexpr Most kBorder = {0x1p10, 0x1p60};
    constexpr Most kScale = {0x1p6, 0x1p12};
    static const std::map<std::string, Most> all = {
        {"size", kValues},        {"sizes", kValues},  {"shape", kValues},          {"repeats", kValues},
        {"end", kValues},         {"steps", kValues},  {"n", kValues},              {"m", kValues},
        {"output_size", kPixels}, {"padding", kBorder}, {"pad", kBorder},           {"output_padding", kBorder},
        {"scales_h", kScale},     {"scales_w", kScale}, {"scale_factors", kScale},  {"upscale_factor", kScale}};
    return all;
}

std::vector<double> constantNumbers(const Value* value) {
    const auto constant = torch::jit::toIValue(value);
    if (!constant) return {};
    if (constant->isInt() || constant->isDouble()) return {constant->toScalar().toDouble()};
    std::vector<double> numbers;
    if (constant->isIntList())
        for (const std::int64_t number : constant->toIntVector()) numbers.push_back(static_cast<double>(number));
    if (constant->isDoubleList()) numbers = constant->toDoubleVector();
    return numbers;
}

/// Sizes that make a tensor larger than any sensible network has.
void checkSizes(const std::string& name, const Value* value) {
    const auto most = mostOf().find(name);
    if (most == mostOf().end()) return;
    double product = 1.0;
    for (const double number : constantNumbers(value)) {
        const double size = std::abs(number);
        if (size >= 0x1p62) continue;  // the largest number stands for the end of a dimension
        product *= std::max(1.0, size);
        if (size > most->second.each || product > most->second.product)
            throw ExportedRefusal(fmt::format("its {} of {:.0f} is more than any sensible network has", name,
                                              std::max(size, product)));
    }
}

std::vector<Value*> argumentsFor(Graph& graph, const c10::FunctionSchema& schema,
                                 const std::vector<ExportedArgument>& given, const NamedValues& values) {
    std::vector<Value*> arguments;
    std::size_t used = 0;
    for (const c10::Argument& wanted : schema.arguments()) {
        const auto found = std::ranges::find(given, wanted.name(), &ExportedArgument::name);
        if (found != given.end()) {
            arguments.push_back(valueOf(graph, *found, wanted, values));
            ++used;
        } else if (wanted.default_value()) {
            arguments.push_back(graph.insertConstant(*wanted.default_value()));
        } else {
            throw ExportedRefusal(fmt::format("lacks its argument {}", wanted.name()));
        }
        checkSizes(wanted.name(), arguments.back());
    }
    if (used == given.size()) return arguments;
    for (const ExportedArgument& one : given)
        if (!schema.argumentIndexWithName(one.name))
            throw ExportedRefusal(fmt::format(
                "takes an argument {}, which this LibTorch does not know: build Discern with a newer one", one.name));
    throw ExportedRefusal("is given an argument twice");
}

}  // namespace

std::vector<Value*> callOperator(Graph& graph, const std::string& name, const std::string& overload,
                                 const std::vector<ExportedArgument>& arguments, std::size_t wanted,
                                 const NamedValues& values) {
    const std::shared_ptr<Operator> known = operatorOf(name, overload);
    const c10::FunctionSchema& schema = known->schema();
    Node* const node = graph.create(c10::Symbol::fromQualString("aten::" + name),
                                    argumentsFor(graph, schema, arguments, values), 0);
    for (const c10::Argument& result : schema.returns()) node->addOutput()->setType(result.type());
    graph.insertNode(node);
    const Operator* const taken = node->maybeOperator();
    if (!taken || taken->schema().overload_name() != schema.overload_name())
        throw ExportedRefusal("its arguments are not those of its own form");
    if (schema.returns().size() != 1 || schema.returns()[0].type()->kind() != c10::TypeKind::ListType)
        return node->outputs().vec();
    if (wanted > 100'000) throw ExportedRefusal("it gives too many values");
    return graph.insertNode(graph.createListUnpack(node->output(), wanted))->outputs().vec();
}

Value* callSizeArithmetic(Graph& graph, const std::string& target, const std::vector<ExportedArgument>& arguments,
                          const NamedValues& values) {
    static const std::map<std::string, const char*> known = {
        {"_operator.add", "aten::add"},       {"_operator.sub", "aten::sub"},
        {"_operator.mul", "aten::mul"},       {"_operator.floordiv", "aten::floordiv"},
        {"_operator.truediv", "aten::div"},   {"_operator.mod", "aten::remainder"},
        {"_operator.pow", "aten::pow"},       {"_operator.neg", "aten::neg"},
        {"_operator.eq", "aten::eq"},         {"_operator.ne", "aten::ne"},
        {"_operator.lt", "aten::lt"},         {"_operator.le", "aten::le"},
        {"_operator.gt", "aten::gt"},         {"_operator.ge", "aten::ge"},
        {"_operator.and_", "aten::__and__"},  {"_operator.or_", "aten::__or__"},
        {"torch.sym_not", "aten::__not__"},   {"torch.sym_max", "prim::max"},
        {"torch.sym_min", "prim::min"},       {"torch.sym_float", "aten::Float"},
        {"torch.sym_int", "aten::Int"},       {"math.trunc", "aten::Int"},
        {"math.floor", "aten::floor"},        {"math.ceil", "aten::ceil"},
    };
    const auto found = known.find(target);
    if (found == known.end()) return nullptr;
    std::vector<torch::jit::NamedValue> numbers;
    for (const ExportedArgument& argument : arguments) {
        numbers.emplace_back(numberValueOf(graph, argument, values));
        checkSizes("size", numbers.back().value(graph));
    }
    try {
        return graph.insert(c10::Symbol::fromQualString(found->second), numbers);
    } catch (const torch::jit::ErrorReport&) {
        throw ExportedRefusal("its arguments are no numbers that it computes with");
    }
}

}  // namespace discern
