#include "ui/session/session.h"

#include <QUndoCommand>
#include <algorithm>

#include "core/error.h"
#include "core/explain/method.h"
#include "core/measure/trust_metric.h"
#include "ui/session/display_edit.h"

namespace discern {

/// The work before and after; values, so that undo is exact whatever was changed.
class WorkEdit : public QUndoCommand {
public:
    WorkEdit(Session& session, const QString& text, Work after, const QString& key)
        : QUndoCommand(text), session_(session), before_(session.work()), after_(std::move(after)), key_(key) {}

    void redo() override { session_.apply(after_); }
    void undo() override { session_.apply(before_); }
    [[nodiscard]] int id() const override {
        return key_.isEmpty() ? -1 : static_cast<int>(::qHash(key_) & 0x7fffffffU);
    }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* later = dynamic_cast<const WorkEdit*>(other);
        if (!later || later->key_ != key_)
            return false;
        after_ = later->after_;
        setObsolete(after_ == before_);
        return true;
    }

private:
    Session& session_;
    Work before_;
    Work after_;
    QString key_;
};

namespace {

constexpr int kUndoLimit = 200;

template <class Items, class Matches>
auto findIn(Items& items, const Matches& matches) -> decltype(&items[0]) {
    const auto it = std::find_if(items.begin(), items.end(), matches);
    return it == items.end() ? nullptr : &*it;
}

ModelChoice* modelIn(Work& work, int id) {
    return findIn(work.models, [id](const ModelChoice& m) { return m.id == id; });
}

MethodChoice* methodIn(Work& work, const QString& name) {
    return findIn(work.methods, [&](const MethodChoice& m) { return m.name == name; });
}

void put(ParameterChoices& choices, const QString& parameter, const QString& value) {
    if (value.isEmpty())
        choices.remove(parameter);
    else
        choices[parameter] = value;
}

int freeMarker(const Work& work) {
    int marker = 0;
    while (std::any_of(work.models.begin(), work.models.end(), [&](const ModelChoice& m) { return m.marker == marker; }))
        ++marker;
    return marker;
}

}  // namespace

Session::Session(Library& library, QObject* parent) : QObject(parent), library_(library) {
    undoStack_.setUndoLimit(kUndoLimit);
    for (const Method& method : methods())
        work_.methods.append({QString::fromStdString(method.name), false, {}});
    for (const auto signal : {&Session::picturesChanged, &Session::modelsChanged, &Session::methodsChanged,
                              &Session::metricsChanged, &Session::targetChanged, &Session::seedChanged, &Session::currentPictureChanged,
                              &Session::displayChanged, &Session::selectionChanged, &Session::differenceChanged,
                              &Session::viewChanged, &Session::computeChanged, &Session::autoRunChanged})
        connect(this, signal, this, &Session::changed);
}

void Session::edit(const QString& text, const std::function<void(Work&)>& change, const QString& key) {
    Work after = work_;
    change(after);
    if (after != work_)
        undoStack_.push(new WorkEdit(*this, text, std::move(after), key));
}

void Session::apply(const Work& work) {
    const Work before = work_;
    work_ = work;
    QVector<int> models;
    for (const ModelChoice& model : std::as_const(work_.models))
        models.append(model.id);
    library_.retain(work_.pictures, models);
    if (before.pictures != work_.pictures) {
        Q_EMIT picturesChanged();
        keepCurrentPictureValid(before.pictures);
    }
    setDifference(difference_);
    if (before.models != work_.models)
        Q_EMIT modelsChanged();
    if (before.methods != work_.methods)
        Q_EMIT methodsChanged();
    if (before.metrics != work_.metrics || before.metricParameters != work_.metricParameters)
        Q_EMIT metricsChanged();
    if (before.target != work_.target)
        Q_EMIT targetChanged();
    if (before.seed != work_.seed)
        Q_EMIT seedChanged();
}

void Session::keepCurrentPictureValid(const QVector<int>& before) {
    if (work_.pictures.contains(currentPicture_))
        return;
    if (work_.pictures.isEmpty())
        return setCurrentPicture(0);
    const qsizetype place = std::max<qsizetype>(0, before.indexOf(currentPicture_));
    setCurrentPicture(work_.pictures[std::min(place, work_.pictures.size() - 1)]);
}

void Session::addPictures(const QStringList& paths) {
    QVector<int> added;
    for (const QString& path : paths)
        added.append(library_.openPicture(path));
    if (added.isEmpty())
        return;
    edit(tr("add %n image(s)", nullptr, static_cast<int>(added.size())), [&](Work& work) {
        for (const int id : added)
            if (!work.pictures.contains(id))
                work.pictures.append(id);
    });
    setCurrentPicture(added.first());
}

void Session::removePictures(const QVector<int>& ids) {
    edit(tr("remove %n image(s)", nullptr, static_cast<int>(ids.size())),
         [&](Work& work) { work.pictures.removeIf([&](int id) { return ids.contains(id); }); });
}

void Session::movePicture(int from, int to) {
    if (from < 0 || to < 0 || from >= work_.pictures.size() || to >= work_.pictures.size())
        return;
    edit(tr("reorder images"), [&](Work& work) { work.pictures.move(from, to); });
}

void Session::addModels(const QStringList& sources) {
    QVector<int> added;
    for (const QString& source : sources)
        added.append(library_.openModel(source));
    edit(tr("add %n model(s)", nullptr, static_cast<int>(added.size())), [&](Work& work) {
        for (const int id : added)
            if (!modelIn(work, id))
                work.models.append({.id = id, .marker = freeMarker(work)});
    });
}

void Session::removeModels(const QVector<int>& ids) {
    edit(tr("remove %n model(s)", nullptr, static_cast<int>(ids.size())),
         [&](Work& work) { work.models.removeIf([&](const ModelChoice& m) { return ids.contains(m.id); }); });
}

void Session::moveModel(int from, int to) {
    if (from < 0 || to < 0 || from >= work_.models.size() || to >= work_.models.size())
        return;
    edit(tr("reorder models"), [&](Work& work) { work.models.move(from, to); });
}

void Session::setModelShown(int id, bool shown) {
    edit(shown ? tr("show model") : tr("hide model"), [&](Work& work) {
        if (ModelChoice* choice = modelIn(work, id))
            choice->shown = shown;
    });
}

void Session::setModelLayer(int id, const QString& layer) {
    edit(tr("choose layer"), [&](Work& work) {
        if (ModelChoice* choice = modelIn(work, id))
            choice->layer = layer;
    });
}

void Session::setMethodEnabled(const QString& name, bool enabled) {
    edit(enabled ? tr("add method") : tr("remove method"), [&](Work& work) {
        if (MethodChoice* choice = methodIn(work, name))
            choice->enabled = enabled;
    });
}

void Session::setMethodParameter(const QString& name, const QString& parameter, const QString& value) {
    const auto change = [&](Work& work) {
        if (MethodChoice* choice = methodIn(work, name))
            put(choice->parameters, parameter, value);
    };
    edit(tr("set %1").arg(parameter), change, name + QLatin1Char('/') + parameter);
}

void Session::resetMethod(const QString& name) {
    edit(tr("reset parameters"), [&](Work& work) {
        if (MethodChoice* choice = methodIn(work, name))
            choice->parameters.clear();
    });
}

void Session::setMetricChosen(const QString& name, bool chosen) {
    edit(chosen ? tr("measure %1").arg(name) : tr("do not measure %1").arg(name), [&](Work& work) {
        QStringList metrics;
        for (const TrustMetric& metric : trustMetrics()) {
            const QString known = QString::fromStdString(metric.name);
            if (known == name ? chosen : work.metrics.contains(known)) metrics.append(known);
        }
        work.metrics = metrics;
    });
}

void Session::setMetricParameter(const QString& name, const QString& parameter, const QString& value) {
    const auto change = [&](Work& work) {
        ParameterChoices choices = work.metricParameters.take(name);
        put(choices, parameter, value);
        if (!choices.isEmpty())
            work.metricParameters[name] = choices;
    };
    edit(tr("set %1").arg(parameter), change, QStringLiteral("metric/") + name + QLatin1Char('/') + parameter);
}

void Session::resetMetric(const QString& name) {
    edit(tr("reset parameters"), [&](Work& work) { work.metricParameters.remove(name); });
}

void Session::setTarget(const TargetChoice& target) {
    edit(tr("choose target"), [&](Work& work) { work.target = target; });
}

void Session::setSeed(std::uint64_t seed) {
    edit(tr("set seed"), [&](Work& work) { work.seed = seed; }, QStringLiteral("seed"));
}

void Session::setCurrentPicture(int id) {
    if (id == currentPicture_)
        return;
    currentPicture_ = id;
    library_.showPicture(id);
    Q_EMIT currentPictureChanged();
}

void Session::setDisplay(const DisplaySettings& display) {
    if (display == display_)
        return;
    display_ = display;
    Q_EMIT displayChanged();
}

void Session::changeDisplay(const DisplaySettings& display, const QString& text, const QString& key) {
    if (display != display_)
        undoStack_.push(new DisplayEdit(*this, text, display, key));
}

void Session::setView(const ViewChoices& view) {
    if (view == view_)
        return;
    view_ = view;
    Q_EMIT viewChanged();
}

void Session::setCompute(const Compute& compute) {
    if (compute == compute_.compute)
        return;
    compute_.compute = compute;
    Q_EMIT computeChanged();
}

void Session::setAutoRun(AutoRun autoRun) {
    if (autoRun == compute_.autoRun)
        return;
    compute_.autoRun = autoRun;
    Q_EMIT autoRunChanged();
}

void Session::select(int model, const QString& method, bool difference) {
    if (model == selectedModel_ && method == selectedMethod_ && difference == differenceSelected_ && pickedModels_.isEmpty())
        return;
    pickedModels_.clear();
    selectedModel_ = model;
    selectedMethod_ = method;
    differenceSelected_ = difference;
    Q_EMIT selectionChanged();
}

QVector<int> Session::pickedModels() const {
    QVector<int> picked = pickedModels_;
    picked.removeIf([this](int id) { return !model(id); });
    if (picked.isEmpty() && model(selectedModel_))
        picked.append(selectedModel_);
    return picked;
}

void Session::pickModels(const QVector<int>& ids) {
    if (ids == pickedModels())
        return;
    pickedModels_ = ids;
    Q_EMIT selectionChanged();
    Q_EMIT modelsPicked();
}

void Session::setDifference(const std::optional<Difference>& difference) {
    std::optional<Difference> valid = difference;
    if (valid && (!isShown(valid->model, valid->method) || !isShown(valid->minusModel, valid->minusMethod) ||
                  (valid->model == valid->minusModel && valid->method == valid->minusMethod)))
        valid.reset();
    if (valid == difference_)
        return;
    difference_ = valid;
    Q_EMIT differenceChanged();
    if (difference_)
        select(difference_->model, difference_->method, true);
    else if (differenceSelected_)
        select(selectedModel_, selectedMethod_);
}

std::optional<Difference> Session::proposedDifference() const {
    const QVector<ModelChoice> models = shownModels();
    const QVector<MethodChoice> methods = enabledMethods();
    if (models.isEmpty() || methods.isEmpty())
        return std::nullopt;
    const bool selected = isShown(selectedModel_, selectedMethod_);
    Difference proposed;
    proposed.model = proposed.minusModel = selected ? selectedModel_ : models.first().id;
    proposed.method = proposed.minusMethod = selected ? selectedMethod_ : methods.first().name;
    for (auto it = models.rbegin(); it != models.rend(); ++it)
        if (it->id != proposed.model)
            proposed.minusModel = it->id;
    if (proposed.betweenModels())
        return proposed;
    for (auto it = methods.rbegin(); it != methods.rend(); ++it)
        if (it->name != proposed.method)
            proposed.minusMethod = it->name;
    return methods.size() > 1 ? std::optional(proposed) : std::nullopt;
}

QVector<ModelChoice> Session::shownModels() const {
    QVector<ModelChoice> shown;
    std::copy_if(work_.models.begin(), work_.models.end(), std::back_inserter(shown),
                 [](const ModelChoice& m) { return m.shown; });
    return shown;
}

QVector<MethodChoice> Session::enabledMethods() const {
    QVector<MethodChoice> enabled;
    std::copy_if(work_.methods.begin(), work_.methods.end(), std::back_inserter(enabled),
                 [](const MethodChoice& m) { return m.enabled; });
    return enabled;
}

const ModelChoice* Session::model(int id) const {
    return findIn(work_.models, [id](const ModelChoice& m) { return m.id == id; });
}

const MethodChoice* Session::method(const QString& name) const {
    return findIn(work_.methods, [&](const MethodChoice& m) { return m.name == name; });
}

bool Session::isShown(int id, const QString& name) const {
    const ModelChoice* m = model(id);
    const MethodChoice* e = method(name);
    return m && m->shown && e && e->enabled;
}

bool Session::contains(const CellRef& cell) const {
    return isShown(cell.model, cell.method) && work_.pictures.contains(cell.picture);
}

QVector<CellRef> Session::cellsOf(int picture) const {
    QVector<CellRef> cells;
    for (const MethodChoice& method : enabledMethods())
        for (const ModelChoice& model : shownModels()) cells.append({picture, model.id, method.name});
    return cells;
}

std::optional<int> indexOf(const ClassChoice& choice, const Model& model) {
    if (choice.index >= 0 && choice.index < model.classCount() &&
        QString::fromStdString(model.label(choice.index)) == choice.label)
        return choice.index;
    try {
        return findClass(model, choice.label.toStdString());
    } catch (const Error&) {
        return std::nullopt;  // the caller says in words that the model has no such class
    }
}

}  // namespace discern
