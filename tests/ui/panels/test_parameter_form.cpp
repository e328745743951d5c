#include "ui/panels/parameter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

using namespace discern;

class TestParameterForm : public QObject {
    Q_OBJECT

    static std::vector<Parameter> specs() {
        return {{.name = "samples", .kind = ParameterKind::Integer, .defaultValue = "1000", .help = "How many.", .minimum = 16, .maximum = 100000},
                {.name = "kernel_width", .kind = ParameterKind::Real, .defaultValue = "0.25", .help = "How wide.", .minimum = 0.01, .maximum = 10},
                {.name = "segmentation", .kind = ParameterKind::Choice, .defaultValue = "slic", .help = "Which.", .choices = {"slic", "grid"}},
                {.name = "paired", .kind = ParameterKind::Flag, .defaultValue = "true", .help = "Whether."},
                {.name = "hide", .kind = ParameterKind::Text, .defaultValue = "0", .help = "What."},
                {.name = "segments", .kind = ParameterKind::File, .help = "Replay.", .advanced = true}};
    }

private Q_SLOTS:
    void everyKindHasItsControlAtTheDefault() {
        ParameterForm form;
        form.show(specs(), {}, false);
        QCOMPARE(form.findChild<QSpinBox*>()->value(), 1000);
        QCOMPARE(form.findChild<QDoubleSpinBox*>()->value(), 0.25);
        QCOMPARE(form.findChild<QComboBox*>()->currentText(), QString("slic"));
        QVERIFY(form.findChild<QCheckBox*>()->isChecked());
        QVERIFY(form.hasAdvanced());
    }

    void edits_areReportedOnce_defaultsAsEmpty() {
        ParameterForm form;
        form.show(specs(), {}, false);
        QSignalSpy edited(&form, &ParameterForm::edited);
        form.findChild<QSpinBox*>()->setValue(2048);
        QCOMPARE(edited.takeFirst(), QVariantList({"samples", "2048"}));
        form.findChild<QSpinBox*>()->setValue(1000);
        QCOMPARE(edited.takeFirst(), QVariantList({"samples", ""}));
        form.findChild<QCheckBox*>()->click();
        QCOMPARE(edited.takeFirst(), QVariantList({"paired", "false"}));
        QVERIFY(edited.isEmpty());
    }

    void givenValues_showWithoutBeingReported() {
        ParameterForm form;
        form.show(specs(), {}, false);
        QSignalSpy edited(&form, &ParameterForm::edited);
        form.show(specs(), {{"samples", "64"}, {"segmentation", "grid"}}, false);
        QCOMPARE(form.findChild<QSpinBox*>()->value(), 64);
        QCOMPARE(form.findChild<QComboBox*>()->currentText(), QString("grid"));
        QVERIFY(edited.isEmpty());
    }

    void advancedParameters_showOnRequestOrWhenSet() {
        ParameterForm form;
        form.show(specs(), {}, false);
        QCOMPARE(form.findChildren<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly).size(), 0);
        const auto named = [&form](const QString& name) {
            for (const QLineEdit* edit : form.findChildren<QLineEdit*>())
                if (edit->accessibleName() == name)
                    return true;
            return false;
        };
        QVERIFY(!named("segments"));
        form.show(specs(), {}, true);
        QVERIFY(named("segments"));
        form.show(specs(), {{"segments", "f.npy"}}, false);
        QVERIFY(named("segments"));
    }
};

QTEST_MAIN(TestParameterForm)
#include "test_parameter_form.moc"
