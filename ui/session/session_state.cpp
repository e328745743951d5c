// A session as a value, and back.
#include <algorithm>

#include "ui/session/session.h"

namespace discern {

namespace {

int placeOf(const Work& work, int model) {
    const auto it = std::find_if(work.models.begin(), work.models.end(), [model](const ModelChoice& m) { return m.id == model; });
    return it == work.models.end() ? -1 : static_cast<int>(it - work.models.begin());
}

/// Those of `saved`, and after them those of `all` that it does not name, untouched.
QVector<MethodChoice> completed(const QVector<MethodChoice>& saved, const QVector<MethodChoice>& all) {
    QVector<MethodChoice> methods = saved;
    for (const MethodChoice& method : all)
        if (std::none_of(saved.begin(), saved.end(), [&](const MethodChoice& known) { return known.name == method.name; }))
            methods.append({method.name, false, {}});
    return methods;
}

}  // namespace

WorkspaceState Session::state() const {
    WorkspaceState state;
    for (const int id : work_.pictures) {
        const PictureEntry& picture = *library_.picture(id);
        state.work.pictures.append({picture.path, picture.sha256.isEmpty() ? picture.expected : picture.sha256});
    }
    for (const ModelChoice& choice : work_.models) {
        const ModelEntry& model = *library_.model(choice.id);
        const QString sha256 = model.model ? QString::fromStdString(model.model->sha256()) : model.expected;
        state.work.models.append({{model.source, sha256}, choice.marker, choice.shown, choice.layer});
    }
    state.work.methods = work_.methods;
    state.work.metrics = work_.metrics;
    state.work.metricParameters = work_.metricParameters;
    state.work.target = work_.target;
    state.work.seed = work_.seed;
    state.view.picture = static_cast<int>(work_.pictures.indexOf(currentPicture_));
    state.view.model = placeOf(work_, selectedModel_);
    state.view.method = selectedMethod_;
    state.view.differenceSelected = differenceSelected_;
    if (difference_)
        state.view.difference = Difference{placeOf(work_, difference_->model), difference_->method,
                                           placeOf(work_, difference_->minusModel), difference_->minusMethod};
    state.view.choices = view_;
    state.display = display_;
    state.compute = compute_;
    return state;
}

void Session::restore(const WorkspaceState& state) {
    setCompute(state.compute.compute);
    setAutoRun(state.compute.autoRun);
    setDisplay(state.display);
    Work work = work_;
    work.pictures.clear();
    QVector<int> pictures;  // by place in the state
    for (const FileRef& picture : state.work.pictures) {
        pictures.append(picture.path.isEmpty() ? 0 : library_.openPicture(picture.path, picture.sha256));
        if (pictures.last() != 0 && !work.pictures.contains(pictures.last())) work.pictures.append(pictures.last());
    }
    work.models.clear();
    QVector<int> models;
    for (const ModelState& model : state.work.models) {
        models.append(library_.openModel(model.file.path, model.file.sha256));
        if (std::ranges::find(work.models, models.last(), &ModelChoice::id) == work.models.end())
            work.models.append({models.last(), model.marker, model.shown, model.layer});
    }
    work.methods = completed(state.work.methods, work_.methods);
    work.metrics = state.work.metrics;
    work.metricParameters = state.work.metricParameters;
    work.target = state.work.target;
    work.seed = state.work.seed;
    apply(work);
    undoStack_.clear();
    if (const int shown = pictures.value(state.view.picture)) setCurrentPicture(shown);
    setView(state.view.choices);
    std::optional<Difference> difference = state.view.difference;
    if (difference) {
        difference->model = models.value(difference->model);
        difference->minusModel = models.value(difference->minusModel);
    }
    setDifference(difference);
    select(models.value(state.view.model), state.view.method, difference_ && state.view.differenceSelected);
}

}  // namespace discern
