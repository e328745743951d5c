#include <QTemporaryDir>
#include <QtTest>

#include "core/choose/evaluation_board.h"
#include "core/choose/galleries.h"
#include "core/choose/ranking.h"
#include "core/choose/reasons.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/model/model.h"

using namespace discern;

namespace {

constexpr const char* kPhantom = DISCERN_SOURCE_DIR "/models/phantom/";
constexpr int kOfEach = 8;

/// The first few of the ill, who have the letter, and of the healthy, who have not.
void copySome(const QString& folder) {
    for (const char* label : {"ill", "healthy"}) {
        const QDir from(QString(kPhantom) + "confounded/" + label);
        QVERIFY(QDir(folder).mkdir(label));
        int copied = 0;
        for (const QString& name : from.entryList({"*.png"}, QDir::Files, QDir::Name))
            if (!name.endsWith(".mask.png") && copied++ < kOfEach) QVERIFY(QFile::copy(from.filePath(name), folder + "/" + label + "/" + name));
    }
}

EvaluationRequest requestFor(const QString& folder) {
    Progress progress;
    EvaluationRequest request;
    for (const char* name : {"reader", "cheat"}) request.models.push_back(Model::load(std::string(kPhantom) + "phantom-" + name + ".pt", progress));
    request.set = readLabelledSet(folder.toStdString(), {});
    request.methods = {{"integrated_gradients"}, {"grad_cam"}};
    request.metrics = {{"text_lift"}};
    request.baselines = false;
    request.cost = false;
    request.compute = {Device::Cpu, Precision::Fp32};
    return request;
}

}  // namespace

/// Of two networks that are as accurate, the one that reads the letter is warned of.
class TestPhantomLetter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOneThatReadsTheLetterIsWarnedOf() {
        const QTemporaryDir folder;
        copySome(folder.path());
        Progress progress;
        const Evaluation evaluation = evaluate(requestFor(folder.path()), nullptr, progress);
        const auto board = std::make_shared<const Board>(boardOf(evaluation, 200, 1, progress));
        const std::vector<ShortcutWarning> warnings = shortcutWarnings(evaluation, *board);
        QCOMPARE(warnings.size(), std::size_t{1});
        QCOMPARE(warnings[0].model, std::size_t{1});
        QCOMPARE(warnings[0].where, std::string(kOnText));
        QVERIFY2(warnings[0].lift > 5.0, qPrintable(QString::number(warnings[0].lift)));
        QCOMPARE(warnings[0].explained, std::size_t{2 * kOfEach});
        QVERIFY(warnings[0].defined >= kOfEach - 1 && warnings[0].defined <= kOfEach + 1);

        const Ranker ranker(board);
        const std::vector<double> weights(board->criteria.size(), 1.0);
        const std::string text = plainText(reasonsOf(ranker, weights, ranker.rank(weights), warnings));
        qInfo("%s", text.c_str());
        QVERIFY(QString::fromStdString(text).contains("For phantom-cheat, attribution on burned-in text exceeds chance ("));
        QVERIFY(QString::fromStdString(text).contains(QString("text was found in %1 of 16 explained images").arg(warnings[0].defined)));
    }
};

QTEST_GUILESS_MAIN(TestPhantomLetter)
#include "test_phantom_letter.moc"
