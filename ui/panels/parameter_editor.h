#pragma once

#include <QMap>
#include <QWidget>

#include "core/explain/method.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace discern {

class ParameterForm;

/// What a list of methods or metrics shows of the one that is selected in it: its title, what it is known to get wrong, and
/// its parameters, to be changed and put back to their defaults.
class ParameterEditor : public QWidget {
    Q_OBJECT
public:
    /// Whether what it gets wrong is said above the parameters or, where room is short, below them.
    enum class Limits { Above, Below };

    /// `extra` may be null; it stands above the parameters.
    explicit ParameterEditor(Limits limits, QWidget* extra = nullptr, QWidget* parent = nullptr);

    /// `none` is said where there are no parameters.
    void show(const QString& title, const QString& limits, const std::vector<Parameter>& parameters,
              const QMap<QString, QString>& values, const QString& none);
    /// Nothing is selected, which the title says.
    void clear(const QString& title);

Q_SIGNALS:
    /// An empty value stands for the default.
    void edited(const QString& parameter, const QString& value);
    void resetRequested();

private:
    void refresh();

    QLabel* title_ = nullptr;
    QToolButton* more_ = nullptr;  ///< shows the advanced ones too
    QToolButton* reset_ = nullptr;
    QLabel* limits_ = nullptr;
    ParameterForm* form_ = nullptr;
    QLabel* none_ = nullptr;
    std::vector<Parameter> parameters_;
    QMap<QString, QString> values_;
};

}  // namespace discern
