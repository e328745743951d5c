#include "core/image/picture.h"

#include "core/error.h"
#include "core/image/decoder.h"
#include "core/image/decoding.h"
#include "core/image/glance.h"
#include "core/store/files.h"

namespace discern {

Picture readPicture(const std::filesystem::path& path) {
    const std::string bytes = readFile(path);
    Picture picture;
    picture.name = path.filename().string();
    picture.path = path;
    Decoded decoded = decodeWhole(bytes, picture.name);
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

cv::Mat displayImage(const Picture& picture) { return displayPixels(picture.pixels); }

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
