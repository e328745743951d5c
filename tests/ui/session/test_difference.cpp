#include <cmath>

#include "core/measure/agreement.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

namespace {

const QString kCnn = QStringLiteral("shapes-cnn.pt");
const QString kShortcut = QStringLiteral("shapes-shortcut.pt");

CellContent done(const std::vector<float>& values) {
    Attribution attribution;
    attribution.map = cv::Mat(values, true).reshape(1, 1);
    CellContent cell;
    cell.status = CellStatus::Done;
    cell.attribution = std::make_shared<const Attribution>(std::move(attribution));
    return cell;
}

CellContent waiting(CellStatus status) {
    CellContent cell;
    cell.status = status;
    cell.error = "broken";
    return cell;
}

const CellName kCell{{1, 1, QStringLiteral("grad_cam")}, CellRef{1, 2, QStringLiteral("grad_cam")}};
const QRectF kSeen(0, 0, 20, 10);

struct Shown {
    JobQueue jobs;
    std::unique_ptr<DifferenceMaps> maps = std::make_unique<DifferenceMaps>(jobs);

    ~Shown() { jobs.stop(); }
    /// The cell once its difference is there.
    [[nodiscard]] CellContent computed(const CellContent& a, const CellContent& b, const QRectF& seenB = kSeen) const {
        static_cast<void>(maps->cell(kCell, a, kSeen, b, seenB));
        if (!QTest::qWaitFor([this] { return maps->settled(); })) qFatal("The difference was not computed.");
        return maps->cell(kCell, a, kSeen, b, seenB);
    }
};

}  // namespace

class TestDifference : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    void open() {
        bench_->openModels({testing::smallModel(kCnn), testing::smallModel(kShortcut)});
        bench_->openPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.setMethodEnabled("saliency", true);
        QTRY_COMPARE(bench_->explanations.count(bench_->session.currentPicture()).done, 4);
        QTRY_VERIFY(bench_->settled());
    }
    /// The grid once its differences are there.
    GridContent differences() const {
        static_cast<void>(bench_->grid.content());
        if (!QTest::qWaitFor([this] { return bench_->settled(); })) qFatal("The differences were not computed.");
        return bench_->grid.content();
    }
    int model(int place) const { return bench_->session.work().models[place].id; }

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void map_isTheScaledDifferenceAndKeptWhileBothStay() {
        const Shown shown;
        const CellContent a = done({2, -4});
        const CellContent b = done({1, 1});
        const CellContent first = shown.maps->cell(kCell, a, kSeen, b, kSeen);
        QCOMPARE(first.status, CellStatus::Running);  // a job's work, not this thread's
        QVERIFY(!first.attribution);
        const CellContent cell = shown.computed(a, b);
        QCOMPARE(cell.status, CellStatus::Done);
        QVERIFY(cell.attribution->isSigned);
        QCOMPARE(cell.attribution->map.at<float>(0, 0), -0.5F);
        QCOMPARE(cell.attribution->map.at<float>(0, 1), -2.0F);
        QCOMPARE(shown.maps->cell(kCell, a, kSeen, b, kSeen).attribution, cell.attribution);
        QVERIFY(shown.maps->settled());
        // Another map is subtracted anew; until then the cell keeps what it had.
        const CellContent other = done({1, 1});
        const CellContent between = shown.maps->cell(kCell, a, kSeen, other, kSeen);
        QCOMPARE(between.status, CellStatus::Running);
        QCOMPARE(between.attribution, cell.attribution);
        QVERIFY(shown.computed(a, other).attribution != cell.attribution);
    }

    void keptDifference_isOfItsOwnTwoMaps() {
        const Shown shown;
        const CellContent a = done({2, -4});
        for (int i = 1; i < 20; ++i) {
            const CellContent b = done({1, static_cast<float>(i)});  // where an earlier one lay, perhaps
            QCOMPARE(shown.computed(a, b).attribution->map.at<float>(0, 0), 0.5F - 1.0F / static_cast<float>(i));
        }
    }

    void missingMap_saysWhatItWaitsFor() {
        const Shown shown;
        for (const CellStatus status : {CellStatus::NotRun, CellStatus::Queued, CellStatus::Running, CellStatus::Failed}) {
            const CellContent cell = shown.maps->cell(kCell, done({1, 2}), kSeen, waiting(status), kSeen);
            QCOMPARE(cell.status, status);
            QVERIFY(!cell.attribution);
        }
        QCOMPARE(shown.maps->cell(kCell, waiting(CellStatus::Failed), kSeen, done({1, 2}), kSeen).error, QString("broken"));
        QVERIFY(shown.maps->settled());
        QCOMPARE(shown.computed(done({1, 2}), done({1, 2}), {50, 50, 20, 10}).status, CellStatus::Failed);
    }

    void twoModels_areAFurtherColumn() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setDifference(Difference{model(0), "grad_cam", model(1), "grad_cam"});
        const GridContent content = differences();
        QCOMPARE(content.columns.size(), 3);
        QCOMPARE(content.rows.size(), 2);
        QCOMPARE(content.columns[2].model, QString("cnn − shortcut"));
        QCOMPARE(content.columns[2].minusMarker, bench_->session.work().models[1].marker);
        QCOMPARE(content.columns[2].seen, content.columns[0].seen & content.columns[1].seen);
        for (int row = 0; row < 2; ++row) {
            QVERIFY(content.isDifference(row, 2) && !content.isDifference(row, 1));
            QCOMPARE(content.cells[row][2].status, CellStatus::Done);
            QVERIFY(content.cells[row][2].attribution->isSigned);
            const CellName shown = bench_->grid.at(row, 2);
            QCOMPARE(shown.of, bench_->grid.at(row, 0).of);
            QCOMPARE(*shown.minus, bench_->grid.at(row, 1).of);
        }
        QVERIFY(bench_->session.differenceSelected());
    }

    void twoMethods_areAFurtherRow() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setDifference(Difference{model(0), "grad_cam", model(0), "saliency"});
        const GridContent content = differences();
        QCOMPARE(content.columns.size(), 2);
        QCOMPARE(content.rows.size(), 3);
        QVERIFY(content.rows[2].difference);
        for (int column = 0; column < 2; ++column) {
            QCOMPARE(content.cells[2][column].status, CellStatus::Done);
            QCOMPARE(bench_->grid.at(2, column).of.method, QString("grad_cam"));
            QCOMPARE(bench_->grid.at(2, column).minus->method, QString("saliency"));
        }
    }

    void difference_goesWithItsModelAndComesFromThoseThatAreThere() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        Session& session = bench_->session;
        session.select(model(1), "saliency");
        const Difference expected{model(1), "saliency", model(0), "saliency"};
        QCOMPARE(session.proposedDifference(), std::optional(expected));
        session.setDifference(session.proposedDifference());
        QSignalSpy changed(&session, &Session::differenceChanged);
        session.setModelShown(model(0), false);
        QCOMPARE(changed.size(), 1);
        QVERIFY(!session.difference() && !session.differenceSelected());
        QCOMPARE(bench_->grid.content().columns.size(), 1);
        session.setDifference(expected);
        QVERIFY2(!session.difference(), "a hidden model is not of the comparison");
        QVERIFY(!session.proposedDifference()->betweenModels());
    }

    void agreement_isMeasuredOfEveryPair() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        const QVector<CellRef> cells = bench_->agreements.cells();
        QCOMPARE(cells.size(), 4);
        for (const CellRef& a : cells) {
            for (const CellRef& b : cells) {
                if (a == b) continue;
                const std::vector<double> values = bench_->agreements.between(a, b);
                QCOMPARE(values.size(), agreementMeasures().size());
                QCOMPARE(bench_->agreements.between(b, a), values);
            }
        }
        QSignalSpy changed(&bench_->agreements, &Agreements::changed);
        bench_->session.setMethodEnabled("saliency", false);
        QTRY_VERIFY(!changed.isEmpty());
        QCOMPARE(bench_->agreements.cells().size(), 2);
    }
};

QTEST_MAIN(TestDifference)
#include "test_difference.moc"
