#include "ui/session/explanation_requests.h"

#include "core/explain/method.h"
#include "core/record/identity.h"
#include "ui/words/core_words.h"

namespace discern {

std::optional<Target> ExplanationRequests::target(const CellRef& cell) const {
    const TargetChoice& choice = session_.work().target;
    Target definite;
    definite.score = choice.score.value_or(findMethod(cell.method.toStdString()).score);
    if (choice.of == TargetChoice::Of::OwnTop) {
        const PredictionEntry* prediction = predictions_.ready(cell.picture, cell.model);
        if (!prediction)
            return std::nullopt;
        definite.classIndex = prediction->prediction.top(1).front();
        return definite;
    }
    const Model& model = *session_.library().model(cell.model)->model;
    const auto index = indexOf(choice.target, model);
    if (!index)
        return std::nullopt;
    definite.classIndex = *index;
    if (choice.of == TargetChoice::Of::Contrast) {
        const auto versus = indexOf(choice.versus, model);
        if (!versus || *versus == *index)
            return std::nullopt;
        definite.versus = *versus;
    }
    return definite;
}

std::optional<ExplainRequest> ExplanationRequests::request(const CellRef& cell) const {
    const PictureEntry* picture = session_.library().picture(cell.picture);
    const ModelEntry* model = session_.library().model(cell.model);
    const ModelChoice* modelChoice = session_.model(cell.model);
    const MethodChoice* method = session_.method(cell.method);
    if (!picture || picture->sha256.isEmpty() || !model || !model->model || !modelChoice || !method)
        return std::nullopt;
    const auto definite = target(cell);
    if (!definite)
        return std::nullopt;
    ExplainRequest request;
    request.model = model->model;
    request.picture = picture->picture;
    request.method = cell.method.toStdString();
    request.targets = {*definite};
    request.parameters = given(method->parameters);
    if (findMethod(request.method).usesLayer)
        request.layer = modelChoice->layer.toStdString();
    request.seed = session_.work().seed;
    request.compute = session_.compute();
    return request;
}

void ExplanationRequests::forget(int picture) {
    known_.removeIf([picture](const auto& entry) { return entry.key().picture == picture; });
}

const ExplanationRequests::Identified& ExplanationRequests::identified(const CellRef& cell) const {
    const auto known = known_.constFind(cell);
    return known == known_.constEnd() ? *known_.insert(cell, identify(cell)) : *known;
}

ExplanationRequests::Identified ExplanationRequests::identify(const CellRef& cell) const {
    Identified identified;
    try {
        identified.missing = missingTarget(cell);
        if (const auto asked = request(cell)) {
            ResultIdentity identity = identityOf(*asked, asked->targets.front());
            // The picture itself may be out of memory.
            identity.pictureSha256 = session_.library().picture(cell.picture)->sha256.toStdString();
            identified.key = QString::fromStdString(identity.key());
        }
    } catch (const std::exception& error) {
        // A layer, a parameter or its file that is not there.
        if (identified.missing.isEmpty())
            identified.missing = coreWords(error.what());
    }
    return identified;
}

QString ExplanationRequests::key(const CellRef& cell) const { return identified(cell).key; }

QString ExplanationRequests::missing(const CellRef& cell) const { return identified(cell).missing; }

QString ExplanationRequests::missingTarget(const CellRef& cell) const {
    const TargetChoice& choice = session_.work().target;
    const ModelEntry* model = session_.library().model(cell.model);
    if (model && model->state == LoadState::Failed)
        return tr("the model could not be opened");
    if (model && model->model)
        if (const std::string why = whyUnsuitable(findMethod(cell.method.toStdString()), *model->model); !why.empty())
            return coreWords(why);
    if (choice.of == TargetChoice::Of::OwnTop || !model || !model->model)
        return {};
    if (choice.target.label.isEmpty())
        return tr("no class chosen");
    if (!indexOf(choice.target, *model->model))
        return tr("this model has no class “%1”").arg(choice.target.label);
    if (choice.of == TargetChoice::Of::OneClass)
        return {};
    if (choice.versus.label.isEmpty())
        return tr("no class to compare with chosen");
    const auto versus = indexOf(choice.versus, *model->model);
    if (!versus)
        return tr("this model has no class “%1”").arg(choice.versus.label);
    return versus == indexOf(choice.target, *model->model) ? tr("both classes are the same") : QString();
}

nlohmann::json ExplanationRequests::record(const CellRef& cell, const Attribution& attribution, Paths paths) const {
    const auto asked = request(cell);
    const PredictionEntry* prediction = predictions_.ready(cell.picture, cell.model);
    if (!asked || !asked->picture || !prediction)
        return {};
    return provenance(*asked, prediction->prediction, attribution, paths);
}

}  // namespace discern
