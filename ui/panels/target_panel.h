#pragma once

#include <QWidget>

#include "ui/session/predictions.h"
#include "ui/session/session.h"

class QComboBox;
class QLabel;

namespace discern {

class ClassPicker;
class Form;

/// What is explained: each model's own top-1, one class for all, or one class rather than another; of logit or
/// probability.
class TargetPanel : public QWidget {
    Q_OBJECT
public:
    TargetPanel(Session& session, const Predictions& predictions, QWidget* parent = nullptr);

    /// Puts the keyboard into the class field, after choosing one class for all.
    void startTyping();

private:
    void refresh();
    void refreshClasses();
    void change(const std::function<void(TargetChoice&)>& change);
    void propose(TargetChoice& target) const;
    void refuseClass(ClassPicker* picker, const QString& typed);

    Session& session_;
    const Predictions& predictions_;
    Form* form_ = nullptr;
    QComboBox* of_ = nullptr;
    ClassPicker* class_ = nullptr;
    ClassPicker* versus_ = nullptr;
    QLabel* refusal_ = nullptr;
    QComboBox* score_ = nullptr;
};

}  // namespace discern
