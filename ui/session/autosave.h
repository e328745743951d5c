#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <filesystem>
#include <string>

namespace discern {

class Session;

/// Keeps a session's settings in a file, so that the next start has them again, also after a crash. Which pictures and
/// models were open is not written: that can tell of people.
class Autosave : public QObject {
    Q_OBJECT
public:
    Autosave(Session& session, std::filesystem::path file, QObject* parent = nullptr);
    /// Writes what is not written yet.
    ~Autosave() override;

    /// Sets the session as the file says. Nothing changes where there is none, or it cannot be read.
    void restore();
    /// Where a window keeps its settings.
    [[nodiscard]] static std::filesystem::path usualFile();

    static constexpr int kPauseMs = 500;  ///< after the latest change, and at most three times that after the first

Q_SIGNALS:
    /// One sentence, once until writing succeeds again.
    void failed(const QString& message);

private:
    void later();
    void write();

    Session& session_;
    std::filesystem::path file_;
    QTimer pause_;
    QTimer patience_;
    QThreadPool writer_;  ///< of one thread: a disk may take its time, and the latest state is written last
    std::string written_;
    bool failing_ = false;
};

}  // namespace discern
