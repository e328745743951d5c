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

using namespace discern;
using namespace discern::testing;

namespace {

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
Evaluation explainedTwice() {
    Evaluation made = madePhantoms(120);
    for (ModelEvaluation& model : made.models) {
        std::vector<TrustFigure> again = model.trust;
        for (TrustFigure& figure : again) figure.method = "integrated_gradients";
        model.trust.insert(model.trust.end(), again.begin(), again.end());
    }
    return made;
}

}  // namespace

/// The Choose page under mouse and keys.
class TestChoosePage : public QObject {
    Q_OBJECT

    Sandbox sandbox_;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }

    void withoutAnEvaluation_itSaysWhatToDo() {
        JobQueue jobs;
        ChoosePage page(jobs);
        const std::unique_ptr<QWidget> centre(page.centre());
        centre->resize(900, 600);
        centre->show();
        QSignalSpy asked(&page, &ChoosePage::evaluateRequested);
        auto* evaluate = qobject_cast<QStackedWidget*>(centre.get())->currentWidget()->findChild<QPushButton*>();
        QVERIFY(evaluate && evaluate->isVisible());
        QTest::mouseClick(evaluate, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        jobs.stop();
    }

    void anEvaluation_isWorkedOutInAJob() {
        JobQueue jobs;
        ChoosePage page(jobs);
        const std::unique_ptr<QWidget> centre(page.centre());
        page.setEvaluation(std::make_shared<Evaluation>(madePhantoms(40)));
        QVERIFY(page.choice().empty());
        QTRY_VERIFY(!page.choice().empty());
        QCOMPARE(page.choice().board().draws, kBoardDraws);
        QCOMPARE(page.choice().ranking().order.size(), std::size_t(3));
        jobs.stop();
    }

    void whileIntervalsAreDrawn_itDoesNotSayThatThereIsNothing() {
        JobQueue jobs;
        ChoosePage page(jobs);
        const std::unique_ptr<QWidget> centre(page.centre());
        centre->resize(900, 600);
        centre->show();
        const auto said = [&] {
            QStringList words;
            for (const QLabel* label : qobject_cast<QStackedWidget*>(centre.get())->currentWidget()->findChildren<QLabel*>()) words << label->text();
            return words.join(QLatin1Char(' '));
        };
        page.showProgress(0.5, "Explaining image 3 of 50");
        QVERIFY(said().contains("image 3 of 50"));
        page.setEvaluation(std::make_shared<Evaluation>(madePhantoms(40)));
        page.showProgress(0.0, {});  // the evaluation has ended
        QVERIFY2(said().contains("intervals") && !said().contains("Nothing"), qPrintable(said()));
        QTRY_VERIFY(!page.choice().empty());
        page.setEvaluation(nullptr);
        QVERIFY2(said().contains("Nothing was evaluated yet"), qPrintable(said()));
        jobs.stop();
    }

    /// Words that end beyond their chart, or in an ellipsis, are cut.
    void noWordOfAChartIsCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1440 x 900") << QSize(1440, 800);
        QTest::newRow("1280 x 720") << QSize(1280, 620);
    }
    void noWordOfAChartIsCut() {
        QFETCH(QSize, size);
        const Shown shown(explainedTwice());
        shown.centre->resize(size);
        shown.choice().setAxes(shown.criterion("mass_lift.integrated_gradients"), shown.criterion("balanced_accuracy"), -1);
        QVector<QPair<QString, QCustomPlot*>> charts = {{"trade-off", &shown.page->charts().pareto()}};
        for (const char* name : {"parallel", "bars", "roc", "recall", "reliability", "radar"}) charts.append({name, shown.page->charts().chart(name)});
        for (const auto& [name, chart] : charts) {
            if (name != "trade-off") shown.choice().setChart(name);
            QCoreApplication::processEvents();
            chart->replot();
            int words = 0;
            for (int i = 0; i < chart->itemCount(); ++i) {
                const auto* text = qobject_cast<QCPItemText*>(chart->item(i));
                if (!text) continue;
                const QRectF place(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition());
                const QString what = name + ": " + text->text();
                QVERIFY2(chart->rect().adjusted(-1, -1, 1, 1).contains(place.toAlignedRect()), qPrintable(what));
                if (size.width() > 1300) QVERIFY2(!text->text().contains(QChar(0x2026)), qPrintable(what));
                ++words;
            }
            QVERIFY2(words > 0 || name == "bars" || name == "recall", qPrintable(name));
        }
    }

    void whatARankingRestsOn_isSeenWithoutScrolling() {
        const Shown shown(explainedTwice());
        shown.centre->resize(1280, 620);
        QCoreApplication::processEvents();
        QTableView& table = shown.page->table();
        const QModelIndex draws = table.model()->index(2, RankingModel::kDraws);
        QVERIFY(table.viewport()->rect().contains(table.visualRect(draws)));  // of the last of three rows
        const int cheat = table.model()->index(1, 0).data(RankingModel::ModelRole).toInt();
        QCOMPARE(cheat, 1);
        const QString note = table.model()->index(1, 0).data(RankingModel::NoteRole).toString();
        QVERIFY2(note.startsWith(QString::fromUtf8("⚠ evidence ")) && note.contains("in a corner"), qPrintable(note));
    }

    void imagesThatAreOpened_selectTheirModel() {
        const Shown shown;
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        shown.choice().openCell(1, 1, 0);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(shown.choice().selected(), 1);
    }

    void thePresetRanksTheReaderFirstAndSaysWhy() {
        const Shown shown;
        QCOMPARE(shown.nameAt(0), QString("phantom-reader"));
        QVERIFY(shown.choice().ranking().order[0].firstInDraws > 0.95);
        QVERIFY(shown.page->reasons().words().startsWith("phantom-reader first"));
        QVERIFY(shown.page->reasons().words().contains("Shortcut warning."));
    }

    void aSliderMovedByKeysChangesTheOrder() {
        const Shown shown;
        for (const char* name : {"sensitivity", "balanced_accuracy", "mass_lift.grad_cam", "insertion.grad_cam",
                                 "max_sensitivity.grad_cam"}) {
            QSlider* slider = shown.page->weights().slider(shown.criterion(name));
            QVERIFY2(slider && slider->isVisible(), name);
            slider->setFocus();
            QTest::keyClick(slider, Qt::Key_Home);
            QCOMPARE(slider->value(), 0);
        }
        QTest::keyClick(shown.page->weights().slider(shown.criterion("latency")), Qt::Key_End);
        QTRY_COMPARE(shown.nameAt(0), QString("phantom-weak"));
        QCOMPARE(shown.choice().weights()[static_cast<std::size_t>(shown.criterion("latency"))], 5.0);
        QVERIFY(shown.choice().state().preset.empty());
        // What has lost its weight keeps its column.
        QVERIFY(shown.choice().shown().contains(shown.criterion("sensitivity")));
    }

    void aPresetSetsTheSliders() {
        const Shown shown;
        auto* preset = shown.page->weights().findChild<QComboBox*>();
        preset->setFocus();
        QTest::keyClick(preset, Qt::Key_Down);
        QCOMPARE(shown.choice().state().preset, std::string("laptop"));
        QSlider* slider = shown.page->weights().slider(shown.criterion("latency"));
        QCOMPARE(slider->value(), 8);
        QTRY_VERIFY(shown.choice().ranking().decided);
        QVERIFY(!shown.choice().shown().contains(shown.criterion("mass_lift.grad_cam")));
    }

    void aClickOnAHeadSorts() {
        const Shown shown;
        const int column = shown.columnOf("latency");
        shown.clickHead(column);
        const QString first = shown.nameAt(0);
        shown.clickHead(column);
        QVERIFY(shown.nameAt(0) != first || shown.nameAt(2) != first);
        QVERIFY(shown.nameAt(0) == "phantom-weak" || shown.nameAt(2) == "phantom-weak");
        QCOMPARE(first == "phantom-weak", shown.nameAt(2) == "phantom-weak");
        shown.clickHead(RankingModel::kRank);
        QCOMPARE(shown.page->table().ranking().modelAt(0), 0);
    }

    void aModelIsSelectedEverywhere() {
        const Shown shown;
        shown.clickRow(1);
        const int model = shown.page->table().ranking().modelAt(1);
        QCOMPARE(shown.choice().selected(), model);
        QCOMPARE(shown.page->charts().pareto().selectedModel(), model);
        QCOMPARE(shown.page->charts().chart("parallel")->selectedModel(), model);
        QCOMPARE(shown.page->charts().confusion().model(), model);
        ParetoChart& chart = shown.page->charts().pareto();
        chart.replot();
        const QCPAxisRect* axes = chart.axisRect(0);
        const auto at = [&](int m) {
            const auto& values = shown.choice().board().models[static_cast<std::size_t>(m)].values;
            return QPoint(
                qRound(axes->axis(QCPAxis::atBottom)
                           ->coordToPixel(values[static_cast<std::size_t>(shown.choice().xCriterion())].value)),
                qRound(axes->axis(QCPAxis::atLeft)
                           ->coordToPixel(values[static_cast<std::size_t>(shown.choice().yCriterion())].value)));
        };
        QTest::mouseClick(&chart, Qt::LeftButton, {}, at(2));
        QCOMPARE(shown.choice().selected(), 2);
        QCOMPARE(shown.page->table().currentIndex().row(), shown.page->table().ranking().rowOf(2));
        QTest::keyClick(&shown.page->table(), Qt::Key_Escape);
        QCOMPARE(shown.choice().selected(), -1);
        QVERIFY(!shown.page->table().currentIndex().isValid());
    }

    void aPinnedModelShowsDifferences() {
        const Shown shown;
        const int row = shown.page->table().ranking().rowOf(0);
        shown.clickRow(row);
        const QAbstractItemModel* model = shown.page->table().model();
        const int column = shown.columnOf("latency");
        QCOMPARE(model->index(shown.page->table().ranking().rowOf(2), column).data().toString(), QString("1.00"));
        QTest::keyClick(&shown.page->table(), Qt::Key_P);
        QCOMPARE(shown.choice().pinned(), 0);
        QCOMPARE(model->index(shown.page->table().ranking().rowOf(2), column).data().toString(),
                 QString::fromUtf8("−1.00"));
        QCOMPARE(model->index(row, column).data().toString(), QString("2.00"));
        QTest::keyClick(&shown.page->table(), Qt::Key_P);
        QCOMPARE(shown.choice().pinned(), -1);
    }

    void aGalleryOpensItsImages() {
        const Shown shown;
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        auto* link = shown.page->weights().findChild<QToolButton*>("gallery-wrong_reason");
        QVERIFY(link && link->isEnabled());
        QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(opened.size(), 1);
        const QStringList files = opened[0][0].toStringList();
        QVERIFY(!files.isEmpty() && files[0].startsWith("confounded/lesion/"));
        QCOMPARE(opened[0][1].toString(), QString("Right for the wrong reason"));
        QPushButton* images = shown.page->reasons().findChildren<QPushButton*>().first();
        QVERIFY(images->text().startsWith("Show the "));
        QTest::mouseClick(images, Qt::LeftButton);
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened[1][1].toString(), QString::fromUtf8("Right for the wrong reason · phantom-cheat"));
    }

    void aConfusionCellOpensItsImages() {
        const Shown shown;
        shown.page->charts().show("confusion");
        ConfusionTable& table = shown.page->charts().confusion();
        QCOMPARE(table.rowCount(), 2);
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        const QTableWidgetItem* wrong = table.item(1, 0);
        const int count = wrong->text().toInt();
        QVERIFY(count > 0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(wrong).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toStringList().size(), count);
        QVERIFY(opened[0][1].toString().contains("lesion taken for clear"));
    }

    void theAnswersMatrixOpensWhereModelsDisagree() {
        const Shown shown;
        shown.page->charts().show("agreement");
        AnswersMatrix& table = shown.page->charts().agreement();
        QVERIFY(table.isVisible());
        QCOMPARE(table.rowCount(), 3);
        // By hand: which of the 120 images do reader and weak answer alike?
        const Labelled one(shown.evaluation->models[0].answers);
        const Labelled other(shown.evaluation->models[2].answers);
        int apart = 0;
        for (std::size_t i = 0; i < 120; ++i) apart += one.predicted(i) != other.predicted(i);
        QVERIFY(apart > 0);
        QCOMPARE(table.item(0, 2)->text(), QString::number(100.0 * (120 - apart) / 120.0, 'f', 1));
        QCOMPARE(table.item(2, 0)->text(), table.item(0, 2)->text());
        QCOMPARE(table.item(1, 1)->text(), QString("100"));
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(0, 2)).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toStringList().size(), apart);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(1, 1)).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(table.csv().count('\n'), 4);
    }

    void aPointOfACurveOpensItsImages() {
        const Shown shown;
        shown.page->charts().show("reliability");
        BoardChart* chart = shown.page->charts().chart("reliability");
        chart->replot();
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        // The last bin of the first model holds its surest answers.
        const auto* curve = qobject_cast<QCPCurve*>(chart->plottable(1));
        QVERIFY(curve);
        const auto bin = std::prev(curve->data()->constEnd(), 2);
        const QCPAxisRect* axes = chart->axisRect(0);
        const QPoint at(qRound(axes->axis(QCPAxis::atBottom)->coordToPixel(bin->key)),
                        qRound(axes->axis(QCPAxis::atLeft)->coordToPixel(bin->value)));
        const auto expected = static_cast<int>(std::lround((1.0 - bin->value) * 1000.0));
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        const int model = shown.choice().selected();
        QVERIFY(model >= 0);
        QCOMPARE(opened.size(), 0);
        chart->replot();
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        QCOMPARE(opened.size(), expected > 0 ? 1 : 0);
        if (expected > 0) QVERIFY(opened[0][1].toString().contains("wrong at a point of Reliability"));
    }

    void anAxisIsTurnedOver() {
        const Shown shown;
        auto* chart = qobject_cast<ParallelChart*>(shown.page->charts().chart("parallel"));
        chart->replot();
        const int latency = shown.criterion("latency");
        const auto place = static_cast<int>(shown.choice().shown().indexOf(latency));
        const QCPAxisRect* axes = chart->axisRect(0);
        const QCPAxis* upwards = axes->axis(QCPAxis::atLeft);
        const double beside = place % 2 == 0 ? upwards->coordToPixel(1.0) - 28.0 : upwards->coordToPixel(0.0) + 28.0;
        const QPoint at(qRound(axes->axis(QCPAxis::atBottom)->coordToPixel(place)), qRound(beside));
        QCOMPARE(chart->placeOf(2, latency), 1.0);  // the quickest is at the top
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        QVERIFY(shown.choice().flipped(latency));
        QCOMPARE(chart->placeOf(2, latency), 0.0);
        chart->replot();
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        QVERIFY(!shown.choice().flipped(latency));
    }

    void axesOfTheTradeOffAreChosen() {
        const Shown shown;
        shown.choice().setAxes(shown.criterion("latency"), shown.criterion("accuracy"), shown.criterion("macs"));
        const ParetoChart& chart = shown.page->charts().pareto();
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atBottom)->label(), QString("latency, ms (lower is better)"));
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atLeft)->label(), QString("accuracy, % (higher is better)"));
        QVERIFY(chart.csv().contains("phantom-weak,macs,1.2,"));
    }

    void theWheelZoomsAndADoubleClickShowsAll() {
        const Shown shown;
        ParetoChart& chart = shown.page->charts().pareto();
        chart.replot();
        const QCPRange whole = chart.axisRect(0)->axis(QCPAxis::atBottom)->range();
        const QPoint centre = chart.axisRect(0)->rect().center();
        QWheelEvent wheel(centre, chart.mapToGlobal(centre), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&chart, &wheel);
        QVERIFY(chart.axisRect(0)->axis(QCPAxis::atBottom)->range().size() < 0.9 * whole.size());
        shown.choice().select(1);  // a rebuild keeps it
        QVERIFY(chart.axisRect(0)->axis(QCPAxis::atBottom)->range().size() < 0.9 * whole.size());
        QTest::mouseDClick(&chart, Qt::LeftButton, {}, centre);
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atBottom)->range().size(), whole.size());
    }

    void everyChartIsSavedAndHasFigures() {
        const Shown shown;
        for (const char* name : {"parallel", "bars", "roc", "recall", "reliability", "radar"}) {
            BoardChart* chart = shown.page->charts().chart(QLatin1String(name));
            QVERIFY2(chart, name);
            for (const char* ending : {"png", "svg", "pdf"}) {
                const QString path = sandbox_.path(QString("%1.%2").arg(name, ending));
                chart->exportTo(path.toStdString());
                QVERIFY2(QFile(path).size() > 1000, qPrintable(path));
            }
            QVERIFY2(chart->csv().count('\n') > 3 && chart->csv().contains("phantom-cheat"), name);
            QVERIFY2(chart->accessibleDescription().contains("phantom-reader"), name);
        }
        QCOMPARE(shown.page->table().ranking().csv().count('\n'), 4);
    }

    void whatWasSetComesBack() {
        const Shown first;
        first.choice().setWeight(first.criterion("latency"), 4.5);
        first.choice().flip(first.criterion("latency"));
        first.choice().pin(1);
        first.choice().select(2);
        first.choice().setChart("bars");
        const Shown second;
        second.page->setState(first.page->state());
        QCOMPARE(second.choice().weights(), first.choice().weights());
        QCOMPARE(second.choice().pinned(), 1);
        QCOMPARE(second.choice().selected(), 2);
        QVERIFY(second.choice().flipped(second.criterion("latency")));
        QVERIFY(second.page->charts().chart("bars")->isVisible());
    }

    void fewImagesOneModelAndNoTrustAreShown() {
        for (const int models : {1, 2}) {
            Evaluation made = madePhantoms(6);
            made.models.resize(static_cast<std::size_t>(models));
            for (ModelEvaluation& model : made.models) model.trust.clear();
            const Shown shown(std::move(made));
            QCOMPARE(shown.page->table().model()->rowCount(), models);
            QVERIFY(!shown.page->reasons().words().isEmpty());
        }
    }

    void anEvaluationWithOtherCriteriaTakesThePlaceOfTheFirst() {
        const Shown shown;
        shown.clickRow(2);
        Evaluation second = madePhantoms(60);
        for (ModelEvaluation& model : second.models) model.trust.clear();
        std::erase_if(second.models, [](const ModelEvaluation& model) { return model.name == "phantom-weak"; });
        const auto evaluation = std::make_shared<Evaluation>(std::move(second));
        Progress progress;
        const auto board = std::make_shared<Board>(boardOf(*evaluation, 200, 3, progress));
        QVERIFY(board->criteria.size() < shown.choice().board().criteria.size());
        shown.page->setEvaluation(evaluation, board);
        QCoreApplication::processEvents();
        QCOMPARE(shown.page->table().model()->rowCount(), 2);
        QCOMPARE(shown.nameAt(0), QString::fromStdString(board->models[shown.choice().ranking().order[0].model].name));
        QVERIFY(!shown.page->weights().slider(static_cast<int>(board->criteria.size())));
        QVERIFY(!shown.page->reasons().words().contains("mass lift ("));
        QVERIFY(!shown.page->reasons().words().contains("phantom-weak"));
        QCOMPARE(shown.choice().selected(), -1);
        shown.page->setEvaluation(nullptr, nullptr);
        QVERIFY(shown.choice().empty());
        shown.page->setEvaluation(shown.evaluation, std::make_shared<Board>(boardOf(*shown.evaluation, 200, 3, progress)));
        QCOMPARE(shown.page->table().model()->rowCount(), 3);
    }

    void anotherEvaluationIsSeenComingAndCanBeCancelled() {
        const Shown shown;
        const auto cancel = [&] {
            for (QPushButton* one : shown.centre->findChildren<QPushButton*>())
                if (one->text() == "Cancel" && one->isVisible()) return one;
            return static_cast<QPushButton*>(nullptr);
        };
        QVERIFY(!cancel());
        shown.page->showProgress(0.4, "Deletion AUC");
        QCoreApplication::processEvents();
        QVERIFY(shown.page->table().isVisible());
        QSignalSpy cancelled(shown.page.get(), &ChoosePage::cancelRequested);
        QVERIFY(cancel());
        QTest::mouseClick(cancel(), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        shown.page->showProgress(0.0, {});
        QVERIFY(!cancel());
    }

    void theFirstClickOnAHeadPutsTheBestOnTop() {
        const Shown shown;
        for (const char* name : {"balanced_accuracy", "latency", "mass_lift.grad_cam"}) {
            const auto c = static_cast<std::size_t>(shown.criterion(name));
            shown.clickHead(shown.columnOf(name));
            const auto of = [&](int row) {
                return shown.choice().board().models[static_cast<std::size_t>(shown.page->table().ranking().modelAt(row))].values[c].value;
            };
            const bool higher = shown.choice().board().criteria[c].higherIsBetter;
            QVERIFY2(higher ? of(0) >= of(2) : of(0) <= of(2), name);
        }
    }

    void inASmallWindowNoWordsAreCut() {
        const Shown shown;
        shown.centre->resize(1000, 600);
        QCoreApplication::processEvents();
        for (const QWidget* panel : {static_cast<QWidget*>(&shown.page->weights()), static_cast<QWidget*>(&shown.page->reasons())}) {
            const QWidget* port = panel->parentWidget();
            QVERIFY2(panel->width() <= port->width(), qPrintable(QString("%1 in %2").arg(panel->width()).arg(port->width())));
        }
        QSlider* slider = shown.page->weights().slider(shown.criterion("latency"));
        QVERIFY(slider->isVisible());
        QCOMPARE(slider->visibleRegion().boundingRect().width(), slider->width());
    }

    void filesThatCountNowhereAreListedWithTheReason() {
        Evaluation made = madePhantoms(40);
        made.set.excluded = {{"lesion/cut.png", "cut.png is cut short after 200 bytes"}, {"notes.txt", "no picture"}};
        const Shown shown(std::move(made));
        QToolButton* link = nullptr;
        for (auto* one : shown.page->weights().findChildren<QToolButton*>())
            if (one->isVisible() && one->text().startsWith("2 file")) link = one;
        QVERIFY(link);
        QTest::mouseClick(link, Qt::LeftButton);
        auto* files = shown.centre->window()->findChild<ExcludedFiles*>();
        QVERIFY(files && files->isVisible());
        const auto* table = files->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 0)->text(), QString("lesion/cut.png"));
        QCOMPARE(table->item(1, 1)->text(), QString("no picture"));
        files->close();
    }

    void namesOfMarksStayApartAndInside() {
        Evaluation made = madeEvaluation(200, {{.name = "net-alpha-large", .accuracy = 0.97, .insertion = 0.9},
                                               {.name = "net-beta-large", .accuracy = 0.97, .insertion = 0.9},
                                               {.name = "net-gamma-large", .accuracy = 0.96, .insertion = 0.895},
                                               {.name = "net-delta", .accuracy = 0.5, .insertion = 0.3}});
        const Shown shown(std::move(made));
        shown.choice().setAxes(shown.criterion("insertion.grad_cam"), shown.criterion("balanced_accuracy"), -1);
        ParetoChart& chart = shown.page->charts().pareto();
        chart.replot();
        QVector<QRectF> names;
        for (int i = 0; i < chart.itemCount(); ++i) {
            auto* text = qobject_cast<QCPItemText*>(chart.item(i));
            if (!text || text->text() == "chance") continue;
            const QMargins around = text->padding();
            names.append(QRectF(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition()).marginsRemoved(around));
        }
        QCOMPARE(names.size(), 4);
        const QRectF inside = chart.axisRect(0)->rect().adjusted(-4, -40, 20, 40);
        for (int a = 0; a < names.size(); ++a) {
            QVERIFY(inside.contains(names[a]));
            for (int b = a + 1; b < names.size(); ++b) {
                const QRectF common = names[a] & names[b];
                QVERIFY2(common.width() * common.height() < 0.2 * names[a].width() * names[a].height(),
                         qPrintable(QString("%1 and %2").arg(a).arg(b)));
            }
        }
    }

    void aSliderMoveOfFiftyModelsIsSeenAtOnce() {
        const Shown shown;
        auto evaluation = std::make_shared<Evaluation>();
        auto board = std::make_shared<Board>(madeBoard(50, 20, 2000));
        for (const BoardModel& model : board->models)
            evaluation->models.push_back({.name = model.name, .digest = model.name});
        shown.page->setEvaluation(evaluation, board);
        for (int c = 0; c < 20; ++c) shown.choice().setWeight(c, 2.0);
        shown.choice().rankNow();
        QCoreApplication::processEvents();
        QSlider* slider = shown.page->weights().slider(4);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QCoreApplication::processEvents();
        qint64 best = std::numeric_limits<qint64>::max();
        for (int move = 0; move < 8; ++move) {
            const QSignalSpy ranked(&shown.choice(), &Choice::ranked);
            QElapsedTimer timer;
            timer.start();
            QTest::keyClick(slider, Qt::Key_Right);
            while (ranked.isEmpty()) QCoreApplication::processEvents();
            QCoreApplication::processEvents();
            best = std::min(best, timer.nsecsElapsed());
        }
        qInfo("a move is ranked and drawn in %.1f ms", static_cast<double>(best) / 1e6);
        QVERIFY(best < 50'000'000);
    }
};

QTEST_MAIN(TestChoosePage)
#include "test_choose_page.moc"
