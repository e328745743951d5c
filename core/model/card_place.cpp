#include "core/model/card_place.h"

#include <system_error>

#include "core/error.h"
#include "core/store/files.h"

namespace discern {
namespace {

constexpr std::uintmax_t maxCardBytes = 256u << 20;

bool isThere(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

FoundCard read(const std::filesystem::path& path) {
    try {
        return {readFile(path, maxCardBytes), path.string()};
    } catch (const Error& error) {
        throw Error(ErrorKind::Model, error.what());
    }
}

}  // namespace

std::filesystem::path cardBeside(const std::filesystem::path& model) {
    std::filesystem::path beside = model;
    return beside.replace_extension(".card.json");
}

std::filesystem::path cardInUsersFolder(const std::string& sha256) {
    return dataFolder() / "cards" / (sha256 + ".card.json");
}

std::optional<FoundCard> findCard(const std::filesystem::path& model, const std::string& embedded,
                                  const std::string& sha256) {
    for (const std::filesystem::path& place : {cardBeside(model), cardInUsersFolder(sha256)}) {
        if (isThere(place)) return read(place);
    }
    if (!embedded.empty()) return FoundCard{embedded, model.string()};
    return std::nullopt;
}

std::filesystem::path keepCard(const nlohmann::json& card, const std::filesystem::path& model,
                               const std::string& sha256) {
    const std::string text = card.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    const std::filesystem::path beside = cardBeside(model);
    try {
        writeFileSafely(beside, text);
        return beside;
    } catch (const Error& error) {
        if (isThere(beside)) throw;  // it would be found before the one in the user's folder
    }
    const std::filesystem::path mine = cardInUsersFolder(sha256);
    writeFileSafely(mine, text);
    return mine;
}

}  // namespace discern
