#include "ui/panels/parameter_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

using namespace discern;

class TestParameterForm : public QObject {
    Q_OBJECT

    static std::string whyNotHidden(const std::string& value) {
        return value == "mean" ? "" : "does not fit: give 0 or mean";
    }
    static QLineEdit* named(const ParameterForm& form, const QString& name) {
        for (QLineEdit* edit : form.findChildren<QLineEdit*>())
            if (edit->accessibleName() == name) return edit;
        return nullptr;
    }
    /// What is said in the warning colour.
    static QString refusal(const ParameterForm& form) {
        QStringList words;
        for (const QLabel* label : form.findChildren<QLabel*>())
            if (label->property("role") == "warning" && label->isVisible()) words += label->text();
        return words.join(' ');
    }
    static void type(QWidget* field, const QString& text) {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    static void show(ParameterForm& form) {
        form.show(specs(), {}, true);
        static_cast<QWidget&>(form).show();
        QVERIFY(QTest::qWaitForWindowActive(&form));
    }

    static std::vector<Parameter> specs() {
        return {{.name = "samples", .kind = ParameterKind::Integer, .defaultValue = "1000", .help = "How many.", .minimum = 16, .maximum = 100000},
                {.name = "kernel_width", .kind = ParameterKind::Real, .defaultValue = "0.25", .help = "How wide.", .minimum = 0.01, .maximum = 10},
                {.name = "segmentation", .kind = ParameterKind::Choice, .defaultValue = "slic", .help = "Which.", .choices = {"slic", "grid"}},
                {.name = "paired", .kind = ParameterKind::Flag, .defaultValue = "true", .help = "Whether."},
                {.name = "hide", .kind = ParameterKind::Text, .defaultValue = "0", .help = "What.", .refusal = &whyNotHidden},
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

    void textThatIsNotTaken_isRefusedWhereItIsTyped() {
        ParameterForm form;
        show(form);
        QSignalSpy edited(&form, &ParameterForm::edited);
        QLineEdit* hide = named(form, "hide");
        type(hide, "bluu");
        QVERIFY(edited.isEmpty());
        QVERIFY(hide->property("wrong").toBool());
        QCOMPARE(refusal(form), QString("'bluu' does not fit: give 0 or mean. 0 stays in force."));
        form.show(specs(), {}, true);
        QCOMPARE(hide->text(), QString("bluu"));
        type(hide, "mean");
        QVERIFY(!hide->property("wrong").toBool());
        QVERIFY(refusal(form).isEmpty());
        QCOMPARE(edited.last(), QVariantList({"hide", "mean"}));
    }

    void fileThatIsNotThere_isRefused_untilTheValueIsTakenBack() {
        ParameterForm form;
        show(form);
        QSignalSpy edited(&form, &ParameterForm::edited);
        type(named(form, "segments"), "/no/such/file.npy");
        QVERIFY(edited.isEmpty());
        QVERIFY2(refusal(form).contains("There is no file"), qPrintable(refusal(form)));
        form.show(specs(), {{"segments", "f.npy"}}, true);
        QVERIFY(refusal(form).isEmpty());
        QCOMPARE(named(form, "segments")->text(), QString("f.npy"));
    }

    void numberOutOfRange_isRefusedAndTheOldOneStays() {
        ParameterForm form;
        show(form);
        QSignalSpy edited(&form, &ParameterForm::edited);
        auto* samples = form.findChild<QSpinBox*>();
        type(samples, "5");
        QVERIFY(edited.isEmpty());
        QCOMPARE(samples->value(), 1000);
        QVERIFY(samples->property("wrong").toBool());
        QVERIFY2(refusal(form).contains("'5' does not fit; give a whole number from 16"), qPrintable(refusal(form)));
        type(samples, "64");
        QCOMPARE(edited.last(), QVariantList({"samples", "64"}));
        QVERIFY(refusal(form).isEmpty() && !samples->property("wrong").toBool());
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
