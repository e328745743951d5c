#include "ui/session/grid_builder.h"

#include <QLocale>

#include "core/explain/method.h"
#include "core/measure/common_ground.h"
#include "core/record/paths.h"
#include "ui/session/trust_words.h"
#include "ui/words/core_words.h"
#include "ui/words/model_names.h"

namespace discern {

namespace {

constexpr int kClassesShown = 3;

bool isPlainNumber(const QString& text) {
    bool ok = false;
    static_cast<void>(text.toLongLong(&ok));
    return ok;
}

QString valueInWords(const QString& value) { return isPlainNumber(value) ? groupedNumber(value.toLongLong()) : value; }

QString inWords(const Parameter& parameter, const std::string& value) {
    const QString told = QString::fromStdString(parameter.namesFile(value) ? toldAs(value, Paths::Names) : value);
    return QString::fromStdString(parameter.name).replace(QLatin1Char('_'), QLatin1Char(' ')) + QChar(0x00a0) + valueInWords(told);
}

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
        words += inWords(parameter, given == choice.parameters.constEnd() ? parameter.defaultValue : given->toStdString());
    }
    return words.join(QStringLiteral(" · "));
}

QString parametersInWords(const TrustMetric& metric, const std::map<std::string, std::string>& values) {
    QStringList words;
    for (const Parameter& parameter : metric.parameters)
        if (const auto value = values.find(parameter.name); value != values.end() && value->second != parameter.defaultValue)
            words += inWords(parameter, value->second);
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
            layers.insert(model.layer == QStringLiteral("last") ? tr("last layer") : model.layer);
            if (!entry->model)
                continue;
            if (const LayerInfo* layer = entry->model->findLayer(model.layer.toStdString()))
                grids.insert(QStringLiteral("%1\u00a0×\u00a0%2").arg(layer->gridHeight).arg(layer->gridWidth));
        }
        subtitle += layers.size() == 1 ? *layers.begin() : tr("a layer a model");
        if (grids.size() == 1)
            subtitle += *grids.begin();
    }
    const QString parameters = parametersInWords(choice);
    if (!parameters.isEmpty())
        subtitle += parameters;
    return {choice.name, coreWords(method.title), subtitle.join(QStringLiteral(" · "))};
}

ColumnContent GridBuilder::column(const ModelChoice& choice) const {
    const ModelEntry* model = session_.library().model(choice.id);
    ColumnContent column;
    const PictureEntry* shown = session_.library().picture(session_.currentPicture());
    column.model = model->changed || (shown && shown->changed) ? tr("%1 (old: the file has changed)").arg(model->name) : model->name;
    column.marker = choice.marker;
    if (model->state != LoadState::Ready) {
        column.note = model->state == LoadState::Failed ? model->error
                      : model->stage.isEmpty()          ? tr("loading")
                                                        : model->stage;
        return column;
    }
    const PredictionEntry* entry = predictions_.find(session_.currentPicture(), choice.id);
    if (!entry || entry->state != LoadState::Ready) {
        const bool failed = entry && entry->state == LoadState::Failed;
        const bool picture = session_.currentPicture() != 0;
        column.note = failed ? entry->error : picture ? tr("predicting") : QString();
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

QRectF GridBuilder::seen(int model) const {
    const PredictionEntry* prediction = predictions_.ready(session_.currentPicture(), model);
    return prediction ? prediction->seen : QRectF();
}

QRectF GridBuilder::seenByBoth(int first, int second) const {
    const auto groundOf = [this](int id) -> Ground {
        const ModelEntry* model = session_.library().model(id);
        const QRectF part = seen(id);
        if (!model || !model->model) return {};
        const InputSpec& input = model->model->card().input;
        return {{part.x(), part.y(), part.width(), part.height()}, {input.width, input.height}};
    };
    const auto ground = commonGround(groundOf(first), groundOf(second));
    return ground ? QRectF(ground->seen.x, ground->seen.y, ground->seen.width, ground->seen.height) : QRectF();
}

ColumnContent GridBuilder::differenceColumn(const Difference& difference) const {
    QStringList names;
    for (const ModelChoice& model : session_.shownModels())
        names += session_.library().model(model.id)->name;
    names = shortModelNames(names);
    const QVector<ModelChoice> models = session_.shownModels();
    ColumnContent column;
    QString minuend;
    QString subtrahend;
    for (qsizetype i = 0; i < models.size(); ++i) {
        if (models[i].id == difference.model) {
            minuend = names[i];
            column.marker = models[i].marker;
        }
        if (models[i].id == difference.minusModel) {
            subtrahend = names[i];
            column.minusMarker = models[i].marker;
        }
    }
    if (difference.method != difference.minusMethod)
        subtrahend += QStringLiteral(", ") + coreWords(findMethod(difference.minusMethod.toStdString()).title);
    column.model = QStringLiteral("%1 − %2").arg(minuend, subtrahend);
    column.note = tr("Each map ÷ its largest magnitude; red: more in %1, blue: more in %2").arg(minuend, subtrahend);
    const QString first = topClass(difference.model);
    const QString second = topClass(difference.minusModel);
    if (session_.work().target.of == TargetChoice::Of::OwnTop && first != second && !first.isEmpty() && !second.isEmpty())
        column.note = tr("Different classes: %1 − %2.").arg(first, second) + QLatin1Char(' ') + column.note;
    column.seen = seenByBoth(difference.model, difference.minusModel);
    return column;
}

RowContent GridBuilder::differenceRow(const Difference& difference) const {
    const QString minuend = coreWords(findMethod(difference.method.toStdString()).title);
    const QString subtrahend = coreWords(findMethod(difference.minusMethod.toStdString()).title);
    RowContent row;
    row.method = difference.method;
    row.title = QStringLiteral("%1 − %2").arg(minuend, subtrahend);
    row.subtitle = tr("each map ÷ its largest magnitude");
    row.difference = true;
    return row;
}

CellName GridBuilder::at(qsizetype row, qsizetype column) const {
    const QVector<ModelChoice> models = session_.shownModels();
    const QVector<MethodChoice> methods = session_.enabledMethods();
    const int picture = session_.currentPicture();
    if (row < 0 || column < 0 || row > methods.size() || column > models.size())
        return {};
    const bool ownRow = row < methods.size();
    const bool ownColumn = column < models.size();
    if (ownRow && ownColumn)
        return {{picture, models[column].id, methods[row].name}, {}};
    const auto& difference = session_.difference();
    if (!difference || difference->betweenModels() == ownColumn || ownRow == ownColumn)
        return {};
    if (ownColumn)
        return {{picture, models[column].id, difference->method}, CellRef{picture, models[column].id, difference->minusMethod}};
    const bool oneMethod = difference->method == difference->minusMethod;
    return {{picture, difference->model, methods[row].name},
            CellRef{picture, difference->minusModel, oneMethod ? methods[row].name : difference->minusMethod}};
}

std::optional<CellName> GridBuilder::selected() const {
    // One row and one column more, where a difference may be.
    for (qsizetype row = 0; row <= session_.enabledMethods().size(); ++row)
        for (qsizetype column = 0; column <= session_.shownModels().size(); ++column)
            if (const CellName name = at(row, column);
                !name.isNone() && name.of.model == session_.selectedModel() &&
                name.of.method == session_.selectedMethod() && name.minus.has_value() == session_.differenceSelected())
                return name;
    return std::nullopt;
}

CellContent GridBuilder::cell(const CellName& name) const {
    CellContent content = explanations_.cell(name.of);
    if (name.minus)
        content = differences_.cell(name, content, seen(name.of.model), explanations_.cell(*name.minus),
                                    seen(name.minus->model));
    content.name = name;
    content.whose = whose(name.of);
    if (const auto region = regions_.of(name.of.picture))
        content.region = {region, &region->outline};
    if (!name.minus) {
        content.trust = TrustTeller(measurements_).of(name.of);
        content.step = steps_.of(name.of);
        return content;
    }
    content.whose += QStringLiteral(" − ") + whose(*name.minus);
    const QString first = explainedClass(name.of);
    const QString second = explainedClass(*name.minus);
    if (!first.isEmpty() && !second.isEmpty() && first != second)
        content.caution = tr("of different classes: %1 − %2").arg(first, second);
    return content;
}

QString GridBuilder::explainedClass(const CellRef& cell) const {
    const ModelEntry* model = session_.library().model(cell.model);
    const auto map = explanations_.cell(cell).attribution;
    return model && model->model && map ? QString::fromStdString(model->model->label(map->target.classIndex)) : QString();
}

QString GridBuilder::whose(const CellRef& cell) const {
    const ModelEntry* model = session_.library().model(cell.model);
    const QString explained = explainedClass(cell);
    const QString name = model ? model->name : QString();
    return explained.isEmpty() ? name : QStringLiteral("%1: %2").arg(name, explained);
}

QString GridBuilder::topClass(int model) const {
    const ModelEntry* entry = session_.library().model(model);
    const PredictionEntry* prediction = predictions_.ready(session_.currentPicture(), model);
    return entry && entry->model && prediction
               ? QString::fromStdString(entry->model->label(prediction->prediction.top(1).front()))
               : QString();
}

GridContent GridBuilder::content() const {
    GridContent content;
    if (const PictureEntry* entry = session_.library().picture(session_.currentPicture())) {
        content.picture = entry->image;
        content.levels = entry->levels;
        content.pictureName = entry->name;
        if (entry->image.isNull())
            content.pictureNote = entry->state == LoadState::Failed ? entry->error : tr("Opening…");
    }
    for (const ModelChoice& model : session_.shownModels())
        content.columns.append(column(model));
    for (const MethodChoice& method : session_.enabledMethods())
        content.rows.append(row(method));
    if (const auto& difference = session_.difference()) {
        if (difference->betweenModels())
            content.columns.append(differenceColumn(*difference));
        else
            content.rows.append(differenceRow(*difference));
    }
    for (qsizetype r = 0; r < content.rows.size(); ++r) {
        QVector<CellContent> cells;
        for (qsizetype c = 0; c < content.columns.size(); ++c)
            cells.append(cell(at(r, c)));
        content.cells.append(cells);
    }
    return content;
}

}  // namespace discern
