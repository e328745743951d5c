#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/opencv_decoding.h"

namespace discern {

namespace {

constexpr std::size_t riffHeader = 12;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("RIFF") && bytes.size() >= riffHeader && bytes.substr(8, 4) == "WEBP";
}

void checkSize(std::string_view type, std::string_view data, const std::string& name) {
    if (type == "VP8X" && data.size() >= 10) {
        checkPictureSize(littleEndian(data, 4, 3) + 1, littleEndian(data, 7, 3) + 1, name);
    } else if (type == "VP8 " && data.size() >= 10) {
        checkPictureSize(littleEndian(data, 6, 2) & 0x3fff, littleEndian(data, 8, 2) & 0x3fff, name);
    } else if (type == "VP8L" && data.size() >= 5) {
        const std::uint32_t packed = littleEndian(data, 1, 4);
        checkPictureSize((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1, name);
    }
}

/// Returns the orientation.
int checkChunks(std::string_view bytes, const std::string& name) {
    if (!holds(bytes, 8, littleEndian(bytes, 4, 4))) {
        failCutShort(name, bytes);
    }
    int orientation = 1;
    for (std::size_t at = riffHeader; holds(bytes, at, 8);) {
        const std::size_t length = littleEndian(bytes, at + 4, 4);
        if (!holds(bytes, at + 8, length)) {
            failCutShort(name, bytes);
        }
        const std::string_view type = bytes.substr(at, 4);
        std::string_view data = bytes.substr(at + 8, length);
        checkSize(type, data, name);
        if (type == "EXIF") {
            if (data.starts_with("Exif")) {
                data.remove_prefix(std::min<std::size_t>(6, data.size()));
            }
            orientation = orientationIn(data);
        }
        at += 8 + length + length % 2;
    }
    return orientation;
}

cv::Mat decode(std::string_view bytes, const std::string& name) {
    const int orientation = checkChunks(bytes, name);
    return upright(decodeWithOpenCv(bytes, name, "WebP"), orientation);
}

}  // namespace

Decoder webpDecoder() { return {"WebP", {"webp"}, &recognises, &decode}; }

}  // namespace discern
