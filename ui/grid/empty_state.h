#pragma once

#include <QLabel>
#include <QPushButton>
#include <QVector>
#include <QWidget>
#include <optional>
#include <tuple>

#include "ui/grid/bare_picture.h"

class QBoxLayout;

namespace discern {

/// What lies ready to be opened with one click.
struct Offers {
    struct Model {
        QString name;  ///< in the zoo
        QString title;
        QString tip;
    };
    QVector<Model> models;
    bool sample = false;  ///< whether there are sample photographs
};

/// What stands where the grid has nothing to show: the photograph where there is one, what is missing, and how to get it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    enum class Missing { Nothing, Picture, Model, Method };

    explicit EmptyState(QWidget* parent = nullptr);
    void setOffers(const Offers& offers);
    /// `hasModels`: a model is there, so that none need be offered beside a photograph.
    void setMissing(Missing missing, bool hasModels);
    /// Shown above the words while it is not null.
    void setPicture(const std::shared_ptr<const PictureLevels>& picture, const QString& name);
    /// Instead of the invitation to open a picture: one is chosen, but `note` says why it cannot be seen.
    void setPictureNote(const QString& name, const QString& note);

Q_SIGNALS:
    void openImagesRequested();
    void sampleRequested();
    void addModelRequested();
    void modelRequested(const QString& name);

private:
    void say(const QString& icon, const QString& headline, const QString& detail);
    void refreshButtons();
    QPushButton* addButton(QBoxLayout* row, const QString& text, const QString& tip);

    static constexpr int kModels = 4;  ///< offered at most

    Offers offers_;
    Missing missing_ = Missing::Nothing;
    bool hasModels_ = false;
    bool noted_ = false;  ///< the words say why a picture cannot be seen
    BarePicture* picture_ = nullptr;
    QWidget* above_ = nullptr;  ///< keep the words in the middle where there is no photograph
    QWidget* below_ = nullptr;
    QLabel* icon_ = nullptr;
    QLabel* headline_ = nullptr;
    QLabel* detail_ = nullptr;
    QBoxLayout* actions_ = nullptr;
    QLabel* orModel_ = nullptr;
    QBoxLayout* models_ = nullptr;
    std::optional<std::tuple<Missing, bool, bool>> buttonsFor_;  ///< missing_, hasModels_, noted_ of those that stand there
};

}  // namespace discern
