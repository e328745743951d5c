#include "cardless_models.h"
// After LibTorch's headers.
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include "ui/actions/actions.h"
#include "ui/dialogs/card_form.h"
#include "ui/window/message_strip.h"
#include "ui/window_fixture.h"

using namespace discern;

/// The form that asks how pictures enter a model without a card, in the window, with real events.
class TestCardForm : public testing::WindowFixture {
    Q_OBJECT

    [[nodiscard]] QString cardless(const QString& name, int channels = 3, int side = 0) const {
        testing::writeCardlessModel(sandbox_->path(name).toStdString(), channels, 5, side);
        return sandbox_->path(name);
    }
    /// Null while there is none.
    [[nodiscard]] CardForm* form() const {
        for (CardForm* form : window_->findChildren<CardForm*>())
            if (form->isVisible()) return form;
        return nullptr;
    }
    [[nodiscard]] static QPushButton* ok(const CardForm& form) {
        return form.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    }
    template <class T>
    [[nodiscard]] static T* named(const CardForm& form, const QString& name) {
        for (T* widget : form.findChildren<T*>())
            if (widget->accessibleName() == name) return widget;
        return nullptr;
    }
    [[nodiscard]] static bool says(const CardForm& form, const QString& words) {
        for (const QLabel* label : form.findChildren<QLabel*>())
            if (label->isVisibleTo(&form) && label->text().contains(words)) return true;
        return false;
    }
    [[nodiscard]] static int marks(const CardForm& form) {
        int count = 0;
        for (const QToolButton* mark : form.findChildren<QToolButton*>())
            count += mark->text() == "guess" && mark->isVisibleTo(&form);
        return count;
    }
    [[nodiscard]] const ModelEntry& entry(int place = 0) const {
        return *bench_->library.model(bench_->session.work().models[place].id);
    }
    static QJsonObject cardAt(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void aModelWithoutACard_isAskedAbout_andOkKeepsTheAnswer() {
        bench_->openPictures({sandbox_->picture("a.png")});
        bench_->openModels({cardless("net.pt")});
        QTRY_VERIFY(form());
        QTRY_VERIFY(says(*form(), "It fits: 5 classes"));
        QVERIFY(says(*form(), "It runs at 224 x 224 and at other sizes."));
        QVERIFY(says(*form(), "a.png as the model would see it: 224"));
        QCOMPARE(marks(*form()), 6);
        auto* height = named<QSpinBox>(*form(), "Height in pixels");
        auto* width = named<QSpinBox>(*form(), "Width in pixels");
        for (QSpinBox* side : {height, width}) {
            side->setFocus();
            side->selectAll();
            QTest::keyClicks(side, "64");
        }
        QCOMPARE(marks(*form()), 5);
        QTRY_VERIFY(says(*form(), "a.png as the model would see it: 64"));
        QTest::mouseClick(ok(*form()), Qt::LeftButton);
        QTRY_COMPARE(entry().state, LoadState::Ready);
        QVERIFY(!form());
        QCOMPARE(entry().model->card().input.height, 64);
        const QJsonObject card = cardAt(sandbox_->path("net.card.json"));
        QCOMPARE(card["input"]["size"].toArray(), (QJsonArray{64, 64}));
        QVERIFY(!card["guessed"].toArray().contains("input.size"));
        QVERIFY(card["guessed"].toArray().contains("input.mean"));
        QVERIFY(!entry().model->card().states("input.mean"));
    }

    void presetsAndMarks_stateWhatTheyShow() {
        bench_->openModels({cardless("net.pt")});
        QTRY_VERIFY(form() && marks(*form()) == 6);
        auto* range = named<QComboBox>(*form(), "range");
        range->setFocus();
        QTest::keyClick(range, Qt::Key_Down);
        QCOMPARE(named<QLineEdit>(*form(), "mean")->text(), QString("0, 0, 0"));
        QCOMPARE(marks(*form()), 5);
        auto* mean = named<QLineEdit>(*form(), "mean");
        mean->setFocus();
        mean->selectAll();
        QTest::keyClicks(mean, "0.1, 0.2, 0.3");
        QCOMPARE(range->currentText(), QString("other values"));
        QToolButton* mark = nullptr;
        for (QToolButton* button : form()->findChildren<QToolButton*>())
            if (button->accessibleName().startsWith("colours")) mark = button;
        QVERIFY(mark);
        QTest::mouseClick(mark, Qt::LeftButton);
        QCOMPARE(marks(*form()), 4);
    }

    void whatCannotBe_isSaidInWords_andOkIsGreyed() {
        bench_->openModels({cardless("net.pt", 3, 96)});
        QTRY_VERIFY(form() && says(*form(), "It fits: 5 classes"));
        QVERIFY(says(*form(), "It runs at 96 x 96 and not at other usual sizes."));
        auto* mean = named<QLineEdit>(*form(), "mean");
        mean->setFocus();
        mean->selectAll();
        QTest::keyClicks(mean, "grey");
        QVERIFY(says(*form(), "mean must be three numbers"));
        QVERIFY(!ok(*form())->isEnabled());
        mean->selectAll();
        QTest::keyClicks(mean, "0.5, 0.5, 0.5");
        QTRY_VERIFY(ok(*form())->isEnabled() && says(*form(), "It fits"));
        auto* height = named<QSpinBox>(*form(), "Height in pixels");
        height->setFocus();
        height->selectAll();
        QTest::keyClicks(height, "80");
        QTRY_VERIFY(says(*form(), "does not run"));
        QVERIFY(!ok(*form())->isEnabled());
        named<QLineEdit>(*form(), "File of class names")->setFocus();
        QTest::keyClicks(named<QLineEdit>(*form(), "File of class names"), sandbox_->file("two.txt", "a\nb\n"));
        height->selectAll();
        QTest::keyClicks(height, "96");
        QTRY_VERIFY(says(*form(), "2 labels"));
    }

    void enterWhileATrialRuns_acceptsOnceItFits() {
        bench_->openModels({cardless("net.pt")});
        QTRY_VERIFY(form() && says(*form(), "It fits"));
        auto* width = named<QSpinBox>(*form(), "Width in pixels");
        width->setFocus();
        width->selectAll();
        QTest::keyClicks(width, "160");
        QTest::keyClick(width, Qt::Key_Return);
        QTRY_COMPARE(entry().state, LoadState::Ready);
        QCOMPARE(entry().model->card().input.width, 160);
    }

    void cancel_leavesTheModelOutAndSaysSo() {
        bench_->openModels({cardless("net.pt")});
        QTRY_VERIFY(form());
        QTest::keyClick(form(), Qt::Key_Escape);
        QTRY_VERIFY(bench_->session.work().models.isEmpty());
        QVERIFY(window_->findChild<MessageStrip*>()->message().contains("net was left out"));
        QVERIFY(!QFile::exists(sandbox_->path("net.card.json")));
        bench_->openModels({sandbox_->path("net.pt")});
        QTRY_VERIFY(form());
    }

    void severalModels_areAskedOneAfterTheOther() {
        bench_->openModels({cardless("a.pt"), cardless("b.pt")});
        QTRY_VERIFY(form() && says(*form(), "It fits"));
        const QString first = form()->windowTitle();
        QTest::keyClick(form(), Qt::Key_Escape);
        QTRY_VERIFY(form() && form()->windowTitle() != first);
    }

    void oneAnswer_servesAllThatItFits() {
        bench_->openModels({cardless("a.pt"), cardless("b.pt"), cardless("c.pt", 3, 96)});
        QTRY_VERIFY(form() && says(*form(), "It fits"));
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        auto* all = form()->findChild<QCheckBox*>();
        QTRY_VERIFY(all->isVisible() && all->text().contains("other 2 models"));
        const QString asked = form()->windowTitle();
        QTest::keyClick(all, Qt::Key_Space);
        QVERIFY(all->isChecked());
        QTest::mouseClick(ok(*form()), Qt::LeftButton);
        const auto ready = [&] {
            int count = 0;
            for (int i = 0; i < 3; ++i) count += entry(i).state == LoadState::Ready;
            return count;
        };
        // c.pt takes 96 x 96 alone, and the others any size.
        if (asked.contains("c.pt")) {
            QTRY_COMPARE(ready(), 3);
        } else {
            QTRY_COMPARE(ready(), 2);
            QTRY_VERIFY(form() && form()->windowTitle().contains("c.pt"));
        }
    }

    void editCard_openItAgainWithWhatIsKnown() {
        const QString model = cardless("net.pt");
        static_cast<void>(sandbox_->file(
            "net.card.json", R"({"input": {"size": [48, 48], "divide": 255}, "guessed": ["input.divide"]})"));
        bench_->openModels({model});
        QTRY_COMPARE(entry().state, LoadState::Ready);
        bench_->session.select(entry().id, {});
        QTRY_VERIFY(window_->actions()["edit-card"]->isEnabled());
        window_->actions()["edit-card"]->trigger();
        QTRY_VERIFY(form() && says(*form(), "It fits"));
        QCOMPARE(named<QSpinBox>(*form(), "Height in pixels")->value(), 48);
        const std::shared_ptr<const Model> before = entry().model;
        auto* range = named<QComboBox>(*form(), "range");
        range->setFocus();
        QTest::keyClick(range, range->currentIndex() == 0 ? Qt::Key_Down : Qt::Key_Home);
        QTRY_VERIFY(says(*form(), "It fits"));
        QTest::mouseClick(ok(*form()), Qt::LeftButton);
        QTRY_VERIFY(entry().model != before);
        QVERIFY(entry().model->card().states("input.divide"));
        QVERIFY(entry().model->cardSha256() != before->cardSha256());
    }

    void everyFieldHasANameATipAndAPlaceInTheTabOrder() {
        bench_->openModels({cardless("net.pt")});
        QTRY_VERIFY(form() && says(*form(), "It fits"));
        QSet<QWidget*> reached;
        QWidget* widget = form()->nextInFocusChain();
        for (int i = 0; i < 400 && widget != form(); ++i, widget = widget->nextInFocusChain()) reached.insert(widget);
        for (QWidget* control : form()->findChildren<QWidget*>()) {
            const bool field =
                qobject_cast<QComboBox*>(control) || qobject_cast<QAbstractSpinBox*>(control) ||
                qobject_cast<QToolButton*>(control) ||
                (qobject_cast<QLineEdit*>(control) && !qobject_cast<QAbstractSpinBox*>(control->parent()));
            if (!field || !control->isVisible()) continue;
            const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(control);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), control->metaObject()->className());
            QVERIFY2(reached.contains(control), qPrintable(control->accessibleName()));
        }
        QVERIFY(form()->width() <= 1000 && form()->height() <= 820);
    }

    void guessing_asksNobodyAndSaysSo() {
        bench_->library.setGuessing(true);
        bench_->openModels({cardless("net.pt")});
        QTRY_COMPARE(entry().state, LoadState::Ready);
        QVERIFY(!form());
        QVERIFY(window_->findChild<MessageStrip*>()->message().contains("net has no card"));
        QVERIFY(!QFile::exists(sandbox_->path("net.card.json")));
    }
};

QTEST_MAIN(TestCardForm)
#include "test_card_form.moc"
