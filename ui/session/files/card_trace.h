#pragma once

#include <filesystem>
#include <string>

#include "ui/session/files/file_stamp.h"

namespace discern {

/// By what the card that a model's file has on disk is seen to be another.
struct CardTrace {
    FileStamp beside;         ///< of NAME.card.json
    FileStamp inUsersFolder;  ///< of the card kept for a file of its digest
    std::string sha256;       ///< of the text of the one that counts; empty where there is neither

    bool operator==(const CardTrace&) const = default;
    [[nodiscard]] bool sameStamps(const CardTrace& other) const {
        return beside == other.beside && inUsersFolder == other.inUsersFolder;
    }
};

/// As the disk has it now; what cannot be read counts as missing. May wait for a slow disk. `known` is taken where the
/// stamps are the same, so that no text is read.
[[nodiscard]] CardTrace cardTraceOf(const std::filesystem::path& model, const std::string& modelSha256,
                                    const CardTrace& known = {});

}  // namespace discern
