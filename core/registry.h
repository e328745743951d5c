#pragma once

// One pattern for every list of things that there are several of (methods, measures, decoders, model formats,
// commands). LIST(ENTRY) names them in order: ENTRY(name) stands for `Type name()`, which the thing's own file defines.
// So a new one is its file and one line in its list:
//
//     #define DISCERN_DECODERS(ENTRY) ENTRY(pngDecoder) ENTRY(jpegDecoder)
//     DISCERN_REGISTRY(Decoder, decoders, DISCERN_DECODERS)
//
// declares the functions and defines `const std::vector<Decoder>& decoders()`. For use inside namespace discern, once a
// source file.
#define DISCERN_REGISTRY(Type, accessor, LIST)                              \
    using Registered = Type;                                                \
    LIST(DISCERN_REGISTRY_DECLARE)                                          \
    const std::vector<Type>& accessor() {                                   \
        static const std::vector<Type> all = {LIST(DISCERN_REGISTRY_CALL)}; \
        return all;                                                         \
    }
#define DISCERN_REGISTRY_DECLARE(name) Registered name();
#define DISCERN_REGISTRY_CALL(name) name(),
