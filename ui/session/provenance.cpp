#include "ui/session/provenance.h"

#include "core/record/provenance.h"
#include "ui/render/display_record.h"

namespace discern {

using nlohmann::json;

QString exportRecord(const std::vector<json>& explanations, const DisplaySettings& display, const QString& shows) {
    json record = explanations.size() == 1 ? explanations.front()
                                           : json{{"program", programRecord()}, {"cells", explanations}};
    record["display"] = displayRecord(display);
    if (!shows.isEmpty())
        record["shows"] = shows.toStdString();
    return QString::fromStdString(record.dump(-1, ' ', false, json::error_handler_t::replace));
}

}  // namespace discern
