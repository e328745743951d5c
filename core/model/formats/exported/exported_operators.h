#pragma once

#include <string>

#include "core/model/formats/exported/exported_program.h"

namespace discern {

/// An operator as a target names it, "torch.ops.aten.conv2d.default"; those of "higher_order" have no overload.
struct ExportedOperator {
    std::string library;  ///< "aten"; empty where the target is none
    std::string name;
    std::string overload;
};
[[nodiscard]] ExportedOperator operatorOfTarget(const std::string& target);

/// Whether it is one of those that image classifiers are made of and that compute with tensors alone; in place, too.
/// Others are refused, since LibTorch also has ones that read files or leave bounds unchecked.
[[nodiscard]] bool isKnownOperator(const std::string& name);

/// Whether it only states what the exporter took for granted of a size or a tensor.
[[nodiscard]] bool onlyAsserts(const ExportedOperator& op);

/// Puts the operator that a network is written with where the exporter left one of those that it is made of (Core ATen, as
/// run_decompositions() leaves it: `_native_batch_norm_legit_no_training` for batch_norm). Layers are then known as what
/// they are, have a gradient, and run as fast. Changes target, arguments and, where only the first is used elsewhere, what
/// is given.
void restoreOperator(ExportedNode& node);

}  // namespace discern
