#include "core/choose/report/choice_report.h"

#include <QRegularExpression>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/choose/evaluation_board.h"
#include "core/choose/presets.h"
#include "core/evaluate/calibration.h"
#include "made_evaluation.h"

using namespace discern;
using namespace discern::testing;

namespace {

QString pageOf(const Evaluation& evaluation, const std::function<void(ChoiceReport&)>& with = {}) {
    Progress progress;
    const Ranker ranker(std::make_shared<Board>(boardOf(evaluation, 200, 3, progress)));
    const std::vector<double> weights = weightsOf(weightPresets().front(), ranker.board().criteria);
    ChoiceReport report{evaluation, ranker, weights};
    if (with) with(report);
    return QString::fromStdString(renderChoiceReport(report, progress));
}

/// Elements that are open at the end, or closed without having been opened.
QStringList unbalanced(const QString& page) {
    QStringList open;
    QRegularExpressionMatchIterator tags = QRegularExpression("<(/?)([a-z0-9]+)[^>]*?(/?)>").globalMatch(page);
    while (tags.hasNext()) {
        const QRegularExpressionMatch tag = tags.next();
        const QString name = tag.captured(2);
        if (name == "meta" || !tag.captured(3).isEmpty()) continue;
        if (tag.captured(1).isEmpty())
            open << name;
        else if (open.isEmpty() || open.takeLast() != name)
            return {name + " at " + QString::number(tag.capturedStart())};
    }
    return open;
}

/// What would ask for anything outside of the page.
QStringList outside(const QString& page) {
    QStringList found;
    for (const char* word : {"<script", "src=", "href=", "url(", "@import", "http:", "https:", "<link", "<iframe", "onload"})
        if (page.contains(QLatin1String(word))) found << QLatin1String(word);
    return found;
}

void verifyWhole(const QString& page) {
    QVERIFY2(unbalanced(page).isEmpty(), qPrintable(unbalanced(page).join(", ")));
    QVERIFY2(outside(page).isEmpty(), qPrintable(outside(page).join(", ")));
    QVERIFY(!page.contains("{{") && page.endsWith("</html>\n"));
    const QRegularExpression number("[ \"(](-?nan|-?inf)[ \",)]");
    QVERIFY2(!number.match(page).hasMatch(), qPrintable(number.match(page).captured()));
}

}  // namespace

/// The report of an evaluation as one page that needs nothing else.
class TestChoiceReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheChoicePageSays() {
        Evaluation made = madePhantoms(200);
        made.set.excluded = {{"ill/broken.png", "is cut short"}};
        made.set.images[0].digest = "0123abcd";
        const QString page = pageOf(made, [](ChoiceReport& report) {
            report.state.preset = "screening";
            report.command = "discern-cli evaluate --seed 3";
            report.cards["phantom-reader-digest"] = {{"licence", "GPL-3.0"}};
        });
        verifyWhole(page);
        for (const char* words : {"phantom-reader</b> first", "It gives up", "Shortcut warning.", "First in draws", "Preset “Screening, clinician present”",
                                  "Balanced accuracy against mass lift", "(dominated)", "ROC of “lesion”", "Precision and recall of “lesion”", "Reliability",
                                  "Confusion", "Agreement of answers", "Right for the wrong reason", "lesion/1.png", "ill/broken.png", "is cut short",
                                  "Not measured", "sklearn.metrics.balanced_accuracy_score", "GPL-3.0", "not at hand", "discern-cli evaluate --seed 3",
                                  "CPU, 2 threads", "0123abcd", "%, higher is better, weight 3", "ms, lower is better"})
            QVERIFY2(page.contains(QString::fromUtf8(words)), words);
        QVERIFY(page.count("<svg") > 8);
        QCOMPARE(page.count("<h4>phantom-reader</h4>"), 1);  // its confusion
    }

    void theFiguresAreTheBoards() {
        const Evaluation made = madePhantoms(200);
        Progress progress;
        const Board board = boardOf(made, 200, 3, progress);
        const double accuracy = board.models[0].values[0].value;
        QVERIFY(pageOf(made).contains(QString("<td>%1<small>").arg(QString::number(accuracy, 'f', 1))));
        const Labelled answers(made.models[0].answers);
        int right = 0;
        for (std::size_t i = 0; i < answers.images(); ++i) right += answers.truth(i) == 1 && answers.predicted(i) == 1;
        QVERIFY(pageOf(made).contains(QRegularExpression(QString(">%1</td>").arg(right))));
    }

    void namesAreText() {
        Evaluation made = madePhantoms(40);
        const std::string evil = "<script>alert(\"1\")</script>";
        made.set.labels[1] = made.models[0].name = evil;
        for (ModelEvaluation& model : made.models) model.matched = {{"clear", "clear"}, {evil, "lesion"}};
        for (LabelledImage& image : made.set.images)
            if (image.label == "lesion") image.label = image.file = evil;
        made.set.excluded = {{evil, evil}};
        made.models[1].notes = {evil};
        const QString page = pageOf(made, [&](ChoiceReport& report) { report.command = evil; });
        verifyWhole(page);
        QVERIFY(page.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;") > 10);
    }

    void fiftyModels_hold() {
        std::vector<MadeModel> many;
        for (int i = 0; i < 50; ++i)
            many.push_back({.name = numbered("network-of-a-long-name-", static_cast<std::size_t>(i)), .accuracy = 0.6 + 0.007 * i, .latency = 1.0 + i});
        const QString page = pageOf(madeEvaluation(60, many));
        verifyWhole(page);
        QVERIFY(page.contains("The first 12 of 50 models by the ranking are shown."));
        for (int i = 0; i < 50; ++i) QVERIFY(page.contains(QString("<th scope=\"row\">network-of-a-long-name-%1</th>").arg(i)));
        QVERIFY(page.size() < 2'000'000);
    }

    void oneModel_oneClass_noInterval_hold() {
        verifyWhole(pageOf(madeEvaluation(10, {{.name = "only"}})));
        Evaluation one = madeEvaluation(10, {{.name = "a"}, {.name = "b"}});
        one.set.labels = {"clear"};
        for (LabelledImage& image : one.set.images) image.label = "clear";
        for (ModelEvaluation& model : one.models) model.answers.truth.assign(10, 0);
        const QString page = pageOf(one);
        verifyWhole(page);
        QVERIFY(page.contains("All images are of one class"));
        Evaluation silent = madeEvaluation(4, {{.name = "a"}, {.name = "silent"}});
        ModelEvaluation& none = silent.models[1];
        none.images.clear();
        none.trust.clear();
        none.answers.truth.clear();
        none.answers.probabilities = cv::Mat(0, 2, CV_64FC1);
        none.notes = {"It answers every image with NaN."};
        none.cost = {};
        const QString half = pageOf(silent);
        verifyWhole(half);
        QVERIFY(half.contains("no value, see below") && half.contains("it answered no image"));
        verifyWhole(pageOf(madeEvaluation(1, {{.name = "a"}, {.name = "b"}})));
    }

    void foldersAreNotTold() {
        Evaluation made = madePhantoms(40);
        made.set.folder = "/data/hospital of anna & co/scans";
        made.set.excluded = {{"a.png", "/data/hospital of anna & co/scans/a.png is cut short"}};
        made.models[0].notes = {"/srv/models/anna/net.pt could not be timed."};
        const QString page = pageOf(made, [](ChoiceReport& report) {
            report.folders = {"/srv/models/anna"};
            report.command = "discern-cli evaluate --model /srv/models/anna/net.pt";
        });
        QVERIFY(!page.contains("anna"));
        QVERIFY(page.contains("a.png is cut short") && page.contains("net.pt could not be timed."));
        QVERIFY(page.contains("discern-cli evaluate --model net.pt"));
    }

    void severalLabels_haveCountsInsteadOfConfusion() {
        const QString page = pageOf(severalLabels());
        QVERIFY(page.contains(kNoCalibration));
        verifyWhole(page);
        for (const char* words : {"3 labels, several an image", "Mean average precision", "Hamming loss", "falsely given", "often wholly right", "ROC of “dog”",
                                  "Images that miss one of their labels"})
            QVERIFY2(page.contains(QString::fromUtf8(words)), words);
        QVERIFY(!page.contains("Reliability") && !page.contains("Rows are the truth"));
        // cat: 6 of 12 have it, one of which is missed.
        QVERIFY(page.contains(QRegularExpression("1  cat</th>\\s*<td[^>]*>5</td>\\s*<td[^>]*>1</td>\\s*<td[^>]*>0</td>\\s*<td[^>]*>6</td>")));
    }
};

QTEST_GUILESS_MAIN(TestChoiceReport)
#include "test_choice_report.moc"
