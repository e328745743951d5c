#pragma once

#include <QWidget>
#include <memory>

#include "ui/render/picture_levels.h"

namespace discern {

/// A photograph as it is, as large as fits: what there is to see before a model is there to explain.
class BarePicture : public QWidget {
    Q_OBJECT
public:
    explicit BarePicture(QWidget* parent = nullptr);
    /// `name` is what a screen reader calls it.
    void setPicture(std::shared_ptr<const PictureLevels> picture, const QString& name);
    /// Where it lies in the widget.
    [[nodiscard]] QRectF pictureRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::shared_ptr<const PictureLevels> picture_;
};

}  // namespace discern
