#include "app/cli/compute_options.h"

namespace discern {

void ComputeOptions::declare(CLI::App& app) {
    app.add_option("--device", device_, "Where networks run")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    app.add_option("--precision", precision_, "In what precision; auto is fp32")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}))
        ->capture_default_str();
}

Compute ComputeOptions::chosen() const { return resolve({parseDevice(device_), parsePrecision(precision_)}); }

}  // namespace discern
