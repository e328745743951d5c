#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace discern {

/// A decoded photograph, upright, at its full depth.
struct Picture {
    std::string name;                ///< file name without folders, or what a pasted picture is called
    std::filesystem::path path;      ///< empty where the picture came from no file
    cv::Mat pixels;                  ///< CV_8U or CV_16U; one channel (grey) or three in the order R, G, B
    std::vector<std::string> notes;  ///< short sentences on what of the file is not, or not as it was, in the pixels
    std::string sha256;              ///< of the file's bytes, or of the pixels where there is no file; lower-case hex
};

/// Reads and decodes a file: its orientation applied, 16 bit kept, laid over white where it is transparent. Of several
/// frames or pages the first is taken. Throws Error(Input) that names the file when it cannot be read or decoded, is
/// cut short, or is of a kind that is not supported.
[[nodiscard]] Picture readPicture(const std::filesystem::path& path);

/// A picture from pixels that came from no file (clipboard, tests). `pixels` as in Picture.
[[nodiscard]] Picture pictureFromPixels(cv::Mat pixels, std::string name);

/// The picture as shown on screen: CV_8UC3, R, G, B.
[[nodiscard]] cv::Mat displayImage(const Picture& picture);

/// File endings (lower case, without the dot) that some decoder takes; for dialogs and folder scans.
[[nodiscard]] const std::vector<std::string>& pictureExtensions();

}  // namespace discern
