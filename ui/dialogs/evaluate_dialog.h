#pragma once

#include <QDialog>

#include "ui/session/evaluations.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace discern {

/// Asks what is to be evaluated: which labelled set, with which masks, and how much of it is explained. Models, methods and metrics are the window's, and told.
class EvaluateDialog : public QDialog {
    Q_OBJECT
public:
    EvaluateDialog(const Session& session, const EvaluationOrder& proposal, QWidget* parent);

    [[nodiscard]] EvaluationOrder order() const;

private:
    /// A button beside a path, and the dialog that it opens; empty where that was cancelled.
    struct Way {
        QString title;
        std::function<QString()> browse;
    };
    QWidget* pathRow(QLineEdit* line, const QString& tip, const QVector<Way>& ways);
    [[nodiscard]] QString inWords(const Session& session) const;
    [[nodiscard]] bool mappingIsKept() const;
    void check();

    QLineEdit* dataset_;
    QLineEdit* masks_;
    QLineEdit* mapping_;
    std::map<std::string, std::string> labels_;  ///< what the mapping said when it was last read
    QString mappingBefore_;
    QCheckBox* explained_;
    QSpinBox* sample_;
    QCheckBox* timed_;
    QLabel* refusal_;
    QPushButton* start_ = nullptr;
};

}  // namespace discern
