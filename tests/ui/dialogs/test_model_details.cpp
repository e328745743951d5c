#include "ui/dialogs/model_details.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTreeView>

#include "ui/charts/layer_cost_chart.h"
#include "ui/dialogs/layer_tree.h"
#include "ui/dialogs/model_facts.h"
#include "ui/style/apply_theme.h"
#include "ui/support.h"

using namespace discern;

/// A model's page: what its card says and who said it, what its layers cost, what to know before trusting it.
class TestModelDetails : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    ModelEntry entry_;
    ModelChoice choice_;
    std::unique_ptr<ModelDetails> page_;

    template <typename Widget>
    [[nodiscard]] Widget* part() const {
        return page_->findChild<Widget*>();
    }
    [[nodiscard]] QTreeView* tree() const { return part<QTreeView>(); }
    [[nodiscard]] QLineEdit* field() const { return part<QLineEdit>(); }
    [[nodiscard]] QPushButton* button(const QString& text) const {
        for (QPushButton* one : page_->findChildren<QPushButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }

    static std::shared_ptr<const Model> load(const QString& file, const CardAnswer& answer = {}) {
        Progress progress;
        return Model::load(file.toStdString(), progress, answer);
    }

    void open(const std::shared_ptr<const Model>& model, bool inComparison = true) {
        entry_ = {};
        entry_.name = QString::fromStdString(model->name());
        entry_.state = LoadState::Ready;
        entry_.model = model;
        page_ = std::make_unique<ModelDetails>(entry_, inComparison ? &choice_ : nullptr, false, nullptr);
        page_->show();
        QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
    }

    /// Rows of the tree, shut ones too.
    static int leavesIn(const QAbstractItemModel& model, const QModelIndex& parent = {}) {
        int count = 0;
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex child = model.index(row, 0, parent);
            count += model.hasChildren(child) ? leavesIn(model, child) : 1;
        }
        return count;
    }

    static qlonglong macsOf(const QAbstractItemModel& model, const QModelIndex& parent = {}) {
        qlonglong sum = 0;
        for (int row = 0; row < model.rowCount(parent); ++row) sum += model.index(row, 0, parent).data(LayerTree::MacsRole).toLongLong();
        return sum;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }
    void cleanup() { page_.reset(); }

    void theTree_holdsEveryOperatorAndSumsToTheWhole() {
        const auto model = load(testing::smallModel("shapes-tokens.pt"));
        LayerTree layers(model);
        const QAbstractItemModelTester tester(&layers, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(leavesIn(layers), static_cast<int>(model->complexity().operators.size()));
        QCOMPARE(macsOf(layers), model->complexity().macs);
        // A module's figure is that of its parts.
        for (int row = 0; row < layers.rowCount(); ++row) {
            const QModelIndex module = layers.index(row, 0);
            if (layers.hasChildren(module)) QCOMPARE(macsOf(layers, module), module.data(LayerTree::MacsRole).toLongLong());
        }
    }

    void controlFGoesToTheSearchField_andTypingFindsLayers() {
        open(load(testing::smallModel()));
        QTest::keyClick(page_.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(field()->hasFocus());
        QCOMPARE(part<QTabWidget>()->currentIndex(), 1);
        const int all = leavesIn(*tree()->model());
        QTest::keyClicks(field(), "conv2d");
        const int found = leavesIn(*tree()->model());
        QVERIFY2(found > 0 && found < all, qPrintable(QString::number(found)));
        QTest::keyClick(field(), Qt::Key_Down);
        QVERIFY(tree()->hasFocus() && tree()->currentIndex().isValid());
        QTest::keyClick(tree(), Qt::Key_Escape);
        QVERIFY(!page_->isVisible());
    }

    void whatMatchesNothing_leavesNoRow() {
        open(load(testing::smallModel()));
        QTest::keyClicks(field(), "no such layer");
        QCOMPARE(tree()->model()->rowCount(), 0);
        field()->clear();
        QVERIFY(tree()->model()->rowCount() > 0);
    }

    void aHeader_sortsByFigures() {
        open(load(testing::smallModel()));
        part<QTabWidget>()->setCurrentIndex(1);
        tree()->sortByColumn(LayerTree::Macs, Qt::DescendingOrder);
        const QAbstractItemModel& rows = *tree()->model();
        for (int row = 1; row < rows.rowCount(); ++row)
            QVERIFY(rows.index(row - 1, 0).data(LayerTree::MacsRole).toLongLong() >= rows.index(row, 0).data(LayerTree::MacsRole).toLongLong());
    }

    void theChart_followsTheRowAndTheRowTheChart() {
        open(load(testing::smallModel("shapes-tokens.pt")));
        part<QTabWidget>()->setCurrentIndex(1);
        auto* chart = part<LayerCostChart>();
        const QString whole = chart->accessibleDescription();
        QVERIFY2(whole.contains("% of the model's"), qPrintable(whole));
        QModelIndex module;
        for (int row = 0; row < tree()->model()->rowCount() && !module.isValid(); ++row)
            if (const QModelIndex one = tree()->model()->index(row, 0); tree()->model()->hasChildren(one)) module = one;
        QVERIFY(module.isValid());
        tree()->setFocus();
        tree()->setCurrentIndex(module);
        QCOMPARE(chart->accessibleDescription(), whole);
        QTest::keyClick(tree(), Qt::Key_Right);
        QTest::keyClick(tree(), Qt::Key_Down);
        QCOMPARE(tree()->currentIndex().parent(), module);
        QVERIFY(chart->accessibleDescription() != whole);
        chart->replot();
        const auto* bars = qobject_cast<QCPBars*>(chart->plottable(0));
        QTest::mouseClick(chart, Qt::LeftButton, {}, QPoint(chart->axisRect(0)->left() + 3, static_cast<int>(bars->keyAxis()->coordToPixel(0))));
        QCOMPARE(tree()->currentIndex().parent(), module);
    }

    void ofManyParts_theMostExpensiveAreShown() {
        LayerCostChart chart(0);
        chart.resize(500, 260);
        QVector<LayerCost> parts;
        for (int i = 0; i < 40; ++i) parts.append({QString("part%1").arg(i), 1000.0 + i});
        chart.setData("net", parts, 100'000.0, 0);
        QCOMPARE(chart.plottableCount(), LayerCostChart::kMost);
        const QString words = chart.accessibleDescription();
        QVERIFY2(words.contains("part39") && words.contains("part0:"), qPrintable(words));  // the marked one stays
        QVERIFY(!words.contains("part1:"));
        double sum = 0.0;
        for (int i = 0; i < chart.plottableCount(); ++i) sum += qobject_cast<QCPBars*>(chart.plottable(i))->data()->begin()->value;
        QCOMPARE(sum, 40 * 1000.0 + 40 * 39 / 2);
    }

    void aLayerWithAGrid_canBecomeTheOneThatMethodsUse() {
        open(load(testing::smallModel()));
        part<QTabWidget>()->setCurrentIndex(1);
        QPushButton* use = button("Use as Grad-CAM layer");
        QVERIFY(use->isVisible() && !use->isEnabled());
        QSignalSpy chosen(page_.get(), &ModelDetails::layerChosen);
        const std::string last = entry_.model->layer("last").name;
        const auto* proxy = qobject_cast<QSortFilterProxyModel*>(tree()->model());
        tree()->expandAll();
        const QModelIndexList found = proxy->match(proxy->index(0, 0), LayerTree::PathRole, QString::fromStdString(last), 1, Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(found.size(), 1);
        tree()->setCurrentIndex(found.first());
        QVERIFY(use->isEnabled());
        QTest::mouseClick(use, Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toString().toStdString(), last);
    }

    void ofAModelThatIsNotCompared_noLayerIsChosen() {
        open(load(testing::smallModel()), false);
        part<QTabWidget>()->setCurrentIndex(1);
        QVERIFY(!button("Use as Grad-CAM layer")->isVisible());
    }

    void rowsAreCopied_andAllAreSavedAsATable() {
        open(load(testing::smallModel()));
        part<QTabWidget>()->setCurrentIndex(1);
        tree()->expandAll();
        tree()->setCurrentIndex(tree()->model()->index(0, 0));
        tree()->setFocus();
        QTest::keyClick(tree(), Qt::Key_C, Qt::ControlModifier);
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.split('\t').size(), 6);
        QSignalSpy saved(page_.get(), &ModelDetails::saveTableRequested);
        QTest::mouseClick(button(QString::fromUtf8("Save as CSV…")), Qt::LeftButton);
        QCOMPARE(saved.count(), 1);
        const QStringList lines = saved.first().first().toString().trimmed().split("\r\n");
        QCOMPARE(lines.first(), QString("layer,operator,shape,parameters,macs,share"));
        QCOMPARE(lines.size(), static_cast<qsizetype>(entry_.model->complexity().operators.size() + 1));
        QVERIFY2(saved.first().last().toString().endsWith("-layers"), qPrintable(saved.first().last().toString()));
    }

    void eachField_saysWhereItComesFrom() {
        const QString file = sandbox_.path("net.pt");
        QVERIFY(QFile::copy(testing::smallModel(), file));
        const auto embedded = load(file);
        QCOMPARE(originOf(*embedded, "input.size"), QString("inside net.pt"));
        const nlohmann::json card = {{"input", {{"size", {64, 64}}}}, {"use", "For demonstration only"}};
        static_cast<void>(sandbox_.file("net.card.json", QByteArray::fromStdString(card.dump())));
        const auto beside = load(file);
        QCOMPARE(originOf(*beside, "input.size"), QString("net.card.json"));
        QCOMPARE(originOf(*beside, "input.mean"), QString("assumed: the card leaves it out"));
        QCOMPARE(originOf(*beside, "name"), QString("the file's name"));
        const auto answered = load(file, {.card = {{"input", {{"mean", {1.0, 2.0, 3.0}}, {"size", {64, 64}}}}}, .overrides = true});
        QCOMPARE(originOf(*answered, "input.mean"), QString("stated on opening"));
        QCOMPARE(originOf(*answered, "input.size"), QString("net.card.json"));
        open(beside);
        const QString text = qobject_cast<QTextBrowser*>(part<QTabWidget>()->widget(0))->toPlainText();
        QVERIFY2(text.contains("net.card.json") && text.contains("assumed"), qPrintable(text));
    }

    void warnings_areWhatIsAssumedAndFound() {
        const QString file = sandbox_.path("warned.pt");
        QVERIFY(QFile::copy(testing::smallModel(), file));
        QVERIFY2(!warningsOf(*load(file)).join('|').contains("assumed"), qPrintable(warningsOf(*load(file)).join('|')));
        const nlohmann::json card = {{"input", {{"size", {64, 64}}}}, {"use", "For demonstration only"}};
        static_cast<void>(sandbox_.file("warned.card.json", QByteArray::fromStdString(card.dump())));
        const QStringList warnings = warningsOf(*load(file));
        QCOMPARE(warnings.first(), QString("For demonstration only"));
        const QString all = warnings.join('|');
        QVERIFY2(all.contains("input.mean") && all.contains("names no classes") && all.contains("names no licence"), qPrintable(all));
        open(load(file));
        QVERIFY(part<QTabWidget>()->tabText(2).endsWith(QString::number(warnings.size())));
    }

    void aModelThatFailed_saysWhy() {
        entry_ = {};
        entry_.name = "gone";
        entry_.state = LoadState::Failed;
        entry_.error = "gone.pt is empty";
        page_ = std::make_unique<ModelDetails>(entry_, nullptr, false, nullptr);
        QVERIFY(part<QTextBrowser>()->toPlainText().contains("gone.pt is empty"));
        QVERIFY(!tree());
    }
};

QTEST_MAIN(TestModelDetails)
#include "test_model_details.moc"
