#include "core/image/tiff/tiff_pages.h"

#include "core/image/refusal.h"

namespace discern {

namespace {

constexpr std::uint64_t mostCounted = 1000;
constexpr std::uint16_t linearRaw = 34892;

bool hasSubdirectories(const TiffFile& file) {
    std::uint16_t count = 0;
    const std::uint64_t* offsets = nullptr;
    return TIFFGetField(file.get(), TIFFTAG_SUBIFD, &count, &offsets) == 1 && count > 0;
}

bool isPreview(const TiffFile& file) {
    return (file.value<std::uint32_t>(TIFFTAG_SUBFILETYPE, 0) & FILETYPE_REDUCEDIMAGE) != 0;
}

bool isMask(const TiffFile& file) { return (file.value<std::uint32_t>(TIFFTAG_SUBFILETYPE, 0) & FILETYPE_MASK) != 0; }

/// A camera's sensor values, or a preview whose picture lies in subdirectories as Nikon, Sony and Pentax write it.
bool isRaw(const TiffFile& file, std::string_view bytes) {
    const std::uint8_t* version = nullptr;
    const auto photometric = file.value<std::uint16_t>(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    return bytes.substr(8, 2) == "CR" || TIFFGetField(file.get(), TIFFTAG_DNGVERSION, &version) == 1 ||
           photometric == PHOTOMETRIC_CFA || photometric == linearRaw || (isPreview(file) && hasSubdirectories(file));
}

}  // namespace

TiffPages choosePage(const TiffFile& file, std::string_view bytes) {
    if (isRaw(file, bytes)) {
        failUnsupported(file.name(), "a camera's raw file", "develop it into a TIFF or JPEG");
    }
    TiffPages pages{0, false, false, false};
    std::uint64_t directories = 0;
    tdir_t first = 0;
    do {
        const bool page = !isPreview(file) && !isMask(file);
        if (page && pages.count == 0) {
            first = TIFFCurrentDirectory(file.get());
        }
        pages.hasMask = pages.hasMask || (isMask(file) && pages.count <= 1);
        pages.count += page ? 1 : 0;
        ++directories;
        pages.more = directories == mostCounted && TIFFLastDirectory(file.get()) == 0;
    } while (!pages.more && TIFFReadDirectory(file.get()) == 1);
    pages.unreadable = !pages.more && TIFFLastDirectory(file.get()) == 0;
    pages.count = pages.count == 0 ? 1 : pages.count;
    if (TIFFSetDirectory(file.get(), first) != 1) {
        file.fail();
    }
    return pages;
}

}  // namespace discern
