#include "core/measure/metrics_document.h"

#include <QFile>
#include <QTest>
#include <set>

#include "core/measure/trust_metric.h"

using namespace discern;

class TestMetricsDocument : public QObject {
    Q_OBJECT

private slots:
    void registry_hasEveryNameOnce();
    void document_namesEveryMetricAndParameter();
    void document_isTheOneInDocs();
};

void TestMetricsDocument::registry_hasEveryNameOnce() {
    const std::set<std::string> wanted = {"deletion",
                                          "insertion",
                                          "pixel_flipping",
                                          "road",
                                          "infidelity",
                                          "sensitivity_n",
                                          "faithfulness_correlation",
                                          "max_sensitivity",
                                          "avg_sensitivity",
                                          "local_lipschitz",
                                          "relative_input_stability",
                                          "relative_output_stability",
                                          "pointing_game",
                                          "relevance_mass",
                                          "mass_lift",
                                          "relevance_rank_accuracy",
                                          "iou",
                                          "top_k_intersection",
                                          "auprc",
                                          "border_lift",
                                          "corner_lift",
                                          "text_lift",
                                          "sparseness",
                                          "entropy",
                                          "effective_complexity",
                                          "randomisation",
                                          "random_logit",
                                          "completeness"};
    std::set<std::string> found;
    for (const TrustMetric& metric : trustMetrics()) {
        QVERIFY2(found.insert(metric.name).second, metric.name.c_str());
        QVERIFY2(!metric.tells.empty() && !metric.limits.empty() && !metric.source.empty() && !metric.range.empty() &&
                     !metric.cost.empty() && metric.run != nullptr,
                 metric.name.c_str());
    }
    QVERIFY(found == wanted);
}

void TestMetricsDocument::document_namesEveryMetricAndParameter() {
    const std::string document = metricsDocument();
    for (const TrustMetric& metric : trustMetrics()) {
        QVERIFY2(document.find("### " + metric.title + "\n\n`" + metric.name + "`") != std::string::npos,
                 metric.name.c_str());
        for (const Parameter& parameter : metric.parameters)
            QVERIFY2(document.find("| `" + parameter.name + "` |") != std::string::npos, parameter.name.c_str());
    }
}

void TestMetricsDocument::document_isTheOneInDocs() {
    QFile file(DISCERN_SOURCE_DIR "/docs/metrics.md");
    QVERIFY2(file.open(QIODevice::ReadOnly), "docs/metrics.md cannot be read");
    QVERIFY2(file.readAll().toStdString() == metricsDocument(),
             "docs/metrics.md is out of date: build/release/app/discern-cli metrics --markdown > docs/metrics.md");
}

QTEST_GUILESS_MAIN(TestMetricsDocument)
#include "test_metrics_document.moc"
