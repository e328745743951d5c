#pragma once

#include <QComboBox>

#include "ui/session/session.h"

namespace discern {

/// Finds a class by typing any part of its label or its index.
class ClassPicker : public QComboBox {
    Q_OBJECT
public:
    explicit ClassPicker(QWidget* parent = nullptr);

    void setClasses(const QVector<ClassChoice>& classes);
    void setChoice(const ClassChoice& choice);

Q_SIGNALS:
    void picked(const discern::ClassChoice& choice);
    /// No class is called so; what was chosen before stands.
    void refused(const QString& typed);

private:
    void pickTyped();
    void pick(int row);

    QVector<ClassChoice> classes_;
    ClassChoice choice_;
};

}  // namespace discern
