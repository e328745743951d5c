#pragma once

#include <QObject>
#include <QStringList>
#include <QUndoStack>
#include <functional>

#include "core/model/model.h"
#include "ui/render/cell_ref.h"
#include "ui/render/display_settings.h"
#include "ui/session/library.h"
#include "ui/session/work.h"
#include "ui/session/workspace_state.h"

namespace discern {

/// The state of the work. Panels show it and state intentions; what a person decides and how maps are drawn can be
/// undone, what a person looks at (current picture, selection, view) and where it is computed cannot.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(Library& library, QObject* parent = nullptr);

    [[nodiscard]] const Work& work() const { return work_; }
    [[nodiscard]] QUndoStack& undoStack() { return undoStack_; }
    [[nodiscard]] Library& library() const { return library_; }

    void addPictures(const QStringList& paths);
    void removePictures(const QVector<int>& ids);
    void movePicture(int from, int to);

    void addModels(const QStringList& sources);
    void removeModels(const QVector<int>& ids);
    void moveModel(int from, int to);
    void setModelShown(int id, bool shown);
    void setModelLayer(int id, const QString& layer);

    void setMethodEnabled(const QString& name, bool enabled);
    /// An empty value stands for the default.
    void setMethodParameter(const QString& name, const QString& parameter, const QString& value);
    void resetMethod(const QString& name);
    /// Whether a metric of trust is measured.
    void setMetricChosen(const QString& name, bool chosen);
    /// An empty value stands for the default.
    void setMetricParameter(const QString& name, const QString& parameter, const QString& value);
    void resetMetric(const QString& name);
    void setTarget(const TargetChoice& target);
    void setSeed(std::uint64_t seed);

    [[nodiscard]] int currentPicture() const { return currentPicture_; }
    void setCurrentPicture(int id);
    [[nodiscard]] const DisplaySettings& display() const { return display_; }
    /// As found at the start, or as undo has it.
    void setDisplay(const DisplaySettings& display);
    /// A person's change, as a step of undo called `text`; consecutive ones with the same key become one.
    void changeDisplay(const DisplaySettings& display, const QString& text, const QString& key);
    /// The selected cell's model and method; 0 and empty where none is.
    [[nodiscard]] int selectedModel() const { return selectedModel_; }
    [[nodiscard]] const QString& selectedMethod() const { return selectedMethod_; }
    /// Whether it is the cell that shows this model and method minus another.
    [[nodiscard]] bool differenceSelected() const { return differenceSelected_; }
    void select(int model, const QString& method, bool difference = false);
    /// The models that commands act upon: those picked last in the list, or the selected cell's.
    [[nodiscard]] QVector<int> pickedModels() const;
    void pickModels(const QVector<int>& ids);
    [[nodiscard]] const ViewChoices& view() const { return view_; }
    void setView(const ViewChoices& view);
    [[nodiscard]] const Compute& compute() const { return compute_.compute; }
    void setCompute(const Compute& compute);
    [[nodiscard]] AutoRun autoRun() const { return compute_.autoRun; }
    void setAutoRun(AutoRun autoRun);

    /// All of it, to be saved.
    [[nodiscard]] WorkspaceState state() const;
    /// Sets all of it: what is open gives way to what the state names. Undo begins anew, so that it does not take back
    /// what was restored.
    void restore(const WorkspaceState& state);

    [[nodiscard]] const std::optional<Difference>& difference() const { return difference_; }
    /// Selects its cell. Nothing takes it away, as does a pair that is not of the comparison; it goes with its models
    /// and methods.
    void setDifference(const std::optional<Difference>& difference);
    /// The selected cell minus the next model's, or the next method's where there is one model; nothing where there
    /// is one cell only.
    [[nodiscard]] std::optional<Difference> proposedDifference() const;

    [[nodiscard]] QVector<ModelChoice> shownModels() const;
    [[nodiscard]] QVector<MethodChoice> enabledMethods() const;
    [[nodiscard]] const ModelChoice* model(int id) const;
    [[nodiscard]] const MethodChoice* method(const QString& name) const;
    /// One of every method and model that is shown, method by method.
    [[nodiscard]] QVector<CellRef> cellsOf(int picture) const;
    /// Whether the cell is one of the comparison as it is now set, of any of its pictures.
    [[nodiscard]] bool contains(const CellRef& cell) const;

Q_SIGNALS:
    void picturesChanged();
    void modelsChanged();
    void methodsChanged();
    void metricsChanged();
    void targetChanged();
    void seedChanged();
    void currentPictureChanged();
    void displayChanged();
    void selectionChanged();
    void modelsPicked();
    void differenceChanged();
    void viewChanged();
    void computeChanged();
    void autoRunChanged();
    /// With each of the others: state() is another.
    void changed();

private:
    friend class WorkEdit;
    /// One step of undo. Consecutive steps with the same non-empty key become one.
    void edit(const QString& text, const std::function<void(Work&)>& change, const QString& key = {});
    void apply(const Work& work);
    void keepCurrentPictureValid(const QVector<int>& before);
    [[nodiscard]] bool isShown(int model, const QString& method) const;

    Library& library_;
    Work work_;
    QUndoStack undoStack_;
    int currentPicture_ = 0;
    DisplaySettings display_;
    int selectedModel_ = 0;
    QVector<int> pickedModels_;  ///< empty: the selected cell's
    QString selectedMethod_;
    bool differenceSelected_ = false;
    std::optional<Difference> difference_;
    ViewChoices view_;
    ComputeState compute_;
};

/// The class as an index of this model; nothing where the model has no such class.
[[nodiscard]] std::optional<int> indexOf(const ClassChoice& choice, const Model& model);

}  // namespace discern
