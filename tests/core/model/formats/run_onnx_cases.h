#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <string>

#include "core/error.h"
#include "core/model/formats/onnx/onnx_interpreter.h"
#include "core/model/formats/onnx/onnx_reader.h"

namespace discern::testing {

/// How a case of ONNX's own tests ended.
struct OnnxOutcome {
    enum Kind { Passed, Unsupported, Failed } kind = Passed;
    std::string why;
    std::vector<std::string> operators;
};

inline bool alike(const at::Tensor& got, const at::Tensor& wanted, std::string& why) {
    if (got.sizes() != wanted.sizes()) {
        why = "other sizes";
        return false;
    }
    if (got.scalar_type() != wanted.scalar_type()) {
        why = "another type";
        return false;
    }
    const bool half = wanted.scalar_type() == at::kHalf || wanted.scalar_type() == at::kBFloat16;
    const at::Tensor a = got.to(at::kDouble), b = wanted.to(at::kDouble);
    if (at::allclose(a, b, half ? 1e-2 : 1e-3, half ? 1e-2 : 1e-6, true)) return true;
    why = "differs by up to " + std::to_string((a - b).abs().max().item<double>());
    return false;
}

/// A folder with model.onnx and test_data_set_N/{input,output}_M.pb, as ONNX's package writes them.
inline OnnxOutcome runOnnxCase(const std::filesystem::path& folder) {
    OnnxOutcome outcome;
    try {
        Progress progress;
        const OnnxFile file = readOnnx(folder / "model.onnx", progress);
        for (const OnnxNode& node : file.graph.nodes) outcome.operators.push_back(node.op);
        for (int set = 0; std::filesystem::exists(folder / ("test_data_set_" + std::to_string(set))); ++set) {
            const std::filesystem::path data = folder / ("test_data_set_" + std::to_string(set));
            std::vector<at::Tensor> inputs;
            for (std::size_t i = 0; std::filesystem::exists(data / ("input_" + std::to_string(i) + ".pb")); ++i)
                inputs.push_back(readOnnxTensor(data / ("input_" + std::to_string(i) + ".pb")));
            const std::vector<at::Tensor> outputs = OnnxInterpreter(file, "model.onnx").run(inputs);
            for (std::size_t i = 0; i < outputs.size(); ++i) {
                const at::Tensor wanted = readOnnxTensor(data / ("output_" + std::to_string(i) + ".pb"));
                if (!alike(outputs[i], wanted, outcome.why)) {
                    outcome.kind = OnnxOutcome::Failed;
                    return outcome;
                }
            }
        }
    } catch (const Error& error) {
        outcome.kind = OnnxOutcome::Unsupported;
        outcome.why = error.what();
    } catch (const std::exception& error) {
        outcome.kind = OnnxOutcome::Failed;
        outcome.why = error.what();
    }
    return outcome;
}

}  // namespace discern::testing
