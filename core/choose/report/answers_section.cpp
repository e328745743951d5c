#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "core/choose/answer_agreement.h"
#include "core/choose/confused_classes.h"
#include "core/choose/evaluation_board.h"
#include "core/choose/figure_words.h"
#include "core/choose/galleries.h"
#include "core/choose/report/sections.h"
#include "core/evaluate/calibration.h"
#include "core/evaluate/class_figures.h"
#include "core/evaluate/curves.h"
#include "core/record/html.h"
#include "core/record/report_chart.h"
#include "core/record/svg_axes.h"

namespace discern {

namespace {

constexpr std::size_t kMostLines = 12;     // models in a chart of curves
constexpr std::size_t kMostLabels = 6;     // that have curves
constexpr std::size_t kMostPoints = 300;   // of a curve
constexpr std::size_t kNamed = 24;         // characters of a model's name in a key
constexpr std::size_t kMostClasses = 16;   // of a confusion table
constexpr std::size_t kMostMatrices = 12;  // confusion tables
constexpr std::size_t kMostModels = 24;    // in the table of agreement

/// A colour between white and blue, or orange, that black words can be read on.
std::string ground(double share, bool good) {
    const double part = 0.6 * std::clamp(share, 0.0, 1.0);
    const auto mixed = [&](double full) { return static_cast<int>(std::lround(255.0 + part * (full - 255.0))); };
    return good ? fmt::format("rgb({}, {}, {})", mixed(0), mixed(114), mixed(178))
                : fmt::format("rgb({}, {}, {})", mixed(213), mixed(94), mixed(0));
}

/// As many points as a drawing shows.
ReportLine line(std::string name, const ThresholdCurve& curve) {
    ReportLine drawn{std::move(name), {}, {}};
    const std::size_t count = curve.x.size();
    const std::size_t step = std::max<std::size_t>(1, count / kMostPoints);
    for (std::size_t i = 0; i < count; ++i) {
        if (i % step != 0 && i + 1 != count) continue;
        drawn.x.push_back(curve.x[i]);
        drawn.y.push_back(curve.y[i]);
    }
    return drawn;
}

/// The answers of the models that have any, checked and worked out once.
struct Answered {
    std::size_t model;
    Labelled answers;
    std::vector<double> weights;
};

std::vector<Answered> answered(const ReportContext& context, std::size_t most) {
    std::vector<Answered> all;
    for (const std::size_t m : firstModels(context, most)) {
        const ModelEvaluation& model = context.evaluation.models[m];
        if (model.images.empty()) continue;
        Labelled answers(model.answers);
        std::vector<double> weights = equalWeights(answers);
        all.push_back({m, std::move(answers), std::move(weights)});
    }
    return all;
}

ReportChart curves(const ReportContext& context, const std::vector<Answered>& all, const std::string& label, bool roc) {
    ReportChart chart{fmt::format("{} of “{}”", roc ? "ROC" : "Precision and recall", label),
                      roc ? "False positive rate" : "Recall", roc ? "True positive rate" : "Precision", {}};
    for (const Answered& one : all) {
        const int known = knownClass(context.evaluation.models[one.model], label);
        if (known < 0) continue;
        const ThresholdCurve curve = roc ? rocCurve(one.answers, known, one.weights) : precisionRecallCurve(one.answers, known, one.weights);
        if (curve.x.empty()) continue;
        const double area = roc ? rocAuc(one.answers, known, one.weights) : averagePrecision(one.answers, known, one.weights);
        const std::string name = shortName(context.name(one.model), kNamed);
        chart.lines.push_back(line(fmt::format("{}, {} {}", name, roc ? "area" : "average precision", figureWords(area)), curve));
    }
    if (roc && !chart.lines.empty()) chart.lines.push_back({"chance", {0.0, 1.0}, {0.0, 1.0}, true});
    return chart;
}

ReportChart reliabilityChart(const ReportContext& context, const std::vector<Answered>& all) {
    ReportChart chart{"Reliability", "Confidence, mean probability of the answer", "Accuracy, share right", {}};
    for (const Answered& one : all) {
        ReportLine bins{shortName(context.name(one.model), 2 * kNamed), {}, {}};
        for (const ReliabilityBin& bin : reliability(one.answers, one.weights)) {
            if (!(bin.images > 0.0)) continue;
            bins.x.push_back(bin.confidence);
            bins.y.push_back(bin.accuracy);
        }
        chart.lines.push_back(std::move(bins));
    }
    if (!chart.lines.empty()) chart.lines.push_back({"as sure as right", {0.0, 1.0}, {0.0, 1.0}, true});
    return chart;
}

/// Of two labels the positive one, of more the first few.
std::vector<std::string> drawnLabels(const ReportContext& context) {
    std::vector<std::string> labels = context.evaluation.set.labels;
    if (const int positive = positiveClass(labels); positive >= 0) return {labels[static_cast<std::size_t>(positive)]};
    labels.resize(std::min(kMostLabels, labels.size()));
    return labels;
}

std::string curveCharts(const ReportContext& context, Progress& progress) {
    const std::vector<Answered> all = answered(context, kMostLines);
    const std::vector<std::string> labels = drawnLabels(context);
    std::string charts;
    const auto add = [&](const ReportChart& chart) {
        progress.checkpoint();
        if (!chart.lines.empty()) charts += renderChart(chart);
    };
    for (const std::string& label : labels)
        for (const bool roc : {true, false}) add(curves(context, all, label, roc));
    const bool several = context.evaluation.set.several;
    if (!several) add(reliabilityChart(context, all));
    std::string hint = several ? "A curve needs images that have the label and others that do not."
                               : "A class against all others; a curve needs images of the class and of others.";
    hint += shownWords(context, kMostLines);
    if (labels.size() == kMostLabels && labels.size() < context.evaluation.set.labels.size())
        hint += fmt::format(" The first {} of {} labels are drawn.", labels.size(), context.evaluation.set.labels.size());
    const std::string without = several ? textElement("p", kNoCalibration, "class=\"hint\"") : "";
    return textElement("p", hint, "class=\"hint\"") + element("div", charts, "class=\"charts\"") + without;
}

std::string confusionOf(const ReportContext& context, const Answered& one) {
    const ConfusedClasses part = confusedClasses(one.answers, kMostClasses);
    ReportMatrix matrix{context.name(one.model), "Rows are the truth, columns its answers.", {}, {}};
    if (part.hidden > 0) matrix.tells += fmt::format(" {} with fewer errors left out.", countWords(part.hidden, "class", "classes"));
    for (const int truth : part.rows) {
        matrix.names.push_back(one.answers.answers().classes[static_cast<std::size_t>(truth)]);
        std::vector<ReportMatrix::Value> row;
        for (std::size_t c = 0; c < part.columns; ++c) {
            const double count = part.counts.at<double>(truth, part.rows[c]);
            const double of = part.of(truth);
            row.push_back({fmt::format("{:g}", count), count > 0.0 ? ground(count / of, truth == part.rows[c]) : ""});
        }
        matrix.rows.push_back(std::move(row));
    }
    return matrixTable(matrix);
}

std::string countsOf(const ReportContext& context, const Answered& one) {
    ReportMatrix matrix{context.name(one.model), "", {}, {}, {"found", "missed", "falsely given", "rightly not"}};
    const std::vector<LabelCounts> counts = labelCounts(one.answers, one.weights);
    const std::size_t shown = std::min(kMostClasses, counts.size());
    matrix.tells = fmt::format("A label is given from a probability of {:g} on.", one.answers.answers().threshold);
    if (shown < counts.size()) matrix.tells += fmt::format(" The first {} of {} labels.", shown, counts.size());
    for (std::size_t c = 0; c < shown; ++c) {
        const double with = counts[c].found + counts[c].missed;
        const double without = counts[c].falselyGiven + counts[c].rightlyNot;
        const auto cell = [&](double count, double of, bool good) {
            return ReportMatrix::Value{fmt::format("{:g}", count), count > 0.0 ? ground(count / of, good) : ""};
        };
        matrix.names.push_back(one.answers.answers().classes[c]);
        matrix.rows.push_back({cell(counts[c].found, with, true), cell(counts[c].missed, with, false),
                               cell(counts[c].falselyGiven, without, false), cell(counts[c].rightlyNot, without, true)});
    }
    return matrixTable(matrix);
}

std::string confusions(const ReportContext& context, Progress& progress) {
    std::string tables;
    for (const Answered& one : answered(context, kMostMatrices)) {
        progress.checkpoint();
        tables += one.answers.several() ? countsOf(context, one) : confusionOf(context, one);
    }
    if (tables.empty()) return "";
    return textElement("h3", "Confusion") + textElement("p", (context.evaluation.set.several ? "Images by whether they have a label and are given it."
                                                              : "Images of each class by the answer.") +
                                    shownWords(context, kMostMatrices),
                                "class=\"hint\"") +
           element("div", tables, "class=\"scroll matrices\"");
}

std::string agreement(const ReportContext& context) {
    const std::vector<std::size_t> models = firstModels(context, kMostModels);
    if (models.size() < 2) return "";
    const AnswerAgreement agreement(context.evaluation);
    ReportMatrix matrix{"Agreement of answers",
                        context.evaluation.set.several ? "Images that two models give the same labels, right or wrong, %."
                                                       : "Images that two models answer alike, right or wrong, %.",
                        {},
                        {}};
    for (const std::size_t one : models) {
        matrix.names.push_back(context.name(one));
        std::vector<ReportMatrix::Value> row;
        for (const std::size_t other : models) {
            const double share = one == other ? std::nan("") : agreement.share(one, other);
            row.push_back(std::isnan(share) ? ReportMatrix::Value{} : ReportMatrix::Value{figureWords(100.0 * share), ground(share, true)});
        }
        matrix.rows.push_back(std::move(row));
    }
    return textElement("h3", "Agreement") + textElement("p", "Models that err alike cannot correct each other." + shownWords(context, kMostModels), "class=\"hint\"") +
           element("div", matrixTable(matrix), "class=\"scroll matrices\"");
}

}  // namespace

std::string answersSection(const ReportContext& context, Progress& progress) {
    if (context.models.empty()) return "";
    return element("section", textElement("h2", "Answers") + curveCharts(context, progress) + confusions(context, progress) +
                                  agreement(context));
}

}  // namespace discern
