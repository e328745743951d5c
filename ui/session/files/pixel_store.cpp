#include "ui/session/files/pixel_store.h"

#include <algorithm>

#include "core/error.h"

namespace discern {

std::size_t bytesOf(const Picture& picture) { return picture.pixels.total() * picture.pixels.elemSize(); }

std::shared_ptr<const Picture> PixelStore::fetch(int id, const std::filesystem::path& path, const std::string& sha256) {
    std::unique_lock lock(mutex_);
    Shared picture;
    if (const auto known = place(id); known != entries_.end()) {
        entries_.splice(entries_.begin(), entries_, known);
        picture = known->picture;
    } else if (const auto other = reading_.find(id); other != reading_.end()) {
        const std::shared_future<Shared> result = other->second.picture;
        lock.unlock();
        picture = result.get();
    } else {
        std::promise<Shared> promise;
        const std::uint64_t turn = ++turn_;
        reading_[id] = {promise.get_future().share(), turn};
        lock.unlock();
        picture = read(id, path, std::move(promise), turn);
    }
    if (!sha256.empty() && picture->sha256 != sha256)
        throw Error(ErrorKind::Input, picture->name + " has changed on disk since it was opened; open it again");
    return picture;
}

PixelStore::Shared PixelStore::read(int id, const std::filesystem::path& path, std::promise<Shared> promise, std::uint64_t turn) {
    Shared picture;
    std::exception_ptr failure;
    try {
        picture = std::make_shared<const Picture>(readPicture(path));
    } catch (...) {
        failure = std::current_exception();
    }
    {
        const std::lock_guard lock(mutex_);
        // Where the picture was forgotten meanwhile, this is of no use to those who ask later.
        if (const auto mine = reading_.find(id); mine != reading_.end() && mine->second.turn == turn) {
            reading_.erase(mine);
            if (picture)
                keep(id, picture);
        }
    }
    if (failure) {
        promise.set_exception(failure);
        std::rethrow_exception(failure);
    }
    promise.set_value(picture);
    return picture;
}

void PixelStore::keep(int id, Shared picture) {
    if (const auto known = place(id); known != entries_.end())
        entries_.erase(known);
    entries_.push_front({id, std::move(picture)});
    std::size_t bytes = heldBytes();
    for (auto it = entries_.end(); bytes > budget_ && it != std::next(entries_.begin());) {
        --it;
        bytes -= bytesOf(*it->picture);
        it = entries_.erase(it);
    }
}

std::shared_ptr<const Picture> PixelStore::find(int id) const {
    const std::lock_guard lock(mutex_);
    const auto known = std::ranges::find(entries_, id, &Entry::id);
    return known == entries_.end() ? nullptr : known->picture;
}

void PixelStore::forget(int id) {
    const std::lock_guard lock(mutex_);
    reading_.erase(id);
    if (const auto known = place(id); known != entries_.end())
        entries_.erase(known);
}

std::size_t PixelStore::bytes() const {
    const std::lock_guard lock(mutex_);
    return heldBytes();
}

std::list<PixelStore::Entry>::iterator PixelStore::place(int id) { return std::ranges::find(entries_, id, &Entry::id); }

std::size_t PixelStore::heldBytes() const {
    std::size_t sum = 0;
    for (const Entry& entry : entries_)
        sum += bytesOf(*entry.picture);
    return sum;
}

}  // namespace discern
