#pragma once

#include <tiffio.h>

#include <memory>
#include <string>
#include <string_view>

namespace discern {

/// A TIFF file in memory, opened by libtiff at its first directory. libtiff's remarks go nowhere but here.
class TiffFile {
public:
    /// `name` is the file's, for messages. Both must outlive this. Throws Error(Input) where there is no directory.
    TiffFile(std::string_view bytes, const std::string& name);
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    [[nodiscard]] TIFF* get() const { return tiff_.get(); }
    [[nodiscard]] const std::string& name() const { return name_; }

    /// True once libtiff has asked for bytes beyond the file's end, or a codec has missed some, since forgetEnd().
    [[nodiscard]] bool endsEarly() const { return source_.endsEarly; }
    void forgetEnd() { source_.endsEarly = false; }
    /// Throws Error(Input): cut short where endsEarly(), else damaged.
    [[noreturn]] void fail() const;

    /// The value of a tag with one number, or `otherwise` where the file has no such tag.
    template <typename Number>
    [[nodiscard]] Number value(std::uint32_t tag, Number otherwise) const {
        Number number = otherwise;
        return TIFFGetField(get(), tag, &number) == 1 ? number : otherwise;
    }

    /// What libtiff's callbacks see.
    struct Source {
        std::string_view bytes;
        std::uint64_t at = 0;
        bool endsEarly = false;
    };

private:
    struct Closer {
        void operator()(TIFF* tiff) const { TIFFClose(tiff); }
    };

    const std::string& name_;
    Source source_;
    std::unique_ptr<TIFF, Closer> tiff_;
};

}  // namespace discern
