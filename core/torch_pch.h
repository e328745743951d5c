#pragma once
// LibTorch's headers cost about fifteen seconds a file; precompiled once, all that work on graphs may see them.
#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/version.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
