#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/opacity.h"
#include "core/image/refusal.h"

namespace discern {

namespace {

constexpr std::size_t fileHeader = 14;
constexpr std::uint32_t coreHeader = 12;  ///< OS/2 1.x: sizes of 16 bit, palette entries of three bytes
constexpr std::uint32_t infoHeader = 40;
constexpr std::uint32_t os2Header = 64;

enum Compression : std::uint32_t { None = 0, Runs8 = 1, Runs4 = 2, Masks = 3, Jpeg = 4, Png = 5, MasksWithAlpha = 6 };

bool recognises(std::string_view bytes) {
    if (!bytes.starts_with("BM") || !holds(bytes, 0, fileHeader + 4)) {
        return false;
    }
    const std::uint32_t headerSize = littleEndian(bytes, fileHeader, 4);
    return headerSize == coreHeader || (headerSize >= 16 && headerSize <= 124);
}

struct Header {
    std::uint32_t size = 0;  ///< of the header itself, which tells its version
    std::size_t pixelsAt = 0;
    int width = 0;
    int height = 0;
    bool fromTop = false;
    std::uint32_t bits = 0;
    std::uint32_t compression = None;
    std::uint32_t coloursUsed = 0;

    [[nodiscard]] std::size_t rowBytes() const { return (static_cast<std::size_t>(width) * bits + 31) / 32 * 4; }
    [[nodiscard]] bool hasRuns() const { return compression == Runs8 || compression == Runs4; }
    [[nodiscard]] bool hasMasks() const { return compression == Masks || compression == MasksWithAlpha; }
    [[nodiscard]] bool masksFollow() const { return hasMasks() && size == infoHeader; }
    [[nodiscard]] std::size_t paletteAt() const {
        return fileHeader + size + (masksFollow() ? (compression == Masks ? 12 : 16) : 0);
    }
};

Header readHeader(std::string_view bytes, const std::string& name) {
    Header header;
    header.size = littleEndian(bytes, fileHeader, 4);
    if (!holds(bytes, fileHeader, header.size)) {
        failCutShort(name, bytes);
    }
    const bool old = header.size == coreHeader;
    const auto width = old ? static_cast<std::int64_t>(littleEndian(bytes, 18, 2))
                           : static_cast<std::int32_t>(littleEndian(bytes, 18, 4));
    const auto height = old ? static_cast<std::int64_t>(littleEndian(bytes, 20, 2))
                            : static_cast<std::int32_t>(littleEndian(bytes, 22, 4));
    if (width < 0) {
        failDamaged(name, "BMP");
    }
    header.fromTop = height < 0;
    const std::int64_t rows = height < 0 ? -height : height;
    checkPictureSize(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(rows), name);
    header.width = static_cast<int>(width);
    header.height = static_cast<int>(rows);
    header.bits = littleEndian(bytes, old ? 24 : 28, 2);
    if (header.size >= 20) {
        header.compression = littleEndian(bytes, 30, 4);
    }
    if (header.size >= 36) {
        header.coloursUsed = littleEndian(bytes, 46, 4);
    }
    header.pixelsAt = littleEndian(bytes, 10, 4);
    return header;
}

void checkKind(const Header& header, const std::string& name) {
    const std::string remedy = "convert it to PNG";
    if (header.size == os2Header && (header.compression == Masks || header.compression == Jpeg)) {
        failUnsupported(name, "an OS/2 bitmap in Huffman or 24 bit run-length coding", remedy);
    }
    if (header.compression == Jpeg || header.compression == Png) {
        failUnsupported(name, "a BMP file around a JPEG or PNG stream", remedy);
    }
    const bool known = header.compression <= Masks || header.compression == MasksWithAlpha;
    constexpr std::array<std::uint32_t, 7> depths = {1, 2, 4, 8, 16, 24, 32};
    if (!known || std::ranges::find(depths, header.bits) == depths.end()) {
        failUnsupported(
            name,
            "a BMP file of " + std::to_string(header.bits) + " bit in coding " + std::to_string(header.compression),
            remedy);
    }
    const bool fits = header.compression == Runs8   ? header.bits == 8
                      : header.compression == Runs4 ? header.bits == 4
                      : header.hasMasks()           ? header.bits == 16 || header.bits == 32
                                                    : true;
    if (!fits) {
        failDamaged(name, "BMP");
    }
}

/// One colour's part of a pixel's 16 or 32 bits.
class Channel {
public:
    explicit Channel(std::uint32_t mask)
        : mask_(mask), shift_(mask == 0 ? 0 : std::countr_zero(mask)), full_(mask >> shift_) {}

    [[nodiscard]] bool present() const { return mask_ != 0; }
    [[nodiscard]] uchar level(std::uint32_t pixel) const {
        return full_ == 0 ? uchar{0} : static_cast<uchar>(std::uint64_t{(pixel & mask_) >> shift_} * 255 / full_);
    }

private:
    std::uint32_t mask_;
    int shift_;
    std::uint32_t full_;
};

std::vector<Channel> readChannels(std::string_view bytes, const Header& header, const std::string& name) {
    constexpr std::size_t masksAt = fileHeader + infoHeader;
    if (!header.hasMasks()) {
        return header.bits == 16 ? std::vector{Channel(0x7c00), Channel(0x03e0), Channel(0x001f)}
                                 : std::vector{Channel(0xff0000), Channel(0x00ff00), Channel(0x0000ff)};
    }
    const bool withAlpha = header.compression == MasksWithAlpha || header.size >= 56;
    std::vector<Channel> channels;
    for (std::size_t i = 0; i < (withAlpha ? 4 : 3); ++i) {
        if (!holds(bytes, masksAt + i * 4, 4)) {
            failCutShort(name, bytes);
        }
        channels.emplace_back(littleEndian(bytes, masksAt + i * 4, 4));
    }
    if (channels.size() == 4 && !channels.back().present()) {
        channels.pop_back();
    }
    return channels;
}

/// 256 colours; black where the file states fewer.
std::array<cv::Vec3b, 256> readPalette(std::string_view bytes, const Header& header) {
    std::array<cv::Vec3b, 256> palette{};
    const std::size_t entryBytes = header.size == coreHeader ? 3 : 4;
    const std::size_t start = header.paletteAt();
    std::size_t count = std::size_t{1} << header.bits;
    if (header.coloursUsed != 0) {
        count = std::min<std::size_t>(count, header.coloursUsed);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = start + i * entryBytes;
        if (at + entryBytes > header.pixelsAt || !holds(bytes, at, entryBytes)) {
            break;
        }
        const auto level = [&](std::size_t offset) { return static_cast<uchar>(bytes[at + offset]); };
        palette[i] = {level(2), level(1), level(0)};
    }
    return palette;
}

/// The row of the picture that the file's row `stored` is.
int rowOf(const Header& header, int stored) { return header.fromTop ? stored : header.height - 1 - stored; }

cv::Mat readIndices(std::string_view rows, const Header& header) {
    cv::Mat indices(header.height, header.width, CV_8U);
    const std::uint32_t perByte = 8 / header.bits;
    const unsigned mask = (1U << header.bits) - 1;
    for (int stored = 0; stored < header.height; ++stored) {
        const std::string_view row = rows.substr(static_cast<std::size_t>(stored) * header.rowBytes());
        uchar* into = indices.ptr(rowOf(header, stored));
        for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(header.width); ++x) {
            const std::uint32_t shift = 8 - header.bits * (x % perByte + 1);
            into[x] = static_cast<uchar>(static_cast<uchar>(row[x / perByte]) >> shift & mask);
        }
    }
    return indices;
}

/// Run-length coding: pairs of (count, value), and escapes after a count of zero. What is skipped keeps index 0.
class RunReader {
public:
    RunReader(std::string_view data, const Header& header)
        : data_(data), header_(header), indices_(cv::Mat::zeros(header.height, header.width, CV_8U)) {}

    /// An empty picture where the data end too early.
    cv::Mat read() {
        while (row_ < header_.height) {
            if (!holds(data_, at_, 2)) {
                return {};
            }
            const int count = next();
            const int value = next();
            if (count > 0) {
                for (int i = 0; i < count; ++i) {
                    put(nibbleOf(value, i));
                }
            } else if (value == endOfPicture) {
                break;
            } else if (!escape(value)) {
                return {};
            }
        }
        return indices_;
    }

private:
    static constexpr int endOfRow = 0;
    static constexpr int endOfPicture = 1;
    static constexpr int step = 2;

    int next() { return static_cast<uchar>(data_[at_++]); }
    [[nodiscard]] int nibbleOf(int value, int i) const {
        return header_.compression == Runs8 ? value : (i % 2 == 0 ? value >> 4 : value & 15);
    }
    void put(int index) {
        if (column_ < header_.width) {
            indices_.at<uchar>(rowOf(header_, row_), column_++) = static_cast<uchar>(index);
        }
    }
    bool escape(int value) {
        if (value == endOfRow) {
            column_ = 0;
            ++row_;
            return true;
        }
        if (value == step) {
            if (!holds(data_, at_, 2)) {
                return false;
            }
            column_ = std::min(column_ + next(), header_.width);
            row_ += next();
            return true;
        }
        const auto length = static_cast<std::size_t>(header_.compression == Runs8 ? value : (value + 1) / 2);
        if (!holds(data_, at_, length)) {
            return false;
        }
        for (int i = 0; i < value; ++i) {
            put(nibbleOf(
                static_cast<uchar>(data_[at_ + static_cast<std::size_t>(header_.compression == Runs8 ? i : i / 2)]),
                i));
        }
        at_ += length + length % 2;
        return true;
    }

    std::string_view data_;
    const Header& header_;
    cv::Mat indices_;
    std::size_t at_ = 0;
    int row_ = 0;
    int column_ = 0;
};

/// One channel where the palette is grey.
cv::Mat coloured(const cv::Mat& indices, const std::array<cv::Vec3b, 256>& palette) {
    const bool grey = std::ranges::all_of(palette, [](const cv::Vec3b& c) { return c[0] == c[1] && c[1] == c[2]; });
    cv::Mat pixels(indices.size(), grey ? CV_8UC1 : CV_8UC3);
    for (int y = 0; y < indices.rows; ++y) {
        for (int x = 0; x < indices.cols; ++x) {
            const cv::Vec3b& colour = palette[indices.at<uchar>(y, x)];
            if (grey) {
                pixels.at<uchar>(y, x) = colour[0];
            } else {
                pixels.at<cv::Vec3b>(y, x) = colour;
            }
        }
    }
    return pixels;
}

/// 16, 24 or 32 bits a pixel, taken apart into as many channels as there are.
cv::Mat readDirect(std::string_view rows, const Header& header, const std::vector<Channel>& channels) {
    const int pixelBytes = static_cast<int>(header.bits) / 8;
    const auto count = static_cast<int>(channels.size());
    cv::Mat pixels(header.height, header.width, CV_8UC(count));
    for (int stored = 0; stored < header.height; ++stored) {
        const std::size_t start = static_cast<std::size_t>(stored) * header.rowBytes();
        uchar* into = pixels.ptr(rowOf(header, stored));
        for (int x = 0; x < header.width; ++x, into += count) {
            const std::uint32_t pixel = littleEndian(
                rows, start + static_cast<std::size_t>(x) * static_cast<std::size_t>(pixelBytes), pixelBytes);
            for (int c = 0; c < count; ++c) {
                into[c] = channels[static_cast<std::size_t>(c)].level(pixel);
            }
        }
    }
    return pixels;
}

/// Many writers leave a stated alpha channel at zero and mean an opaque picture, which browsers show as such.
Decoded opaqueOrOverWhite(const cv::Mat& rgba) {
    cv::Mat alpha;
    cv::extractChannel(rgba, alpha, 3);
    if (cv::countNonZero(alpha) > 0) {
        return overWhite(rgba, Alpha::Straight);
    }
    cv::Mat rgb(rgba.size(), CV_8UC3);
    cv::mixChannels(rgba, rgb, {0, 0, 1, 1, 2, 2});
    return {rgb, {"its alpha channel is zero everywhere: shown opaque"}};
}

Decoded decode(std::string_view bytes, const std::string& name) {
    const Header header = readHeader(bytes, name);
    checkKind(header, name);
    if (header.pixelsAt < header.paletteAt()) {
        failDamaged(name, "BMP");
    }
    const std::size_t needed = header.hasRuns() ? 1 : header.rowBytes() * static_cast<std::size_t>(header.height);
    if (!holds(bytes, header.pixelsAt, needed)) {
        failCutShort(name, bytes);
    }
    const std::string_view rows = bytes.substr(header.pixelsAt);
    if (header.bits > 8) {
        const cv::Mat pixels = readDirect(rows, header, readChannels(bytes, header, name));
        return pixels.channels() == 4 ? opaqueOrOverWhite(pixels) : Decoded{pixels, {}};
    }
    const cv::Mat indices = header.hasRuns() ? RunReader(rows, header).read() : readIndices(rows, header);
    if (indices.empty()) {
        failCutShort(name, bytes);
    }
    return {coloured(indices, readPalette(bytes, header)), {}};
}

}  // namespace

Decoder bmpDecoder() { return {"BMP", {"bmp", "dib"}, &recognises, &decode}; }

}  // namespace discern
