#pragma once

#include <opencv2/core.hpp>

namespace discern {

/// Where text or markers were laid into a picture: rows of several glyphs (dates, names, the numbers of a ruler), and lone
/// letters on an even ground (the L or R of a radiograph). `pixels` as in Picture. CV_8UC1 of its size: 255 in the boxes of
/// the glyphs, 0 elsewhere.
///
/// A classical detector, by what drawn text has and nature seldom: strokes of one width and one brightness, far brighter or
/// darker than what surrounds them, of like height, upright and side by side on a line. It finds upright text from 7 pixels
/// height (in a picture that is scaled down to 1,600 at its longer side) to an eighth of that side; it misses what is
/// slanted, hand-written, faint or laid over strong texture, and now and then takes for text what looks like it: a star of a
/// flag, a lattice.
[[nodiscard]] cv::Mat burnedInText(const cv::Mat& pixels);

}  // namespace discern
