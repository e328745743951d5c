#include "core/image/tiff/tiff_file.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "core/image/refusal.h"

namespace discern {

namespace {

constexpr tmsize_t largestAllocation = tmsize_t{1} << 31;

TiffFile::Source& sourceOf(thandle_t handle) { return *static_cast<TiffFile::Source*>(handle); }

tmsize_t onRead(thandle_t handle, void* into, tmsize_t count) {
    TiffFile::Source& source = sourceOf(handle);
    const std::uint64_t left = source.bytes.size() - std::min<std::uint64_t>(source.at, source.bytes.size());
    const std::uint64_t got = std::min<std::uint64_t>(left, static_cast<std::uint64_t>(count));
    if (got > 0) {
        std::memcpy(into, source.bytes.data() + source.at, got);
    }
    source.at += got;
    source.endsEarly = source.endsEarly || got < static_cast<std::uint64_t>(count);
    return static_cast<tmsize_t>(got);
}

tmsize_t onWrite(thandle_t, void*, tmsize_t) { return 0; }

toff_t onSeek(thandle_t handle, toff_t offset, int whence) {
    TiffFile::Source& source = sourceOf(handle);
    const std::uint64_t start = whence == SEEK_CUR ? source.at : (whence == SEEK_END ? source.bytes.size() : 0);
    source.at = start + offset;
    return source.at;
}

int onClose(thandle_t) { return 0; }

toff_t onSize(thandle_t handle) { return sourceOf(handle).bytes.size(); }

int onError(TIFF*, void*, const char*, const char*, va_list) { return 1; }

/// Fax and JPEG data that end early are no error to libtiff: it leaves the rest of the strip as it is.
int onWarning(TIFF*, void* source, const char*, const char* format, va_list values) {
    std::array<char, 256> text{};
    std::vsnprintf(text.data(), text.size(), format, values);
    if (std::strstr(text.data(), "remature end") != nullptr || std::strstr(text.data(), "remature EOF") != nullptr) {
        static_cast<TiffFile::Source*>(source)->endsEarly = true;
    }
    return 1;
}

}  // namespace

TiffFile::TiffFile(std::string_view bytes, const std::string& name) : name_(name), source_{bytes} {
    const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(),
                                                                               &TIFFOpenOptionsFree);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), largestAllocation);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &onError, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), &onWarning, &source_);
    tiff_.reset(TIFFClientOpenExt(name.c_str(), "rm", &source_, &onRead, &onWrite, &onSeek, &onClose, &onSize, nullptr,
                                  nullptr, options.get()));
    if (!tiff_) {
        fail();
    }
}

void TiffFile::fail() const {
    if (endsEarly()) {
        failCutShort(name_, source_.bytes);
    }
    failDamaged(name_, "TIFF");
}

}  // namespace discern
