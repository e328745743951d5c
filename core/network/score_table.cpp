#include "core/network/score_table.h"

#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "core/error.h"

namespace discern {
namespace {

/// Calls `see` with the name and the value of every tensor, in order.
template <typename See>
void visit(const c10::IValue& value, const std::string& name, const See& see) {
    const auto inside = [&](const std::string& part) { return name.empty() ? part : name + "." + part; };
    if (value.isTensor()) {
        if (value.toTensor().defined()) see(name, value.toTensor());
    } else if (value.isTuple()) {
        const auto& elements = value.toTupleRef().elements();
        const auto& schema = value.toTupleRef().type()->schema();
        for (std::size_t i = 0; i < elements.size(); ++i)
            visit(elements[i], inside(schema ? schema->arguments()[i].name() : std::to_string(i)), see);
    } else if (value.isList()) {
        std::size_t i = 0;
        for (const c10::IValue& element : value.toListRef()) visit(element, inside(std::to_string(i++)), see);
    } else if (value.isGenericDict()) {
        for (const auto& entry : value.toGenericDict())
            visit(entry.value(),
                  inside(entry.key().isString() ? entry.key().toStringRef()
                                                : fmt::format("{}", entry.key().isInt() ? entry.key().toInt() : 0)),
                  see);
    }
}

template <typename See>
void visitAll(const std::vector<c10::IValue>& outputs, const See& see) {
    if (outputs.size() == 1) return visit(outputs[0], "", see);
    for (std::size_t i = 0; i < outputs.size(); ++i) visit(outputs[i], std::to_string(i), see);
}

/// rows x K; nothing where the tensor is no such table.
std::optional<at::Tensor> asTable(at::Tensor tensor, std::int64_t rows) {
    if (tensor.is_quantized()) tensor = tensor.dequantize();
    if (!tensor.is_floating_point() || tensor.numel() == 0) return std::nullopt;
    if (tensor.dim() == 0) tensor = tensor.reshape({1});
    if (tensor.dim() == 1) {
        if (rows == 1) return tensor.unsqueeze(0).to(at::kFloat);
        if (tensor.size(0) == rows) return tensor.unsqueeze(1).to(at::kFloat);
        return std::nullopt;
    }
    const auto rest = tensor.sizes().slice(1);
    const std::int64_t longest = *std::ranges::max_element(rest);
    if (tensor.size(0) != rows || longest * rows != tensor.numel()) return std::nullopt;
    return tensor.reshape({rows, longest}).to(at::kFloat);
}

std::string listed(const std::vector<ScoreTable>& tables) {
    std::vector<std::string> words;
    for (const ScoreTable& table : tables)
        words.push_back(fmt::format("{} ({})", table.name.empty() ? "(unnamed)" : table.name, table.values.size(1)));
    return fmt::format("{}", fmt::join(words, ", "));
}

/// The first of the names that authors give to the table of classes.
const ScoreTable* commonlyNamed(const std::vector<ScoreTable>& tables) {
    for (const char* word :
         {"logits", "out", "output", "outputs", "scores", "predictions", "pred", "probs", "probabilities"}) {
        const auto found = std::ranges::find(tables, word, &ScoreTable::name);
        if (found != tables.end()) return &*found;
    }
    return nullptr;
}

}  // namespace

std::vector<ScoreTable> scoreTables(const std::vector<c10::IValue>& outputs, std::int64_t rows) {
    std::vector<ScoreTable> tables;
    visitAll(outputs, [&](const std::string& name, const at::Tensor& tensor) {
        if (const auto table = asTable(tensor, rows)) tables.push_back({name, *table});
    });
    return tables;
}

TableChoice chooseTable(const std::vector<ScoreTable>& tables, const std::string& stated, std::int64_t labels) {
    const char* const remedy = "name one as output_name in its card";
    if (!stated.empty()) {
        if (std::ranges::find(tables, stated, &ScoreTable::name) != tables.end()) return {stated, {}};
        throw Error(ErrorKind::Model, fmt::format("Its card's output_name is {}, but its tables of scores are {}: {}.",
                                                  stated, listed(tables), remedy));
    }
    if (tables.size() == 1) return {tables[0].name, {}};
    std::vector<ScoreTable> fitting;
    for (const ScoreTable& table : tables)
        if (labels > 0 && table.values.size(1) == labels) fitting.push_back(table);
    if (fitting.size() == 1)
        return {fitting[0].name, fmt::format("Of its tables of scores ({}) {} is read: it has as many columns as its "
                                             "card has labels.",
                                             listed(tables), fitting[0].name)};
    if (const ScoreTable* named = commonlyNamed(fitting.empty() ? tables : fitting))
        return {named->name, fmt::format("Of its tables of scores ({}) {} is read, by its name; output_name in its "
                                         "card chooses another.",
                                         listed(tables), named->name)};
    throw Error(ErrorKind::Model, fmt::format("It gives {} tables of scores and nothing says which one names the "
                                              "classes: {}. Please {}.",
                                              tables.size(), listed(tables), remedy));
}

at::Tensor scoreTable(const std::vector<c10::IValue>& outputs, const std::string& name, std::int64_t rows) {
    for (ScoreTable& table : scoreTables(outputs, rows))
        if (table.name == name) return std::move(table.values);
    throw Error(ErrorKind::Run, fmt::format("The network gave {} for {} {}, not one row of scores a picture.",
                                            shapesInWords(outputs), rows, rows == 1 ? "picture" : "pictures"));
}

std::string shapesInWords(const std::vector<c10::IValue>& outputs) {
    std::vector<std::string> words;
    visitAll(outputs, [&](const std::string& /*name*/, const at::Tensor& tensor) {
        words.push_back(tensor.dim() == 0
                            ? "a single number"
                            : fmt::format("a tensor of {}{}", fmt::join(tensor.sizes(), " x "),
                                          at::isIntegralType(tensor.scalar_type(), true) ? " whole numbers" : ""));
    });
    return words.empty() ? "no tensor" : fmt::format("{}", fmt::join(words, " and "));
}

}  // namespace discern
