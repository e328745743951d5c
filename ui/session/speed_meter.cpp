#include "ui/session/speed_meter.h"

namespace discern {

namespace {

constexpr int kQuietMs = 400;
constexpr int kPriority = -1000;

}  // namespace

SpeedMeter::SpeedMeter(Session& session, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs) {
    quiet_.setSingleShot(true);
    quiet_.setInterval(kQuietMs);
    connect(&quiet_, &QTimer::timeout, this, &SpeedMeter::considerNext);
    connect(&jobs, &JobQueue::idle, &quiet_, qOverload<>(&QTimer::start));
    connect(&session, &Session::modelsChanged, &quiet_, qOverload<>(&QTimer::start));
    connect(&session, &Session::computeChanged, this, &SpeedMeter::measureAnew);
}

void SpeedMeter::measureAnew() {
    failed_.clear();
    if (running_ != 0)
        jobs_.cancel(running_);
    session_.library().forgetSpeeds();
    quiet_.start();
}

int SpeedMeter::next() const {
    for (const ModelChoice& choice : session_.work().models) {
        const ModelEntry* entry = session_.library().model(choice.id);
        if (entry->model && !entry->speed && !failed_.contains(choice.id))
            return choice.id;
    }
    return 0;
}

void SpeedMeter::considerNext() {
    const bool still = running_ == 0 && jobs_.activeCount() == 0;
    if (const int model = still ? next() : 0)
        measure(model);
    Q_EMIT considered();
}

void SpeedMeter::measure(int model) {
    const ModelEntry* entry = session_.library().model(model);
    const auto speed = std::make_shared<Speed>();
    JobSpec job;
    job.title = tr("Measure the speed of %1").arg(entry->name);
    job.lane = Lane::Heavy;
    job.company = Company::Alone;
    job.priority = kPriority;
    job.work = [speed, network = entry->model, compute = session_.compute()](Progress& progress) {
        *speed = network->measureSpeed(progress, compute);
    };
    job.finished = [this, model, speed](const JobStatus& status) {
        running_ = 0;
        if (status.state == JobState::Done)
            session_.library().setSpeed(model, *speed);
        else if (status.state == JobState::Failed)
            failed_.insert(model);
        quiet_.start();
    };
    running_ = jobs_.submit(std::move(job));
}

}  // namespace discern
