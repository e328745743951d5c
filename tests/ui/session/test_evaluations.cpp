#include "ui/session/evaluations.h"

#include "core/store/workspace.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

/// An evaluation that was kept: whose it is, and what was asked for.
class TestEvaluations : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::Sandbox> sandbox_;
    std::unique_ptr<Workbench> bench_;

private Q_SLOTS:
    void init() {
        sandbox_ = std::make_unique<testing::Sandbox>();
        qputenv("XDG_DATA_HOME", sandbox_->path("home").toUtf8());
        QSettings().clear();
        QDir().mkpath(sandbox_->path("work"));
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() {
        bench_.reset();
        sandbox_.reset();
    }

    void modelsOfOneName_areToldApartByTheirFiles() {
        SKIP_WITHOUT_SMALL_MODEL();
        for (const char* net : {"shapes-cnn", "shapes-shortcut"}) {
            const QString file = sandbox_->path(QString("work/%1.pt").arg(net));
            QVERIFY(QFile::copy(testing::smallModel(QString("%1.pt").arg(net)), file));
            static_cast<void>(sandbox_->file(QString("work/%1.card.json").arg(net), R"({"name": "twin", "input": {"size": [64, 64]}})"));
            bench_->session.addModels({file});
        }
        const auto read = [this](const ModelChoice& model) { return bench_->library.model(model.id)->model != nullptr; };
        QTRY_VERIFY(std::ranges::all_of(bench_->session.work().models, read));
        Evaluation evaluation;
        for (const ModelChoice& choice : bench_->session.work().models) {
            const Model& model = *bench_->library.model(choice.id)->model;
            QCOMPARE(model.name(), std::string("twin"));
            evaluation.models.emplace_back().digest = model.sha256();
            evaluation.models.back().name = evaluation.models.size() == 1 ? "twin" : "twin (2)";
        }
        bench_->evaluations.restore({}, std::make_shared<Evaluation>(evaluation));
        QCOMPARE(bench_->evaluations.stale(), QStringList());
        evaluation.models[0].digest = "of another file";
        bench_->evaluations.restore({}, std::make_shared<Evaluation>(evaluation));
        QCOMPARE(bench_->evaluations.stale().size(), 1);
    }

    void orderOfAnEvaluation_isReadAsFarAsItCanBe() {
        EvaluationOrder order;
        order.dataset = sandbox_->path("work/photos");
        order.mapping = sandbox_->path("work/mapping.json");
        order.labels = {{"rund", "disc"}};
        order.sample = 7;
        const auto kept = Workspace::temporary();
        kept->setState("evaluation", toJson(order, sandbox_->path("work")).dump());
        QCOMPARE(Evaluations::keptIn(*kept, sandbox_->path("work")).first, order);
        QVERIFY(!Evaluations::keptIn(*kept, sandbox_->path("work")).second);
        kept->setState("evaluation", "{\"sample\": -4, \"labels\": [1]}");
        QCOMPARE(Evaluations::keptIn(*kept, {}).first.sample, EvaluationOrder().sample);
    }
};

QTEST_MAIN(TestEvaluations)
#include "test_evaluations.moc"
