#include "app/cli/drawing.h"

#include <QGuiApplication>

#include "core/run/log.h"

namespace discern {

namespace {

/// Qt's remarks on its surroundings are nothing that a person asked for: they go to the log that --verbose shows.
void logMessage(QtMsgType type, const QMessageLogContext&, const QString& text) {
    const bool grave = type == QtCriticalMsg || type == QtFatalMsg;
    logger().log(grave ? spdlog::level::err : spdlog::level::debug, text.toStdString());
}

}  // namespace

Drawing::Drawing() {
    qInstallMessageHandler(&logMessage);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    // Qt keeps references to both.
    static int count = 1;
    static char name[] = "discern-cli";
    static char* arguments[] = {name, nullptr};
    application_ = std::make_unique<QGuiApplication>(count, arguments);
}

Drawing::~Drawing() = default;

}  // namespace discern
