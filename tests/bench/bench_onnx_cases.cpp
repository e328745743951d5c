// Runs ONNX's own test cases: bench_onnx_cases FOLDER ..., each with a folder a case. Prints what did not pass, and a line
// a folder. Exit code 1 where one gave a wrong value.
#include <cstdio>
#include <algorithm>

#include "core/model/formats/run_onnx_cases.h"

int main(int argc, char** argv) {
    using namespace discern::testing;
    int wrong = 0;
    for (int i = 1; i < argc; ++i) {
        int counts[3] = {};
        std::vector<std::filesystem::path> cases;
        for (const auto& entry : std::filesystem::directory_iterator(argv[i]))
            if (std::filesystem::exists(entry.path() / "model.onnx")) cases.push_back(entry.path());
        std::ranges::sort(cases);
        for (const std::filesystem::path& one : cases) {
            const OnnxOutcome outcome = runOnnxCase(one);
            ++counts[outcome.kind];
            if (outcome.kind == OnnxOutcome::Passed) continue;
            std::printf("%s %s: %s\n", outcome.kind == OnnxOutcome::Failed ? "FAILED" : "unsupported", one.filename().c_str(), outcome.why.c_str());
            std::fflush(stdout);
        }
        wrong += counts[OnnxOutcome::Failed];
        std::printf("%s: %d passed, %d unsupported, %d failed\n", argv[i], counts[0], counts[1], counts[2]);
    }
    return wrong == 0 ? 0 : 1;
}
