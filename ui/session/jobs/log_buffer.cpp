#include "ui/session/jobs/log_buffer.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

#include <mutex>

#include "core/run/log.h"

namespace discern {

namespace {

LogLevel levelOf(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err)
        return LogLevel::Error;
    if (level >= spdlog::level::warn)
        return LogLevel::Warning;
    return level >= spdlog::level::info ? LogLevel::Info : LogLevel::Debug;
}

}  // namespace

/// Called on any thread; hands lines to the buffer's.
class LogBuffer::Sink : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit Sink(LogBuffer* buffer) : buffer_(buffer) {
        set_formatter(std::make_unique<spdlog::pattern_formatter>("%H:%M:%S  %-7l  %v", spdlog::pattern_time_type::local, ""));
    }

    /// The log keeps its sinks; this one falls silent.
    void detach() {
        const std::lock_guard lock(mutex_);
        buffer_ = nullptr;
    }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (!buffer_)
            return;
        spdlog::memory_buf_t text;
        formatter_->format(message, text);
        const LogLine line{levelOf(message.level), QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))};
        LogBuffer* buffer = buffer_;
        QMetaObject::invokeMethod(buffer, [buffer, line] { buffer->add(line); }, Qt::QueuedConnection);
    }
    void flush_() override {}

private:
    LogBuffer* buffer_;
};

LogBuffer::LogBuffer(QObject* parent) : QObject(parent), sink_(std::make_shared<Sink>(this)) { logTo(sink_); }

LogBuffer::~LogBuffer() { sink_->detach(); }

void LogBuffer::add(const LogLine& line) {
    lines_.push_back(line);
    if (lines_.size() > kLines)
        lines_.pop_front();
    Q_EMIT added(line);
}

}  // namespace discern
