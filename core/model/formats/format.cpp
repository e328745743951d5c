#include "core/model/formats/format.h"

// Every format in the order in which it is tried: FORMAT(name) stands for `ModelFormat name()` in a file of its own.
#define DISCERN_MODEL_FORMATS(FORMAT) FORMAT(torchScript)

namespace discern {

#define DISCERN_DECLARE(name) ModelFormat name();
DISCERN_MODEL_FORMATS(DISCERN_DECLARE)

const std::vector<ModelFormat>& modelFormats() {
#define DISCERN_CALL(name) name(),
    static const std::vector<ModelFormat> all = {DISCERN_MODEL_FORMATS(DISCERN_CALL)};
    return all;
}

}  // namespace discern
