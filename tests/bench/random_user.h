#pragma once

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QTreeWidget>
#include <QtTest>
#include <map>
#include <random>

#include "bench/stalls.h"
#include "ui/actions/actions.h"
#include "ui/grid/cell_widget.h"
#include "ui/grid/grid_view.h"
#include "ui/session/workbench.h"
#include "ui/wheel.h"
#include "ui/window/main_window.h"

namespace discern {

/// Works in a window with clicks, keys, wheel and drops, in an order that a seed decides.
class RandomUser {
public:
    RandomUser(MainWindow& window, Workbench& bench, QStringList pictures, QStringList models, QString exportFolder,
               unsigned seed)
        : window_(window), bench_(bench), pictures_(std::move(pictures)), models_(std::move(models)),
          folder_(std::move(exportFolder)), random_(seed) {}

    /// One of all that can be done now; dialogs and menus that are open come first.
    void act() {
        if (QWidget* popup = QApplication::activePopupWidget())
            return done("leave a menu", [&] { QTest::keyClick(popup, one(3) ? Qt::Key_Escape : Qt::Key_Return); });
        if (QWidget* dialog = QApplication::activeModalWidget())
            return answer(dialog);
        const auto& doing = kDeeds[std::discrete_distribution<std::size_t>(weights().begin(), weights().end())(random_)];
        done(doing.name, [&] { (this->*doing.act)(); });
    }
    /// What was done of a kind.
    struct Deeds {
        int count = 0;
        double costliest = 0.0;  ///< milliseconds of processor time on the window's thread
    };
    [[nodiscard]] const std::map<std::string, Deeds>& deeds() const { return deeds_; }
    /// Takes all away that is open: what is allocated after it is kept by the program, not by what is shown.
    void clearAway() {
        key(Qt::Key_1, Qt::ControlModifier);
        cancelAll();
        QVector<int> models;
        for (const auto& model : bench_.session.work().models)
            models += model.id;
        bench_.session.removeModels(models);
        bench_.session.removePictures(QVector<int>(bench_.session.work().pictures));
    }
    /// Milliseconds until the next one: mostly quick, at times a look.
    [[nodiscard]] int pause() { return one(8) ? number(4000) : number(300); }

private:
    struct Deed {
        const char* name;
        int weight;
        void (RandomUser::*act)();
    };
    static const std::vector<Deed> kDeeds;
    static const std::vector<int>& weights() {
        static const std::vector<int> weights = [] {
            std::vector<int> all;
            for (const Deed& deed : kDeeds)
                all.push_back(deed.weight);
            return all;
        }();
        return weights;
    }

    int number(int below) { return std::uniform_int_distribution(0, std::max(0, below - 1))(random_); }
    bool one(int of) { return number(of) == 0; }
    template <class List>
    auto any(const List& list) {
        return list[static_cast<typename List::size_type>(number(static_cast<int>(list.size())))];
    }
    void done(const std::string& name, const std::function<void()>& deed) {
        Deeds& deeds = deeds_[name];
        ++deeds.count;
        const double before = threadMs();
        const double within = std::exchange(within_, 0.0);
        deed();
        const double took = threadMs() - before;
        deeds.costliest = std::max(deeds.costliest, took - within_);
        within_ = within + took;  // of the deed that opened the dialog in which this one was done
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&window_, static_cast<Qt::Key>(key), modifiers); }
    void trigger(const char* id) {
        if (window_.actions()[id]->isEnabled())
            window_.actions()[id]->trigger();
    }

    void answer(QWidget* dialog) {
        if (auto* box = qobject_cast<QMessageBox*>(dialog))
            return done("answer a question", [&] { QTest::mouseClick(any(box->buttons()), Qt::LeftButton); });
        if (auto* files = qobject_cast<QFileDialog*>(dialog); files && !one(6))
            return done("name a file", [&] {
                auto* field = files->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
                field->setText(QDir(folder_).filePath(QStringLiteral("export-%1").arg(++named_)));
                QTest::keyClick(field, Qt::Key_Return);
            });
        done("leave a dialog", [&] { QTest::keyClick(dialog, one(3) ? Qt::Key_Return : Qt::Key_Escape); });
    }
    void drop(const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QPointF place = window_.rect().center();
        QDragEnterEvent enter(place.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window_, &enter);
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window_, &event);
    }
    template <class Widget>
    Widget* visible(const char* dock = nullptr) {
        QList<Widget*> all;
        const QWidget* within = dock ? window_.findChild<QDockWidget*>(QLatin1String(dock)) : static_cast<QWidget*>(&window_);
        for (Widget* widget : within->findChildren<Widget*>())
            if (widget->isVisible() && widget->isEnabled() && !widget->visibleRegion().isEmpty())
                all += widget;
        return all.isEmpty() ? nullptr : any(all);
    }

    void openPicture() {
        if (bench_.session.work().pictures.size() < 10)
            drop(any(pictures_));
    }
    void openModel() {
        if (bench_.session.work().models.size() < 3)
            drop(any(models_));
    }
    void tickMethod() {
        auto* tree = visible<QTreeWidget>("methods");
        if (!tree)
            return;
        QTreeWidgetItem* family = tree->topLevelItem(number(tree->topLevelItemCount()));
        family->setExpanded(true);
        QTreeWidgetItem* item = family->child(number(family->childCount()));
        const bool ticked = item->checkState(0) == Qt::Checked;
        if (!ticked && bench_.session.enabledMethods().size() >= 4)
            return;
        tree->scrollToItem(item);
        tree->setCurrentItem(item);
        QTest::keyClick(tree, Qt::Key_Space);
    }
    void explain() { key(Qt::Key_Return, Qt::ControlModifier); }
    void explainAll() { key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier); }
    void cancelAll() { key(Qt::Key_Period, Qt::ControlModifier); }
    void cancelOne() {
        if (auto* table = visible<QTableView>("jobs"); table && table->model()->rowCount() > 0) {
            table->selectRow(number(table->model()->rowCount()));
            QTest::keyClick(table, Qt::Key_Delete);
        }
    }
    void retryFailed() { key(Qt::Key_R, Qt::ControlModifier); }
    void pressInCell() {
        for (CellWidget* cell : window_.grid().findChildren<CellWidget*>())
            for (QPushButton* button : cell->findChildren<QPushButton*>())
                if (button->isVisible())
                    return QTest::mouseClick(button, Qt::LeftButton);
    }
    void removePicture() {
        if (bench_.session.work().pictures.size() > 2)
            trigger("remove-image");
    }
    void removeModel() {
        if (bench_.session.work().models.size() > 1)
            trigger("remove-model");
    }
    void switchPicture() { key(one(2) ? Qt::Key_Left : Qt::Key_Right, Qt::AltModifier); }
    void undo() { key(Qt::Key_Z, Qt::ControlModifier); }
    void redo() { key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
    void selectCell() {
        if (auto* cell = visible<CellWidget>())
            QTest::mouseClick(cell, Qt::LeftButton);
    }
    void pointAtCell() {
        auto* cell = visible<CellWidget>();
        if (!cell)
            return;
        const QPoint at(number(cell->width()), number(cell->height()));
        QTest::mouseMove(cell, at);
        testing::turnWheel(cell, one(2) ? 1 : -1, one(2) ? Qt::ControlModifier : Qt::NoModifier);
        QTest::mousePress(cell, Qt::LeftButton, {}, at);
        QTest::mouseMove(cell, at + QPoint(number(60) - 30, number(60) - 30));
        QTest::mouseRelease(cell, Qt::LeftButton, {}, at);
    }
    void look() { key(any(std::vector<int>{Qt::Key_D, Qt::Key_L, Qt::Key_H, Qt::Key_0, Qt::Key_Plus, Qt::Key_Minus}), Qt::ControlModifier); }
    void difference() { key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier); }
    void changeDisplay() {
        if (auto* slider = visible<QSlider>("display"); slider && one(2))
            return QTest::keyClick(slider, one(2) ? Qt::Key_PageUp : Qt::Key_PageDown);
        if (auto* combo = visible<QComboBox>("display"))
            QTest::keyClick(combo, one(2) ? Qt::Key_Up : Qt::Key_Down);
    }
    void changeTarget() {
        if (auto* combo = visible<QComboBox>("target"))
            QTest::keyClick(combo, one(2) ? Qt::Key_Up : Qt::Key_Down);
    }
    void exportSomething() {
        const char* id = any(std::vector<const char*>{"export-overlay", "export-comparison", "export-array", "export-report", "export-table"});
        done(id, [&] { trigger(id); });
    }
    void copy() { key(Qt::Key_C, Qt::ControlModifier); }
    void paste() {
        if (bench_.session.work().pictures.size() < 10)
            key(Qt::Key_V, Qt::ControlModifier);
    }
    void raisePanel() {
        const auto docks = window_.findChildren<QDockWidget*>();
        QDockWidget* dock = any(docks);
        dock->show();
        dock->raise();
    }
    void openDialog() {
        const char* id = any(std::vector<const char*>{"settings", "model-details", "shortcuts", "methods-explained", "about", "search",
                                                      "evaluate-folder"});
        done(std::string("open a dialog, ") + id, [&] { trigger(id); });
    }
    void measure() { trigger("measure"); }
    void switchPage() { key(one(3) ? Qt::Key_2 : Qt::Key_1, Qt::ControlModifier); }
    void theme() {
        const QList<QAction*> themes = window_.actions().submenu("theme/")->actions();
        any(themes)->trigger();
    }
    void resize() { window_.resize(any(std::vector<QSize>{{1280, 720}, {1440, 900}, {1000, 700}, {1600, 1000}})); }
    void fullScreen() { key(Qt::Key_F11); }

    MainWindow& window_;
    Workbench& bench_;
    QStringList pictures_;
    QStringList models_;
    QString folder_;
    std::mt19937 random_;
    std::map<std::string, Deeds> deeds_;
    double within_ = 0.0;
    int named_ = 0;
};

inline const std::vector<RandomUser::Deed> RandomUser::kDeeds = {
    {"open a picture", 6, &RandomUser::openPicture},
    {"open a model", 3, &RandomUser::openModel},
    {"tick a method", 6, &RandomUser::tickMethod},
    {"explain", 6, &RandomUser::explain},
    {"explain all", 1, &RandomUser::explainAll},
    {"cancel all", 3, &RandomUser::cancelAll},
    {"cancel a job", 3, &RandomUser::cancelOne},
    {"retry failed", 3, &RandomUser::retryFailed},
    {"press a cell's button", 4, &RandomUser::pressInCell},
    {"remove a picture", 3, &RandomUser::removePicture},
    {"remove a model", 2, &RandomUser::removeModel},
    {"switch the picture", 10, &RandomUser::switchPicture},
    {"undo", 6, &RandomUser::undo},
    {"redo", 4, &RandomUser::redo},
    {"select a cell", 8, &RandomUser::selectCell},
    {"wheel and drag in a cell", 6, &RandomUser::pointAtCell},
    {"look otherwise", 6, &RandomUser::look},
    {"difference", 3, &RandomUser::difference},
    {"change the display", 8, &RandomUser::changeDisplay},
    {"change the target", 2, &RandomUser::changeTarget},
    {"export", 5, &RandomUser::exportSomething},
    {"measure", 2, &RandomUser::measure},
    {"switch the page", 3, &RandomUser::switchPage},
    {"copy a cell", 3, &RandomUser::copy},
    {"paste", 1, &RandomUser::paste},
    {"raise a panel", 4, &RandomUser::raisePanel},
    {"open a dialog", 2, &RandomUser::openDialog},
    {"change the theme", 1, &RandomUser::theme},
    {"resize the window", 1, &RandomUser::resize},
    {"full screen", 1, &RandomUser::fullScreen},
};

}  // namespace discern
