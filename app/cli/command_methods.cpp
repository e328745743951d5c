#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/parameter_words.h"
#include "core/explain/method_words.h"
#include "core/explain/methods_document.h"

namespace discern {

namespace {

using nlohmann::json;

json toJson(const Method& method) {
    json parameters = json::array();
    for (const Parameter& parameter : method.parameters) {
        parameters.push_back(parameterRecord(parameter));
    }
    return {{"name", method.name},         {"title", method.title},     {"family", word(method.family)},
            {"tells", method.tells},       {"limits", method.limits},   {"source", method.source},
            {"score", word(method.score)}, {"layer", method.usesLayer}, {"parameters", parameters}};
}

void print(const Method& method, Console& console) {
    console.print(fmt::format("{}  {}, {}", method.name, method.title, word(method.family)));
    console.print("    " + method.tells);
    console.print("    " + method.limits);
    console.print(fmt::format("    Explains the {}{}. Source: {}", word(method.score),
                              method.usesLayer ? " at a layer (--layer)" : "", method.source));
    for (const Parameter& parameter : method.parameters) {
        console.print(parameterInWords(parameter));
    }
    console.print();
}

void list(Console& console) {
    json all = json::array();
    for (const Method& method : methods()) {
        print(method, console);
        all.push_back(toJson(method));
    }
    console.printJson(all);
}

void printMarkdown(Console& console) {
    std::string document = methodsDocument();
    document.pop_back();  // print() ends the last line
    console.print(document);
}

CommandRun declare(CLI::App& app) {
    const auto markdown = std::make_shared<bool>(false);
    app.add_flag("--markdown", *markdown, "Print docs/methods.md");
    return [markdown](Console& console) { *markdown && !console.json ? printMarkdown(console) : list(console); };
}

}  // namespace

Command methodsCommand() {
    return {"methods", "List the explanation methods with their parameters, defaults and sources", &declare};
}

}  // namespace discern
