#pragma once

#include "core/image/decoded.h"

namespace discern {

/// How colours and alpha are stored: apart ("unassociated"), or with colours multiplied by alpha ("associated").
enum class Alpha { Straight, Premultiplied };

/// Lays pixels whose last channel is their alpha over white, and says so. CV_8U or CV_16U with 2 or 4 channels; gives 1
/// or 3. Where alpha is full everywhere, the colours are returned as they are, without a note.
[[nodiscard]] Decoded overWhite(const cv::Mat& pixels, Alpha alpha);

}  // namespace discern
