#pragma once

#include <QMainWindow>

#include "ui/session/jobs/log_buffer.h"
#include "ui/session/workbench.h"

namespace discern {

class Actions;
class Awaited;
class CardCommands;
class ChoosePage;
class Docks;
class ExplorePage;
class ExportCommands;
class GridView;
class LayoutWatch;
class MessageStrip;
class OpenCommands;
class PageSwitch;
class ZooCommands;

/// Places the pages with their docks, the toolbar and the status bar; what they do is in the *_commands files.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Workbench& workbench, LogBuffer& log);
    ~MainWindow() override;

    /// The window as it was left, or that of the first start: maximised where `room`, what the screen has for windows,
    /// is too small for it and its frame.
    void restoreLayout(const QSize& room);
    /// Shows the Choose page, and on it an evaluation as soon as the models are loaded.
    void evaluate(const EvaluationOrder& order);
    /// Measures the maps of each picture as soon as they are there.
    void measure();
    /// Page and docks alone.
    void restorePanels();
    [[nodiscard]] Actions& actions() { return *actions_; }
    [[nodiscard]] GridView& grid();
    [[nodiscard]] ChoosePage& choose() { return *choose_; }
    [[nodiscard]] PageSwitch& pages() { return *pages_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void placeCentre();
    void placeDocks(LogBuffer& log);
    void connectPanels();
    void connectChoose();
    void open(const QList<QUrl>& urls);
    void keepLayout();
    void showDetails(int model);
    void closeWhenSaved();
    [[nodiscard]] bool asksBeforeClosing();

    Workbench& workbench_;
    Actions* actions_ = nullptr;
    ExplorePage* page_ = nullptr;
    ChoosePage* choose_ = nullptr;
    PageSwitch* pages_ = nullptr;
    Awaited* awaited_ = nullptr;
    MessageStrip* strip_ = nullptr;
    Docks* docks_ = nullptr;
    LayoutWatch* layoutWatch_ = nullptr;
    OpenCommands* open_ = nullptr;
    ExportCommands* exports_ = nullptr;
    CardCommands* cards_ = nullptr;
    ZooCommands* zoo_ = nullptr;
    bool closing_ = false;  ///< as soon as nothing would be lost
    bool leaving_ = false;  ///< was told what closing stops
};

}  // namespace discern
