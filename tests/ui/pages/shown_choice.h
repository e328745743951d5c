#pragma once

#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>

#include "core/choose/evaluation_board.h"
#include "made_evaluation.h"
#include "ui/choose/answers_matrix.h"
#include "ui/choose/choice.h"
#include "ui/choose/choice_charts.h"
#include "ui/choose/confusion_table.h"
#include "ui/choose/parallel_chart.h"
#include "ui/choose/pareto_chart.h"
#include "ui/choose/ranking_table.h"
#include "ui/choose/reason_panel.h"
#include "ui/choose/weights_panel.h"
#include "ui/dialogs/excluded_files.h"
#include "ui/pages/choose_page.h"
#include "ui/style/apply_theme.h"
#include "ui/support.h"

namespace discern::testing {

/// The page with the phantoms on it, as large as in the window.
struct Shown {
    JobQueue jobs;
    std::shared_ptr<const Evaluation> evaluation;
    std::unique_ptr<ChoosePage> page;
    std::unique_ptr<QWidget> centre;

    explicit Shown(Evaluation made = madePhantoms(120)) : evaluation(std::make_shared<Evaluation>(std::move(made))) {
        page = std::make_unique<ChoosePage>(jobs);
        centre.reset(page->centre());
        centre->resize(1440, 800);
        centre->show();
        Progress progress;
        page->setEvaluation(evaluation, std::make_shared<Board>(boardOf(*evaluation, 200, 3, progress)));
        QCoreApplication::processEvents();
    }
    ~Shown() {
        jobs.stop();
        centre.reset();
    }
    [[nodiscard]] Choice& choice() const { return page->choice(); }
    [[nodiscard]] int criterion(const std::string& name) const {
        const auto& all = choice().board().criteria;
        return static_cast<int>(std::ranges::find(all, name, &Criterion::name) - all.begin());
    }
    [[nodiscard]] QString nameAt(int row) const {
        const QAbstractItemModel* model = page->table().model();
        return model->index(row, RankingModel::kModel).data().toString();
    }
    [[nodiscard]] int columnOf(const std::string& name) const {
        return RankingModel::kFirstCriterion + static_cast<int>(choice().shown().indexOf(criterion(name)));
    }
    void clickRow(int row) const {
        QTableView& table = page->table();
        const QRect cell = table.visualRect(table.model()->index(row, RankingModel::kModel));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, cell.center());
    }
    void clickHead(int column) const {
        QHeaderView* head = page->table().horizontalHeader();
        QTest::mouseClick(head->viewport(), Qt::LeftButton, {},
                          {head->sectionViewportPosition(column) + 20, head->height() / 2});
    }
};

/// The phantoms explained by two methods, one of them with a long name.
inline Evaluation explainedTwice() {
    Evaluation made = madePhantoms(120);
    for (ModelEvaluation& model : made.models) {
        std::vector<TrustFigure> again = model.trust;
        for (TrustFigure& figure : again) figure.method = "integrated_gradients";
        model.trust.insert(model.trust.end(), again.begin(), again.end());
    }
    return made;
}

}  // namespace discern::testing
