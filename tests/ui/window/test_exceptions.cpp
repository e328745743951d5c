// Whatever throws, the window lives and says what happened.
#include <QAction>
#include <QPushButton>
#include <QTimer>

#include "core/explain/method.h"
#include "core/image/decoder.h"
#include "ui/actions/actions.h"
#include "ui/grid/grid_view.h"
#include "ui/window/application.h"
#include "ui/window/message_strip.h"
#include "ui/window_fixture.h"

using namespace discern;

namespace {

/// Puts something else in a registry's place for as long as it lives.
template <typename Function>
class Replaced {
public:
    Replaced(const Function& place, Function other) : place_(const_cast<Function&>(place)), original_(place) { place_ = std::move(other); }
    ~Replaced() { place_ = original_; }
    Replaced(const Replaced&) = delete;
    Replaced& operator=(const Replaced&) = delete;

private:
    Function& place_;
    Function original_;
};

}  // namespace

class TestExceptions : public testing::WindowFixture {
    Q_OBJECT

    [[nodiscard]] QString said() const { return window_->findChild<MessageStrip*>()->message(); }
    [[nodiscard]] const CellContent& cell() const { return window_->grid().content().cells[0][0]; }

private Q_SLOTS:
    void init() {
        openWindow();
        connect(static_cast<Application*>(qApp), &Application::caught, bench_.get(), &Workbench::tell);
    }
    void cleanup() { closeWindow(); }

    void methodThatThrows_failsItsCell_data() {
        QTest::addColumn<bool>("standard");
        QTest::newRow("an exception") << true;
        QTest::newRow("something else") << false;
    }
    void methodThatThrows_failsItsCell() {
        SKIP_WITHOUT_SMALL_MODEL();
        QFETCH(bool, standard);
        const Replaced<ExplainFunction> broken(findMethod("grad_cam").run, [standard](const Problem&, Report&) -> std::vector<Attribution> {
            if (standard)
                throw std::runtime_error("the method broke");
            throw 42;
        });
        bench_->openModels({testing::smallModel()});
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(window_->grid().content().cells.size(), 1);
        QTRY_COMPARE(cell().status, CellStatus::Failed);
        QVERIFY(!cell().error.isEmpty());
        QVERIFY(window_->isVisible());
    }

    void loaderThatThrows_failsItsPicture() {
        const Decoder& png = decoders().front();
        using Decode = decltype(Decoder::decode);
        const Replaced<Decode> broken(png.decode, [](std::string_view, const std::string&) -> Decoded { throw std::runtime_error("the decoder broke"); });
        bench_->openPictures({sandbox_->picture("a.png"), sandbox_->picture("b.png")});
        for (const int id : bench_->session.work().pictures)
            QTRY_COMPARE(bench_->library.picture(id)->state, LoadState::Failed);
        QVERIFY2(said().contains("the decoder broke"), qPrintable(said()));
    }

    void slotThatThrows_isTold() {
        connect(window_->actions()["about"], &QAction::changed, window_.get(), [] { throw std::runtime_error("the slot broke"); });
        QPushButton button("throws", window_.get());
        connect(&button, &QPushButton::clicked, window_.get(), [this] { window_->actions()["about"]->setText("changed"); });
        button.show();
        QTest::mouseClick(&button, Qt::LeftButton);
        QVERIFY2(said().contains("the slot broke"), qPrintable(said()));
        window_->actions()["about"]->disconnect(window_.get());
    }

    void timerThatThrows_isTold() {
        QTimer::singleShot(0, window_.get(), [] { throw 42; });
        QTRY_VERIFY2(said().contains("unknown reason"), qPrintable(said()));
    }

    void callbackOfAJobThatThrows_isTold_andTheQueueGoesOn() {
        JobSpec job;
        job.title = "odd";
        job.work = [](Progress&) {};
        job.finished = [](const JobStatus&) { throw std::runtime_error("the callback broke"); };
        bench_->jobs.submit(std::move(job));
        QTRY_VERIFY2(said().contains("the callback broke"), qPrintable(said()));
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        bench_->openPictures({sandbox_->picture("a.png")});
        QTRY_COMPARE(bench_->library.picture(bench_->session.currentPicture())->state, LoadState::Ready);
    }

    void modelWithoutAGrid_saysSoInItsCell() {
        const QString lstm = QStringLiteral(DISCERN_TEST_DATA "/fixtures/odd/lstm_over_rows.pt");
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->openModels({lstm});
        QTRY_COMPARE(window_->grid().content().cells.size(), 1);
        QTRY_COMPARE(cell().status, CellStatus::Failed);
        QVERIFY2(cell().error.contains("grid"), qPrintable(cell().error));
    }
};

int main(int argc, char** argv) {
    Application application(argc, argv);
    TestExceptions test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_exceptions.moc"
