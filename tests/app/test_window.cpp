#include <QImage>
#include <QProcess>

#include "core/error.h"
#include "core/store/workspace.h"
#include "ui/session/workspace_state.h"
#include "ui/support.h"

using discern::ErrorKind;
using discern::testing::Sandbox;
using discern::testing::smallModel;

class TestWindow : public QObject {
    Q_OBJECT

    Sandbox sandbox_;

    struct Result {
        int code = -1;
        QString errors;
    };
    Result run(const QStringList& arguments) {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_CONFIG_HOME", sandbox_.path("config"));
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        program.setProcessEnvironment(environment);
        program.start(DISCERN_WINDOW, arguments);
        const bool finished = program.waitForFinished(120000);
        return {finished ? program.exitCode() : -1, QString::fromUtf8(program.readAllStandardError())};
    }

private Q_SLOTS:
    void screenshot_showsTheFinishedWindow() {
        SKIP_WITHOUT_SMALL_MODEL();
        const QString png = sandbox_.path("window.png");
        const Result result = run({"--model", smallModel(), "--method", "grad_cam", "--method", "integrated_gradients", "--screenshot", png,
                                   sandbox_.picture("a.png")});
        QCOMPARE(result.code, 0);
        const QImage image(png);
        QCOMPARE(image.size(), QSize(1440, 900));
    }

    void workspaceOnTheCommandLine_isOpened_andOneThatIsNoneIsAnInputError() {
        SKIP_WITHOUT_SMALL_MODEL();
        const QString file = sandbox_.path("lungs.discern");
        {
            discern::WorkspaceState state;
            state.work.pictures = {{sandbox_.picture("a.png"), {}}};
            state.work.models = {{{smallModel(), {}}}};
            state.work.methods = {{"grad_cam", true, {}}};
            discern::Workspace::open(file.toStdString())->setState("window", toJson(state).dump());
        }
        QCOMPARE(run({file, "--screenshot", sandbox_.path("window.png")}).code, 0);
        const auto after = discern::Workspace::open(file.toStdString());
        QCOMPARE(after->mapKeys().size(), std::size_t{1});
        const Result refused = run({sandbox_.file("letter.discern", "dear diary, today was a day"), "--screenshot", sandbox_.path("x.png")});
        QCOMPARE(refused.code, static_cast<int>(ErrorKind::Input));
        QVERIFY2(refused.errors.contains("letter.discern is no workspace"), qPrintable(refused.errors));
        QCOMPARE(run({file, "b.discern"}).code, static_cast<int>(ErrorKind::Usage));
    }

    void unknownMethod_isWrongUsage() {
        const Result result = run({"--method", "no_such_method"});
        QCOMPARE(result.code, static_cast<int>(ErrorKind::Usage));
        QVERIFY2(result.errors.contains("no_such_method"), qPrintable(result.errors));
    }

    void unknownOption_isWrongUsage() { QCOMPARE(run({"--workspace-of-dreams"}).code, static_cast<int>(ErrorKind::Usage)); }

    void unreadablePicture_isAnInputError() {
        const Result result = run({"--screenshot", sandbox_.path("x.png"), sandbox_.file("text.jpg", "words")});
        QCOMPARE(result.code, static_cast<int>(ErrorKind::Input));
        QVERIFY2(result.errors.contains("text.jpg"), qPrintable(result.errors));
    }

    void brokenModel_isAModelError() {
        const Result result = run({"--model", sandbox_.file("empty.pt", {}), "--screenshot", sandbox_.path("x.png"), sandbox_.picture("a.png")});
        QCOMPARE(result.code, static_cast<int>(ErrorKind::Model));
        QVERIFY2(result.errors.contains("empty.pt"), qPrintable(result.errors));
    }

    void screenshotThatCannotBeWritten_isARunError() {
        const Result result = run({"--screenshot", "/dev/null/x.png"});
        QCOMPARE(result.code, static_cast<int>(ErrorKind::Run));
        QVERIFY2(result.errors.contains("/dev/null"), qPrintable(result.errors));
    }
};

QTEST_MAIN(TestWindow)
#include "test_window.moc"
