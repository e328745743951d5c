#include "ui/charts/agreement_model.h"

#include <QAbstractItemModelTester>
#include <QtTest>
#include <cmath>

using namespace discern;

namespace {

AgreementData twoMaps(double value) {
    AgreementData data;
    for (int model = 0; model < 2; ++model) data.maps.append({{QStringLiteral("net-%1").arg(model), model}, "LIME"});
    const double nan = std::nan("");
    data.measures.append({"Spearman's ρ", "ranks", -1, 1, {{nan, value}, {value, nan}}});
    return data;
}

}  // namespace

class TestAgreementModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figures_haveTwoDecimalsAndATrueMinus() {
        QCOMPARE(agreementFigure(-0.504), QString("−0.50"));
        QCOMPARE(agreementFigure(-0.001), QString("0.00"));
        QCOMPARE(agreementFigure(1.0), QString("1.00"));
    }

    void pairs_areToldWithTheirNames() {
        AgreementModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.show(twoMaps(0.25), 0);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, 0).data().toString(), QString("0.25"));
        QVERIFY(model.index(1, 1).data().toString().isEmpty());
        QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(),
                 QString("LIME of net-1 and LIME of net-0: Spearman's ρ 0.25"));
        QVERIFY(!model.index(0, 1).data(AgreementModel::ChosenRole).toBool());
    }

    void pairOfDifferentClasses_saysSo() {
        AgreementModel model;
        AgreementData data = twoMaps(0.25);
        data.maps[0].explained = "tabby";
        data.maps[1].explained = "tabby";
        model.show(data, 0);
        QVERIFY(!model.index(1, 0).data(AgreementModel::DifferentRole).toBool());
        data.maps[1].explained = "tiger cat";
        model.show(data, 0);
        QVERIFY(model.index(1, 0).data(AgreementModel::DifferentRole).toBool());
        QCOMPARE(model.index(1, 0).data(Qt::ToolTipRole).toString(),
                 QString("LIME of net-1 and LIME of net-0: Spearman's ρ 0.25; of different classes: tiger cat and tabby"));
    }

    void newValues_keepTheTable() {
        AgreementModel model;
        model.show(twoMaps(0.25), 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        AgreementData data = twoMaps(std::nan(""));
        data.chosenRow = 1;
        data.chosenColumn = 0;
        model.show(data, 0);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(1, 0).data().toString(), QString("–"));
        QVERIFY(model.index(0, 1).data(AgreementModel::ChosenRole).toBool());
    }
};

QTEST_MAIN(TestAgreementModel)
#include "test_agreement_model.moc"
