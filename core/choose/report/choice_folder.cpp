#include "core/choose/report/choice_folder.h"

#include "core/choose/choice_record.h"
#include "core/evaluate/evaluation_record.h"
#include "core/store/files.h"

namespace discern {

nlohmann::json writeChoiceFolder(const std::filesystem::path& out, const ChoiceReport& report, const nlohmann::json& more,
                                 Progress& progress) {
    PartProgress scoring(progress, 0.0, 0.8);
    nlohmann::json record = evaluationRecord(report.evaluation, drawsFor(report.evaluation), scoring);
    record.update(choiceRecord(report.evaluation, report.ranker, report.weights));
    record["preset"] = report.state.preset;
    record.update(more);
    PartProgress writing(progress, 0.8, 1.0);
    const std::string page = renderChoiceReport(report, writing);
    writeFileSafely(out / "evaluation.json", record.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    writeFileSafely(out / "predictions.csv", predictionsCsv(report.evaluation));
    writeFileSafely(out / "report.html", page);
    return record;
}

}  // namespace discern
