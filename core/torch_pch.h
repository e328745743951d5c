#pragma once
// LibTorch's headers cost about fifteen seconds a file; precompiled once, every core source may see them.
#include <torch/script.h>
#include <torch/version.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
