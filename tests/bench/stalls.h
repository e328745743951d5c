#pragma once

#include <QElapsedTimer>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "ui/window/application.h"

namespace discern {

/// Counts how late a timer's beats are.
class Heartbeat : public QObject {
public:
    static constexpr int kBeatMs = 5;
    static constexpr double kAllowedMs = 50.0;

    Heartbeat() {
        connect(&timer_, &QTimer::timeout, this, [this] {
            const double late = static_cast<double>(clock_.nsecsElapsed()) / 1e6 - kBeatMs;
            longest_ = std::max(longest_, late);
            over_ += late > kAllowedMs;
            ++beats_;
            clock_.restart();
        });
        timer_.setTimerType(Qt::PreciseTimer);
    }
    void start() {
        longest_ = 0.0;
        over_ = beats_ = 0;
        clock_.start();
        timer_.start(kBeatMs);
    }
    [[nodiscard]] double longest() const { return longest_; }
    [[nodiscard]] int over() const { return over_; }
    [[nodiscard]] int beats() const { return beats_; }

private:
    QTimer timer_;
    QElapsedTimer clock_;
    double longest_ = 0.0;
    int over_ = 0;
    int beats_ = 0;
};

/// Milliseconds of processor time that this thread has taken.
inline double threadMs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The program's application, which remembers which event took most of its thread's own time: what the machine's other
/// work cannot be blamed for.
class WatchedApplication : public Application {
public:
    using Application::Application;
    bool notify(QObject* receiver, QEvent* event) override {
        // A dialog's own loop runs within the event that opened it: what happens there is not of that event.
        const int level = QThread::currentThread()->loopLevel();
        if (!open_.empty() && open_.back().level == level)
            return Application::notify(receiver, event);
        const QByteArray name = receiver->metaObject()->className() + (", event " + QByteArray::number(event->type()));
        open_.push_back({level, 0.0});
        const double before = threadMs();
        const bool result = Application::notify(receiver, event);
        const double took = threadMs() - before;
        const double own = took - open_.back().within;
        open_.pop_back();
        if (!open_.empty())
            open_.back().within += took;
        if (own > slowest_) {
            slowest_ = own;
            slowestName_ = name;
        }
        return result;
    }
    /// Milliseconds of processor time.
    [[nodiscard]] double costliest() const { return slowest_; }
    void forget() { slowest_ = 0.0; }
    void print() const {
        std::printf("costliest event: %.1f ms of processor time (%s)\n", slowest_, slowestName_.constData());
    }

private:
    struct Open {
        int level = 0;        ///< of the loop that it came from
        double within = 0.0;  ///< milliseconds of events from loops within it
    };
    std::vector<Open> open_;
    double slowest_ = 0.0;
    QByteArray slowestName_;
};

}  // namespace discern
