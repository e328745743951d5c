#pragma once

#include <QDialog>

#include "ui/session/model_fetches.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QTextBrowser;
class QTreeWidget;
class QTreeWidgetItem;

namespace discern {

struct ZooModel;

/// The models of the zoo: what they are, where they come from and on what terms, and which of them are here. Those that are
/// ticked are fetched when a person asks for it.
class GetModelsDialog : public QDialog {
    Q_OBJECT
public:
    GetModelsDialog(ModelFetches& fetches, QWidget* parent);

    /// Whether what has been fetched is to be added to the comparison.
    [[nodiscard]] bool adds() const;

private:
    void fill();
    void showState(const QString& name);
    void showTicked();
    void tickCurrent();
    void describeCurrent();
    void fetchTicked();
    void cancelAll();
    [[nodiscard]] QTreeWidgetItem* itemOf(const QString& name) const;
    [[nodiscard]] QStringList ticked() const;

    ModelFetches& fetches_;
    QTreeWidget* list_ = nullptr;
    QTextBrowser* about_ = nullptr;
    QCheckBox* adds_ = nullptr;
    QLabel* sum_ = nullptr;
    QPushButton* get_ = nullptr;
    QPushButton* cancel_ = nullptr;
};

}  // namespace discern
