#include "core/image/notes.h"

#include "core/store/files.h"

namespace discern {

std::string frameNote(std::uint64_t frames) { return "animated: frame 1 of " + grouped(frames) + " is shown"; }

std::string pageNote(std::uint64_t pages, bool more) {
    return std::string("page 1 of ") + (more ? "more than " : "") + grouped(pages) + " is shown";
}

std::string channelsNote(std::uint64_t leftOut) {
    return grouped(leftOut) + (leftOut == 1 ? " further channel is left out" : " further channels are left out");
}

}  // namespace discern
