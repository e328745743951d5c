#include "core/model/formats/exported/exported_reader.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/model/formats/archive.h"
#include "core/model/formats/exported/exported_json.h"
#include "core/model/formats/exported/exported_node.h"
#include "core/model/formats/exported/exported_weights.h"

namespace discern {
namespace {

constexpr std::int64_t kSchema = 8;                          ///< of PyTorch 2.11 to 2.15
constexpr std::uint64_t kMostText = std::uint64_t{1} << 27;  ///< bytes of a graph's JSON
constexpr std::size_t kMostNodes = 100'000;
const char* const kEarlier = "serialized_exported_program.json";  ///< up to PyTorch 2.7

const std::string& nameOf(const nlohmann::json& tensor) { return textOf(field(tensor, "name"), "name"); }

/// Of a program that is open: where its parts lie, and the parts.
class Reader {
public:
    Reader(const std::filesystem::path& path, const Archive& archive)
        : file_(path.filename().string()), archive_(archive) {}

    [[nodiscard]] ExportedProgram program() {
        root_ = rootOf();
        const std::string model = modelName();
        if (has("data/weights/" + model + ".pt"))
            throw Error(ErrorKind::Model,
                        fmt::format("{} keeps its weights as a pickle, which can run any code when it is opened, so "
                                    "Discern does not: load it with a newer PyTorch (2.15 writes plain bytes) and save it "
                                    "again, torch.export.save(torch.export.load(\"{}\"), \"{}\").",
                                    file_, file_, file_));
        const nlohmann::json whole = parseExported(text("models/" + model + ".json"));
        const nlohmann::json& version = field(field(whole, "schema_version"), "major");
        if (wholeOf(version, "major") != kSchema)
            throw Error(ErrorKind::Model,
                        fmt::format("{} is written in version {} of torch.export's format, and Discern reads version "
                                    "{}: export it with PyTorch 2.11 to 2.15, or as TorchScript or ONNX.",
                                    file_, wholeOf(version, "major"), kSchema));
        const nlohmann::json& module = field(whole, "graph_module");
        readGraph(field(module, "graph"));
        readInputs(field(module, "signature"), field(module, "graph"), model);
        readOutputs(field(module, "signature"));
        readTree(module);
        if (has("extra/card.json")) program_.card = text("extra/card.json");
        return std::move(program_);
    }

private:
    [[nodiscard]] bool has(const std::string& entry) const {
        return std::ranges::any_of(archive_.entries(), [&](const ArchiveEntry& one) { return one.name == root_ + entry; });
    }

    /// The archive's one folder.
    [[nodiscard]] std::string rootOf() const {
        for (const ArchiveEntry& entry : archive_.entries()) {
            if (entry.name.ends_with(kEarlier))
                throw Error(ErrorKind::Model,
                            fmt::format("{} is written by an early torch.export, whose weights are a pickle: export the "
                                        "network again with PyTorch 2.15.",
                                        file_));
            if (entry.name.ends_with("/archive_format")) return entry.name.substr(0, entry.name.rfind('/') + 1);
        }
        throw ExportedDamage("its archive lacks archive_format");
    }

    /// Whatever it is called, there is one.
    [[nodiscard]] std::string modelName() const {
        const std::string start = root_ + "models/";
        std::vector<std::string> names;
        for (const ArchiveEntry& entry : archive_.entries())
            if (entry.name.starts_with(start) && entry.name.ends_with(".json"))
                names.push_back(entry.name.substr(start.size(), entry.name.size() - start.size() - 5));
        if (names.size() == 1) return names[0];
        const bool compiled = std::ranges::any_of(archive_.entries(), [&](const ArchiveEntry& entry) {
            return entry.name.starts_with(root_ + "data/aotinductor/");
        });
        if (names.empty() && compiled)
            throw Error(ErrorKind::Model,
                        fmt::format("{} holds compiled code, which Discern does not run: save the network with "
                                    "torch.export.save instead.",
                                    file_));
        if (names.empty()) throw ExportedDamage("its archive lacks models/model.json");
        throw Error(ErrorKind::Model, fmt::format("{} holds {} networks ({}, {} ...): save one a file.", file_,
                                                  names.size(), names[0], names[1]));
    }

    [[nodiscard]] std::string text(const std::string& entry) const {
        const std::vector<ArchiveEntry>& entries = archive_.entries();
        const auto found = std::ranges::find(entries, root_ + entry, &ArchiveEntry::name);
        if (found == entries.end()) throw ExportedDamage("its archive lacks " + entry);
        if (found->bytes > kMostText) throw ExportedDamage("its " + entry + " is larger than any sensible network's");
        std::string bytes(found->bytes, '\0');
        archive_.read(static_cast<std::size_t>(found - entries.begin()), bytes.data());
        return bytes;
    }

    void readGraph(const nlohmann::json& graph) {
        const nlohmann::json& nodes = listOf(field(graph, "nodes"), "nodes");
        if (nodes.size() > kMostNodes) throw ExportedDamage("its graph is larger than that of any sensible network");
        for (const nlohmann::json& node : nodes) program_.nodes.push_back(readExportedNode(node));
    }

    [[nodiscard]] ExportedWeights weightsIn(const std::string& folder, const std::string& configuration) const {
        return {archive_, root_ + folder, field(parseExported(text(folder + configuration)), "config"), file_};
    }

    void readInputs(const nlohmann::json& signature, const nlohmann::json& graph, const std::string& model) {
        if (has("byteorder") && text("byteorder") != "little")
            throw Error(ErrorKind::Model, fmt::format("{} was written on a machine of another byte order; export it on "
                                                      "one like this.",
                                                      file_));
        ExportedWeights weights = weightsIn("data/weights/", model + "_weights_config.json");
        ExportedWeights constants = weightsIn("data/constants/", model + "_constants_config.json");
        for (const nlohmann::json& spec : listOf(field(signature, "input_specs"), "input_specs")) {
            const auto choice = choiceOf(spec, "input_specs");
            const nlohmann::json& given = *choice;
            const auto keep = [&](const char* called) {
                const std::string& name = textOf(field(given, called), called);
                program_.weights[nameOf(field(given, "arg"))] = weights.has(name) ? weights.of(name) : constants.of(name);
            };
            if (choice.key() == "parameter") keep("parameter_name");
            else if (choice.key() == "buffer") keep("buffer_name");
            else if (choice.key() == "tensor_constant") keep("tensor_constant_name");
            else if (choice.key() == "user_input") readInput(readExportedArgument(field(given, "arg")), graph);
            else if (choice.key() == "custom_obj")
                throw Error(ErrorKind::Model, fmt::format("{} keeps an object of a class of its own ({}), which Discern "
                                                          "cannot read: export the network without it.",
                                                          file_, nameOf(field(given, "arg"))));
        }
    }

    void readInput(const ExportedArgument& given, const nlohmann::json& graph) {
        if (given.kind == "as_none") return;
        ExportedInput input;
        if (given.kind == "as_tensor") {
            input.name = nameOf(given.value);
            const nlohmann::json& meta = field(field(graph, "tensor_values"), input.name.c_str());
            for (const nlohmann::json& size : listOf(field(meta, "sizes"), "sizes")) {
                const auto choice = choiceOf(size, "sizes");
                input.shape.push_back(choice.key() == "as_int" ? wholeOf(*choice, "sizes") : -1);
            }
            }
        program_.inputs.push_back(std::move(input));
    }

    /// What is returned; that a program also tells what it wrote into its buffers is of no use here.
    void readOutputs(const nlohmann::json& signature) {
        for (const nlohmann::json& spec : listOf(field(signature, "output_specs"), "output_specs")) {
            const auto choice = choiceOf(spec, "output_specs");
            if (choice.key() == "user_output") program_.outputs.push_back(readExportedArgument(field(*choice, "arg")));
        }
    }

    void readTree(const nlohmann::json& module) {
        for (const nlohmann::json& call : listOf(field(module, "module_call_graph"), "module_call_graph")) {
            const nlohmann::json& told = field(call, "signature");
            if (field(call, "fqn") != "" || told.is_null()) continue;
            const nlohmann::json tree = parseExported(textOf(field(told, "out_spec"), "out_spec"));
            if (tree.is_array() && tree.size() == 2) program_.outputTree = tree[1];
        }
    }

    std::string file_;
    const Archive& archive_;
    std::string root_;
    ExportedProgram program_;
};

}  // namespace

bool isExported(const std::filesystem::path& path) {
    try {
        return std::ranges::any_of(Archive(path).entries(), [](const ArchiveEntry& entry) {
            return entry.name.ends_with("/archive_format") || entry.name.ends_with(kEarlier);
        });
    } catch (const Error&) {
        return false;  // whoever opens archives says what is wrong with it
    }
}

ExportedProgram readExported(const std::filesystem::path& path, Progress& progress) {
    const Archive archive(path);
    archive.refusePacked();
    progress.checkpoint();
    return Reader(path, archive).program();
}

}  // namespace discern
