#pragma once

#include <QObject>
#include <QString>
#include <deque>
#include <memory>

namespace discern {

enum class LogLevel { Debug, Info, Warning, Error };

struct LogLine {
    LogLevel level = LogLevel::Info;
    QString text;  ///< with time and level
};

/// The latest lines of the program's log, on the window's thread.
class LogBuffer : public QObject {
    Q_OBJECT
public:
    /// Listens to the log from now until it is destroyed.
    explicit LogBuffer(QObject* parent = nullptr);
    ~LogBuffer() override;

    [[nodiscard]] const std::deque<LogLine>& lines() const { return lines_; }
    void clear() { lines_.clear(); }

    static constexpr int kLines = 5000;

Q_SIGNALS:
    void added(const discern::LogLine& line);

private:
    class Sink;
    void add(const LogLine& line);

    std::deque<LogLine> lines_;
    std::shared_ptr<Sink> sink_;
};

}  // namespace discern
