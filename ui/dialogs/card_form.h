#pragma once

#include <QDialog>

#include "ui/session/files/card_trials.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace discern {

class CardFields;
class CardPreview;

/// Asks how pictures enter a model whose file does not say so, and shows at once what the model would see and answer.
/// Nothing is read or computed on the window's thread. Accepted, model() is what the answer describes.
class CardForm : public QDialog {
    Q_OBJECT
public:
    /// `card` is what is known already, an empty object where nothing is; `others` counts the models that wait to be
    /// asked about next.
    CardForm(JobQueue& jobs, std::shared_ptr<const ModelFile> file, const nlohmann::json& card, int others, QWidget* parent);

    /// The picture that is tried; null for none.
    void setPicture(const std::shared_ptr<const Picture>& picture);
    /// Shown where the other models are; the same answer is then tried on each of them.
    void setOthers(int others);

    [[nodiscard]] std::shared_ptr<const Model> model() const { return trial_.model; }
    [[nodiscard]] bool forAll() const;

    void accept() override;

private:
    void build(int others);
    void takeGuess(const CardGuess& guess);
    void change();
    void take(const CardTrial& trial);
    void tell(const QString& words, bool wrong);

    std::shared_ptr<const ModelFile> file_;
    nlohmann::json known_;
    CardTrials* trials_ = nullptr;
    CardTrial trial_;
    bool current_ = false;     ///< `trial_` is of the fields as they stand
    bool accepting_ = false;   ///< OK was pressed while the latest card was still being tried

    QLabel* found_ = nullptr;
    CardFields* fields_ = nullptr;
    CardPreview* preview_ = nullptr;
    QLabel* words_ = nullptr;
    QCheckBox* all_ = nullptr;
    QPushButton* ok_ = nullptr;
};

}  // namespace discern
