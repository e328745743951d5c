#include "ui/session/grid_builder.h"

#include <QLocale>

#include "core/explain/method.h"

namespace discern {

namespace {

constexpr int kClassesShown = 3;

bool isPlainNumber(const QString& text) {
    bool ok = false;
    static_cast<void>(text.toLongLong(&ok));
    return ok;
}

QString valueInWords(const QString& value) { return isPlainNumber(value) ? groupedNumber(value.toLongLong()) : value; }

}  // namespace

QString shapeInWords(const LayerInfo& layer) {
    QStringList sides;
    for (std::size_t i = layer.shape.size() > 1 ? 1 : 0; i < layer.shape.size(); ++i)
        sides += QString::number(layer.shape[i]);
    return sides.join(QStringLiteral(" × "));
}

QString parametersInWords(const MethodChoice& choice) {
    const Method& method = findMethod(choice.name.toStdString());
    QStringList words;
    for (const Parameter& parameter : method.parameters) {
        const QString name = QString::fromStdString(parameter.name);
        const auto given = choice.parameters.constFind(name);
        const bool count = parameter.kind == ParameterKind::Integer && !parameter.advanced && words.isEmpty();
        if (given == choice.parameters.constEnd() && !count)
            continue;
        const QString value = given == choice.parameters.constEnd() ? QString::fromStdString(parameter.defaultValue) : *given;
        words += QString(name).replace(QLatin1Char('_'), QLatin1Char(' ')) + QChar(0x00a0) + valueInWords(value);
    }
    return words.join(QStringLiteral(" · "));
}

RowContent GridBuilder::row(const MethodChoice& choice) const {
    const Method& method = findMethod(choice.name.toStdString());
    QStringList subtitle;
    if (method.usesLayer) {
        QSet<QString> layers;
        QSet<QString> grids;
        for (const ModelChoice& model : session_.shownModels()) {
            const ModelEntry* entry = session_.library().model(model.id);
            layers.insert(model.layer == QStringLiteral("last") ? QObject::tr("last layer") : model.layer);
            if (!entry->model)
                continue;
            const std::string name = model.layer.toStdString();
            for (const LayerInfo& layer : entry->model->layers())
                if (layer.name == name)
                    grids.insert(QStringLiteral("%1 × %2").arg(layer.gridHeight).arg(layer.gridWidth));
            if (name == "last") {
                const LayerInfo& last = entry->model->layer(name);
                grids.insert(QStringLiteral("%1 × %2").arg(last.gridHeight).arg(last.gridWidth));
            }
        }
        subtitle += layers.size() == 1 ? *layers.begin() : QObject::tr("a layer a model");
        if (grids.size() == 1)
            subtitle += *grids.begin();
    }
    const QString parameters = parametersInWords(choice);
    if (!parameters.isEmpty())
        subtitle += parameters;
    return {choice.name, QString::fromStdString(method.title), subtitle.join(QStringLiteral(" · "))};
}

ColumnContent GridBuilder::column(const ModelChoice& choice) const {
    const ModelEntry* model = session_.library().model(choice.id);
    ColumnContent column;
    column.model = model->name;
    column.marker = choice.marker;
    if (model->state != LoadState::Ready) {
        column.note = model->state == LoadState::Failed ? model->error
                      : model->stage.isEmpty()          ? QObject::tr("loading")
                                                        : model->stage;
        return column;
    }
    const PredictionEntry* entry = predictions_.find(session_.currentPicture(), choice.id);
    if (!entry || entry->state != LoadState::Ready) {
        const bool failed = entry && entry->state == LoadState::Failed;
        const bool picture = session_.currentPicture() != 0;
        column.note = failed ? entry->error : picture ? QObject::tr("predicting") : QString();
        return column;
    }
    column.seen = entry->seen;
    const TargetChoice& target = session_.work().target;
    std::optional<int> explained;
    if (target.of != TargetChoice::Of::OwnTop)
        explained = indexOf(target.target, *model->model);
    std::vector<int> top = entry->prediction.top(kClassesShown);
    if (target.of == TargetChoice::Of::OwnTop && !top.empty())
        explained = top.front();
    // The explained class always stands in the head, in the last place where it is not among the first.
    if (explained && std::find(top.begin(), top.end(), *explained) == top.end() && !top.empty())
        top.back() = *explained;
    for (const int index : top)
        column.top.append({index, QString::fromStdString(model->model->label(index)),
                           static_cast<double>(entry->prediction.probabilities[static_cast<std::size_t>(index)]),
                           explained == index});
    return column;
}

GridContent GridBuilder::content() const {
    GridContent content;
    const int picture = session_.currentPicture();
    if (const PictureEntry* entry = session_.library().picture(picture)) {
        content.picture = entry->image;
        content.pictureName = entry->name;
    }
    const QVector<ModelChoice> models = session_.shownModels();
    for (const ModelChoice& model : models)
        content.columns.append(column(model));
    for (const MethodChoice& method : session_.enabledMethods()) {
        content.rows.append(row(method));
        QVector<CellContent> cells;
        for (const ModelChoice& model : models)
            cells.append(explanations_.cell({picture, model.id, method.name}));
        content.cells.append(cells);
    }
    return content;
}

}  // namespace discern
