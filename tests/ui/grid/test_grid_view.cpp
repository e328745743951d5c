#include "ui/grid/grid_view.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include "ui/grid/cell_widget.h"
#include "ui/grid/view_state.h"
#include "ui/support.h"

using namespace discern;

namespace {

constexpr QSize kPicture{96, 72};

std::shared_ptr<const Attribution> attribution(float value) {
    auto map = std::make_shared<Attribution>();
    map->map = cv::Mat(24, 32, CV_32FC1, cv::Scalar(value));
    map->map.at<float>(0, 0) = 2.0F * value;
    map->isSigned = true;
    map->unit = "Δ logit";
    map->certainty = "± 0.04";
    return map;
}

CellName name(int model) { return {{1, model, "saliency"}, {}}; }

CellContent done(int model, float value) {
    CellContent cell;
    cell.name = name(model);
    cell.status = CellStatus::Done;
    cell.attribution = attribution(value);
    return cell;
}

/// Two models on one photograph, one method.
GridContent content() {
    GridContent content;
    content.picture = QImage(kPicture, QImage::Format_RGB888);
    content.picture.fill(QColor(40, 80, 120));
    content.pictureName = "photo.png";
    for (const char* name : {"net-a", "net-b"}) {
        ColumnContent column;
        column.model = name;
        column.seen = QRectF(QPointF(0, 0), kPicture);
        content.columns.append(column);
    }
    content.rows.append({"saliency", "Saliency", "", false});
    content.cells.append({done(1, 1.0F), done(2, -0.5F)});
    return content;
}

}  // namespace

class TestGridView : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<GridView> grid_;

    [[nodiscard]] QList<CellWidget*> cells() const {
        QList<CellWidget*> all = grid_->findChildren<CellWidget*>();
        std::sort(all.begin(), all.end(), [](const CellWidget* a, const CellWidget* b) { return a->x() < b->x(); });
        return all;
    }
    [[nodiscard]] QStringList visibleWords() const {
        QStringList words;
        for (const QLabel* label : grid_->findChildren<QLabel*>())
            if (label->isVisible()) words += label->text();
        return words;
    }

private Q_SLOTS:
    void init() {
        grid_ = std::make_unique<GridView>();
        grid_->resize(800, 500);
        grid_->show();
        QVERIFY(QTest::qWaitForWindowExposed(grid_.get()));
    }
    void cleanup() { grid_.reset(); }

    void withoutAPicture_aButtonOpensOne() {
        grid_->setContent({});
        QSignalSpy asked(grid_.get(), &GridView::openImagesRequested);
        for (QPushButton* button : grid_->findChildren<QPushButton*>())
            if (button->isVisible()) button->click();
        QCOMPARE(asked.count(), 1);
    }

    void aPictureThatCannotBeSeen_saysWhy() {
        GridContent broken;
        broken.pictureName = "broken.png";
        broken.pictureNote = "broken.png ends too early; save it again.";
        grid_->setContent(broken);
        QVERIFY(visibleWords().join(' ').contains("ends too early"));
    }

    void zoomingOneCell_zoomsTheLinkedOnes() {
        grid_->setContent(content());
        const QList<CellWidget*> all = cells();
        QCOMPARE(all.size(), 2);
        const QRectF before = all[1]->pictureRect();
        QTest::keyClick(all[0], Qt::Key_Plus);
        QCOMPARE(all[1]->pictureRect().width(), 1.25 * before.width());
        grid_->viewState().setLinked(false);
        QTest::keyClick(all[0], Qt::Key_Plus);
        QCOMPARE(all[1]->pictureRect().width(), 1.25 * before.width());
        QCOMPARE(all[0]->pictureRect().width(), 1.25 * 1.25 * before.width());
    }

    void thePointer_readsTheValuesOfItsRow() {
        grid_->setContent(content());
        QSignalSpy probes(grid_.get(), &GridView::probed);
        CellWidget* cell = cells()[1];
        QTest::mouseMove(cell, cell->fromPicture(QPointF(48.5, 36.5)).toPoint());
        QVERIFY(!probes.isEmpty());
        const auto probe = probes.last().first().value<ProbeInfo>();
        QVERIFY(probe.inside);
        QCOMPARE(probe.color, QColor(40, 80, 120));
        QCOMPARE(probe.values.size(), 2);
        QCOMPARE(probe.values[0].value, 1.0);
        QCOMPARE(probe.values[1].value, -0.5);
        const QString words = inWords(probe);
        QVERIFY2(words.contains("Saliency") && words.contains(QStringLiteral("b −0.5")), qPrintable(words));
    }

    void aCellThatIsNoMore_tellsNothing() {
        grid_->setContent(content());
        CellWidget* gone = cells()[1];
        const QPoint inside = gone->fromPicture(QPointF(48.5, 36.5)).toPoint();
        GridContent one = content();
        one.columns.removeLast();
        one.cells[0].removeLast();
        grid_->setContent(one);
        QSignalSpy probes(grid_.get(), &GridView::probed);
        QSignalSpy selected(grid_.get(), &GridView::cellSelected);
        QSignalSpy retries(grid_.get(), &GridView::retryRequested);
        // Events that were on their way when the model was removed.
        QMouseEvent move(QEvent::MouseMove, inside, gone->mapToGlobal(inside), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(gone, &move);
        QMouseEvent press(QEvent::MouseButtonPress, inside, gone->mapToGlobal(inside), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(gone, &press);
        Q_EMIT gone->actionRequested();
        QCOMPARE(probes.count() + selected.count() + retries.count(), 0);
    }

    void arrowKeys_moveTheSelection() {
        grid_->setContent(content());
        grid_->select(name(1));
        cells()[0]->setFocus();
        QTest::keyClick(cells()[0], Qt::Key_Right);
        QCOMPARE(grid_->selection(), name(2));
        QTest::keyClick(cells()[1], Qt::Key_Right);
        QCOMPARE(grid_->selection(), name(2));
    }

    void aFailedCell_saysWhyAndOffersARetry() {
        GridContent failed = content();
        CellContent cell;
        cell.name = name(2);
        cell.status = CellStatus::Failed;
        cell.error = "net-b does not fit in memory.";
        failed.cells[0][1] = cell;
        grid_->setContent(failed);
        QSignalSpy retry(grid_.get(), &GridView::retryRequested);
        Q_EMIT cells()[1]->actionRequested();
        QCOMPARE(retry.count(), 1);
        QCOMPARE(retry.first().first().value<CellName>(), name(2));
        QVERIFY(cells()[1]->accessibleDescription().contains("does not fit in memory"));
    }

    void selection_staysWithItsCellWhereColumnsChange() {
        grid_->setContent(content());
        grid_->select(name(2));
        GridContent turned = content();
        turned.columns.swapItemsAt(0, 1);
        turned.cells[0].swapItemsAt(0, 1);
        grid_->setContent(turned);
        QCOMPARE(grid_->selection(), name(2));
        QSignalSpy selected(grid_.get(), &GridView::cellSelected);
        QTest::mouseClick(cells()[1], Qt::LeftButton);
        QCOMPARE(selected.first().first().value<CellName>(), name(1));
    }

    void newContentOfACell_findsItsPlace() {
        grid_->setContent(content());
        grid_->setCell(done(2, 4.0F));
        QCOMPARE(grid_->content().cells[0][1].attribution->map.at<float>(5, 5), 4.0F);
        QCOMPARE(grid_->content().cells[0][0].attribution->map.at<float>(5, 5), 1.0F);
        grid_->setCell(done(7, 4.0F));
        QCOMPARE(grid_->content().cells[0].size(), 2);
    }

    void aNewMap_changesOnlyWhatItIsOf() {
        grid_->setContent(content());
        CellWidget* cell = grid_->findChildren<CellWidget*>().last();
        const QImage before = cell->grab().toImage();
        DisplaySettings hidden = grid_->display();
        hidden.opacity = 0.0;
        grid_->setDisplay(hidden);
        QVERIFY(cell->grab().toImage() != before);
        QCOMPARE(grid_->content().cells[0][1].attribution->map.at<float>(5, 5), -0.5F);
    }
};

QTEST_MAIN(TestGridView)
#include "test_grid_view.moc"
