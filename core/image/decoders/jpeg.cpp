// jpeglib.h needs the two before it.
#include <cstddef>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <csetjmp>
#include <new>

#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/refusal.h"

namespace discern {

namespace {

constexpr int exifMarker = JPEG_APP0 + 1;
constexpr int jpegLsFrame = 0xf7;
constexpr std::string_view exifIntroduction("Exif\0\0", 6);
/// Files of a few kilobytes can hold thousands of scans, each of which costs a pass over all pixels.
constexpr int maxScans = 500;

bool recognises(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"); }

enum class Problem { None, CutShort, Damaged, Lossless, Arithmetic, Precision, Colours, NoPixels, TooLarge, NoMemory };

/// Everything that libjpeg's callbacks see. They leave a step by longjmp, so nothing in it or in a step has a
/// destructor.
struct Session {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf jump{};
    Problem problem = Problem::None;
    std::string_view bytes;
    unsigned char* pixels = nullptr;
    std::size_t stride = 0;
};

[[noreturn]] void leave(j_common_ptr info, Problem problem) {
    auto& session = *static_cast<Session*>(info->client_data);
    session.problem = problem;
    std::longjmp(session.jump, 1);
}

Problem problemOf(const jpeg_error_mgr& errors) {
    switch (errors.msg_code) {
        case JERR_SOF_UNSUPPORTED:
            return Problem::Lossless;
        case JERR_UNKNOWN_MARKER:
            return errors.msg_parm.i[0] == jpegLsFrame ? Problem::Lossless : Problem::Damaged;
        case JERR_ARITH_NOTIMPL:
            return Problem::Arithmetic;
        case JERR_BAD_PRECISION:
            return Problem::Precision;
        case JERR_BAD_J_COLORSPACE:
        case JERR_CONVERSION_NOTIMPL:
            return Problem::Colours;
        case JERR_EMPTY_IMAGE:
            return Problem::NoPixels;
        case JERR_IMAGE_TOO_BIG:
            return Problem::TooLarge;
        case JERR_OUT_OF_MEMORY:
            return Problem::NoMemory;
        default:
            return Problem::Damaged;
    }
}

void onError(j_common_ptr info) { leave(info, problemOf(*info->err)); }

/// libjpeg would fill what is missing with grey and go on. Bytes between segments and odd segments are harmless.
void onMessage(j_common_ptr info, int level) {
    constexpr int warning = -1;
    if (level != warning) {
        return;
    }
    switch (info->err->msg_code) {
        case JWRN_HIT_MARKER:
        case JWRN_JPEG_EOF:
            leave(info, Problem::CutShort);
        case JWRN_MUST_RESYNC:
            leave(info, info->err->msg_parm.i[0] == JPEG_EOI ? Problem::CutShort : Problem::Damaged);
        case JWRN_HUFF_BAD_CODE:
            leave(info, Problem::Damaged);
        default:
            break;
    }
}

void onProgress(j_common_ptr info) {
    if (info->is_decompressor != FALSE && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > maxScans) {
        leave(info, Problem::Damaged);
    }
}

/// libjpeg's state, taken down when the file is done with.
class Reader {
public:
    Reader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {
        session_.info.err = jpeg_std_error(&session_.errors);
        session_.errors.error_exit = &onError;
        session_.errors.emit_message = &onMessage;
        session_.progress.progress_monitor = &onProgress;
        session_.info.client_data = &session_;
        session_.bytes = bytes;
    }
    ~Reader() { jpeg_destroy_decompress(&session_.info); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    jpeg_decompress_struct& info() { return session_.info; }

    void begin() {
        run([](Session& session) { jpeg_create_decompress(&session.info); });
        session_.info.progress = &session_.progress;
        run([](Session& session) {
            jpeg_mem_src(&session.info, reinterpret_cast<const unsigned char*>(session.bytes.data()),
                         static_cast<unsigned long>(session.bytes.size()));
            jpeg_save_markers(&session.info, exifMarker, 0xffff);
            jpeg_read_header(&session.info, TRUE);
        });
    }

    /// Takes in all scans of a file that has several.
    void start() {
        run([](Session& session) { jpeg_start_decompress(&session.info); });
    }

    void readInto(cv::Mat& pixels) {
        session_.pixels = pixels.data;
        session_.stride = pixels.step;
        run([](Session& session) {
            while (session.info.output_scanline < session.info.output_height) {
                JSAMPROW row = session.pixels + session.info.output_scanline * session.stride;
                jpeg_read_scanlines(&session.info, &row, 1);
            }
            jpeg_finish_decompress(&session.info);
        });
    }

private:
    void run(void (*step)(Session&)) {
        if (setjmp(session_.jump) == 0) {
            step(session_);
            return;
        }
        fail(session_.problem);
    }

    [[noreturn]] void fail(Problem problem) const {
        switch (problem) {
            case Problem::CutShort:
                failCutShort(name_, bytes_);
            case Problem::Lossless:
                failUnsupported(name_, "a lossless or hierarchical JPEG file", "convert it to PNG");
            case Problem::Arithmetic:
                failUnsupported(name_, "an arithmetic-coded JPEG file", "convert it to PNG");
            case Problem::Precision:
                failUnsupported(name_, "a JPEG file of other than 8 bit", "convert it to a 16 bit PNG");
            case Problem::Colours:
                failUnsupported(name_, "a JPEG file of an unusual number of colours", "convert it to PNG");
            case Problem::NoPixels:
                checkPictureSize(0, 0, name_);
                break;
            case Problem::TooLarge:
                checkPictureSize(UINT32_MAX, UINT32_MAX, name_);
                break;
            case Problem::NoMemory:
                throw std::bad_alloc();
            default:
                break;
        }
        failDamaged(name_, "JPEG");
    }

    std::string_view bytes_;
    const std::string& name_;
    Session session_;
};

/// The first EXIF segment's; cameras write others for their previews.
int orientationOf(const jpeg_decompress_struct& info) {
    for (const jpeg_marker_struct* marker = info.marker_list; marker != nullptr; marker = marker->next) {
        const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
        if (marker->marker == exifMarker && data.starts_with(exifIntroduction)) {
            return orientationIn(data.substr(exifIntroduction.size()));
        }
    }
    return 1;
}

/// True where whole scans are missing: of a component, or those that refine the coefficients of progressive files.
bool lacksScans(const jpeg_decompress_struct& info) {
    for (int c = 0; c < info.num_components; ++c) {
        if (info.comp_info[c].quant_table == nullptr) {
            return true;
        }
        if (info.progressive_mode != FALSE && info.coef_bits != nullptr) {
            const int* bits = info.coef_bits[c];
            if (std::any_of(bits, bits + DCTSIZE2, [](int left) { return left != 0; })) {
                return true;
            }
        }
    }
    return false;
}

J_COLOR_SPACE wantedColours(const jpeg_decompress_struct& info, const std::string& name) {
    switch (info.num_components) {
        case 1:
            return JCS_GRAYSCALE;
        case 3:
            return JCS_RGB;
        case 4:
            return JCS_CMYK;
        default:
            failUnsupported(name, "a JPEG file of an unusual number of colours", "convert it to PNG");
    }
}

/// As Adobe stores it, and as Pillow reads every such file: 255 is no ink.
cv::Mat rgbOfInverseCmyk(const cv::Mat& cmyk) {
    cv::Mat rgb(cmyk.size(), CV_8UC3);
    for (int y = 0; y < cmyk.rows; ++y) {
        const unsigned char* from = cmyk.ptr(y);
        unsigned char* into = rgb.ptr(y);
        for (int x = 0; x < cmyk.cols; ++x, from += 4, into += 3) {
            for (int c = 0; c < 3; ++c) {
                into[c] = static_cast<unsigned char>((from[c] * from[3] + 127) / 255);
            }
        }
    }
    return rgb;
}

/// Of libjpeg's cheap scales the smallest that keeps the picture, turned upright, no smaller than `least`.
unsigned int reductionFor(cv::Size upright, cv::Size least) {
    constexpr int most = 8;
    unsigned int reduction = most;
    while (reduction > 1 && (upright.width / static_cast<int>(reduction) < least.width ||
                             upright.height / static_cast<int>(reduction) < least.height)) {
        reduction /= 2;
    }
    return reduction;
}

/// The whole picture where `least` is null.
Reduced decodeAt(std::string_view bytes, const std::string& name, const cv::Size* least) {
    Reader reader(bytes, name);
    reader.begin();
    jpeg_decompress_struct& info = reader.info();
    checkPictureSize(info.image_width, info.image_height, name);
    if (info.data_precision != 8) {
        failUnsupported(name, "a JPEG file of other than 8 bit", "convert it to a 16 bit PNG");
    }
    info.out_color_space = wantedColours(info, name);
    const int orientation = orientationOf(info);
    cv::Size whole(static_cast<int>(info.image_width), static_cast<int>(info.image_height));
    if (orientation >= 5) {
        std::swap(whole.width, whole.height);
    }
    info.scale_num = 1;
    info.scale_denom = least != nullptr ? reductionFor(whole, *least) : 1;
    reader.start();
    if (lacksScans(info)) {
        failCutShort(name, bytes);
    }
    cv::Mat pixels(static_cast<int>(info.output_height), static_cast<int>(info.output_width),
                   CV_8UC(info.output_components));
    const bool inks = info.out_color_space == JCS_CMYK;
    reader.readInto(pixels);
    return {{upright(inks ? rgbOfInverseCmyk(pixels) : pixels, orientation), {}}, whole};
}

Decoded decode(std::string_view bytes, const std::string& name) { return decodeAt(bytes, name, nullptr).decoded; }

Reduced decodeReduced(std::string_view bytes, const std::string& name, cv::Size least) {
    return decodeAt(bytes, name, &least);
}

}  // namespace

Decoder jpegDecoder() { return {"JPEG", {"jpg", "jpeg", "jpe", "jfif"}, &recognises, &decode, &decodeReduced}; }

}  // namespace discern
