#include "core/model/formats/picture_input.h"

#include <spdlog/fmt/fmt.h>

#include "core/error.h"

namespace discern {

void checkTakesOnePicture(const std::string& file, const std::vector<PictureInput>& inputs) {
    if (inputs.size() != 1)
        throw Error(ErrorKind::Model,
                    fmt::format("{} takes {} inputs{}, and Discern explains networks that take one picture.", file,
                                inputs.empty() ? "no" : fmt::format("{}", inputs.size()),
                                inputs.size() < 2 ? "" : fmt::format(" ({}, {} ...)", inputs[0].name, inputs[1].name)));
    if (inputs[0].dimensions != 4)
        throw Error(ErrorKind::Model,
                    fmt::format("{} takes a tensor of {} dimensions, and pictures have four (N,C,H,W or N,H,W,C).", file,
                                inputs[0].dimensions));
}

}  // namespace discern
