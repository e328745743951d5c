#include "core/image/refusal.h"

#include "core/error.h"
#include "core/store/files.h"

namespace discern {

namespace {
constexpr std::uint64_t maxPixels = 250'000'000;
constexpr std::uint64_t maxSide = 1u << 20;
}  // namespace

void failCutShort(const std::string& name, std::string_view bytes) {
    throw Error(ErrorKind::Input,
                name + " is cut short after " + grouped(bytes.size()) + " bytes; open an intact copy");
}

void failDamaged(const std::string& name, const std::string& format) {
    throw Error(ErrorKind::Input, name + " is a damaged " + format + " file; open an intact copy");
}

void failUnsupported(const std::string& name, const std::string& kind, const std::string& remedy) {
    throw Error(ErrorKind::Input, name + " is " + kind + ", which is not supported; " + remedy + " first");
}

void checkPictureSize(std::uint64_t width, std::uint64_t height, const std::string& name) {
    if (width == 0 || height == 0) {
        throw Error(ErrorKind::Input, name + " has no pixels; open an intact copy");
    }
    if (width > maxSide || height > maxSide || width * height > maxPixels) {
        throw Error(ErrorKind::Input, name + " claims " + grouped(width) + " x " + grouped(height) +
                                          " pixels, more than the " + grouped(maxPixels / 1'000'000) +
                                          " million that are opened; scale it down first");
    }
}

}  // namespace discern
