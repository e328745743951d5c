#include "core/choose/presets.h"
#include "ui/pages/shown_choice.h"

using namespace discern;
using namespace discern::testing;

namespace {

/// Looks at the labels of a panel whenever one of them is painted: whether their words have the room that they need.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget& panel) : labels_(panel.findChildren<QLabel*>()) {
        for (QLabel* label : std::as_const(labels_)) label->installEventFilter(this);
    }
    [[nodiscard]] int painted() const { return painted_; }
    [[nodiscard]] const QString& cut() const { return cut_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::Paint) return false;
        ++painted_;
        const auto* label = qobject_cast<QLabel*>(watched);
        if (label->height() < label->heightForWidth(label->width()))
            cut_ += QString("%1 of %2 pixels for \"%3\"; ").arg(label->height()).arg(label->heightForWidth(label->width())).arg(label->text().left(60));
        return false;
    }

private:
    QList<QLabel*> labels_;
    int painted_ = 0;
    QString cut_;
};

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

    /// Every frame between one preset and the next is looked at, not the last alone.
    void paragraphsAreNeverPaintedWithoutTheirRoom() {
        Shown shown(explainedTwice());
        PaintWatch watch(shown.page->reasons());
        for (const int height : {800, 420}) {
            shown.centre->resize(1440, height);
            QCoreApplication::processEvents();
            for (int round = 0; round < 2; ++round)
                for (const WeightPreset& preset : weightPresets()) {
                    shown.choice().setPreset(preset.name);
                    QTRY_COMPARE(shown.page->reasons().words(), QString::fromStdString(plainText(shown.choice().reasons())));
                    for (int turn = 0; turn < 5; ++turn) QCoreApplication::processEvents();
                    QVERIFY2(watch.cut().isEmpty(), qPrintable(QString::fromStdString(preset.name) + ": " + watch.cut()));
                }
        }
        QVERIFY(watch.painted() > 8);
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
