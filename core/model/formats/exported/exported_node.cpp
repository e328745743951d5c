#include "core/model/formats/exported/exported_node.h"

#include "core/model/formats/exported/exported_json.h"

namespace discern {
namespace {

/// "L__self__,,net.Net;L__self__blocks.0,blocks.0,net.Block" -> "blocks.0": a key, a path and a class for each module.
std::string scopeOf(const nlohmann::json& metadata) {
    const auto stack = metadata.find("nn_module_stack");
    if (!metadata.is_object() || stack == metadata.end() || !stack->is_string()) return {};
    const std::string whole = stack->get<std::string>();
    const std::string last = whole.substr(whole.rfind(';') + 1);
    const std::size_t begin = last.find(',');
    if (begin == std::string::npos || last.starts_with("_empty_nn_module_stack")) return {};
    const std::string path = last.substr(begin + 1, last.find(',', begin + 1) - begin - 1);
    return path.substr(0, path.find('@'));  // "@1" marks a second call
}

}  // namespace

ExportedArgument readExportedArgument(const nlohmann::json& value, std::string name) {
    const auto choice = choiceOf(value, "arg");
    return {std::move(name), choice.key(), *choice};
}

ExportedNode readExportedNode(const nlohmann::json& node) {
    ExportedNode read;
    read.target = textOf(field(node, "target"), "target");
    read.scope = scopeOf(field(node, "metadata"));
    for (const nlohmann::json& input : listOf(field(node, "inputs"), "inputs"))
        read.inputs.push_back(readExportedArgument(field(input, "arg"), textOf(field(input, "name"), "name")));
    for (const nlohmann::json& output : listOf(field(node, "outputs"), "outputs"))
        read.outputs.push_back(readExportedArgument(output));
    const auto name = node.find("name");
    if (name != node.end() && name->is_string()) read.name = name->get<std::string>();
    return read;
}

}  // namespace discern
