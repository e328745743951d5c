#include "core/model/formats/format.h"

#include "core/registry.h"

// Every format in the order in which it is tried: adding one is its file and its line here.
#define DISCERN_MODEL_FORMATS(ENTRY) ENTRY(exportedProgram) ENTRY(torchScript) ENTRY(onnxFormat)

namespace discern {

DISCERN_REGISTRY(ModelFormat, modelFormats, DISCERN_MODEL_FORMATS)

}  // namespace discern
