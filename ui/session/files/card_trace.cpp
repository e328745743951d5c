#include "ui/session/files/card_trace.h"

#include "core/error.h"
#include "core/model/card_place.h"
#include "core/store/files.h"

namespace discern {

CardTrace cardTraceOf(const std::filesystem::path& model, const std::string& modelSha256, const CardTrace& known) {
    CardTrace trace{stampOf(cardBeside(model)), stampOf(cardInUsersFolder(modelSha256)), {}};
    if (trace.sameStamps(known))
        return known;
    try {
        if (const auto card = findCard(model, {}, modelSha256))
            trace.sha256 = sha256OfBytes(card->text.data(), card->text.size());
    } catch (const Error&) {
        trace.sha256.clear();  // opening the model again says why
    }
    return trace;
}

}  // namespace discern
