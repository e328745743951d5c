#include "core/image/exif.h"

#include "core/image/bytes.h"

namespace discern {

int orientationIn(std::string_view block) {
    constexpr std::uint32_t orientationTag = 0x0112;
    constexpr std::uint32_t longType = 4;
    if (!holds(block, 0, 8) || (block.substr(0, 2) != "II" && block.substr(0, 2) != "MM")) {
        return 1;
    }
    const auto number = block[0] == 'I' ? &littleEndian : &bigEndian;
    const std::size_t directory = number(block, 4, 4);
    if (!holds(block, directory, 2)) {
        return 1;
    }
    const std::size_t entries = number(block, directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        if (!holds(block, entry, 12)) {
            return 1;
        }
        if (number(block, entry, 2) == orientationTag) {
            const int width = number(block, entry + 2, 2) == longType ? 4 : 2;
            const std::uint32_t value = number(block, entry + 8, width);
            return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}

cv::Mat upright(const cv::Mat& pixels, int orientation) {
    cv::Mat turned = pixels;
    if (orientation >= 5) {
        cv::transpose(pixels, turned);
    }
    constexpr int aroundX = 0;
    constexpr int aroundY = 1;
    constexpr int aroundBoth = -1;
    switch (orientation) {
        case 2:
        case 6:
            cv::flip(turned, turned, aroundY);
            break;
        case 3:
        case 7:
            cv::flip(turned, turned, aroundBoth);
            break;
        case 4:
        case 8:
            cv::flip(turned, turned, aroundX);
            break;
        default:
            break;
    }
    return turned;
}

}  // namespace discern
