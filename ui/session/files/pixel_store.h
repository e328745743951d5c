#pragma once

#include <filesystem>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>

#include "core/image/picture.h"

namespace discern {

/// Hands out a picture's pixels when they are asked for, on a worker thread; throws Error(Input) where they cannot be
/// had. Jobs carry one of these instead of pixels.
using PixelSource = std::function<std::shared_ptr<const Picture>()>;

/// Decoded pictures within a budget of memory. What is not here is decoded by whoever fetches it, once for all that
/// ask meanwhile; the pictures fetched longest ago are let go first. Thread-safe.
class PixelStore {
public:
    explicit PixelStore(std::size_t budget) : budget_(budget) {}

    /// Of the file as it is known; nothing is remembered of a file whose digest is another by now. An empty digest
    /// stands for any. Throws Error(Input).
    [[nodiscard]] std::shared_ptr<const Picture> fetch(int id, const std::filesystem::path& path, const std::string& sha256);
    /// Null where it is not here.
    [[nodiscard]] std::shared_ptr<const Picture> find(int id) const;
    void forget(int id);

    /// Of all that are here.
    [[nodiscard]] std::size_t bytes() const;

private:
    using Shared = std::shared_ptr<const Picture>;
    struct Entry {
        int id = 0;
        Shared picture;
    };
    struct Reading {
        std::shared_future<Shared> picture;
        std::uint64_t turn = 0;
    };
    [[nodiscard]] Shared read(int id, const std::filesystem::path& path, std::promise<Shared> promise, std::uint64_t turn);
    void keep(int id, Shared picture);
    [[nodiscard]] std::list<Entry>::iterator place(int id);
    [[nodiscard]] std::size_t heldBytes() const;

    std::size_t budget_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_;        ///< the latest first
    std::map<int, Reading> reading_;  ///< being decoded by some thread
    std::uint64_t turn_ = 0;
};

/// Memory of its pixels.
[[nodiscard]] std::size_t bytesOf(const Picture& picture);

}  // namespace discern
