#include "core/image/decoder.h"

#include "core/registry.h"

// Every decoder in the order in which it is asked: adding one is its file in decoders/ and its line here.
#define DISCERN_DECODERS(ENTRY) \
    ENTRY(pngDecoder)           \
    ENTRY(jpegDecoder)          \
    ENTRY(tiffDecoder)          \
    ENTRY(webpDecoder)          \
    ENTRY(bmpDecoder)

namespace discern {

DISCERN_REGISTRY(Decoder, decoders, DISCERN_DECODERS)

}  // namespace discern
