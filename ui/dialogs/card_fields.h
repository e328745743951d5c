#pragma once

#include <QHash>
#include <QSet>
#include <QWidget>
#include <nlohmann/json.hpp>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace discern {

class Form;

/// A model's card as fields to fill in. Each knows whether it holds a guess or what someone stated; changing a field
/// states it, and so does pressing its mark.
class CardFields : public QWidget {
    Q_OBJECT
public:
    explicit CardFields(QWidget* parent = nullptr);

    /// Shows a card; fields in its list "guessed" are marked. What the form has no field for is kept.
    void setCard(const nlohmann::json& card);
    /// The card as it stands; its list "guessed" holds the fields that still are guesses.
    [[nodiscard]] nlohmann::json card() const;
    /// The file to read class names from; empty where none was chosen.
    [[nodiscard]] QString labelsFile() const;
    /// The first field that holds nothing usable, in words; empty where all do.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    void buildInput();
    void buildValues();
    void buildOutput();
    /// A row of the control and its mark; `fields` are those of the card that it states.
    void add(Form& form, const QString& label, QWidget* control, const QString& tip, const QStringList& fields);
    Form& section(const QString& title);
    QComboBox* makeChoice(const char* field, const QStringList& words, const QString& first = {});
    QLineEdit* makeNumbers(const QString& name);
    /// Someone stated what the control holds.
    void state(QWidget* control);
    void showMarks();
    void showNormalisation();
    void takeNormalisation();
    void changeColor();
    void browseLabels();
    [[nodiscard]] int channels() const;

    nlohmann::json given_ = nlohmann::json::object();
    QSet<QString> guessed_;  ///< fields of the card
    QHash<QWidget*, QStringList> fieldsOf_;
    QHash<QWidget*, QToolButton*> marks_;
    bool filling_ = false;

    QSpinBox* height_ = nullptr;
    QSpinBox* width_ = nullptr;
    QComboBox* color_ = nullptr;
    QComboBox* resize_ = nullptr;
    QComboBox* interpolation_ = nullptr;
    QDoubleSpinBox* crop_ = nullptr;
    QComboBox* normalisation_ = nullptr;
    QLineEdit* divide_ = nullptr;
    QLineEdit* mean_ = nullptr;
    QLineEdit* std_ = nullptr;
    QLineEdit* labels_ = nullptr;
    QComboBox* output_ = nullptr;
    QLineEdit* outputName_ = nullptr;
    QComboBox* layout_ = nullptr;
};

}  // namespace discern
