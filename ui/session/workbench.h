#pragma once

#include "ui/session/agreements.h"
#include "ui/session/files/file_kind.h"
#include "ui/session/file_watch.h"
#include "ui/session/grid_builder.h"
#include "ui/session/jobs/job_table.h"
#include "ui/session/evaluations.h"
#include "ui/session/measure_all.h"
#include "ui/session/measured_means.h"
#include "ui/session/settings.h"
#include "ui/session/speed_meter.h"
#include "ui/session/tensorflow_conversions.h"
#include "ui/session/workspace_keeper.h"
#include "ui/words/english_plurals.h"

namespace discern {

/// All that a window works on, in the order in which it depends on each other.
class Workbench : public QObject {
    Q_OBJECT
public:
    explicit Workbench(WorkerPool::Size size = WorkerPool::defaultSize());
    ~Workbench() override;

    EnglishPlurals english;
    Settings settings;
    JobQueue jobs;
    JobTable jobTable{jobs};
    Library library{jobs};
    Session session{library};
    Predictions predictions{session, jobs};
    Explanations explanations{session, predictions, jobs};
    Agreements agreements{session, predictions, explanations, jobs};
    Regions regions{session, jobs};
    Measurements measurements{session, predictions, explanations, regions, jobs};
    MeasureAll measureAll{session, predictions, explanations, regions, measurements};
    MeasuredMeans means{session, measurements, jobs};
    StepPictures steps{session, measurements, explanations, jobs};
    Evaluations evaluations{session, jobs};
    SpeedMeter speedMeter{session, jobs};
    DifferenceMaps differences{jobs};
    GridBuilder grid{session, predictions, explanations, measurements, regions, steps, differences};
    FileWatch fileWatch{library, jobs};
    TensorflowConversions tensorflow{jobs};
    WorkspaceKeeper workspace{session, explanations, measurements, evaluations, jobs};

    /// Sorts the paths by content, as a job; then opens a workspace, pictures and models and remembers them as recent.
    void open(const QStringList& paths);
    void openPictures(const QStringList& paths);
    void openModels(const QStringList& sources);
    /// An image without a file, such as the clipboard's.
    void openPasted(const QImage& image);
    /// Stops everything but what would be lost with it, such as exports.
    void cancelAll();
    /// Does again what failed or was cancelled, and reads again what has changed on disk.
    void retryFailed();
    /// Tells the person and the log.
    void tell(const QString& text);
    /// Nothing is loading, computing or waiting to be.
    [[nodiscard]] bool settled() const;

Q_SIGNALS:
    /// One sentence for the message strip.
    void message(const QString& text);
    /// Models that open once they are ONNX.
    void tensorflowFound(const QStringList& files);
    /// The same, to be answered by retryFailed().
    void changedOnDisk(const QString& text);

private:
    void openSorted(const QStringList& paths, const SortedPaths& sorted);
};

}  // namespace discern
