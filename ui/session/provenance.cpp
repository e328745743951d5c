#include "ui/session/provenance.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/explain/method.h"

namespace discern {

namespace {

QString word(OverlayView view) {
    static const char* const words[] = {"heatmap", "alpha by magnitude", "mask", "contour", "segments", "standard error"};
    return QLatin1String(words[static_cast<int>(view)]);
}

QString word(RangePolicy policy) {
    static const char* const words[] = {"per map", "shared in row", "shared by all"};
    return QLatin1String(words[static_cast<int>(policy)]);
}

QJsonObject toJson(const DisplaySettings& d) {
    return {{QStringLiteral("view"), word(d.view)},
            {QStringLiteral("opacity"), d.opacity},
            {QStringLiteral("threshold"), d.threshold},
            {QStringLiteral("positive_map"), d.positiveMap},
            {QStringLiteral("signed_map"), d.signedMap},
            {QStringLiteral("range"), word(d.range)},
            {QStringLiteral("symmetric"), d.symmetric},
            {QStringLiteral("magnitude"), d.magnitude},
            {QStringLiteral("clip_percentile"),
             d.clipPercentile ? QJsonValue(*d.clipPercentile) : QJsonValue(QStringLiteral("outliers"))}};
}

QJsonObject toJson(const ExplainRequest& request) {
    QJsonObject parameters;
    const Parameters all(findMethod(request.method).parameters, request.parameters, request.method);
    for (const auto& [name, value] : all.all())
        parameters[QString::fromStdString(name)] = QString::fromStdString(value);
    const Target& target = request.targets.front();
    QJsonObject about{{QStringLiteral("class"), target.classIndex},
                      {QStringLiteral("label"), QString::fromStdString(request.model->label(target.classIndex))},
                      {QStringLiteral("score"), target.score == ScoreKind::Probability ? QStringLiteral("probability")
                                                                                       : QStringLiteral("logit")}};
    if (target.versus >= 0)
        about[QStringLiteral("versus")] = target.versus;
    QJsonObject json{{QStringLiteral("model"), QString::fromStdString(request.model->name())},
                     {QStringLiteral("model_sha256"), QString::fromStdString(request.model->sha256())},
                     {QStringLiteral("method"), QString::fromStdString(request.method)},
                     {QStringLiteral("parameters"), parameters},
                     {QStringLiteral("target"), about},
                     {QStringLiteral("seed"), QString::number(request.seed)},
                     {QStringLiteral("device"), QString::fromStdString(toString(resolve(request.compute).device))},
                     {QStringLiteral("precision"), QString::fromStdString(toString(resolve(request.compute).precision))}};
    if (findMethod(request.method).usesLayer)
        json[QStringLiteral("layer")] = QString::fromStdString(request.layer);
    if (request.picture)
        json[QStringLiteral("image_sha256")] = QString::fromStdString(request.picture->sha256);
    return json;
}

QJsonObject head(const DisplaySettings& display) {
    return {{QStringLiteral("program"), QStringLiteral("Discern")},
            {QStringLiteral("version"), QCoreApplication::applicationVersion()},
            {QStringLiteral("display"), toJson(display)}};
}

QString text(const QJsonObject& json) { return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)); }

}  // namespace

QString provenanceOf(const ExplainRequest& request, const Attribution* attribution, const DisplaySettings& display) {
    QJsonObject json = head(display);
    QJsonObject cell = toJson(request);
    if (attribution) {
        cell[QStringLiteral("evaluations")] = static_cast<qint64>(attribution->evaluations);
        cell[QStringLiteral("seconds")] = attribution->seconds;
        cell[QStringLiteral("unit")] = QString::fromStdString(attribution->unit);
    }
    json[QStringLiteral("cell")] = cell;
    return text(json);
}

QString provenanceOf(const QVector<ExplainRequest>& requests, const DisplaySettings& display) {
    QJsonObject json = head(display);
    QJsonArray cells;
    for (const ExplainRequest& request : requests)
        cells.append(toJson(request));
    json[QStringLiteral("cells")] = cells;
    return text(json);
}

}  // namespace discern
