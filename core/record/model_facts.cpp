#include "core/record/model_facts.h"

#include <spdlog/fmt/fmt.h>

namespace discern {

namespace {

std::string inputInWords(const InputSpec& input) {
    const char* colors = input.color == ColorOrder::Gray ? "grey" : input.color == ColorOrder::Bgr ? "BGR" : "RGB";
    const char* resize = input.resize == ResizeMode::Stretch ? "stretched" : input.resize == ResizeMode::None ? "as it is" : "shorter side scaled, centre cut out";
    return fmt::format("{} x {} (height x width), {}, {}", input.height, input.width, colors, resize);
}

}  // namespace

std::string reportedInWords(const ModelCard& card) {
    std::string words;
    for (const ReportedFigure& figure : card.reported)
        words += fmt::format("{}{} {:g} ({})", words.empty() ? "" : "; ", figure.metric, figure.value, figure.dataset);
    return words.empty() ? "nothing" : words;
}

ReportFacts originFacts(const Model& model, Paths paths) {
    ReportFacts facts = {{"file", toldAs(model.path(), paths)},
                         {"SHA-256", model.sha256()},
                         {"source", model.card().source},
                         {"licence", model.card().licence}};
    if (!model.card().assumed.empty()) facts.emplace_back("assumed", assumedInWords(model.card()));
    return facts;
}

ReportFacts cardFacts(const Model& model, Paths paths) {
    ReportFacts facts = originFacts(model, paths);
    facts.emplace_back("SHA-256 of the card", model.cardSha256());
    facts.emplace_back("input", inputInWords(model.card().input));
    facts.emplace_back("classes", std::to_string(model.classCount()));
    facts.emplace_back("output", std::string(toString(model.conduct().output)));
    facts.emplace_back("reported by its authors", reportedInWords(model.card()));
    return facts;
}

}  // namespace discern
