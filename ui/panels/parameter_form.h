#pragma once

#include <QMap>
#include <QWidget>
#include <functional>
#include <vector>

#include "core/explain/method.h"

class QAbstractSpinBox;

namespace discern {

/// Controls for a method's parameters, made from their declaration alone.
class ParameterForm : public QWidget {
    Q_OBJECT
public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// Shows the parameters with these values (defaults where none is given); advanced ones only where asked for or
    /// set. Keeps the controls where the specs stay the same.
    void show(const std::vector<Parameter>& specs, const QMap<QString, QString>& values, bool advanced);
    [[nodiscard]] bool hasAdvanced() const;

Q_SIGNALS:
    /// An empty value stands for the default.
    void edited(const QString& parameter, const QString& value);

private:
    void build(bool advanced, const QMap<QString, QString>& values);
    [[nodiscard]] QWidget* makeControl(const Parameter& spec);
    /// A text, or a file to choose; what the parameter does not take stays in the field, with the reason below it.
    [[nodiscard]] QWidget* makeField(const Parameter& spec);
    /// A number's control above the place where it is said that what was typed is out of range.
    [[nodiscard]] QWidget* withRefusal(QAbstractSpinBox* spin, const Parameter& spec);
    void report(const Parameter& spec, const QString& value);

    std::vector<Parameter> specs_;
    QStringList shown_;
    std::vector<std::function<void(const QMap<QString, QString>&)>> refreshers_;
};

}  // namespace discern
