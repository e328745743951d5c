#pragma once

#include <QHash>
#include <QWidget>

#include "ui/choose/choice.h"

class QComboBox;
class QFormLayout;
class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace discern {

/// What matters: preset and a slider for each criterion; what was measured on; counts of images worth a look, which
/// open them.
class WeightsPanel : public QWidget {
    Q_OBJECT
public:
    explicit WeightsPanel(Choice& choice, QWidget* parent = nullptr);

    /// Null for criteria that have none.
    [[nodiscard]] QSlider* slider(int criterion) const { return sliders_.value(criterion); }

private:
    void rebuild();
    void tellMeasured();
    void addSlider(int criterion, int row);
    void refreshSliders();
    void refreshGalleries();
    QLabel* addSection(const QString& title);

    Choice& choice_;
    QVBoxLayout* column_;
    QComboBox* preset_;
    QLabel* presetTells_;
    QWidget* sliderBox_ = nullptr;
    QGridLayout* grid_ = nullptr;
    QHash<int, QSlider*> sliders_;
    QHash<int, QList<QWidget*>> rows_;
    QHash<int, QLabel*> figures_;
    QToolButton* more_;
    QToolButton* excluded_ = nullptr;
    QLabel* measuredOn_;
    QVBoxLayout* galleries_;
    QLabel* whose_;
};

}  // namespace discern
