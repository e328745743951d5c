#include <QPushButton>
#include <QSignalSpy>

#include "core/model/tensorflow_model.h"
#include "ui/session/files/file_kind.h"
#include "ui/window/message_strip.h"
#include "ui/window_fixture.h"

using namespace discern;

/// Models of TensorFlow: offered, turned into ONNX by a script, opened. The script here is a small one that copies a network.
class TestTensorflow : public testing::WindowFixture {
    Q_OBJECT

    void writeScript(const QByteArray& code) {
        QFile script(sandbox_->path("export.py"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(code);
    }
    [[nodiscard]] MessageStrip* strip() const { return window_->findChild<MessageStrip*>(); }
    [[nodiscard]] QPushButton* remedy() const {
        for (QPushButton* button : strip()->findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == "Turn into ONNX") return button;
        return nullptr;
    }

private Q_SLOTS:
    void init() {
        openWindow();
        qputenv("DISCERN_SCRIPTS", sandbox_->path("").toUtf8());
    }
    void cleanup() {
        closeWindow();
        qunsetenv("DISCERN_SCRIPTS");
    }

    void aKerasFile_isOfferedAndOpensAsOnnx() {
        const QString fixture = QStringLiteral(DISCERN_TEST_DATA "/reference/keras/labels.onnx");
        writeScript("import shutil, sys\nprint('== [2/4] Turning it into ONNX', flush=True)\nshutil.copy('" + fixture.toUtf8() + "', sys.argv[3])\n");
        const QString keras = sandbox_->file("lungs.keras", "PK\x03\x04 a zip");
        (void)sandbox_->file("lungs.onnx", "another's");
        bench_->open({keras});
        QTRY_VERIFY(remedy());
        QVERIFY(bench_->session.work().models.isEmpty());
        QTest::mouseClick(remedy(), Qt::LeftButton);
        QTRY_COMPARE(bench_->session.work().models.size(), 1);
        QCOMPARE(bench_->library.model(bench_->session.work().models[0].id)->source, sandbox_->path("lungs-2.onnx"));
        QFile other(sandbox_->path("lungs.onnx"));
        QVERIFY(other.open(QIODevice::ReadOnly) && other.readAll() == "another's");
        QTRY_VERIFY(bench_->library.model(bench_->session.work().models[0].id)->model != nullptr);
    }

    void whatTheScriptSaysOfAFailure_isTold() {
        writeScript("import sys\nprint('export.py: lungs.pb has no input that is a picture.', file=sys.stderr)\nsys.exit(1)\n");
        bench_->open({sandbox_->file("lungs.pb", "x")});
        QTRY_VERIFY(remedy());
        QSignalSpy told(bench_.get(), &Workbench::message);
        QTest::mouseClick(remedy(), Qt::LeftButton);
        QTRY_VERIFY(!told.isEmpty());
        QVERIFY2(told.first().first().toString().contains("no input that is a picture"), qPrintable(told.first().first().toString()));
        QVERIFY(bench_->session.work().models.isEmpty());
    }

    void aSavedModel_isOneModelAndNoFolderOfPictures() {
        QDir().mkpath(sandbox_->path("net/variables"));
        (void)sandbox_->file("net/saved_model.pb", "x");
        QVERIFY(isTensorflowModel(sandbox_->path("net").toStdString()));
        QCOMPARE(kindOf(sandbox_->path("net")), FileKind::Model);
        QCOMPARE(kindOf(sandbox_->file("elsewhere.h5", "x")), FileKind::Model);
        QCOMPARE(kindOf(sandbox_->path("net/variables")), FileKind::Folder);
        QCOMPARE(conversionStep("== [3/4] Writing net.onnx").fraction.value(), 0.5);
        QCOMPARE(conversionStep("== Installing TensorFlow").words, QString("Installing TensorFlow"));
    }
};

QTEST_MAIN(TestTensorflow)
#include "test_tensorflow.moc"
