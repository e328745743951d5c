#pragma once

#include <QWidget>

#include "ui/session/session.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;

namespace discern {

class Form;

/// How attributions are drawn. Nothing here computes anything anew.
class DisplayPanel : public QWidget {
    Q_OBJECT
public:
    explicit DisplayPanel(Session& session, QWidget* parent = nullptr);

private:
    void buildControls();
    void connectControls();
    void addClip(double percentile);
    void refresh();
    /// A step of undo, called after the control; what a slider or a spin box passes on its way is one.
    void change(const QWidget* control, const std::function<void(DisplaySettings&)>& change);
    [[nodiscard]] QWidget* sliderRow(QSlider*& slider, QLabel*& figure, const QString& name);

    Session& session_;
    int gesture_ = 0;  ///< counts drags of sliders
    Form* form_ = nullptr;
    QComboBox* view_ = nullptr;
    QWidget* opacityRow_ = nullptr;
    QSlider* opacity_ = nullptr;
    QLabel* opacityFigure_ = nullptr;
    QWidget* thresholdRow_ = nullptr;
    QSlider* threshold_ = nullptr;
    QLabel* thresholdFigure_ = nullptr;
    QComboBox* positiveMap_ = nullptr;
    QComboBox* signedMap_ = nullptr;
    QComboBox* range_ = nullptr;
    QCheckBox* symmetric_ = nullptr;
    QCheckBox* magnitude_ = nullptr;
    QCheckBox* smooth_ = nullptr;
    QComboBox* clip_ = nullptr;
    QSpinBox* topSegments_ = nullptr;
    QCheckBox* positiveOnly_ = nullptr;
    QCheckBox* hideRest_ = nullptr;
    QSpinBox* contourMass_ = nullptr;
};

}  // namespace discern
