#include "core/image/picture.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/decoder.h"
#include "core/image/refusal.h"
#include "core/image/unsupported.h"
#include "core/store/files.h"

namespace discern {

namespace {

std::string acceptedFormats() {
    std::string text;
    for (std::size_t i = 0; i < decoders().size(); ++i) {
        const char* separator = i == 0 ? "" : (i + 1 == decoders().size() ? " or " : ", ");
        text += separator + decoders()[i].name;
    }
    return text;
}

bool looksLikeText(std::string_view bytes) {
    const std::string_view start = bytes.substr(0, 512);
    return std::ranges::none_of(start, [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
}

const Decoder& decoderFor(std::string_view bytes, const std::string& name) {
    if (bytes.empty()) {
        throw Error(ErrorKind::Input, name + " is empty; open an intact copy");
    }
    for (const Decoder& decoder : decoders()) {
        if (decoder.recognises(bytes)) {
            return decoder;
        }
    }
    if (const UnsupportedKind* kind = unsupportedKind(bytes)) {
        failUnsupported(name, kind->what, kind->remedy);
    }
    const std::string what = looksLikeText(bytes) ? " holds text, not a picture" : " is no picture of a known kind";
    throw Error(ErrorKind::Input, name + what + "; open a " + acceptedFormats() + " file");
}

Decoded decode(std::string_view bytes, const std::string& name) {
    const Decoder& decoder = decoderFor(bytes, name);
    const std::string tooLarge = name + " does not fit into memory; scale it down first";
    try {
        return decoder.decode(bytes, name);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorKind::Input, tooLarge);
    } catch (const cv::Exception& exception) {
        if (exception.code == cv::Error::StsNoMem) {
            throw Error(ErrorKind::Input, tooLarge);
        }
        failDamaged(name, decoder.name);
    }
}

}  // namespace

Picture readPicture(const std::filesystem::path& path) {
    const std::string bytes = readFile(path);
    Picture picture;
    picture.name = path.filename().string();
    picture.path = path;
    Decoded decoded = decode(bytes, picture.name);
    picture.pixels = std::move(decoded.pixels);
    picture.notes = std::move(decoded.notes);
    picture.sha256 = sha256OfBytes(bytes.data(), bytes.size());
    return picture;
}

Picture pictureFromPixels(cv::Mat pixels, std::string name) {
    const bool depth = pixels.depth() == CV_8U || pixels.depth() == CV_16U;
    if (pixels.empty() || !depth || (pixels.channels() != 1 && pixels.channels() != 3)) {
        throw Error(ErrorKind::Input, name + " has no pixels of 8 or 16 bit in one or three channels; copy a picture");
    }
    Picture picture;
    picture.name = std::move(name);
    picture.pixels = pixels.isContinuous() ? std::move(pixels) : pixels.clone();
    picture.sha256 = sha256OfBytes(picture.pixels.data, picture.pixels.total() * picture.pixels.elemSize());
    return picture;
}

cv::Mat displayImage(const Picture& picture) {
    cv::Mat shown;
    const double scale = picture.pixels.depth() == CV_16U ? 255.0 / 65535.0 : 1.0;
    picture.pixels.convertTo(shown, CV_8U, scale);
    if (shown.channels() == 1) {
        cv::cvtColor(shown, shown, cv::COLOR_GRAY2RGB);
    }
    return shown;
}

const std::vector<std::string>& pictureExtensions() {
    static const std::vector<std::string> extensions = [] {
        std::vector<std::string> all;
        for (const Decoder& decoder : decoders()) {
            all.insert(all.end(), decoder.extensions.begin(), decoder.extensions.end());
        }
        return all;
    }();
    return extensions;
}

}  // namespace discern
