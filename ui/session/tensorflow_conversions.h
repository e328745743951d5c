#pragma once

#include <QObject>

#include "ui/session/jobs/process_job.h"

namespace discern {

/// Reads the lines of models/export.py: "== [2/4] WORDS" is the second step of four.
[[nodiscard]] ProcessStep conversionStep(const QString& line);

/// Models of TensorFlow that are turned into ONNX by models/export.py, each as a job, beside the file and never over another.
class TensorflowConversions : public QObject {
    Q_OBJECT
public:
    explicit TensorflowConversions(JobQueue& jobs, QObject* parent = nullptr);

    void convert(const QString& file);

Q_SIGNALS:
    void converted(const QString& onnxFile);
    /// In words.
    void failed(const QString& why);

private:
    JobQueue& jobs_;
};

}  // namespace discern
