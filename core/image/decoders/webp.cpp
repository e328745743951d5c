#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "core/image/bytes.h"
#include "core/image/decoder.h"
#include "core/image/exif.h"
#include "core/image/notes.h"
#include "core/image/opacity.h"
#include "core/image/refusal.h"

namespace discern {

namespace {

constexpr std::size_t riffHeader = 12;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("RIFF") && bytes.size() >= riffHeader && bytes.substr(8, 4) == "WEBP";
}

WebPData dataOf(std::string_view bytes) { return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}; }

struct Closer {
    void operator()(WebPDemuxer* file) const { WebPDemuxDelete(file); }
};
using File = std::unique_ptr<WebPDemuxer, Closer>;

File open(std::string_view bytes, const std::string& name) {
    const WebPData data = dataOf(bytes);
    WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
    File file(WebPDemuxPartial(&data, &state));
    if (state == WEBP_DEMUX_PARSING_HEADER || state == WEBP_DEMUX_PARSED_HEADER) {
        failCutShort(name, bytes);
    }
    if (!file || state != WEBP_DEMUX_DONE) {
        failDamaged(name, "WebP");
    }
    return file;
}

int orientationOf(const WebPDemuxer* file) {
    WebPChunkIterator chunk{};
    int orientation = 1;
    if (WebPDemuxGetChunk(file, "EXIF", 1, &chunk) != 0) {
        std::string_view block(reinterpret_cast<const char*>(chunk.chunk.bytes), chunk.chunk.size);
        constexpr std::string_view introduction("Exif\0\0", 6);
        if (block.starts_with(introduction)) {
            block.remove_prefix(introduction.size());
        }
        orientation = orientationIn(block);
    }
    WebPDemuxReleaseChunkIterator(&chunk);
    return orientation;
}

/// Decodes one frame into pixels of three or four channels, scaled to their size.
VP8StatusCode decodeFrame(const WebPIterator& frame, cv::Mat& part) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) {
        return VP8_STATUS_INVALID_PARAM;
    }
    if (part.cols != frame.width || part.rows != frame.height) {
        config.options.use_scaling = 1;
        config.options.scaled_width = part.cols;
        config.options.scaled_height = part.rows;
    }
    config.output.colorspace = part.channels() == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = part.data;
    config.output.u.RGBA.stride = static_cast<int>(part.step);
    config.output.u.RGBA.size =
        part.step * static_cast<std::size_t>(part.rows - 1) + part.elemSize() * static_cast<std::size_t>(part.cols);
    return WebPDecode(frame.fragment.bytes, frame.fragment.size, &config);
}

void check(VP8StatusCode status, std::string_view bytes, const std::string& name) {
    switch (status) {
        case VP8_STATUS_OK:
            return;
        case VP8_STATUS_OUT_OF_MEMORY:
            throw std::bad_alloc();
        case VP8_STATUS_NOT_ENOUGH_DATA:
        case VP8_STATUS_SUSPENDED:
            failCutShort(name, bytes);
        default:
            failDamaged(name, "WebP");
    }
}

/// The size to decode at, upright or not: a whole fraction that covers `least` however the picture is turned.
cv::Size scaledFor(cv::Size whole, cv::Size least) {
    const int side = std::max(least.width, least.height);
    const int reduction = std::max(1, std::min(whole.width, whole.height) / std::max(1, side));
    return {(whole.width + reduction - 1) / reduction, (whole.height + reduction - 1) / reduction};
}

/// The whole picture where `least` is null.
Reduced decodeAt(std::string_view bytes, const std::string& name, const cv::Size* least) {
    const File file = open(bytes, name);
    const std::uint32_t width = WebPDemuxGetI(file.get(), WEBP_FF_CANVAS_WIDTH);
    const std::uint32_t height = WebPDemuxGetI(file.get(), WEBP_FF_CANVAS_HEIGHT);
    checkPictureSize(width, height, name);
    WebPIterator frame{};
    if (WebPDemuxGetFrame(file.get(), 1, &frame) == 0) {
        failDamaged(name, "WebP");
    }
    const std::unique_ptr<WebPIterator, void (*)(WebPIterator*)> release(&frame, &WebPDemuxReleaseIterator);
    cv::Size whole(static_cast<int>(width), static_cast<int>(height));
    // What the first frame of an animation leaves free of the canvas is transparent.
    const bool covers = frame.width == whole.width && frame.height == whole.height;
    const int channels = frame.has_alpha != 0 || !covers ? 4 : 3;
    Decoded decoded;
    decoded.pixels = cv::Mat::zeros(covers && least != nullptr ? scaledFor(whole, *least) : whole, CV_8UC(channels));
    const cv::Rect place = covers ? cv::Rect({}, decoded.pixels.size())
                                  : cv::Rect(frame.x_offset, frame.y_offset, frame.width, frame.height);
    if ((place & cv::Rect({}, decoded.pixels.size())) != place) {
        failDamaged(name, "WebP");
    }
    cv::Mat part = decoded.pixels(place);
    check(decodeFrame(frame, part), bytes, name);
    if (channels == 4) {
        decoded = overWhite(decoded.pixels, Alpha::Straight);
    }
    const int orientation = orientationOf(file.get());
    decoded.pixels = upright(decoded.pixels, orientation);
    const std::uint32_t frames = WebPDemuxGetI(file.get(), WEBP_FF_FRAME_COUNT);
    if (frames > 1) {
        decoded.notes.push_back(frameNote(frames));
    }
    if (orientation >= 5) {
        std::swap(whole.width, whole.height);
    }
    return {std::move(decoded), whole};
}

Decoded decode(std::string_view bytes, const std::string& name) { return decodeAt(bytes, name, nullptr).decoded; }

Reduced decodeReduced(std::string_view bytes, const std::string& name, cv::Size least) {
    return decodeAt(bytes, name, &least);
}

}  // namespace

Decoder webpDecoder() { return {"WebP", {"webp"}, &recognises, &decode, &decodeReduced}; }

}  // namespace discern
