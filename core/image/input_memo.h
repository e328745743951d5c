#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>

#include "core/image/preprocess.h"

namespace discern {

/// Remembers the inputs that were prepared last, by the picture's digest and the specification: several explanations of
/// one picture prepare it once. Thread-safe; the pixels that it hands out are shared and must not be written to.
class InputMemo {
public:
    explicit InputMemo(std::size_t mostBytes) : mostBytes_(mostBytes) {}

    /// What `prepare` makes of the picture, or made of it before. Pictures without a digest are prepared anew.
    [[nodiscard]] InputImage get(const Picture& picture, const InputSpec& spec,
                                 const std::function<InputImage()>& prepare);

private:
    struct Entry {
        std::string sha256;
        InputSpec spec;
        InputImage input;
    };
    std::size_t mostBytes_;
    std::mutex mutex_;
    std::list<Entry> entries_;  ///< the latest first
};

}  // namespace discern
