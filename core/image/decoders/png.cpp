#include <array>

#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/opencv_decoding.h"

namespace discern {

namespace {

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";

bool recognises(std::string_view bytes) { return bytes.starts_with(signature); }

/// What a PNG file's chunks say.
struct Content {
    std::string essential;  ///< the file without chunks that change no pixel: libpng prints warnings about broken ones
    int orientation = 1;
};

bool isEssential(std::string_view type) {
    for (const std::string_view known : {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}) {
        if (type == known) {
            return true;
        }
    }
    return false;
}

/// The checksum that PNG prescribes (ISO 3309).
std::uint32_t crcOf(std::string_view data) {
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> values{};
        for (std::uint32_t i = 0; i < values.size(); ++i) {
            std::uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit) {
                value = (value & 1) != 0 ? 0xedb88320U ^ value >> 1 : value >> 1;
            }
            values[i] = value;
        }
        return values;
    }();
    std::uint32_t crc = 0xffffffffU;
    for (const char c : data) {
        crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ crc >> 8;
    }
    return ~crc;
}

Content readChunks(std::string_view bytes, const std::string& name) {
    Content content;
    content.essential = signature;
    std::size_t at = signature.size();
    while (true) {
        if (!holds(bytes, at, 12)) {
            failCutShort(name, bytes);
        }
        const std::size_t length = bigEndian(bytes, at, 4);
        const std::string_view type = bytes.substr(at + 4, 4);
        if (!holds(bytes, at, length + 12)) {
            failCutShort(name, bytes);
        }
        const std::string_view data = bytes.substr(at + 8, length);
        if (at == signature.size()) {
            if (type != "IHDR" || length < 13) {
                failDamaged(name, "PNG");
            }
            checkPictureSize(bigEndian(data, 0, 4), bigEndian(data, 4, 4), name);
        }
        if (type == "eXIf") {
            content.orientation = orientationIn(data);
        }
        if (isEssential(type)) {
            if (bigEndian(bytes, at + 8 + length, 4) != crcOf(bytes.substr(at + 4, length + 4))) {
                failDamaged(name, "PNG");
            }
            content.essential += bytes.substr(at, length + 12);
        }
        if (type == "IEND") {
            return content;
        }
        at += length + 12;
    }
}

cv::Mat decode(std::string_view bytes, const std::string& name) {
    const Content content = readChunks(bytes, name);
    return upright(decodeWithOpenCv(content.essential, name, "PNG"), content.orientation);
}

}  // namespace

Decoder pngDecoder() { return {"PNG", {"png"}, &recognises, &decode}; }

}  // namespace discern
