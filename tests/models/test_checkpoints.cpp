#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

/// models/architectures.py against a stand-in for torch, which the tests do not need otherwise: it reads pickles as
/// torch.load does, any pickle where weights_only is not asked for.
class TestCheckpoints : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    void write(const QString& name, const QByteArray& text) const {
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    /// What a script that sees architectures.py and the stand-in prints.
    [[nodiscard]] QString printed(const QString& script) const {
        QProcess python;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("PYTHONPATH", folder_.path() + ":" DISCERN_SOURCE_DIR "/models");
        environment.insert("PYTHONDONTWRITEBYTECODE", "1");
        python.setProcessEnvironment(environment);
        python.setWorkingDirectory(folder_.path());
        python.setProcessChannelMode(QProcess::MergedChannels);
        python.start("python3", {"-c", script});
        return python.waitForFinished(60'000) ? QString::fromUtf8(python.readAll()).trimmed() : python.errorString();
    }

private Q_SLOTS:
    void initTestCase() {
        write("torch.py", R"(import pickle

class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError("Weights only load failed. Unsupported global: " + module + "." + name)

def load(file, map_location=None, weights_only=False):
    with open(file, "rb") as stream:
        return (Plain if weights_only else pickle.Unpickler)(stream).load()

def is_tensor(value):
    return False
)");
        // A pickle that leaves a file behind where it is opened as any pickle.
        const QString made = printed(R"(
import os, pickle
class Code:
    def __reduce__(self):
        return (os.mkdir, ("it_ran",))
pickle.dump(Code(), open("code.pt", "wb"))
pickle.dump({"weight": [1.0, 2.0]}, open("weights.pt", "wb"))
print("made"))");
        QCOMPARE(made, QString("made"));
    }

    void weights_areRead() {
        QCOMPARE(printed("import architectures; print(architectures.read_checkpoint('weights.pt'))"),
                 QString("{'weight': [1.0, 2.0]}"));
    }

    void codeInAPickle_isRefusedAndDoesNotRun() {
        const QString told = printed(R"(
import architectures
try:
    architectures.read_checkpoint("code.pt")
except architectures.Unavailable as error:
    print(error))");
        QVERIFY2(told.startsWith("code.pt holds more than weights"), qPrintable(told));
        QVERIFY2(told.contains("--trust-pickle") && !told.contains('\n'), qPrintable(told));
        QVERIFY2(!QFileInfo::exists(folder_.filePath("it_ran")), "the pickle's code was run");
    }

    void trustedPickles_areRead() {
        QCOMPARE(printed("import architectures; architectures.trust_pickles = True;"
                         "print(architectures.read_checkpoint('code.pt'))"),
                 QString("None"));
        QVERIFY(QFileInfo::exists(folder_.filePath("it_ran")));
    }

    /// No other way of reading a pickle stands beside that one.
    void onlyOneFunction_readsCheckpoints() {
        for (const char* name : {"architectures.py", "export.py"}) {
            QFile file(QString(DISCERN_SOURCE_DIR "/models/") + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QCOMPARE(text.count("torch.load("), text.count("torch.load(file, map_location=\"cpu\", weights_only="));
            QVERIFY(!text.contains("pickle.load"));
        }
    }
};

QTEST_GUILESS_MAIN(TestCheckpoints)
#include "test_checkpoints.moc"
