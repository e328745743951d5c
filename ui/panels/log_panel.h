#pragma once

#include <QWidget>

#include "ui/session/jobs/log_buffer.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace discern {

/// The program's log, from a chosen level up; to be copied or saved.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(LogBuffer& log, QWidget* parent = nullptr);

Q_SIGNALS:
    void saveRequested(const QString& text);

private:
    void add(const LogLine& line);
    void refill();
    [[nodiscard]] bool shows(const LogLine& line) const;

    LogBuffer& log_;
    QComboBox* level_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
};

}  // namespace discern
