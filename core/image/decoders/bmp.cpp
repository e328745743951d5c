#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/opencv_decoding.h"

namespace discern {

namespace {

constexpr std::size_t fileHeader = 14;

bool recognises(std::string_view bytes) {
    if (!bytes.starts_with("BM") || !holds(bytes, 0, fileHeader + 4)) {
        return false;
    }
    const std::uint32_t headerSize = littleEndian(bytes, fileHeader, 4);
    return headerSize == 12 || (headerSize >= 36 && headerSize <= 124);
}

std::uint64_t magnitude(std::uint32_t value) {
    const auto number = static_cast<std::int32_t>(value);
    return static_cast<std::uint64_t>(number < 0 ? -static_cast<std::int64_t>(number) : number);
}

void checkHeader(std::string_view bytes, const std::string& name) {
    if (!holds(bytes, 0, 54)) {
        failCutShort(name, bytes);
    }
    const bool old = littleEndian(bytes, fileHeader, 4) == 12;
    const int side = old ? 2 : 4;
    const std::size_t heightAt = old ? 20 : 22;
    const std::uint64_t width = magnitude(littleEndian(bytes, 18, side));
    const std::uint64_t height = magnitude(littleEndian(bytes, heightAt, side));
    checkPictureSize(width, height, name);
    const std::uint64_t bits = littleEndian(bytes, old ? 24 : 28, 2);
    const std::uint64_t compression = old ? 0 : littleEndian(bytes, 30, 4);
    const bool runLengths = compression == 1 || compression == 2;
    const std::uint64_t rowBytes = (width * bits + 31) / 32 * 4;
    if (!runLengths && bytes.size() < littleEndian(bytes, 10, 4) + rowBytes * height) {
        failCutShort(name, bytes);
    }
}

cv::Mat decode(std::string_view bytes, const std::string& name) {
    checkHeader(bytes, name);
    return decodeWithOpenCv(bytes, name, "BMP");
}

}  // namespace

Decoder bmpDecoder() { return {"BMP", {"bmp", "dib"}, &recognises, &decode}; }

}  // namespace discern
