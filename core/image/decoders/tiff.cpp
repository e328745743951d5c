#include <algorithm>
#include <limits>

#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/notes.h"
#include "core/image/opacity.h"
#include "core/image/refusal.h"
#include "core/image/tiff/tiff_file.h"
#include "core/image/tiff/tiff_pages.h"
#include "core/image/tiff/tiff_samples.h"

namespace discern {

namespace {

bool recognises(std::string_view bytes) {
    using namespace std::string_view_literals;
    for (const std::string_view start : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
        if (bytes.starts_with(start)) {
            return true;
        }
    }
    return false;
}

/// What the samples of a pixel mean.
struct Meaning {
    std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
    int colours = 1;  ///< samples that are no extra ones
    int alphaAt = -1;
    Alpha alpha = Alpha::Straight;
    int leftOut = 0;  ///< extra samples that are no alpha
};

int coloursOf(const TiffFile& file, std::uint16_t photometric) {
    switch (photometric) {
        case PHOTOMETRIC_MINISWHITE:
        case PHOTOMETRIC_MINISBLACK:
        case PHOTOMETRIC_PALETTE:
            return 1;
        case PHOTOMETRIC_RGB:
        case PHOTOMETRIC_YCBCR:
        case PHOTOMETRIC_CIELAB:
            return 3;
        case PHOTOMETRIC_SEPARATED:
            if (file.value<std::uint16_t>(TIFFTAG_INKSET, INKSET_CMYK) == INKSET_CMYK) {
                return 4;
            }
            failUnsupported(file.name(), "a TIFF file of other inks than cyan, magenta, yellow and black",
                            "convert it to RGB");
        default:
            failUnsupported(file.name(), "a TIFF file of an unusual colour space (" + std::to_string(photometric) + ")",
                            "convert it to RGB");
    }
}

Meaning readMeaning(const TiffFile& file, int samples) {
    Meaning meaning;
    const std::uint16_t usual = samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    meaning.photometric = file.value<std::uint16_t>(TIFFTAG_PHOTOMETRIC, usual);
    meaning.colours = coloursOf(file, meaning.photometric);
    if (samples < meaning.colours) {
        failDamaged(file.name(), "TIFF");
    }
    std::uint16_t count = 0;
    const std::uint16_t* kinds = nullptr;
    const bool stated = TIFFGetField(file.get(), TIFFTAG_EXTRASAMPLES, &count, &kinds) == 1;
    const int extra = samples - meaning.colours;
    for (int i = 0; i < std::min<int>(extra, count) && meaning.alphaAt < 0; ++i) {
        if (kinds[i] == EXTRASAMPLE_ASSOCALPHA || kinds[i] == EXTRASAMPLE_UNASSALPHA) {
            meaning.alphaAt = meaning.colours + i;
            meaning.alpha = kinds[i] == EXTRASAMPLE_ASSOCALPHA ? Alpha::Premultiplied : Alpha::Straight;
        }
    }
    // Old writers append alpha and leave the tag out, as Pillow takes it too.
    if (!stated && extra == 1) {
        meaning.alphaAt = meaning.colours;
    }
    meaning.leftOut = extra - (meaning.alphaAt >= 0 ? 1 : 0);
    return meaning;
}

std::string codingName(std::uint16_t compression) {
    switch (compression) {
        case 33003:
        case 33004:
        case 33005:
        case 34712:
            return "JPEG 2000";
        case COMPRESSION_JBIG:
            return "JBIG";
        case 34892:
            return "lossy DNG";
        case 50002:
        case 52546:
            return "JPEG XL";
        default:
            if (const TIFFCodec* codec = TIFFFindCODEC(compression)) {
                return codec->name;
            }
            return "coding " + std::to_string(compression);
    }
}

/// What a reader of whole numbers cannot take.
void checkKind(const TiffFile& file, const TiffLayout& layout) {
    const std::string& name = file.name();
    const auto format = file.value<std::uint16_t>(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    const std::string deep = "convert it to 16 bit whole numbers";
    if (format == SAMPLEFORMAT_IEEEFP || format == SAMPLEFORMAT_COMPLEXIEEEFP) {
        failUnsupported(name, "a floating-point TIFF file", deep);
    }
    if (format == SAMPLEFORMAT_INT || format == SAMPLEFORMAT_COMPLEXINT) {
        failUnsupported(name, "a TIFF file of numbers with a sign", deep);
    }
    if (layout.bits > 16) {
        failUnsupported(name, "a TIFF file of " + std::to_string(layout.bits) + " bit", deep);
    }
    if (file.value<std::uint32_t>(TIFFTAG_IMAGEDEPTH, 1) > 1) {
        failUnsupported(name, "a TIFF volume", "export the slice that you mean as a 16 bit PNG or TIFF");
    }
    const auto compression = file.value<std::uint16_t>(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    if (TIFFIsCODECConfigured(compression) == 0) {
        failUnsupported(name, "a TIFF file packed by " + codingName(compression), "save it uncompressed or with LZW");
    }
}

TiffLayout readLayout(const TiffFile& file) {
    TiffLayout layout;
    layout.width = file.value<std::uint32_t>(TIFFTAG_IMAGEWIDTH, 0);
    layout.height = file.value<std::uint32_t>(TIFFTAG_IMAGELENGTH, 0);
    checkPictureSize(layout.width, layout.height, file.name());
    layout.bits = file.value<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
    layout.samples = file.value<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
    layout.separatePlanes =
        layout.samples > 1 &&
        file.value<std::uint16_t>(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
    if (layout.bits == 0 || layout.samples == 0) {
        failDamaged(file.name(), "TIFF");
    }
    return layout;
}

/// The palette's 16 bit levels cut to 8 bit; files that fill only the lower half of each hold 8 bit levels.
cv::Mat coloured(const TiffFile& file, const cv::Mat& indices, int bits) {
    const std::uint16_t* map[3] = {};
    if (TIFFGetField(file.get(), TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]) != 1) {
        failDamaged(file.name(), "TIFF");
    }
    const std::size_t size = std::size_t{1} << bits;
    const bool wide = std::ranges::any_of(map, [&](const std::uint16_t* levels) {
        return std::any_of(levels, levels + size, [](std::uint16_t level) { return level > 255; });
    });
    cv::Mat pixels(indices.size(), CV_8UC3);
    for (int y = 0; y < indices.rows; ++y) {
        for (int x = 0; x < indices.cols; ++x) {
            const int index = indices.depth() == CV_8U ? indices.at<uchar>(y, x) : indices.at<std::uint16_t>(y, x);
            for (int c = 0; c < 3; ++c) {
                pixels.at<cv::Vec3b>(y, x)[c] = static_cast<uchar>(wide ? map[c][index] >> 8 : map[c][index]);
            }
        }
    }
    return pixels;
}

/// Levels of white minus ink, times what black leaves: what all who know no profile show.
template <typename Level>
cv::Mat rgbOfCmyk(const cv::Mat& cmyk) {
    constexpr std::uint64_t full = std::numeric_limits<Level>::max();
    cv::Mat rgb(cmyk.size(), CV_MAKETYPE(cmyk.depth(), 3));
    for (int y = 0; y < cmyk.rows; ++y) {
        const Level* from = cmyk.ptr<Level>(y);
        Level* into = rgb.ptr<Level>(y);
        for (int x = 0; x < cmyk.cols; ++x, from += 4, into += 3) {
            for (int c = 0; c < 3; ++c) {
                into[c] = static_cast<Level>(((full - from[c]) * (full - from[3]) + full / 2) / full);
            }
        }
    }
    return rgb;
}

/// Grey or RGB of 8 or 16 bit from samples without alpha.
cv::Mat toColours(const TiffFile& file, const cv::Mat& samples, int bits, std::uint16_t photometric) {
    if (photometric == PHOTOMETRIC_PALETTE) {
        return coloured(file, samples, bits);
    }
    const cv::Mat levels = stretched(samples, bits);
    if (photometric == PHOTOMETRIC_MINISWHITE) {
        cv::Mat inverse;
        cv::bitwise_not(levels, inverse);
        return inverse;
    }
    if (photometric == PHOTOMETRIC_SEPARATED) {
        return levels.depth() == CV_8U ? rgbOfCmyk<std::uint8_t>(levels) : rgbOfCmyk<std::uint16_t>(levels);
    }
    return levels;
}

/// The same where the last channel is alpha, which stays.
cv::Mat withColours(const TiffFile& file, const cv::Mat& samples, int bits, std::uint16_t photometric) {
    std::vector<cv::Mat> planes;
    cv::split(samples, planes);
    cv::Mat alpha = stretched(planes.back(), bits);
    planes.pop_back();
    cv::Mat colours;
    cv::merge(planes, colours);
    colours = toColours(file, colours, bits, photometric);
    if (colours.depth() != alpha.depth()) {
        alpha.convertTo(alpha, colours.depth(), 1.0 / 257.0);
    }
    cv::split(colours, planes);
    planes.push_back(alpha);
    cv::merge(planes, colours);
    return colours;
}

Decoded readPlain(const TiffFile& file, const TiffLayout& layout, const Meaning& meaning) {
    std::vector<int> wanted;
    for (int i = 0; i < meaning.colours; ++i) {
        wanted.push_back(i);
    }
    if (meaning.alphaAt < 0) {
        return {toColours(file, readSamples(file, layout, wanted), layout.bits, meaning.photometric), {}};
    }
    wanted.push_back(meaning.alphaAt);
    cv::Mat samples = readSamples(file, layout, wanted);
    const bool asStored = meaning.photometric == PHOTOMETRIC_RGB || meaning.photometric == PHOTOMETRIC_MINISBLACK;
    if (!asStored) {
        samples = withColours(file, samples, layout.bits, meaning.photometric);
    }
    return overWhite(asStored ? stretched(samples, layout.bits) : samples, meaning.alpha);
}

/// Colour spaces and subsampling that libtiff converts by itself, to 8 bit.
Decoded readConverted(const TiffFile& file, const TiffLayout& layout) {
    char why[1024] = {};
    if (TIFFRGBAImageOK(file.get(), why) == 0) {
        failUnsupported(file.name(), "a TIFF file of an unusual layout", "convert it to RGB");
    }
    cv::Mat rgba(static_cast<int>(layout.height), static_cast<int>(layout.width), CV_8UC4);
    TIFFSetField(file.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);  // turned later, as all others
    constexpr int stopOnError = 1;
    if (TIFFReadRGBAImageOriented(file.get(), layout.width, layout.height, rgba.ptr<std::uint32_t>(),
                                  ORIENTATION_TOPLEFT, stopOnError) != 1) {
        file.fail();
    }
    cv::Mat rgb(rgba.size(), CV_8UC3);
    cv::mixChannels(rgba, rgb, {0, 0, 1, 1, 2, 2});
    return {rgb, {}};
}

Decoded decode(std::string_view bytes, const std::string& name) {
    TiffFile file(bytes, name);
    const TiffPages pages = choosePage(file, bytes);
    const TiffLayout layout = readLayout(file);
    checkKind(file, layout);
    const Meaning meaning = readMeaning(file, layout.samples);
    const auto orientation = file.value<std::uint16_t>(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    const bool converted = meaning.photometric == PHOTOMETRIC_YCBCR || meaning.photometric == PHOTOMETRIC_CIELAB;
    const bool damagedBehind = pages.unreadable || file.endsEarly();
    file.forgetEnd();
    Decoded decoded = converted ? readConverted(file, layout) : readPlain(file, layout, meaning);
    if (file.endsEarly()) {
        file.fail();
    }
    if (damagedBehind) {
        decoded.notes.emplace_back("cut short or damaged behind the pixels that are shown");
    }
    decoded.pixels = upright(decoded.pixels, orientation);
    const int leftOut = meaning.leftOut + (converted && meaning.alphaAt >= 0 ? 1 : 0);
    if (leftOut > 0) {
        decoded.notes.push_back(channelsNote(static_cast<std::uint64_t>(leftOut)));
    }
    if (pages.hasMask) {
        decoded.notes.emplace_back("its transparency mask is left out");
    }
    if (pages.count > 1) {
        decoded.notes.push_back(pageNote(pages.count, pages.more));
    }
    return decoded;
}

}  // namespace

Decoder tiffDecoder() { return {"TIFF", {"tif", "tiff"}, &recognises, &decode}; }

}  // namespace discern
