#pragma once

#include <QVector>
#include <QWidget>

#include "ui/session/files/card_trials.h"

class QLabel;
class QProgressBar;

namespace discern {

/// The picture as a model would see it, and what the model would answer.
class CardPreview : public QWidget {
    Q_OBJECT
public:
    explicit CardPreview(QWidget* parent = nullptr);

    /// The name of the picture that is tried; empty where none is open.
    void setPictureName(const QString& name);
    void showTrial(const CardTrial& trial);
    /// What is shown is of an earlier card.
    void setStale(bool stale);

private:
    struct Row {
        QLabel* name;
        QLabel* figure;
        QProgressBar* bar;
    };
    void showAnswer(const CardTrial& trial);

    QString picture_;
    QLabel* image_ = nullptr;
    QLabel* words_ = nullptr;
    QVector<Row> rows_;
    QLabel* note_ = nullptr;
};

}  // namespace discern
