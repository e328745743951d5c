#include "core/model/formats/exported/exported_arguments.h"

#include <ATen/ATen.h>
#include <spdlog/fmt/fmt.h>
#include <torch/csrc/jit/ir/constants.h>

#include <algorithm>
#include <map>

#include "core/model/formats/exported/exported_json.h"
#include "core/model/formats/exported/exported_types.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Value;
using Json = nlohmann::json;

/// One argument on its way into the graph.
class Converter {
public:
    Converter(Graph& graph, const ExportedArgument& argument, c10::TypePtr wanted, std::int32_t length,
              const NamedValues& values)
        : graph_(graph), argument_(argument), wanted_(std::move(wanted)), length_(length), values_(values) {
        if (wanted_)
            if (const auto optional = wanted_->cast<c10::OptionalType>()) wanted_ = optional->getElementType();
    }

    [[nodiscard]] Value* value() const {
        static const std::map<std::string, Value* (Converter::*)() const> kinds = {
            {"as_none", &Converter::none},
            {"as_tensor", &Converter::named},
            {"as_tensors", &Converter::tensors},
            {"as_optional_tensor", &Converter::optionalTensor},
            {"as_optional_tensors", &Converter::tensors},
            {"as_int", &Converter::whole},
            {"as_float", &Converter::fraction},
            {"as_bool", &Converter::flag},
            {"as_string", &Converter::text},
            {"as_ints", &Converter::wholes},
            {"as_floats", &Converter::fractions},
            {"as_bools", &Converter::flags},
            {"as_sym_int", &Converter::symbol},
            {"as_sym_float", &Converter::symbol},
            {"as_sym_bool", &Converter::symbol},
            {"as_sym_ints", &Converter::symbols},
            {"as_scalar_type", &Converter::scalarType},
            {"as_memory_format", &Converter::memoryFormat},
            {"as_layout", &Converter::layout},
            {"as_device", &Converter::device},
        };
        const auto kind = kinds.find(argument_.kind);
        if (kind == kinds.end())
            throw ExportedRefusal(fmt::format("takes an argument {} of a kind that Discern does not know ({})",
                                              argument_.name, argument_.kind));
        return (this->*kind->second)();
    }

private:
    [[nodiscard]] const Json& given() const { return argument_.value; }
    [[nodiscard]] const char* name() const { return argument_.name.c_str(); }
    [[nodiscard]] bool wants(c10::TypeKind kind) const { return wanted_ && wanted_->kind() == kind; }
    [[nodiscard]] bool wantsListOf(c10::TypeKind kind) const {
        const auto list = wanted_ ? wanted_->cast<c10::ListType>() : nullptr;
        return list && list->getElementType()->kind() == kind;
    }
    Value* constant(const c10::IValue& value) const { return graph_.insertConstant(value); }

    Value* none() const { return constant(c10::IValue()); }
    Value* named() const { return values_(textOf(field(given(), "name"), name())); }

    Value* optionalTensor() const { return entry(given()); }
    Value* entry(const Json& choice) const {
        if (const auto plain = choice.find("name"); choice.is_object() && plain != choice.end())
            return values_(textOf(*plain, name()));
        const auto one = choiceOf(choice, name());
        return one.key() == "as_none" ? none() : values_(textOf(field(*one, "name"), name()));
    }
    Value* tensors() const {
        const auto list = wanted_ ? wanted_->cast<c10::ListType>() : nullptr;
        std::vector<Value*> entries;
        for (const Json& one : listOf(given(), name())) entries.push_back(entry(one));
        const c10::TypePtr element = list ? list->getElementType() : c10::TypePtr(c10::TensorType::get());
        for (const Value* one : entries)
            if (!one->type()->isSubtypeOf(*element)) refuse();
        return graph_.insertNode(graph_.createList(element, entries))->output();
    }

    Value* whole() const {
        const std::int64_t number = wholeOf(given(), name());
        if (wants(c10::TypeKind::FloatType)) return constant(static_cast<double>(number));
        if (wants(c10::TypeKind::TensorType)) return constant(at::scalar_tensor(number, at::kLong));
        if (wantsListOf(c10::TypeKind::IntType) && length_ > 0)
            return constant(std::vector<std::int64_t>(static_cast<std::size_t>(length_), number));
        return constant(number);
    }
    /// As Python's numbers meet tensors: 0 dimensions, so that the tensor's type stays.
    Value* fraction() const {
        const double number = numberOf(given(), name());
        if (wants(c10::TypeKind::TensorType)) return constant(at::scalar_tensor(number, at::kFloat));
        return constant(number);
    }
    Value* flag() const {
        const bool value = flagOf(given(), name());
        if (wants(c10::TypeKind::NumberType)) return constant(std::int64_t{value});
        if (wants(c10::TypeKind::TensorType)) return constant(at::scalar_tensor(value, at::kBool));
        return constant(value);
    }
    Value* text() const { return constant(textOf(given(), name())); }

    Value* wholes() const {
        if (wantsListOf(c10::TypeKind::FloatType)) return fractions();
        std::vector<std::int64_t> numbers;
        for (const Json& one : listOf(given(), name())) numbers.push_back(wholeOf(one, name()));
        return constant(numbers);
    }
    Value* fractions() const {
        std::vector<double> numbers;
        for (const Json& one : listOf(given(), name())) numbers.push_back(numberOf(one, name()));
        return constant(numbers);
    }
    Value* flags() const {
        c10::List<bool> flags;
        for (const Json& one : listOf(given(), name())) flags.push_back(flagOf(one, name()));
        return constant(flags);
    }

    /// {"as_name": "sym_size_int"} or {"as_int": 3}
    Value* symbolIn(const Json& choice) const {
        const auto one = choiceOf(choice, name());
        if (one.key() == "as_name") return values_(textOf(*one, name()));
        if (one.key() == "as_int") return constant(wholeOf(*one, name()));
        if (one.key() == "as_bool") return constant(flagOf(*one, name()));
        return constant(numberOf(*one, name()));
    }
    Value* symbol() const { return symbolIn(given()); }
    Value* symbols() const {
        const Json& list = listOf(given(), name());
        std::vector<std::int64_t> fixed;
        for (const Json& one : list) {
            const auto choice = choiceOf(one, name());
            if (choice.key() == "as_int") fixed.push_back(wholeOf(*choice, name()));
        }
        if (fixed.size() == list.size()) return constant(fixed);
        std::vector<Value*> entries;
        for (const Json& one : list) entries.push_back(symbolIn(one));
        for (const Value* one : entries)
            if (one->type()->kind() != c10::TypeKind::IntType) refuse();
        return graph_.insertNode(graph_.createList(c10::IntType::get(), entries))->output();
    }

    Value* scalarType() const { return numbered(exportedType(wholeOf(given(), name()))); }
    Value* memoryFormat() const { return numbered(exportedMemoryFormat(wholeOf(given(), name()))); }
    Value* layout() const { return numbered(exportedLayout(wholeOf(given(), name()))); }
    template <typename T>
    Value* numbered(const std::optional<T>& known) const {
        if (!known)
            throw ExportedRefusal(fmt::format("wants {} {}, which Discern does not compute with", argument_.name,
                                              wholeOf(given(), name())));
        return constant(static_cast<std::int64_t>(*known));
    }
    /// Wherever the network was exported, it starts on the CPU.
    Value* device() const { return constant(at::Device(at::kCPU)); }

    [[noreturn]] void refuse() const {
        throw ExportedRefusal(fmt::format("is given another kind of values as {} than it takes", argument_.name));
    }

    Graph& graph_;
    const ExportedArgument& argument_;
    c10::TypePtr wanted_;
    std::int32_t length_;
    const NamedValues& values_;
};

}  // namespace

Value* valueOf(Graph& graph, const ExportedArgument& argument, const c10::Argument& wanted, const NamedValues& values) {
    Value* value = Converter(graph, argument, wanted.type(), wanted.N().value_or(0), values).value();
    const bool number = value->type()->isSubtypeOf(*c10::NumberType::get());
    if (number && c10::TensorType::get()->isSubtypeOf(*wanted.type()))
        value = graph.insert(c10::prim::NumToTensor, {value});
    else if (value->type()->kind() == c10::TypeKind::IntType && c10::FloatType::get()->isSubtypeOf(*wanted.type()) &&
             !value->type()->isSubtypeOf(*wanted.type()))
        value = graph.insert(c10::aten::Float, {value});
    if (value->type()->isSubtypeOf(*wanted.type())) return value;
    throw ExportedRefusal(fmt::format("is given {} as {}, and takes {}", value->type()->repr_str(), argument.name,
                                      wanted.type()->repr_str()));
}

Value* numberValueOf(Graph& graph, const ExportedArgument& argument, const NamedValues& values) {
    return Converter(graph, argument, nullptr, 0, values).value();
}

}  // namespace discern
