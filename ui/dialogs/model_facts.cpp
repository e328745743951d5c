#include "ui/dialogs/model_facts.h"

#include <QCoreApplication>
#include <algorithm>
#include <filesystem>

#include "ui/words/core_words.h"
#include "ui/words/numbers.h"
#include "ui/words/speed_words.h"

namespace discern {

namespace {

struct ModelFacts {
    Q_DECLARE_TR_FUNCTIONS(ModelFacts)
};

using Facts = ModelFacts;

constexpr qsizetype kLongest = 600;  ///< of a value; the whole card is on a page of its own

QString html(const QString& text) { return text.toHtmlEscaped(); }
QString html(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QString row(const QString& name, const QString& value, const QString& origin = {}) {
    if (value.isEmpty()) return {};
    return QStringLiteral("<tr><td valign='top'>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td><td valign='top'>&nbsp;&nbsp;&nbsp;<i>%3</i></td></tr>")
        .arg(name, value, html(origin));
}

QString outputInWords(OutputKind kind) {
    switch (kind) {
        case OutputKind::Logits: return Facts::tr("logits, one class");
        case OutputKind::Probabilities: return Facts::tr("probabilities, one class");
        case OutputKind::MultilabelLogits: return Facts::tr("logits, several labels");
        case OutputKind::MultilabelProbabilities: return Facts::tr("probabilities, several labels");
        case OutputKind::BinaryLogit: return Facts::tr("one logit, two classes");
        case OutputKind::BinaryProbability: return Facts::tr("one probability, two classes");
    }
    return {};
}

bool contains(const std::vector<std::string>& fields, const std::string& field) { return std::ranges::find(fields, field) != fields.end(); }

/// As JSON, lists and objects of numbers and words on a line.
QString valueInWords(const nlohmann::json& value) {
    if (value.is_string()) return html(value.get<std::string>());
    QString text = QString::fromStdString(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    text.replace(QLatin1Char(','), QStringLiteral(", "));
    if (text.size() > kLongest) text = text.left(kLongest) + QStringLiteral(" …");
    return html(text);
}

QString numbers(const std::vector<double>& values) {
    QStringList words;
    for (const double value : values) words += QString::number(value);
    return QStringLiteral("[%1]").arg(words.join(QStringLiteral(", ")));
}

/// What holds where the card leaves the field out.
QString defaultOf(const Model& model, const std::string& field) {
    const InputSpec& input = model.card().input;
    if (field == "name") return html(model.name());
    if (field == "input.divide") return QString::number(input.divide);
    if (field == "input.mean") return numbers(input.mean);
    if (field == "input.std") return numbers(input.std);
    if (field == "input.crop") return QString::number(input.crop);
    if (field == "input.color") return QStringLiteral("RGB");
    if (field == "input.resize") return QStringLiteral("shorter-side");
    if (field == "input.interpolation") return QStringLiteral("bilinear");
    if (field == "source" || field == "licence") return Facts::tr("not given");
    return {};
}

QString fieldRow(const Model& model, const QString& title, const std::string& field) {
    const nlohmann::json* stated = findCardField(model.card().original, field);
    const QString value = stated ? valueInWords(*stated) : defaultOf(model, field);
    return row(title, value, originOf(model, field));
}

QString labelsRow(const Model& model) {
    const std::vector<std::string>& labels = model.card().labels;
    if (labels.empty()) return row(Facts::tr("labels"), Facts::tr("not given"));
    const QString ends = labels.size() > 4 ? html(labels.front()) + QStringLiteral(", … , ") + html(labels.back()) : [&] {
        QStringList all;
        for (const std::string& label : labels) all += html(label);
        return all.join(QStringLiteral(", "));
    }();
    return row(Facts::tr("labels"), ends, originOf(model, "labels"));
}

QString reportedRow(const Model& model) {
    QStringList figures;
    for (const ReportedFigure& figure : model.card().reported)
        figures += QStringLiteral("%1 %2 (%3)").arg(html(figure.metric)).arg(figure.value).arg(html(figure.dataset));
    return row(Facts::tr("published"), figures.join(QStringLiteral("<br>")), originOf(model, "reported"));
}

/// Fields that Discern makes nothing of, such as what it was trained on.
QString furtherRows(const Model& model) {
    static const std::vector<std::string> known = {"name", "source", "licence", "labels", "input", "output", "output_name", "layout", "reported", "guessed"};
    QString text;
    for (const auto& [field, value] : model.card().original.items())
        if (!contains(known, field)) text += row(html(QString::fromStdString(field).replace(QLatin1Char('_'), QLatin1Char(' '))), valueInWords(value), originOf(model, field));
    return text;
}

QString figureRows(const Model& model, const std::optional<Speed>& speed) {
    const Complexity& size = model.complexity();
    const QString counted = Facts::tr("counted from the graph");
    QString text = row(Facts::tr("parameters"), groupedNumber(size.parameters), counted) + row(Facts::tr("MACs"), groupedNumber(size.macs), counted) +
                   row(Facts::tr("size"), Facts::tr("%1 bytes").arg(groupedNumber(size.bytes)), Facts::tr("the file on disk"));
    if (speed)
        text += row(Facts::tr("latency"), Facts::tr("%1 for one image. %2").arg(shortLatency(*speed), latencySpread(*speed)), measuredOn(*speed)) +
                row(Facts::tr("throughput"), throughputInWords(*speed), measuredOn(*speed));
    return text;
}

}  // namespace

QString originOf(const Model& model, const std::string& field) {
    const ModelCard& card = model.card();
    if (contains(card.guessed, field)) return Facts::tr("assumed: a guess");
    if (contains(card.assumed, field)) return Facts::tr("assumed: the card leaves it out");
    if (!findCardField(card.original, field)) return field == "name" ? Facts::tr("the file's name") : QString();
    if (contains(card.answered, field) || card.origin.empty()) return Facts::tr("stated on opening");
    const std::filesystem::path origin = card.origin;
    const QString name = QString::fromStdString(origin.filename().string());
    return origin == model.path() ? Facts::tr("inside %1").arg(name) : name;
}

QString cardTable(const Model& model, const std::optional<Speed>& speed) {
    const ModelCard& card = model.card();
    QString text = QStringLiteral("<table cellpadding='2'>");
    text += row(Facts::tr("file"), html(model.path().string()));
    text += fieldRow(model, Facts::tr("name"), "name") + fieldRow(model, Facts::tr("source"), "source") + fieldRow(model, Facts::tr("licence"), "licence");
    text += furtherRows(model);
    static const std::pair<const char*, const char*> kInput[] = {
        {QT_TRANSLATE_NOOP("discern::ModelFacts", "input size"), "input.size"},       {QT_TRANSLATE_NOOP("discern::ModelFacts", "colour"), "input.color"},
        {QT_TRANSLATE_NOOP("discern::ModelFacts", "divided by"), "input.divide"},     {QT_TRANSLATE_NOOP("discern::ModelFacts", "mean"), "input.mean"},
        {QT_TRANSLATE_NOOP("discern::ModelFacts", "deviation"), "input.std"},         {QT_TRANSLATE_NOOP("discern::ModelFacts", "resizing"), "input.resize"},
        {QT_TRANSLATE_NOOP("discern::ModelFacts", "interpolation"), "input.interpolation"}, {QT_TRANSLATE_NOOP("discern::ModelFacts", "crop"), "input.crop"},
        {QT_TRANSLATE_NOOP("discern::ModelFacts", "layout"), "layout"},               {QT_TRANSLATE_NOOP("discern::ModelFacts", "name of output"), "output_name"}};
    for (const auto& [title, field] : kInput) text += fieldRow(model, Facts::tr(title), field);
    const QString origin = originOf(model, "output");
    text += row(Facts::tr("output"), Facts::tr("%1 classes, %2").arg(model.classCount()).arg(outputInWords(card.output)),
                findCardField(card.original, "output") ? origin : Facts::tr("found by trying"));
    text += labelsRow(model) + reportedRow(model) + figureRows(model, speed);
    text += row(Facts::tr("SHA-256"), html(model.sha256()), Facts::tr("of the file's bytes"));
    return text + QStringLiteral("</table>");
}

QStringList warningsOf(const Model& model) {
    const ModelCard& card = model.card();
    QStringList warnings;
    if (const nlohmann::json* use = findCardField(card.original, "use"); use && use->is_string())
        warnings += QString::fromStdString(use->get<std::string>());
    if (!card.assumed.empty())
        warnings += Facts::tr("What the file does not say of its input and output is assumed: %1. If that is wrong, so are its answers; Edit card states it.")
                        .arg(QString::fromStdString(assumedInWords(card)));
    for (const std::string& note : model.conduct().notes) warnings += coreWords(note);
    if (!model.findLayer("last")) warnings += Facts::tr("No layer has a spatial grid, so methods that look at one (Grad-CAM and its kin) do not work on it.");
    if (card.labels.empty()) warnings += Facts::tr("The card names no classes: they are called by their numbers.");
    if (card.licence.empty()) warnings += Facts::tr("The card names no licence: ask where the file comes from before you pass it on.");
    return warnings;
}

}  // namespace discern
