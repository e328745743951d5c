#include <png.h>

#include <csetjmp>
#include <cstring>
#include <vector>

#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/notes.h"
#include "core/image/opacity.h"
#include "core/image/refusal.h"

namespace discern {

namespace {

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";

bool recognises(std::string_view bytes) { return bytes.starts_with(signature); }

/// What a PNG file's chunks say.
struct Content {
    std::string essential;  ///< the file without chunks that change no pixel, so that a broken one does no harm
    int orientation = 1;
    std::uint32_t frames = 0;          ///< of an animated file
    bool firstFrameIsPicture = false;  ///< else the animation does not show the file's picture
};

bool isEssential(std::string_view type) {
    for (const std::string_view known : {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}) {
        if (type == known) {
            return true;
        }
    }
    return false;
}

void checkFirst(std::string_view type, std::string_view data, const std::string& name) {
    if (type == "CgBI") {
        failUnsupported(name, "a PNG file in Apple's own form for its telephones", "convert it to an ordinary PNG");
    }
    if (type != "IHDR" || data.size() < 13) {
        failDamaged(name, "PNG");
    }
    checkPictureSize(bigEndian(data, 0, 4), bigEndian(data, 4, 4), name);
}

Content readChunks(std::string_view bytes, const std::string& name) {
    Content content;
    content.essential = signature;
    bool pictureBegun = false;
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
            checkFirst(type, data, name);
        }
        if (type == "eXIf") {
            content.orientation = orientationIn(data);
        } else if (type == "acTL" && length >= 4) {
            content.frames = bigEndian(data, 0, 4);
        } else if (type == "fcTL" && !pictureBegun) {
            content.firstFrameIsPicture = true;
        }
        pictureBegun = pictureBegun || type == "IDAT";
        if (isEssential(type)) {
            content.essential += bytes.substr(at, length + 12);
        }
        if (type == "IEND") {
            return content;
        }
        at += length + 12;
    }
}

/// What libpng's callbacks see. They leave a step by longjmp, so nothing in it or in a step has a destructor.
struct Session {
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::string_view left;
    png_bytepp rows = nullptr;
    std::jmp_buf jump{};
};

[[noreturn]] void onError(png_structp png, png_const_charp) {
    std::longjmp(static_cast<Session*>(png_get_error_ptr(png))->jump, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep into, std::size_t count) {
    auto& session = *static_cast<Session*>(png_get_io_ptr(png));
    if (count > session.left.size()) {
        png_error(png, "the end");
    }
    std::memcpy(into, session.left.data(), count);
    session.left.remove_prefix(count);
}

/// libpng's state, taken down when the file is done with.
class Reader {
public:
    Reader(std::string_view bytes, const std::string& name) : name_(name) {
        session_.left = bytes;
        session_.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &session_, &onError, &onWarning);
        session_.info = session_.png != nullptr ? png_create_info_struct(session_.png) : nullptr;
        if (session_.info == nullptr) {
            png_destroy_read_struct(&session_.png, nullptr, nullptr);
            throw std::bad_alloc();
        }
        png_set_read_fn(session_.png, &session_, &onRead);
    }
    ~Reader() { png_destroy_read_struct(&session_.png, &session_.info, nullptr); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// All kinds become grey or RGB of 8 or 16 bit, with alpha where there is any; no gamma or profile is applied.
    cv::Mat read() {
        run([](Session& session) {
            png_set_user_limits(session.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // checked before
            png_set_crc_action(session.png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
            png_read_info(session.png, session.info);
            png_set_expand(session.png);
            png_set_swap(session.png);
            png_set_interlace_handling(session.png);
            png_read_update_info(session.png, session.info);
        });
        cv::Mat pixels(static_cast<int>(png_get_image_height(session_.png, session_.info)),
                       static_cast<int>(png_get_image_width(session_.png, session_.info)),
                       CV_MAKETYPE(png_get_bit_depth(session_.png, session_.info) == 16 ? CV_16U : CV_8U,
                                   png_get_channels(session_.png, session_.info)));
        std::vector<png_bytep> rows;
        for (int y = 0; y < pixels.rows; ++y) {
            rows.push_back(pixels.ptr(y));
        }
        session_.rows = rows.data();
        run([](Session& session) {
            png_read_image(session.png, session.rows);
            png_read_end(session.png, nullptr);
        });
        return pixels;
    }

private:
    void run(void (*step)(Session&)) {
        if (setjmp(session_.jump) == 0) {
            step(session_);
            return;
        }
        failDamaged(name_, "PNG");
    }

    const std::string& name_;
    Session session_;
};

Decoded decode(std::string_view bytes, const std::string& name) {
    const Content content = readChunks(bytes, name);
    Decoded decoded;
    decoded.pixels = Reader(content.essential, name).read();
    if (decoded.pixels.channels() % 2 == 0) {
        decoded = overWhite(decoded.pixels, Alpha::Straight);
    }
    decoded.pixels = upright(decoded.pixels, content.orientation);
    if (content.frames > 0 && !content.firstFrameIsPicture) {
        decoded.notes.emplace_back("animated: the still picture is shown, no frame of the animation");
    } else if (content.frames > 1) {
        decoded.notes.push_back(frameNote(content.frames));
    }
    return decoded;
}

}  // namespace

Decoder pngDecoder() { return {"PNG", {"png"}, &recognises, &decode}; }

}  // namespace discern
