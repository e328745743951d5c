#include "core/image/unsupported.h"

#include <algorithm>
#include <cctype>

#include "core/image/bytes.h"

namespace discern {

namespace {

constexpr const char* convert = "convert it to PNG or JPEG";
constexpr const char* convertDeep = "convert it to a 16 bit PNG or TIFF";
constexpr const char* develop = "develop it into a TIFF or JPEG";
constexpr const char* draw = "draw it as a PNG of the size that you need";
constexpr const char* flatten = "export it as PNG with its layers merged";
constexpr const char* oneFrame = "save the frame that you mean as PNG";
constexpr const char* slice = "export the slice that you mean as a 16 bit PNG or TIFF";
constexpr const char* unpack = "unpack it";

/// Bytes at a fixed place that tell a kind.
struct Mark {
    std::size_t at;
    std::string_view bytes;
    UnsupportedKind kind;
};

using namespace std::string_view_literals;

constexpr Mark marks[] = {
    {0, "GIF87a"sv, {"a GIF file", oneFrame}},
    {0, "GIF89a"sv, {"a GIF file", oneFrame}},
    {0, "\0\0\0\x0cjP  \r\n\x87\n"sv, {"a JPEG 2000 file", convert}},
    {0, "\xff\x4f\xff\x51"sv, {"a JPEG 2000 codestream", convert}},
    {0, "\0\0\0\x0cJXL \r\n\x87\n"sv, {"a JPEG XL file", convert}},
    {0, "\xff\x0a"sv, {"a JPEG XL file", convert}},
    {0, "II\xbc\x01"sv, {"a JPEG XR file", convert}},
    {0, "8BPS"sv, {"a Photoshop file", flatten}},
    {0, "gimp xcf"sv, {"a GIMP file", flatten}},
    {128, "DICM"sv, {"a DICOM file", slice}},
    {344, "n+1\0"sv, {"a NIfTI volume", slice}},
    {0, "SIMPLE  ="sv, {"a FITS file", convertDeep}},
    {0, "\x89HDF\r\n\x1a\n"sv, {"an HDF5 file", slice}},
    {0, "\x93NUMPY"sv, {"a NumPy array", "save it as PNG"}},
    {0, "%PDF-"sv, {"a PDF document", draw}},
    {0, "%!PS"sv, {"a PostScript file", draw}},
    {0, "\xc5\xd0\xd3\xc6"sv, {"an EPS file", draw}},
    {40, " EMF"sv, {"a Windows metafile", draw}},
    {0, "\xd7\xcd\xc6\x9a"sv, {"a Windows metafile", draw}},
    {0, "AT&TFORM"sv, {"a DjVu document", convert}},
    {0, "#?RADIANCE"sv, {"a Radiance HDR picture", convertDeep}},
    {0, "#?RGBE"sv, {"a Radiance HDR picture", convertDeep}},
    {0, "\x76\x2f\x31\x01"sv, {"an OpenEXR picture", convertDeep}},
    {0, "qoif"sv, {"a QOI file", convert}},
    {0, "farbfeld"sv, {"a farbfeld file", convertDeep}},
    {0, "BPG\xfb"sv, {"a BPG file", convert}},
    {0, "FLIF"sv, {"a FLIF file", convert}},
    {0, "DDS "sv, {"a DirectDraw texture", convert}},
    {0, "\x8aMNG\r\n\x1a\n"sv, {"an MNG animation", oneFrame}},
    {0, "\x8bJNG\r\n\x1a\n"sv, {"a JNG file", convert}},
    {0, "\0\0\1\0"sv, {"a Windows icon", convert}},
    {0, "icns"sv, {"an Apple icon", convert}},
    {0, "\x59\xa6\x6a\x95"sv, {"a Sun raster file", convert}},
    {0, "\x01\xda\0\x01"sv, {"an SGI picture", convert}},
    {0, "\x01\xda\x01\x01"sv, {"an SGI picture", convert}},
    {0, "\x0a\x05\x01\x08"sv, {"a PCX file", convert}},
    {0, "/* XPM */"sv, {"an XPM file", convert}},
    {8, "ILBM"sv, {"an IFF picture", convert}},
    {0, "FUJIFILMCCD-RAW"sv, {"a Fujifilm raw file", develop}},
    {0, "IIRO"sv, {"an Olympus raw file", develop}},
    {0, "IIRS"sv, {"an Olympus raw file", develop}},
    {0, "MMOR"sv, {"an Olympus raw file", develop}},
    {0, "IIU\0"sv, {"a Panasonic raw file", develop}},
    {6, "HEAPCCDR"sv, {"a Canon raw file", develop}},
    {0, "FOVb"sv, {"a Sigma raw file", develop}},
    {0, "\0MRM"sv, {"a Minolta raw file", develop}},
    {8, "AVI "sv, {"a video", oneFrame}},
    {0, "\x1a\x45\xdf\xa3"sv, {"a video", oneFrame}},
    {0, "\0\0\1\xba"sv, {"a video", oneFrame}},
    {0, "\0\0\1\xb3"sv, {"a video", oneFrame}},
    {0, "\x1f\x8b"sv, {"a file packed by gzip", unpack}},
    {0, "BZh"sv, {"a file packed by bzip2", unpack}},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     {"a file packed by xz", unpack}},
    {0, "\x28\xb5\x2f\xfd"sv, {"a file packed by Zstandard", unpack}},
    {0, "7z\xbc\xaf\x27\x1c"sv, {"a 7z archive", unpack}},
    {0, "Rar!\x1a\x07"sv, {"a RAR archive", unpack}},
    {0, "PK\x03\x04"sv, {"an archive", unpack}},
};

/// Brands of the container that HEIC, AVIF, raw files and videos share (ISO/IEC 14496-12).
struct Brand {
    std::string_view brand;
    UnsupportedKind kind;
};

constexpr Brand brands[] = {
    {"avif", {"an AVIF file", convert}},      {"avis", {"an animated AVIF file", oneFrame}},
    {"heic", {"a HEIC photograph", convert}}, {"heix", {"a HEIC photograph", convert}},
    {"heim", {"a HEIC photograph", convert}}, {"heis", {"a HEIC photograph", convert}},
    {"hevc", {"a HEIC sequence", oneFrame}},  {"hevx", {"a HEIC sequence", oneFrame}},
    {"j2ki", {"a JPEG 2000 file", convert}},  {"jxl ", {"a JPEG XL file", convert}},
    {"crx ", {"a Canon raw file", develop}},  {"mif1", {"a HEIF picture", convert}},
    {"msf1", {"a HEIF sequence", oneFrame}},  {"mif2", {"a HEIF picture", convert}},
};

constexpr UnsupportedKind video = {"a video", oneFrame};
constexpr UnsupportedKind svg = {"an SVG drawing", draw};
constexpr UnsupportedKind netpbm = {"a Netpbm picture", convert};
constexpr UnsupportedKind pfm = {"a floating-point picture (PFM)", convertDeep};
constexpr UnsupportedKind targa = {"a Targa file", convert};
constexpr UnsupportedKind cursor = {"a Windows cursor", convert};
constexpr UnsupportedKind os2Array = {"an array of OS/2 bitmaps", convert};

const UnsupportedKind* kindOfBrand(std::string_view brand) {
    const auto* found = std::ranges::find(brands, brand, &Brand::brand);
    return found == std::end(brands) ? nullptr : &found->kind;
}

/// The major brand of a HEIF file is often the general "mif1"; the compatible ones then tell what it holds.
const UnsupportedKind* kindOfContainer(std::string_view bytes) {
    if (!holds(bytes, 4, 8) || bytes.substr(4, 4) != "ftyp") {
        return nullptr;
    }
    const std::string_view major = bytes.substr(8, 4);
    const UnsupportedKind* kind = kindOfBrand(major);
    if (major == "mif1" || major == "msf1" || major == "mif2") {
        const std::size_t end = std::min<std::size_t>({bigEndian(bytes, 0, 4), bytes.size(), 256});
        for (std::size_t at = 16; at + 4 <= end; at += 4) {
            const std::string_view brand = bytes.substr(at, 4);
            if (brand != "mif1" && brand != "msf1" && brand != "mif2" && kindOfBrand(brand) != nullptr) {
                return kindOfBrand(brand);
            }
        }
    }
    return kind != nullptr ? kind : &video;
}

/// Older Targa files end without a mark, and begin as a cursor does but for the count of its pictures.
bool isTargaHeader(std::string_view bytes) {
    if (!holds(bytes, 0, 18)) return false;
    const auto at = [&](std::size_t place) { return static_cast<unsigned char>(bytes[place]); };
    const bool mapped = at(1) == 1 && (at(2) == 1 || at(2) == 9);
    const bool direct = at(1) == 0 && (at(2) == 2 || at(2) == 3 || at(2) == 10 || at(2) == 11) &&
                        bytes.substr(3, 5) == "\0\0\0\0\0"sv;
    const bool sized = (at(12) | at(13)) != 0 && (at(14) | at(15)) != 0;
    const bool deep = at(16) == 8 || at(16) == 15 || at(16) == 16 || at(16) == 24 || at(16) == 32;
    return (mapped || direct) && sized && deep && (at(17) & 0xc0) == 0;
}

const UnsupportedKind* kindOfText(std::string_view bytes) {
    constexpr std::size_t reach = 4096;
    const std::string_view start = bytes.substr(0, reach);
    if (start.find("<svg") != std::string_view::npos) {
        return &svg;
    }
    if (bytes.size() >= 3 && bytes[0] == 'P' && std::isspace(static_cast<unsigned char>(bytes[2])) != 0) {
        const char type = bytes[1];
        return type >= '1' && type <= '7' ? &netpbm : (type == 'F' || type == 'f' ? &pfm : nullptr);
    }
    return nullptr;
}

}  // namespace

const UnsupportedKind* unsupportedKind(std::string_view bytes) {
    for (const Mark& mark : marks) {
        if (holds(bytes, mark.at, mark.bytes.size()) && bytes.substr(mark.at, mark.bytes.size()) == mark.bytes) {
            return &mark.kind;
        }
    }
    if (const UnsupportedKind* kind = kindOfContainer(bytes)) {
        return kind;
    }
    if (const UnsupportedKind* kind = kindOfText(bytes)) {
        return kind;
    }
    if (bytes.starts_with("BA") && holds(bytes, 14, 2) && bytes.substr(14, 2) == "BM") {
        return &os2Array;
    }
    if (bytes.ends_with("TRUEVISION-XFILE.\0"sv) || isTargaHeader(bytes)) {
        return &targa;
    }
    if (bytes.starts_with("\0\0\2\0"sv) && holds(bytes, 4, 2) && bytes.substr(4, 2) != "\0\0"sv) {
        return &cursor;
    }
    return nullptr;
}

}  // namespace discern
