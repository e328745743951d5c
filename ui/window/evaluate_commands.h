#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ui/session/workbench.h"

class QWidget;

namespace discern {

class Actions;
class ChoosePage;

/// Evaluating a labelled folder, and showing on the Choose page what came of it.
class EvaluateCommands : public QObject {
    Q_OBJECT
public:
    EvaluateCommands(Workbench& workbench, Actions& actions, ChoosePage& page, QWidget* window);

    /// Writes report.html and its tables into a folder, as a job; what is there already is not written over.
    void writeReport(const QString& folder);

Q_SIGNALS:
    /// An evaluation was asked for.
    void begun();
    /// What was written, and where.
    void saved(const QString& words);
    /// There is something new to choose from.
    void evaluated();

private:
    void ask();
    void refresh();
    void showCurrent();
    void showStale();
    void saveReport();
    void selectInGrid(int model);
    void selectOnBoard();
    /// Empty where the model is not loaded.
    [[nodiscard]] std::string digestOf(const ModelChoice& choice) const;
    [[nodiscard]] std::map<std::string, int> markers() const;
    [[nodiscard]] std::vector<std::shared_ptr<const Model>> openModels() const;

    Workbench& workbench_;
    Actions& actions_;
    ChoosePage& page_;
    QWidget* window_;
};

}  // namespace discern
