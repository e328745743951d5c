#include "ui/report/comparison_folder.h"

#include "core/about.h"
#include "core/store/files.h"
#include "ui/report/comparison_agreement.h"

namespace discern {

namespace {

using nlohmann::json;

ComparisonReport beginReport(const Comparison& comparison, const Compute& asked) {
    const Compute compute = resolve(asked);
    ComparisonReport report;
    report.title = "What the models looked at";
    for (const ComparedModel& model : comparison.models) {
        report.models.push_back(reportModel(model, comparison.paths));
    }
    report.settings = {{"program", "discern " + versionOfDiscern() + ", LibTorch " + versionOfTorch()},
                       {"device", describe(compute)},
                       {"precision", toString(compute.precision)}};
    for (const Method* method : comparison.methods) {
        report.settings.emplace_back(method->title, method->source);
    }
    for (const TrustMetric* metric : comparison.metrics) {
        report.settings.emplace_back(metric->title, metric->source);
    }
    return report;
}

void forgetPixels(ComparedPicture& compared) {
    auto known = std::make_shared<Picture>(*compared.named.picture);
    known->pixels.release();
    compared.named.picture = known;
    for (std::vector<ComparedCell>& row : compared.cells) {
        for (ComparedCell& cell : row) {
            cell.request.picture = known;
        }
    }
}

}  // namespace

ComparisonFolder::ComparisonFolder(std::filesystem::path out, Comparison comparison, Compute compute, Attempt attempt)
    : out_(std::move(out)), comparison_(std::move(comparison)), attempt_(std::move(attempt)),
      report_(beginReport(comparison_, compute)) {
    makeFolder(out_);
}

void ComparisonFolder::add(ComparedPicture picture, Progress& progress) {
    measureAgreement(picture, comparison_.models, progress);
    report_.pictures.push_back(writePicture(out_, picture, comparison_, attempt_));
    forgetPixels(picture);
    comparison_.pictures.push_back(std::move(picture));
}

json ComparisonFolder::finish(const json& failures) {
    report_.means = meansFigures(measuredOf(comparison_), comparison_.seed);
    json document = comparisonDocument(comparison_);
    document["failures"] = failures;
    writeFileSafely(out_ / "metrics.json", document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
    writeFileSafely(out_ / "metrics.csv", comparisonTable(comparison_));
    writeFileSafely(out_ / "agreement.csv", agreementTable(comparison_));
    writeFileSafely(out_ / "report.html", renderReport(report_));
    document["report"] = (out_ / "report.html").string();
    return document;
}

}  // namespace discern
