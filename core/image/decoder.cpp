#include "core/image/decoder.h"

namespace discern {

Decoder pngDecoder();
Decoder jpegDecoder();
Decoder tiffDecoder();
Decoder webpDecoder();
Decoder bmpDecoder();

const std::vector<Decoder>& decoders() {
    static const std::vector<Decoder> all = {pngDecoder(), jpegDecoder(), tiffDecoder(), webpDecoder(), bmpDecoder()};
    return all;
}

}  // namespace discern
