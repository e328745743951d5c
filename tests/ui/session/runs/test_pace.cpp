#include "ui/session/runs/pace.h"

#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestPace : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    [[nodiscard]] ExplainRequest request(const char* method, std::map<std::string, std::string> parameters = {}) const {
        ExplainRequest request;
        request.model = bench_->library.model(bench_->session.work().models[0].id)->model;
        request.method = method;
        request.parameters = std::move(parameters);
        return request;
    }
    static Speed hundredASecond() {
        Speed speed;
        speed.imagesPerSecond.median = 100.0;
        return speed;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_ = std::make_unique<Workbench>();
        bench_->session.addModels({testing::smallModel()});
        QTRY_VERIFY(bench_->library.model(bench_->session.work().models[0].id)->model);
    }
    void cleanupTestCase() { bench_.reset(); }

    void evaluationsAsked_timesTheModelsSpeed() {
        const Pace pace;
        QCOMPARE(pace.expectedSeconds(request("lime", {{"samples", "200"}}), hundredASecond()), 2.0);
        QCOMPARE(pace.expectedSeconds(request("rise", {{"samples", "4000"}}), hundredASecond()), 40.0);
        QCOMPARE(pace.expectedSeconds(request("integrated_gradients", {{"steps", "50"}}), hundredASecond()), 1.5);
        QCOMPARE(pace.expectedSeconds(request("grad_cam"), hundredASecond()), 0.03);
    }

    void methodsWithoutACount_countWhatTheyTry() {
        const Pace pace;
        const auto model = request("occlusion").model;
        const double channels = static_cast<double>(model->layer("last").shape[1]);
        QCOMPARE(pace.expectedSeconds(request("score_cam"), hundredASecond()), channels / 100.0);
        QCOMPARE(pace.expectedSeconds(request("score_cam", {{"channels", "5"}}), hundredASecond()), 0.05);
        const double fine = pace.expectedSeconds(request("occlusion", {{"window", "8"}, {"stride", "2"}}), hundredASecond());
        const double coarse = pace.expectedSeconds(request("occlusion", {{"window", "8"}, {"stride", "8"}}), hundredASecond());
        QVERIFY(fine > 5.0 * coarse);
    }

    void whatWasMeasured_countsMoreThanWhatIsEstimated_untilForgotten() {
        Pace pace;
        Attribution result;
        result.evaluations = 100;
        result.seconds = 50.0;
        const ExplainRequest lime = request("lime", {{"samples", "200"}});
        QVERIFY(!pace.latest("lime"));
        pace.note(lime, result);
        QCOMPARE(pace.expectedSeconds(lime, hundredASecond()), 100.0);
        result.seconds = 5.0;
        pace.note(lime, result);
        QCOMPARE(pace.expectedSeconds(lime, hundredASecond()), 10.0);
        QCOMPARE(pace.latest("lime"), std::optional(5.0));
        pace.forget();
        QVERIFY(!pace.latest("lime"));
        QCOMPARE(pace.expectedSeconds(lime, hundredASecond()), 2.0);
    }

    void withoutASpeed_theModelsSizeTells() {
        const Pace pace;
        const double small = pace.expectedSeconds(request("lime", {{"samples", "100"}}), {});
        QVERIFY(small > 0.0);
        QCOMPARE(pace.expectedSeconds(request("lime", {{"samples", "1000"}}), {}), 10.0 * small);
    }
};

QTEST_MAIN(TestPace)
#include "test_pace.moc"
