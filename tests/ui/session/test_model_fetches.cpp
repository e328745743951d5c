#include "ui/session/model_fetches.h"

#include <nlohmann/json.hpp>

#include "core/model/model.h"
#include "core/model/zoo.h"
#include "ui/support.h"

using namespace discern;

/// What the script that fetches models says, and what the manifest says of models.
class TestModelFetches : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

    static QString readText(const char* name) {
        QFile file(QDir(QStringLiteral(DISCERN_SOURCE_DIR)).filePath(name));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    /// models/get.sh with a data folder of its own.
    struct Ended {
        int code = -1;
        QString said;
    };
    [[nodiscard]] Ended get(const QStringList& names) const {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_DATA_HOME", sandbox_.path("data"));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start("bash", QStringList(QStringLiteral(DISCERN_SOURCE_DIR "/models/get.sh")) + names);
        process.waitForFinished(60000);
        return {process.exitCode(), QString::fromUtf8(process.readAll())};
    }

private Q_SLOTS:
    void theReader_placesADownloadInTheWhole() {
        const auto read = fetchReader();
        QCOMPARE(read("@ 0.2 0.6").fraction.value(), 0.2);
        QCOMPARE(read("== Fetching net.whl").words, QString("Fetching net.whl"));
        QCOMPARE(read("########        50.0%").fraction.value(), 0.4);
        QCOMPARE(read("##############100.0%").fraction.value(), 0.6);
        const ProcessStep other = read("curl: (6) no such host");
        QVERIFY(!other.fraction && other.words.isEmpty());
    }

    void everyFileOfTheManifest_hasTheChecksumThatDownloadsAreHeldAgainst() {
        const QStringList downloads = readText("models/downloads.txt").split('\n');
        for (const ZooModel& model : zooModels()) {
            QVERIFY2(!model.source.empty() && !model.licence.empty() && !model.trainedOn.empty(), model.name.c_str());
            QVERIFY2(model.bytesToFetch() > 0, model.name.c_str());
            for (const ZooFile& file : model.fetched) {
                if (!QString::fromStdString(file.name).endsWith(".whl")) continue;
                const QString line = QString::fromStdString(file.sha256 + " " + file.name);
                QVERIFY2(std::ranges::any_of(downloads, [&](const QString& one) { return one.endsWith(line); }), file.name.c_str());
            }
        }
    }

    void medicalModels_sayThatTheyAreForDemonstration() {
        for (const char* name : {"brain-mri-vgg16", "phantom-reader", "phantom-cheat", "phantom-weak"}) {
            const ZooModel* model = findZooModel(name);
            QVERIFY2(model && QString::fromStdString(model->use).contains("demonstration"), name);
        }
    }

    void aPhantom_isCopiedAndOpens() {
        const Ended ended = get({"phantom-weak"});
        QVERIFY2(ended.code == 0, qPrintable(ended.said));
        const QString file = sandbox_.path("data/discern/models/phantom-weak.pt");
        Progress progress;
        const auto model = Model::load(file.toStdString(), progress);
        QCOMPARE(model->name(), std::string("phantom-weak"));
        QCOMPARE(static_cast<std::int64_t>(findZooModel("phantom-weak")->parameters), model->complexity().parameters);
        QCOMPARE(static_cast<std::int64_t>(findZooModel("phantom-weak")->macs), model->complexity().macs);
        QVERIFY(get({"phantom-weak"}).said.contains("is there already"));
    }

    void aNameThatIsNone_isRefused() {
        const Ended ended = get({"nothing"});
        QVERIFY(ended.code != 0);
        QVERIFY2(ended.said.contains("no model nothing in models/zoo.json"), qPrintable(ended.said));
    }

    void theScript_liesBesideTheSource() {
        // This test runs two folders below the build's root, as the programs do.
        qputenv("DISCERN_SCRIPTS", QByteArray(DISCERN_SOURCE_DIR) + "/models");
        QCOMPARE(QDir(scriptFile("get.sh")).canonicalPath(), QDir(QStringLiteral(DISCERN_SOURCE_DIR "/models/get.sh")).canonicalPath());
        qunsetenv("DISCERN_SCRIPTS");
        QVERIFY2(scriptFile("get.sh").endsWith("models/get.sh"), qPrintable(scriptFile("get.sh")));
    }
};

QTEST_GUILESS_MAIN(TestModelFetches)
#include "test_model_fetches.moc"
