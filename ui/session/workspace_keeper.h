#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/store/workspace.h"
#include "ui/session/evaluations.h"
#include "ui/session/explanations.h"
#include "ui/session/measurements.h"

namespace discern {

/// The workspace that is open: a file in which state, maps and evaluations are kept as work goes on, so that nothing is
/// lost but the job in flight. It has a name, or is the unnamed one in the user's data folder; until one is opened it is
/// temporary. State is written on a thread of its own soon after a change, results by the jobs that make them.
class WorkspaceKeeper : public QObject {
    Q_OBJECT
public:
    WorkspaceKeeper(Session& session, Explanations& explanations, Measurements& measurements, Evaluations& evaluations,
                    JobQueue& jobs, QObject* parent = nullptr);
    /// Writes what is not written yet.
    ~WorkspaceKeeper() override;

    /// Where work is kept that has no name.
    [[nodiscard]] static QString unnamedFile();
    /// Before there is a window to wait in: opens it at once. What was in the way, in words, in which case all stays as
    /// it is; empty where nothing was. A file that is not there is made where `made` says so.
    [[nodiscard]] QString openNow(const QString& file, bool made = false);
    /// As a job. Changes nothing where it cannot be opened.
    void open(const QString& file);
    /// The unnamed one without pictures, models and results; how the program is set stays as it is.
    void beginAnew();
    /// Goes on in a copy, which takes the place of a workspace that is there.
    void saveAs(const QString& file);

    /// Empty for the unnamed and the temporary one.
    [[nodiscard]] QString file() const;
    /// The file's without its ending; empty likewise.
    [[nodiscard]] QString name() const;

    /// Files of the workspace that were not where it says when it was opened.
    [[nodiscard]] const QVector<FileRef>& missing() const { return missing_; }
    /// Looks for them in a folder, as a job.
    void findMissing(const QString& folder);

    static constexpr int kPauseMs = 500;  ///< after the latest change, and at most three times that after the first

Q_SIGNALS:
    /// Another one is open, and the session as it says.
    void opened();
    /// The same, under another name.
    void renamed();
    void missingFound(int found, int left);
    /// One sentence.
    void failed(const QString& message);

private:
    struct Read;
    [[nodiscard]] static Read read(const QString& file);
    void take(const Read& read);
    /// A job, and what follows on this thread where it is done; its failure is told.
    void run(const QString& title, std::function<void(Progress&)> work, std::function<void()> done, bool kept = false);
    void later();
    void write();
    [[nodiscard]] QString folder() const;
    void noteChanged(const QString& name);
    void tellChanged();

    Session& session_;
    Explanations& explanations_;
    Measurements& measurements_;
    Evaluations& evaluations_;
    JobQueue& jobs_;
    std::shared_ptr<KeptResults> maps_;
    std::shared_ptr<Workspace> workspace_;
    QVector<FileRef> missing_;
    QStringList changed_;  ///< names of files that are not what they were
    QTimer changedTimer_;
    QTimer pause_;
    QTimer patience_;
    QThreadPool writer_;  ///< of one thread: a disk may take its time, and the latest state is written last
    std::shared_ptr<std::string> written_;  ///< what the file says; the writer's
    bool failing_ = false;
};

}  // namespace discern
