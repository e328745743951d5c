#include "core/store/npy.h"

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/store/files.h"

namespace discern {

static_assert(std::endian::native == std::endian::little, "arrays are stored as they lie in memory");

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t maxDimensions = 8;

struct Header {
    std::string type;  ///< e.g. "f4", without the byte order
    bool fortranOrder = false;
    std::vector<std::int64_t> shape;
    std::size_t dataAt = 0;
};

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what) {
    throw Error(ErrorKind::Input, path.string() + " " + what);
}

/// What follows `'key':` in the header's Python dictionary, without leading spaces.
std::optional<std::string_view> valueOf(std::string_view dictionary, const std::string& key) {
    const std::size_t at = dictionary.find("'" + key + "'");
    const std::size_t colon = at == std::string_view::npos ? at : dictionary.find(':', at);
    const std::size_t value = colon == std::string_view::npos ? colon : dictionary.find_first_not_of(" ", colon + 1);
    if (value == std::string_view::npos) {
        return std::nullopt;
    }
    return dictionary.substr(value);
}

std::optional<std::vector<std::int64_t>> parseShape(std::string_view text) {
    const std::size_t end = text.find(')');
    if (text.empty() || text.front() != '(' || end == std::string_view::npos) {
        return std::nullopt;
    }
    std::vector<std::int64_t> shape;
    std::int64_t number = -1;
    for (const char c : text.substr(1, end)) {
        if (std::isdigit(static_cast<unsigned char>(c))) {
            number = std::max<std::int64_t>(number, 0) * 10 + (c - '0');
            if (number > std::numeric_limits<std::int32_t>::max()) {
                return std::nullopt;
            }
        } else if (c == ',' || c == ')') {
            if (number >= 0) {
                shape.push_back(std::exchange(number, -1));
            }
        } else if (c != ' ' && c != 'L') {
            return std::nullopt;
        }
    }
    return shape.size() <= maxDimensions ? std::optional(shape) : std::nullopt;
}

Header parseHeader(const std::string& bytes, const std::filesystem::path& path) {
    if (bytes.size() < 10 || std::string_view(bytes).substr(0, magic.size()) != magic) {
        refuse(path, "is no NumPy array; give a file written by numpy.save");
    }
    const auto byteAt = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    const bool longHeader = byteAt(6) >= 2;
    const std::size_t dictionaryAt = longHeader ? 12 : 10;
    std::size_t length = byteAt(8) | byteAt(9) << 8;
    if (longHeader && bytes.size() >= dictionaryAt) {
        length |= byteAt(10) << 16 | byteAt(11) << 24;
    }
    Header header;
    header.dataAt = dictionaryAt + length;
    if (bytes.size() < header.dataAt) {
        refuse(path, "is cut short after " + grouped(bytes.size()) + " bytes; give an intact copy");
    }
    const std::string_view dictionary = std::string_view(bytes).substr(dictionaryAt, length);
    const auto type = valueOf(dictionary, "descr");
    const auto order = valueOf(dictionary, "fortran_order");
    const auto shapeText = valueOf(dictionary, "shape");
    const auto shape = shapeText ? parseShape(*shapeText) : std::nullopt;
    if (!type || !order || !shape || type->size() < 5 || type->front() != '\'') {
        refuse(path, "has a header that is no NumPy array's of up to 8 dimensions; write it again with numpy.save");
    }
    const std::string_view descr = type->substr(1, type->find('\'', 1) - 1);
    if (descr.size() < 3 || (descr[0] != '<' && descr[0] != '|')) {
        refuse(path, "holds values of type " + std::string(descr.substr(0, 16)) +
                         "; save it as little-endian numbers, e.g. numpy.float32");
    }
    header.type = descr.substr(1);
    header.fortranOrder = order->substr(0, 4) == "True";
    header.shape = *shape;
    return header;
}

template <typename T>
float valueAt(const char* data, std::size_t index) {
    T value;
    std::memcpy(&value, data + index * sizeof(T), sizeof(T));
    return static_cast<float>(value);
}

float halfAt(const char* data, std::size_t index) {
    const auto bits = static_cast<std::uint16_t>(valueAt<std::uint16_t>(data, index));
    const int exponent = bits >> 10 & 31;
    const int mantissa = bits & 1023;
    const float sign = (bits & 0x8000) != 0 ? -1.0F : 1.0F;
    if (exponent == 31) {
        constexpr auto infinity = std::numeric_limits<float>::infinity();
        return mantissa == 0 ? sign * infinity : std::numeric_limits<float>::quiet_NaN();
    }
    const float fraction = static_cast<float>(exponent == 0 ? mantissa : mantissa + 1024);
    return sign * std::ldexp(fraction, std::max(exponent, 1) - 25);
}

struct Reader {
    std::size_t size;
    float (*at)(const char*, std::size_t);
};

std::optional<Reader> readerOf(const std::string& type) {
    if (type == "f4") return Reader{4, &valueAt<float>};
    if (type == "f8") return Reader{8, &valueAt<double>};
    if (type == "f2") return Reader{2, &halfAt};
    if (type == "i1") return Reader{1, &valueAt<std::int8_t>};
    if (type == "i2") return Reader{2, &valueAt<std::int16_t>};
    if (type == "i4") return Reader{4, &valueAt<std::int32_t>};
    if (type == "i8") return Reader{8, &valueAt<std::int64_t>};
    if (type == "u1" || type == "b1") return Reader{1, &valueAt<std::uint8_t>};
    if (type == "u2") return Reader{2, &valueAt<std::uint16_t>};
    if (type == "u4") return Reader{4, &valueAt<std::uint32_t>};
    if (type == "u8") return Reader{8, &valueAt<std::uint64_t>};
    return std::nullopt;
}

std::size_t countOf(const std::vector<std::int64_t>& shape, const std::filesystem::path& path) {
    std::size_t count = 1;
    for (const std::int64_t length : shape) {
        if (__builtin_mul_overflow(count, static_cast<std::size_t>(length), &count)) {
            refuse(path, "claims more values than memory can hold; give an intact copy");
        }
    }
    return count;
}

/// For each value in C order its place in Fortran order.
std::vector<std::size_t> fortranPlaces(const std::vector<std::int64_t>& shape, std::size_t count) {
    std::vector<std::size_t> places(count);
    std::vector<std::int64_t> index(shape.size(), 0);
    for (std::size_t& place : places) {
        std::size_t stride = 1;
        place = 0;
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            place += static_cast<std::size_t>(index[axis]) * stride;
            stride *= static_cast<std::size_t>(shape[axis]);
        }
        for (std::size_t axis = shape.size(); axis-- > 0;) {
            if (++index[axis] < shape[axis]) {
                break;
            }
            index[axis] = 0;
        }
    }
    return places;
}

}  // namespace

FloatArray readNpy(const std::filesystem::path& path) {
    const std::string bytes = readFile(path);
    const Header header = parseHeader(bytes, path);
    const auto reader = readerOf(header.type);
    if (!reader) {
        refuse(path, "holds values of type " + header.type.substr(0, 16) + "; save it as numbers, e.g. numpy.float32");
    }
    const std::size_t count = countOf(header.shape, path);
    const std::size_t available = bytes.size() - header.dataAt;
    if (count > available / reader->size) {
        refuse(path, "is cut short after " + grouped(bytes.size()) + " bytes; give an intact copy");
    }
    if (count * reader->size != available) {
        refuse(path, "is longer than its header says; give an intact copy");
    }
    const char* data = bytes.data() + header.dataAt;
    FloatArray array;
    array.shape = header.shape;
    array.data.resize(count);
    if (header.fortranOrder && header.shape.size() > 1) {
        const std::vector<std::size_t> places = fortranPlaces(header.shape, count);
        for (std::size_t i = 0; i < count; ++i) {
            array.data[i] = reader->at(data, places[i]);
        }
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            array.data[i] = reader->at(data, i);
        }
    }
    return array;
}

void writeNpy(const std::filesystem::path& path, const FloatArray& array) {
    std::string shape;
    for (const std::int64_t length : array.shape) {
        shape += std::to_string(length) + (array.shape.size() == 1 ? "," : ", ");
    }
    if (array.shape.size() > 1) {
        shape.resize(shape.size() - 2);
    }
    std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
    constexpr std::size_t prefix = 10;
    const std::size_t padded = (prefix + dictionary.size() + 1 + 63) / 64 * 64;
    dictionary.resize(padded - prefix - 1, ' ');
    dictionary += '\n';

    std::string bytes(magic);
    bytes += '\x01';
    bytes += '\x00';
    bytes += static_cast<char>(dictionary.size() & 0xff);
    bytes += static_cast<char>(dictionary.size() >> 8);
    bytes += dictionary;
    bytes.append(reinterpret_cast<const char*>(array.data.data()), array.data.size() * sizeof(float));
    writeFileSafely(path, bytes);
}

FloatArray toArray(const cv::Mat& map) {
    cv::Mat values;
    map.convertTo(values, CV_32F);
    FloatArray array;
    array.shape = {map.rows, map.cols};
    for (int y = 0; y < values.rows; ++y) {
        array.data.insert(array.data.end(), values.ptr<float>(y), values.ptr<float>(y) + values.cols);
    }
    return array;
}

cv::Mat toMat(const FloatArray& array) {
    if (array.shape.size() != 2) {
        throw Error(ErrorKind::Input, "an array of " + std::to_string(array.shape.size()) +
                                          " dimensions is no map; give one of height x width");
    }
    cv::Mat map(static_cast<int>(array.shape[0]), static_cast<int>(array.shape[1]), CV_32FC1);
    std::memcpy(map.data, array.data.data(), array.data.size() * sizeof(float));
    return map;
}

}  // namespace discern
