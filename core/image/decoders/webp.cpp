#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>
#include <new>

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

/// Decodes one frame into its place on the canvas, which has three or four channels.
VP8StatusCode decodeFrame(const WebPIterator& frame, cv::Mat canvas) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) {
        return VP8_STATUS_INVALID_PARAM;
    }
    const cv::Rect place(frame.x_offset, frame.y_offset, frame.width, frame.height);
    cv::Mat part = canvas(place & cv::Rect(0, 0, canvas.cols, canvas.rows));
    if (part.size() != place.size()) {
        return VP8_STATUS_BITSTREAM_ERROR;
    }
    config.output.colorspace = canvas.channels() == 4 ? MODE_RGBA : MODE_RGB;
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

Decoded decode(std::string_view bytes, const std::string& name) {
    const File file = open(bytes, name);
    const std::uint32_t width = WebPDemuxGetI(file.get(), WEBP_FF_CANVAS_WIDTH);
    const std::uint32_t height = WebPDemuxGetI(file.get(), WEBP_FF_CANVAS_HEIGHT);
    checkPictureSize(width, height, name);
    WebPIterator frame{};
    if (WebPDemuxGetFrame(file.get(), 1, &frame) == 0) {
        failDamaged(name, "WebP");
    }
    const std::unique_ptr<WebPIterator, void (*)(WebPIterator*)> release(&frame, &WebPDemuxReleaseIterator);
    // What the first frame of an animation leaves free of the canvas is transparent.
    const bool covers = frame.width == static_cast<int>(width) && frame.height == static_cast<int>(height);
    const int channels = frame.has_alpha != 0 || !covers ? 4 : 3;
    Decoded decoded;
    decoded.pixels = cv::Mat::zeros(static_cast<int>(height), static_cast<int>(width), CV_8UC(channels));
    check(decodeFrame(frame, decoded.pixels), bytes, name);
    if (channels == 4) {
        decoded = overWhite(decoded.pixels, Alpha::Straight);
    }
    decoded.pixels = upright(decoded.pixels, orientationOf(file.get()));
    const std::uint32_t frames = WebPDemuxGetI(file.get(), WEBP_FF_FRAME_COUNT);
    if (frames > 1) {
        decoded.notes.push_back(frameNote(frames));
    }
    return decoded;
}

}  // namespace

Decoder webpDecoder() { return {"WebP", {"webp"}, &recognises, &decode}; }

}  // namespace discern
