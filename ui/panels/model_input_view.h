#pragma once

#include <QWidget>

#include "ui/session/predictions.h"

class QLabel;

namespace discern {

/// What the selected column's model saw of the current picture after preprocessing, and how it came about.
class ModelInputView : public QWidget {
    Q_OBJECT
public:
    ModelInputView(Session& session, Predictions& predictions, QWidget* parent = nullptr);

private:
    void refresh();

    Session& session_;
    Predictions& predictions_;
    QLabel* image_ = nullptr;
    QLabel* words_ = nullptr;
};

/// "240 × 240, bicubic, centre crop, (v − 127) / 128".
[[nodiscard]] QString preprocessingInWords(const InputSpec& spec);

}  // namespace discern
