#pragma once

#include <string>
#include <vector>

namespace discern {

/// What a network takes, as its file says.
struct PictureInput {
    std::string name;
    std::size_t dimensions = 0;
};

/// Throws Error(Model) that names the file where it takes anything but one tensor of four dimensions.
void checkTakesOnePicture(const std::string& file, const std::vector<PictureInput>& inputs);

}  // namespace discern
