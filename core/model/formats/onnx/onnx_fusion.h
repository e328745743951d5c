#pragma once

#include "core/model/formats/onnx/onnx_graph.h"

namespace discern {

/// Puts one operator where exporters of older opsets wrote several that mean the same: LayerNormalization (before opset
/// 17), Gelu (before 20), HardSwish (before 14) and fully connected layers over tokens (MatMul and Add). Layers are
/// then known as what they are, and run as fast.
void fuseOperators(OnnxGraph& graph);

}  // namespace discern
