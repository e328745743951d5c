#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/frontend/tracer.h>

#include <algorithm>
#include <memory>

#include "core/error.h"
#include "core/model/formats/format.h"
#include "core/model/formats/graph_module.h"
#include "core/model/formats/onnx/onnx_fusion.h"
#include "core/model/formats/onnx/onnx_interpreter.h"
#include "core/model/formats/onnx/onnx_reader.h"
#include "core/model/formats/picture_input.h"

namespace discern {
namespace {

namespace tracer = torch::jit::tracer;

/// Two numbers of pictures that hardly stand in a network by chance.
constexpr std::int64_t kFirstRows = 5;
constexpr std::int64_t kSecondRows = 7;
constexpr std::int64_t kUsualSide = 224;

/// ONNX files have no mark of their own: they begin with the field of their version, or with another of the model's.
bool recognises(const std::filesystem::path& path, const std::string& start) {
    std::string ending = path.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".onnx" ||
           (start.size() > 2 && start[0] == '\x08' && start[1] > 0 && start[1] < 32 && start[2] == '\x12');
}

/// Height and width where a file leaves them open.
struct Sides {
    std::int64_t height = kUsualSide;
    std::int64_t width = kUsualSide;
};

bool channelsLast(const std::vector<std::int64_t>& shape) {
    return shape[1] != 1 && shape[1] != 3 && (shape[3] == 1 || shape[3] == 3);
}

bool leavesSidesOpen(const OnnxInput& input) {
    const std::size_t height = channelsLast(input.shape) ? 1 : 2;
    return input.shape[height] < 0 || input.shape[height + 1] < 0;
}

/// The picture's sizes as the file says them, with `rows` pictures where any number is taken.
std::vector<std::int64_t> sizesOf(const OnnxInput& input, std::int64_t rows, const Sides& sides) {
    const bool last = channelsLast(input.shape);
    const std::vector<std::int64_t> open = last ? std::vector<std::int64_t>{rows, sides.height, sides.width, 3}
                                                : std::vector<std::int64_t>{rows, 3, sides.height, sides.width};
    std::vector<std::int64_t> sizes = input.shape;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        if (sizes[i] < 0) sizes[i] = open[i];
    return sizes;
}

const OnnxInput& pictureOf(const OnnxFile& file, const std::string& name) {
    const std::vector<OnnxInput>& inputs = file.graph.inputs;
    std::vector<PictureInput> taken;
    for (const OnnxInput& input : inputs) taken.push_back({input.name, input.shape.size()});
    checkTakesOnePicture(name, taken);
    return inputs[0];
}

class Importer {
public:
    Importer(const OnnxFile& file, std::string name, Sides sides = {})
        : file_(file), name_(std::move(name)), input_(pictureOf(file, name_)), sides_(sides) {}

    [[nodiscard]] bool sidesOpen() const { return leavesSidesOpen(input_); }

    /// Free of the number of pictures where the file is, and where that can be shown; else for the file's own, or one.
    [[nodiscard]] torch::jit::Module module() const {
        if (input_.shape[0] > 0) return traced(input_.shape[0], nullptr);
        try {
            BatchSizes sizes(kFirstRows);
            static_cast<void>(OnnxInterpreter(file_, name_, &sizes).run({picture(kFirstRows)}));
            return traced(kSecondRows, &sizes);
        } catch (const Error&) {
            return traced(1, nullptr);
        }
    }

private:
    [[nodiscard]] at::Tensor picture(std::int64_t rows) const {
        return at::zeros(sizesOf(input_, rows, sides_), at::TensorOptions(input_.type == at::kByte ? at::kFloat : input_.type));
    }

    [[nodiscard]] torch::jit::Module traced(std::int64_t rows, BatchSizes* sizes) const {
        torch::jit::Module module("onnx");
        BatchSizes fixed(rows);
        const auto run = [&](torch::jit::Stack stack) -> torch::jit::Stack {
            const at::Tensor x = stack.back().toTensor();
            if (sizes) sizes->trace(rows, x);
            const at::Tensor entering = input_.type == at::kByte ? x.to(at::kByte) : x;
            OnnxInterpreter interpreter(file_, name_, sizes ? sizes : &fixed);
            torch::jit::Node* last = newest();
            interpreter.computed = [&](const OnnxNode& node) { last = nameSince(last, node); };
            const std::vector<at::Tensor> outputs = interpreter.run({entering});
            return answers(outputs);
        };
        const auto nameless = [](const at::Tensor&) { return std::string(); };
        const auto [state, left] = tracer::trace({picture(rows)}, run, nameless, false, false, &module, {"x"});
        setForward(module, state->graph);
        return module;
    }

    /// One table as it is; several by name.
    [[nodiscard]] torch::jit::Stack answers(const std::vector<at::Tensor>& outputs) const {
        if (outputs.empty())
            throw Error(ErrorKind::Model, name_ + " gives no answer: it is damaged; export or copy it again.");
        if (outputs.size() == 1) return {outputs[0]};
        c10::Dict<std::string, at::Tensor> tables;
        for (std::size_t i = 0; i < outputs.size(); ++i) tables.insert(file_.graph.outputs[i], outputs[i]);
        return {c10::IValue(tables)};
    }

    /// The node that was recorded last.
    static torch::jit::Node* newest() { return tracer::getTracingState()->graph->return_node()->prev(); }

    /// Nodes recorded since `last` belong to the path of modules that the exporter wrote.
    static torch::jit::Node* nameSince(torch::jit::Node* last, const OnnxNode& node) {
        const auto scope = c10::make_intrusive<torch::jit::Scope>()->push(c10::Symbol::scope(node.scope));
        if (!node.scope.empty())
            for (torch::jit::Node* own = newest(); own != last; own = own->prev()) own->setScope(scope);
        return newest();
    }

    const OnnxFile& file_;
    std::string name_;
    const OnnxInput& input_;
    Sides sides_;
};

LoadedModel load(const std::filesystem::path& path, Progress& progress) {
    const auto file = std::make_shared<OnnxFile>(readOnnx(path, progress));
    fuseOperators(file->graph);
    progress.checkpoint();
    const at::NoGradGuard noGradients;
    const auto card = file->metadata.find("card.json");
    const std::string name = path.filename().string();
    const Importer importer(*file, name);
    LoadedModel loaded{importer.module(), card == file->metadata.end() ? "" : card->second, file->beside};
    if (importer.sidesOpen())
        loaded.atSize = [file, name](int height, int width) {
            const at::NoGradGuard own;
            return Importer(*file, name, {height, width}).module();
        };
    return loaded;
}

}  // namespace

ModelFormat onnxFormat() { return {.name = "ONNX", .extensions = {"onnx"}, .recognises = recognises, .load = load}; }

}  // namespace discern
