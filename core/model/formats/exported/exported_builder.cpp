#include "core/model/formats/exported/exported_builder.h"

#include <spdlog/fmt/fmt.h>
#include <torch/csrc/jit/ir/constants.h>

#include <algorithm>
#include <iterator>

#include "core/error.h"
#include "core/model/formats/exported/exported_call.h"
#include "core/model/formats/exported/exported_json.h"
#include "core/model/formats/exported/exported_node.h"
#include "core/model/formats/exported/exported_operators.h"
#include "core/model/formats/graph_module.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Value;

constexpr int kDeepestAnswer = 16;

class Builder {
public:
    Builder(const ExportedProgram& program, std::string file) : program_(program), file_(std::move(file)) {}

    [[nodiscard]] torch::jit::Module module() {
        torch::jit::Module module("exported");
        self_ = graph_->addInput("self");
        for (const auto& [name, weight] : program_.weights) {
            const std::string attribute = "weight_" + std::to_string(attributes_.size());
            if (weight.parameter)
                module.register_parameter(attribute, weight.values, false);
            else
                module.register_buffer(attribute, weight.values);
            attributes_[name] = attribute;
        }
        self_->setType(module._ivalue()->type());
        // It enters as floating-point numbers whatever the example was, as in a TorchScript file.
        values_[program_.inputs[0].name] = graph_->addInput("x");
        for (const ExportedNode& node : program_.nodes) add(node);
        graph_->registerOutput(answer());
        setForward(module, graph_);
        return module;
    }

private:
    void add(ExportedNode node) {
        const std::string target = node.target;
        const auto refuse = [&](const std::string& why) {
            throw Error(ErrorKind::Model, fmt::format("{} cannot be computed here: at {} (node {}) {}.", file_, target,
                                                      node.name, why));
        };
        try {
            restoreOperator(node);
            keep(node, results(node));
        } catch (const ExportedRefusal& refusal) {
            refuse(refusal.what());
        } catch (const ExportedDamage& damage) {
            refuse(damage.what());
        } catch (const Error&) {
            throw;
        } catch (const std::exception& error) {
            if (outOfMemory(error)) rethrowAsError(ErrorKind::Model, file_ + " cannot be opened");
            refuse("LibTorch says: " + reasonOf(error));
        }
    }

    [[nodiscard]] std::vector<Value*> results(const ExportedNode& node) {
        const NamedValues values = [this](const std::string& name) { return named(name); };
        const ExportedOperator op = operatorOfTarget(node.target);
        if (onlyAsserts(op)) return {};
        if (op.library == "higher_order" && runsInside(op.name)) return inside(node);
        torch::jit::Node* const last = graph_->return_node()->prev();
        std::vector<Value*> results;
        if (op.library == "aten" && isKnownOperator(op.name))
            results = callOperator(*graph_, op.name, op.overload, node.inputs, wantedOf(node), values);
        else if (Value* const number = callSizeArithmetic(*graph_, node.target, node.inputs, values))
            results = {number};
        else
            throw ExportedRefusal(
                "stands an operator that Discern does not know: export the network with others, or as TorchScript");
        const auto scope = c10::make_intrusive<torch::jit::Scope>()->push(c10::Symbol::scope(node.scope));
        if (!node.scope.empty())
            for (torch::jit::Node* own = graph_->return_node()->prev(); own != last; own = own->prev())
                own->setScope(scope);
        return results;
    }

    /// Graphs that are run with gradients or precision set otherwise, which Discern sets itself.
    static bool runsInside(const std::string& name) {
        return name == "wrap_with_set_grad_enabled" || name == "wrap_with_autocast";
    }

    /// The results of a node that runs a graph of its own, with values of its own.
    [[nodiscard]] std::vector<Value*> inside(const ExportedNode& node) {
        const auto own = std::ranges::find(node.inputs, "as_graph", &ExportedArgument::kind);
        if (own == node.inputs.end()) throw ExportedRefusal("it lacks its graph");
        const nlohmann::json& graph = field(own->value, "graph");
        const nlohmann::json& names = listOf(field(graph, "inputs"), "inputs");
        if (std::distance(own, node.inputs.end()) - 1 != std::ssize(names))
            throw ExportedRefusal("its graph takes another number of values than it is given");
        std::map<std::string, Value*> entering;
        auto given = std::next(own);
        for (const nlohmann::json& name : names) entering[nameOf(readExportedArgument(name))] = named(nameOf(*given++));
        std::swap(values_, entering);
        for (const nlohmann::json& inner : listOf(field(graph, "nodes"), "nodes")) add(readExportedNode(inner));
        std::vector<Value*> results;
        for (const nlohmann::json& output : listOf(field(graph, "outputs"), "outputs"))
            results.push_back(named(nameOf(readExportedArgument(output))));
        std::swap(values_, entering);
        return results;
    }

    /// What a tensor or a size is called.
    static std::string nameOf(const ExportedArgument& argument) {
        const char* const called = argument.kind == "as_tensor" ? "name" : "as_name";
        return textOf(field(argument.value, called), called);
    }

    /// How many names it has for the elements of a list.
    static std::size_t wantedOf(const ExportedNode& node) {
        return node.outputs.size() == 1 && node.outputs[0].value.is_array() ? node.outputs[0].value.size() : 0;
    }

    /// Calls the results by the node's names for them.
    void keep(const ExportedNode& node, const std::vector<Value*>& results) {
        std::vector<std::string> names;
        for (const ExportedArgument& output : node.outputs) {
            if (output.kind == "as_none") names.emplace_back();
            else if (output.kind == "as_tensor" || output.kind.starts_with("as_sym_")) names.push_back(nameOf(output));
            else if (output.kind == "as_tensors")
                for (const nlohmann::json& one : output.value) names.push_back(textOf(field(one, "name"), "name"));
            else
                throw ExportedRefusal(fmt::format("gives values of a kind that Discern does not know ({})", output.kind));
        }
        if (results.empty()) return;  // an assertion
        if (names.size() > results.size()) throw ExportedRefusal("gives more values than its operator has");
        for (std::size_t i = 0; i < names.size(); ++i)
            if (!names[i].empty() && !values_.emplace(names[i], results[i]).second)
                throw ExportedRefusal(fmt::format("gives {}, which stands for another value already", names[i]));
    }

    [[nodiscard]] Value* named(const std::string& name) {
        if (const auto known = values_.find(name); known != values_.end()) return known->second;
        const auto attribute = attributes_.find(name);
        if (attribute == attributes_.end())
            throw ExportedRefusal(fmt::format("its input {} is computed nowhere before it", name));
        Value* const weight = graph_->insertGetAttr(self_, attribute->second);
        return values_[name] = weight;
    }

    /// One table as it is; several by name, or in order where forward() gives them none.
    [[nodiscard]] Value* answer() {
        std::vector<std::string> names;
        nameLeaves(program_.outputTree, "", 0, names);
        std::vector<Value*> tables;
        std::vector<std::string> called;
        for (std::size_t i = 0; i < program_.outputs.size(); ++i) {
            if (program_.outputs[i].kind != "as_tensor") continue;
            tables.push_back(output(nameOf(program_.outputs[i])));
            called.push_back(i < names.size() ? names[i] : "");
        }
        if (tables.empty())
            throw Error(ErrorKind::Model, file_ + " gives no answer: it is damaged; export or copy it again.");
        if (tables.size() == 1 && called[0].empty()) return tables[0];
        if (!inDictionary_) return graph_->insertNode(graph_->createTuple(tables))->output();
        std::vector<Value*> keys;
        for (const std::string& name : called) keys.push_back(graph_->insertConstant(name));
        return graph_->insertNode(graph_->createDict(c10::StringType::get(), c10::TensorType::get(), keys, tables))
            ->output();
    }

    [[nodiscard]] Value* output(const std::string& name) {
        const auto known = values_.find(name);
        if (known == values_.end() || known->second->type()->kind() != c10::TypeKind::TensorType)
            throw Error(ErrorKind::Model, fmt::format("{} is damaged: its output {} is computed nowhere; export it again.",
                                                      file_, name));
        return known->second;
    }

    /// The path to each value in what forward() returns: keys of dictionaries, places in tuples and lists, joined by dots.
    void nameLeaves(const nlohmann::json& tree, const std::string& path, int depth, std::vector<std::string>& names) {
        const bool leaf = !tree.is_object() || tree.value("type", nlohmann::json()).is_null();
        if (leaf || depth > kDeepestAnswer) {
            names.push_back(path);
            return;
        }
        const nlohmann::json context = tree.value("context", nlohmann::json());
        const nlohmann::json keys =
            context.is_string() ? nlohmann::json::parse(context.get<std::string>(), nullptr, false) : nlohmann::json();
        const nlohmann::json children = tree.value("children_spec", nlohmann::json::array());
        for (std::size_t i = 0; i < children.size(); ++i) {
            const bool keyed = keys.is_array() && keys.size() == children.size() && keys[i].is_string();
            inDictionary_ = inDictionary_ || keyed;
            const std::string part = keyed ? keys[i].get<std::string>() : std::to_string(i);
            nameLeaves(children[i], path.empty() ? part : path + "." + part, depth + 1, names);
        }
    }

    const ExportedProgram& program_;
    std::string file_;
    std::shared_ptr<Graph> graph_ = std::make_shared<Graph>();
    Value* self_ = nullptr;
    std::map<std::string, std::string> attributes_;
    std::map<std::string, Value*> values_;
    bool inDictionary_ = false;
};

}  // namespace

torch::jit::Module moduleOf(const ExportedProgram& program, const std::string& file) {
    return Builder(program, file).module();
}

}  // namespace discern
