#include <optional>
#include <vector>

#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/opencv_decoding.h"

namespace discern {

namespace {

enum Tag : std::uint32_t {
    imageWidth = 256,
    imageLength = 257,
    stripOffsets = 273,
    stripByteCounts = 279,
    tileOffsets = 324,
    tileByteCounts = 325,
};

bool recognises(std::string_view bytes) {
    constexpr std::string_view little("II*\0", 4);
    constexpr std::string_view big("MM\0*", 4);
    return bytes.starts_with(little) || bytes.starts_with(big);
}

/// The first directory of a TIFF file.
class Directory {
public:
    Directory(std::string_view bytes, const std::string& name)
        : bytes_(bytes), number_(bytes[0] == 'I' ? &littleEndian : &bigEndian) {
        if (!holds(bytes_, 0, 8)) {
            failCutShort(name, bytes_);
        }
        at_ = number_(bytes_, 4, 4);
        if (!holds(bytes_, at_, 2) || !holds(bytes_, at_ + 2, number_(bytes_, at_, 2) * std::size_t{12})) {
            failCutShort(name, bytes_);
        }
        entries_ = number_(bytes_, at_, 2);
    }

    /// A tag's whole numbers; nothing where the tag is missing, none where they lie outside the file.
    [[nodiscard]] std::optional<std::vector<std::uint32_t>> values(Tag tag) const {
        for (std::size_t i = 0; i < entries_; ++i) {
            const std::size_t entry = at_ + 2 + i * 12;
            if (number_(bytes_, entry, 2) == static_cast<std::uint32_t>(tag)) {
                return valuesAt(entry);
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::vector<std::uint32_t> valuesAt(std::size_t entry) const {
        constexpr std::uint32_t shortType = 3;
        const int width = number_(bytes_, entry + 2, 2) == shortType ? 2 : 4;
        const std::size_t count = number_(bytes_, entry + 4, 4);
        const std::size_t length = count * static_cast<std::size_t>(width);
        const std::size_t start = length <= 4 ? entry + 8 : number_(bytes_, entry + 8, 4);
        std::vector<std::uint32_t> values;
        if (holds(bytes_, start, length)) {
            for (std::size_t i = 0; i < count; ++i) {
                values.push_back(number_(bytes_, start + i * static_cast<std::size_t>(width), width));
            }
        }
        return values;
    }

    std::string_view bytes_;
    std::uint32_t (*number_)(std::string_view, std::size_t, int);
    std::size_t at_ = 0;
    std::size_t entries_ = 0;
};

/// Every strip or tile must lie inside the file: libtiff leaves missing ones black.
void checkBlocks(const Directory& directory, Tag offsetsTag, Tag countsTag, std::string_view bytes,
                 const std::string& name) {
    const auto offsets = directory.values(offsetsTag);
    const auto counts = directory.values(countsTag);
    if (!offsets || !counts) {
        return;
    }
    if (offsets->empty() || offsets->size() != counts->size()) {
        failCutShort(name, bytes);
    }
    for (std::size_t i = 0; i < offsets->size(); ++i) {
        if (!holds(bytes, (*offsets)[i], (*counts)[i])) {
            failCutShort(name, bytes);
        }
    }
}

cv::Mat decode(std::string_view bytes, const std::string& name) {
    const Directory directory(bytes, name);
    const auto width = directory.values(imageWidth);
    const auto height = directory.values(imageLength);
    if (!width || !height || width->size() != 1 || height->size() != 1) {
        failDamaged(name, "TIFF");
    }
    checkPictureSize(width->front(), height->front(), name);
    checkBlocks(directory, stripOffsets, stripByteCounts, bytes, name);
    checkBlocks(directory, tileOffsets, tileByteCounts, bytes, name);
    return upright(decodeWithOpenCv(bytes, name, "TIFF"), orientationIn(bytes));
}

}  // namespace

Decoder tiffDecoder() { return {"TIFF", {"tif", "tiff"}, &recognises, &decode}; }

}  // namespace discern
