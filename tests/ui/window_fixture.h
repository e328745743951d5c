#pragma once

#include "ui/style/apply_theme.h"
#include "ui/support.h"
#include "ui/window/main_window.h"

namespace discern::testing {

/// A main window of its own for every test function, shown, with settings as on the first day and a folder of its own.
class WindowFixture : public QObject {
protected:
    std::unique_ptr<Sandbox> sandbox_;
    std::unique_ptr<LogBuffer> log_;
    std::unique_ptr<Workbench> bench_;
    std::unique_ptr<MainWindow> window_;

    void openWindow() {
        sandbox_ = std::make_unique<Sandbox>();
        qputenv("XDG_DATA_HOME", sandbox_->path("data").toUtf8());
        QSettings().clear();
        log_ = std::make_unique<LogBuffer>();
        bench_ = std::make_unique<Workbench>();
        applyTheme(*qApp, ThemeMode::Dark);
        window_ = std::make_unique<MainWindow>(*bench_, *log_);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void closeWindow() {
        window_.reset();
        bench_.reset();
        log_.reset();
    }
};

}  // namespace discern::testing
