#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/opencv_decoding.h"

namespace discern {

namespace {

constexpr unsigned startOfScan = 0xda;
constexpr unsigned endOfImage = 0xd9;
constexpr unsigned exifSegment = 0xe1;
constexpr std::string_view exifIntroduction("Exif\0\0", 6);

bool recognises(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"); }

bool isFrameHeader(unsigned marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

bool standsAlone(unsigned marker) { return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8); }

unsigned byteAt(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// The place of the marker that ends the entropy-coded data at `at`.
std::size_t endOfScan(std::string_view bytes, std::size_t at, const std::string& name) {
    while (true) {
        at = bytes.find('\xff', at);
        if (!holds(bytes, at, 2)) {
            failCutShort(name, bytes);
        }
        const unsigned next = byteAt(bytes, at + 1);
        const bool belongsToScan = next == 0x00 || next == 0xff || (next >= 0xd0 && next <= 0xd7);
        if (!belongsToScan) {
            return at;
        }
        at += next == 0xff ? 1 : 2;
    }
}

/// Walks all segments up to the end-of-image marker; libjpeg fills what is missing with grey and says nothing.
/// Returns the orientation.
int checkSegments(std::string_view bytes, const std::string& name) {
    int orientation = 1;
    bool hasFrame = false;
    std::size_t at = 2;
    while (true) {
        if (!holds(bytes, at, 2)) {
            failCutShort(name, bytes);
        }
        if (byteAt(bytes, at) != 0xff) {
            failDamaged(name, "JPEG");
        }
        const unsigned marker = byteAt(bytes, at + 1);
        if (marker == 0xff) {
            ++at;
            continue;
        }
        if (marker == endOfImage) {
            if (!hasFrame) {
                failDamaged(name, "JPEG");
            }
            return orientation;
        }
        at += 2;
        if (standsAlone(marker)) {
            continue;
        }
        if (!holds(bytes, at, 2) || !holds(bytes, at, bigEndian(bytes, at, 2))) {
            failCutShort(name, bytes);
        }
        const std::size_t length = bigEndian(bytes, at, 2);
        if (length < 2) {
            failDamaged(name, "JPEG");
        }
        const std::string_view data = bytes.substr(at + 2, length - 2);
        if (isFrameHeader(marker)) {
            if (data.size() < 6) {
                failDamaged(name, "JPEG");
            }
            checkPictureSize(bigEndian(data, 3, 2), bigEndian(data, 1, 2), name);
            hasFrame = true;
        }
        if (marker == exifSegment && data.starts_with(exifIntroduction)) {
            orientation = orientationIn(data.substr(exifIntroduction.size()));
        }
        at += length;
        if (marker == startOfScan) {
            at = endOfScan(bytes, at, name);
        }
    }
}

cv::Mat decode(std::string_view bytes, const std::string& name) {
    const int orientation = checkSegments(bytes, name);
    return upright(decodeWithOpenCv(bytes, name, "JPEG"), orientation);
}

}  // namespace

Decoder jpegDecoder() { return {"JPEG", {"jpg", "jpeg", "jpe"}, &recognises, &decode}; }

}  // namespace discern
