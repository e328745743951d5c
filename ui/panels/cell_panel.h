#pragma once

#include <QWidget>

#include "ui/session/measurements.h"

class QLabel;

namespace discern {

/// The selected cell in words: what the colours mean, what was found, with which parameters, and what the method does
/// not tell.
class CellPanel : public QWidget {
    Q_OBJECT
public:
    CellPanel(Session& session, Predictions& predictions, Explanations& explanations, Measurements& measurements,
              QWidget* parent = nullptr);

    [[nodiscard]] QString words() const;

private:
    void refresh();
    [[nodiscard]] CellRef cell() const;
    [[nodiscard]] QString differenceInWords() const;
    /// What was tested of the map, and with which result; empty where nothing was.
    [[nodiscard]] QString testedInWords() const;
    [[nodiscard]] QString resultInWords(const Attribution& attribution, const Model& model, const QString& method) const;

    Session& session_;
    Predictions& predictions_;
    Explanations& explanations_;
    Measurements& measurements_;
    QLabel* words_ = nullptr;
};

}  // namespace discern
