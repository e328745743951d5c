#include "core/image/tiff/tiff_samples.h"

#include <algorithm>

#include "core/image/refusal.h"

namespace discern {

namespace {

/// Of a tile or a row; a file of a few bytes may claim any.
constexpr std::uint64_t largestBuffer = std::uint64_t{1} << 29;

/// Whole rows of packed samples; libtiff has put those of 16 bit into this machine's order.
class RowReader {
public:
    RowReader(const unsigned char* row, int bits) : row_(row), bits_(bits) {}

    [[nodiscard]] unsigned sample(std::size_t index) const {
        if (bits_ == 8) {
            return row_[index];
        }
        if (bits_ == 16) {
            std::uint16_t value = 0;
            std::copy_n(row_ + index * 2, 2, reinterpret_cast<unsigned char*>(&value));
            return value;
        }
        unsigned value = 0;
        std::size_t bit = index * static_cast<std::size_t>(bits_);
        for (int i = 0; i < bits_; ++i, ++bit) {
            value = value << 1 | (static_cast<unsigned>(row_[bit / 8]) >> (7 - bit % 8) & 1U);
        }
        return value;
    }

private:
    const unsigned char* row_;
    int bits_;
};

/// Where a row's samples go: channel `into[i]` of each pixel is the row's sample `from[i]`.
struct Route {
    int samples = 1;  ///< a pixel in the row
    std::vector<int> from;
    std::vector<int> into;
};

Route interleaved(const TiffLayout& layout, const std::vector<int>& wanted) {
    Route route{layout.samples, wanted, {}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        route.into.push_back(static_cast<int>(i));
    }
    return route;
}

template <typename Level>
void copyRow(const unsigned char* packed, int bits, const Route& route, cv::Mat& pixels, int y, int x, int count) {
    const RowReader row(packed, bits);
    const int channels = pixels.channels();
    Level* into = pixels.ptr<Level>(y) + static_cast<std::ptrdiff_t>(x) * channels;
    for (int i = 0; i < count; ++i, into += channels) {
        const std::size_t first = static_cast<std::size_t>(i) * static_cast<std::size_t>(route.samples);
        for (std::size_t c = 0; c < route.from.size(); ++c) {
            into[route.into[c]] = static_cast<Level>(row.sample(first + static_cast<std::size_t>(route.from[c])));
        }
    }
}

class SampleReader {
public:
    SampleReader(const TiffFile& file, const TiffLayout& layout, const std::vector<int>& wanted)
        : file_(file),
          layout_(layout),
          wanted_(wanted),
          pixels_(static_cast<int>(layout.height), static_cast<int>(layout.width),
                  CV_MAKETYPE(layout.bits <= 8 ? CV_8U : CV_16U, static_cast<int>(wanted.size()))) {}

    cv::Mat read() {
        const bool tiled = TIFFIsTiled(file_.get()) != 0;
        reserve(tiled ? TIFFTileSize64(file_.get()) : TIFFScanlineSize64(file_.get()));
        if (!layout_.separatePlanes) {
            readPlane(tiled, 0, interleaved(layout_, wanted_));
            return pixels_;
        }
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            readPlane(tiled, static_cast<std::uint16_t>(wanted_[i]), {1, {0}, {static_cast<int>(i)}});
        }
        return pixels_;
    }

private:
    void reserve(std::uint64_t size) {
        if (size == 0) {
            failDamaged(file_.name(), "TIFF");
        }
        if (size > largestBuffer) {
            failUnsupported(file_.name(), "a TIFF file whose tiles or rows claim more than 512 MB each",
                            "save it in smaller tiles");
        }
        buffer_.resize(size);
    }

    void readPlane(bool tiled, std::uint16_t plane, const Route& route) {
        if (tiled) {
            readTiles(plane, route);
        } else {
            readRows(plane, route);
        }
    }

    void readRows(std::uint16_t plane, const Route& route) {
        for (std::uint32_t y = 0; y < layout_.height; ++y) {
            if (TIFFReadScanline(file_.get(), buffer_.data(), y, plane) != 1) {
                file_.fail();
            }
            copy(buffer_.data(), route, static_cast<int>(y), 0, pixels_.cols);
        }
    }

    void readTiles(std::uint16_t plane, const Route& route) {
        const auto across = file_.value<std::uint32_t>(TIFFTAG_TILEWIDTH, 0);
        const auto down = file_.value<std::uint32_t>(TIFFTAG_TILELENGTH, 0);
        checkPictureSize(across, down, file_.name());
        const auto rowBytes = static_cast<std::size_t>(TIFFTileRowSize64(file_.get()));
        if (rowBytes * down > buffer_.size()) {
            failDamaged(file_.name(), "TIFF");
        }
        for (std::uint32_t y = 0; y < layout_.height; y += down) {
            for (std::uint32_t x = 0; x < layout_.width; x += across) {
                if (TIFFReadTile(file_.get(), buffer_.data(), x, y, 0, plane) < 0) {
                    file_.fail();
                }
                const std::uint32_t rows = std::min(down, layout_.height - y);
                const std::uint32_t columns = std::min(across, layout_.width - x);
                for (std::uint32_t row = 0; row < rows; ++row) {
                    copy(buffer_.data() + row * rowBytes, route, static_cast<int>(y + row), static_cast<int>(x),
                         static_cast<int>(columns));
                }
            }
        }
    }

    void copy(const unsigned char* packed, const Route& route, int y, int x, int count) {
        if (layout_.bits <= 8) {
            copyRow<std::uint8_t>(packed, layout_.bits, route, pixels_, y, x, count);
        } else {
            copyRow<std::uint16_t>(packed, layout_.bits, route, pixels_, y, x, count);
        }
    }

    const TiffFile& file_;
    const TiffLayout& layout_;
    const std::vector<int>& wanted_;
    cv::Mat pixels_;
    std::vector<unsigned char> buffer_;
};

}  // namespace

cv::Mat readSamples(const TiffFile& file, const TiffLayout& layout, const std::vector<int>& wanted) {
    return SampleReader(file, layout, wanted).read();
}

cv::Mat stretched(const cv::Mat& samples, int bits) {
    if (bits == 8 || bits == 16) {
        return samples;
    }
    const double full = samples.depth() == CV_8U ? 255.0 : 65535.0;
    cv::Mat result;
    samples.convertTo(result, samples.depth(), full / ((1 << bits) - 1));
    return result;
}

}  // namespace discern
