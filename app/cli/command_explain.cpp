#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/drawing.h"
#include "app/cli/explain_options.h"
#include "core/store/files.h"

namespace discern {

namespace {

using nlohmann::json;

json write(const ExplainOptions& options, const Explained& explained, Console& console) {
    const DisplaySettings settings;
    const Attribution* const only = &explained.attribution;
    const std::filesystem::path folder = resultFolder(options.out(), explained);
    json record = writeResult(folder, explained, settings, rangeOf({&only, 1}, settings), options.paths());
    record["folder"] = folder.string();
    console.print(fmt::format("{}  {} evaluations, {:.2f} s{}{}", folder.string(), explained.attribution.evaluations,
                              explained.attribution.seconds, explained.attribution.summary.empty() ? "" : ", ",
                              explained.attribution.summary));
    return record;
}

void explainAll(const ExplainOptions& options, Console& console) {
    options.check();
    makeFolder(options.out());
    const Drawing drawing;
    json results = json::array();
    const std::vector<NamedPicture> pictures = options.inputs().readPictures(console, results);
    const std::vector<NamedModel> models = options.inputs().loadModels(console, results);
    for (const NamedPicture& picture : pictures) {
        options.run(
            picture, models, console,
            [&](const Explained& explained) { results.push_back(write(options, explained, console)); },
            [&](const NotExplained& failure) {
                results.push_back({{"model", failure.model.model->name()},
                                   {"image", failure.picture.picture->path.string()},
                                   {"method", failure.method},
                                   {"error", failure.error}});
            });
    }
    console.printJson(results);
}

CommandRun declare(CLI::App& app) {
    const auto options = std::make_shared<ExplainOptions>();
    options->declare(app);
    return [options](Console& console) { explainAll(*options, console); };
}

}  // namespace

Command explainCommand() {
    return {"explain", "Write what each model looked at, by each method, for each picture", &declare};
}

}  // namespace discern
