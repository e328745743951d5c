#include "core/image/input_memo.h"

#include <algorithm>

namespace discern {

namespace {

std::size_t bytesOf(const InputImage& input) { return input.pixels.total() * input.pixels.elemSize(); }

}  // namespace

InputImage InputMemo::get(const Picture& picture, const InputSpec& spec, const std::function<InputImage()>& prepare) {
    if (picture.sha256.empty()) {
        return prepare();
    }
    const auto known = [&](const Entry& entry) { return entry.sha256 == picture.sha256 && entry.spec == spec; };
    {
        const std::scoped_lock lock(mutex_);
        const auto found = std::ranges::find_if(entries_, known);
        if (found != entries_.end()) {
            entries_.splice(entries_.begin(), entries_, found);
            return found->input;
        }
    }
    InputImage input = prepare();
    const std::scoped_lock lock(mutex_);
    if (std::ranges::none_of(entries_, known)) {
        entries_.push_front({picture.sha256, spec, input});
    }
    std::size_t bytes = 0;
    entries_.remove_if([&](const Entry& entry) { return (bytes += bytesOf(entry.input)) > mostBytes_; });
    return input;
}

}  // namespace discern
