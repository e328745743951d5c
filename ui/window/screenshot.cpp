#include "ui/window/screenshot.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QPixmap>

#include "ui/render/export.h"

namespace discern {

namespace {

constexpr int kLookMs = 100;
constexpr int kQuietLooks = 4;  ///< charts and heads follow the last result within this time

}  // namespace

Screenshot::Screenshot(Workbench& workbench, QMainWindow& window, const QString& path)
    : workbench_(workbench), window_(window), path_(path) {
    connect(&timer_, &QTimer::timeout, this, &Screenshot::look);
    timer_.start(kLookMs);
}

void Screenshot::look() {
    quietLooks_ = workbench_.settled() ? quietLooks_ + 1 : 0;
    if (quietLooks_ >= kQuietLooks)
        finish();
}

int Screenshot::exitCode() const {
    const Session& session = workbench_.session;
    for (const int id : session.work().pictures)
        if (workbench_.library.picture(id)->state == LoadState::Failed)
            return static_cast<int>(ErrorKind::Input);
    for (const ModelChoice& model : session.work().models)
        if (workbench_.library.model(model.id)->state == LoadState::Failed)
            return static_cast<int>(ErrorKind::Model);
    return workbench_.explanations.count(session.currentPicture()).failed > 0 ? static_cast<int>(ErrorKind::Run) : 0;
}

void Screenshot::finish() {
    timer_.stop();
    int code = exitCode();
    try {
        savePng(window_.grab().toImage(), path_.toStdString(), {});
    } catch (const Error& error) {
        workbench_.tell(QString::fromUtf8(error.what()));
        code = error.exitCode();
    }
    QCoreApplication::exit(code);
}

}  // namespace discern
