#include "core/model/formats/exported/exported_types.h"

#include <map>

namespace discern {
namespace {

template <typename T>
std::optional<T> lookUp(const std::map<std::int64_t, T>& known, std::int64_t number) {
    const auto found = known.find(number);
    return found == known.end() ? std::nullopt : std::optional<T>(found->second);
}

}  // namespace

std::optional<at::ScalarType> exportedType(std::int64_t number) {
    static const std::map<std::int64_t, at::ScalarType> known = {
        {1, at::kByte},  {2, at::kChar},   {3, at::kShort}, {4, at::kInt},       {5, at::kLong},    {6, at::kHalf},
        {7, at::kFloat}, {8, at::kDouble}, {12, at::kBool}, {13, at::kBFloat16}, {28, at::kUInt16}, {34, at::kUInt32},
        {35, at::kUInt64}};
    return lookUp(known, number);
}

std::optional<at::MemoryFormat> exportedMemoryFormat(std::int64_t number) {
    static const std::map<std::int64_t, at::MemoryFormat> known = {{1, at::MemoryFormat::Contiguous},
                                                                   {2, at::MemoryFormat::ChannelsLast},
                                                                   {3, at::MemoryFormat::ChannelsLast3d},
                                                                   {4, at::MemoryFormat::Preserve}};
    return lookUp(known, number);
}

std::optional<at::Layout> exportedLayout(std::int64_t number) {
    constexpr std::int64_t kStrided = 7;
    return number == kStrided ? std::optional(at::kStrided) : std::nullopt;
}

}  // namespace discern
