#include "core/model/formats/graph_module.h"

namespace discern {

void setForward(torch::jit::Module& module, const std::shared_ptr<torch::jit::Graph>& graph) {
    const c10::QualifiedName name(*module.type()->name(), "forward");
    module.type()->addMethod(module._ivalue()->compilation_unit()->create_function(name, graph));
}

}  // namespace discern
