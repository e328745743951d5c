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
        state.work.pictures.append({picture.path, picture.sha256});
    }
    for (const ModelChoice& choice : work_.models) {
        const ModelEntry& model = *library_.model(choice.id);
        const QString sha256 = model.model ? QString::fromStdString(model.model->sha256()) : QString();
        state.work.models.append({{model.source, sha256}, choice.marker, choice.shown, choice.layer});
    }
    state.work.methods = work_.methods;
    state.work.metrics = work_.metrics;
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

void Session::restoreSettings(const WorkspaceState& state) {
    Work work = work_;
    work.methods = completed(state.work.methods, work_.methods);
    work.metrics = state.work.metrics;
    work.target = state.work.target;
    work.seed = state.work.seed;
    apply(work);
    undoStack_.clear();
    setDisplay(state.display);
    setView(state.view.choices);
    setCompute(state.compute.compute);
    setAutoRun(state.compute.autoRun);
}

}  // namespace discern
