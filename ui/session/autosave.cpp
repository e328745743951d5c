#include "ui/session/autosave.h"

#include "core/error.h"
#include "core/store/files.h"
#include "ui/session/session.h"

namespace discern {

namespace {

constexpr std::uintmax_t kLargest = 16u << 20;

}  // namespace

Autosave::Autosave(Session& session, std::filesystem::path file, QObject* parent)
    : QObject(parent), session_(session), file_(std::move(file)) {
    writer_.setMaxThreadCount(1);
    for (QTimer* timer : {&pause_, &patience_}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, &Autosave::write);
    }
    pause_.setInterval(kPauseMs);
    patience_.setInterval(3 * kPauseMs);
    connect(&session_, &Session::changed, this, &Autosave::later);
}

Autosave::~Autosave() {
    if (pause_.isActive())
        write();
    writer_.waitForDone();
}

std::filesystem::path Autosave::usualFile() { return dataFolder() / "settings-of-work.json"; }

void Autosave::restore() {
    std::error_code none;
    if (!std::filesystem::exists(file_, none))
        return;
    try {
        if (const auto state = workspaceStateOf(readFile(file_, kLargest)))
            session_.restoreSettings(*state);
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
    }
}

void Autosave::later() {
    pause_.start();
    if (!patience_.isActive())
        patience_.start();
}

void Autosave::write() {
    pause_.stop();
    patience_.stop();
    std::string text = toJson(session_.state().settings()).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    if (text == written_)
        return;  // what changed is nothing that is kept
    written_ = text;
    writer_.start([this, file = file_, text = std::move(text)] {
        QString trouble;
        try {
            writeFileSafely(file, text);
        } catch (const Error& error) {
            trouble = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, trouble] {
                const bool first = !failing_;
                failing_ = !trouble.isEmpty();
                if (failing_) {
                    written_.clear();
                    if (first)
                        Q_EMIT failed(trouble);
                }
            },
            Qt::QueuedConnection);
    });
}

}  // namespace discern
