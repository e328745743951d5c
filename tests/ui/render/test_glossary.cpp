#include "ui/render/glossary.h"

#include <QPainter>
#include <QtTest>

#include "ui/render/color_bar.h"
#include "ui/render/colormap.h"
#include "ui/theme/theme.h"

using namespace discern;

class TestGlossary : public QObject {
    Q_OBJECT

    static QImage painted(const ValueRange& range, const QString& clipping, const QSize& size) {
        ColorBar bar;
        bar.colors = &findColorMap("inferno");
        bar.range = range;
        bar.unit = "Δ logit";
        bar.policy = "range of this map";
        bar.clipping = clipping;
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::black);
        QPainter painter(&image);
        paintUprightColorBar(painter, image.rect(), bar, {Qt::white, Qt::gray, figureFont(0.8), 8.0});
        return image;
    }

private Q_SLOTS:
    void terms_areExplainedOnce() {
        const QStringList found = glosses("Δ logit\nΣ 7.31 = f(x) − f(∅)\n± 0.04, top 5 stable");
        QCOMPARE(found.size(), 4);
        QVERIFY(found[0].contains("add up"));
        QVERIFY(found[1].contains("raw score"));
        QVERIFY(found[2].startsWith("±"));
        QVERIFY(found[3].startsWith("Stable"));
    }

    void longerTerms_areNotTakenForWhatTheyContain() {
        QCOMPARE(glosses("Δ probability").size(), 1);
        QVERIFY(glosses("top 5 not stable yet").first().contains("may still change"));
        QCOMPARE(glosses("top 5 not stable yet").size(), 1);
        QCOMPARE(glosses("|∂ logit / ∂ input|").size(), 1);
        QCOMPARE(glosses("Σ 7.10 of 7.31").size(), 1);
        QVERIFY(glosses("nothing technical").isEmpty());
    }

    void tip_keepsWhatItExplains() {
        const QString tip = tipWithGlosses({"R² 0.71"});
        QVERIFY(tip.contains("R² 0.71") && tip.contains("follows the network"));
        QVERIFY(tipWithGlosses({}).isEmpty());
    }

    void clipping_isStatedInTheLowestBar() {
        const QSize lowest(50, 60);
        const ValueRange whole{0.0, 2.0, 100.0, 0.0};
        const ValueRange clipped{0.0, 2.0, 99.0, 0.0};
        QVERIFY(painted(whole, {}, lowest) != painted(clipped, "strongest 1 % clipped", lowest));
    }
};

QTEST_MAIN(TestGlossary)
#include "test_glossary.moc"
