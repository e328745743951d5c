#include "core/image/decoding.h"

#include <algorithm>

#include "core/error.h"
#include "core/image/decoder.h"
#include "core/image/refusal.h"
#include "core/image/unsupported.h"

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

/// What `decode` makes of the bytes with their decoder; its library's failures become sentences.
template <typename Decode>
auto decoded(std::string_view bytes, const std::string& name, const Decode& decode) {
    const Decoder& decoder = decoderFor(bytes, name);
    const std::string tooLarge = name + " does not fit into memory; scale it down first";
    try {
        return decode(decoder);
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

Decoded decodeWhole(std::string_view bytes, const std::string& name) {
    return decoded(bytes, name, [&](const Decoder& decoder) { return decoder.decode(bytes, name); });
}

Reduced decodeReduced(std::string_view bytes, const std::string& name, cv::Size least) {
    return decoded(bytes, name, [&](const Decoder& decoder) {
        if (decoder.decodeReduced != nullptr) {
            return decoder.decodeReduced(bytes, name, least);
        }
        Decoded whole = decoder.decode(bytes, name);
        const cv::Size size = whole.pixels.size();
        return Reduced{std::move(whole), size};
    });
}

}  // namespace discern
