#include "ui/window/status_line.h"

#include <QLabel>
#include <QStatusBar>

#include "ui/grid/probe.h"
#include "ui/theme/theme.h"

namespace discern {

StatusLine::StatusLine(Workbench& workbench, QStatusBar* bar) : QObject(bar), workbench_(workbench) {
    bar->setSizeGripEnabled(false);
    const auto add = [&](const QString& name, bool right) {
        auto* label = new QLabel;
        label->setAccessibleName(name);
        label->setFont(figureFont(0.94));
        label->setContentsMargins(right ? 12 : 6, 0, right ? 6 : 0, 0);
        if (right)
            bar->addPermanentWidget(label);
        else
            bar->addWidget(label, 1);
        return label;
    };
    probe_ = add(tr("Values under the pointer"), false);
    probe_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    jobs_ = add(tr("Jobs"), true);
    device_ = add(tr("Device"), true);
    connect(&workbench.jobs, &JobQueue::activityChanged, this, &StatusLine::refreshJobs);
    connect(&workbench.session, &Session::computeChanged, this, &StatusLine::refreshDevice);
    refreshJobs();
    refreshDevice();
}

void StatusLine::showProbe(const ProbeInfo& probe) { probe_->setText(inWords(probe)); }

void StatusLine::refreshJobs() {
    const int count = workbench_.jobs.activeCount();
    jobs_->setText(count == 0 ? QString()
                              : tr("%n job(s) · %1 %", nullptr, count).arg(static_cast<int>(100 * workbench_.jobs.fraction())));
}

void StatusLine::refreshDevice() {
    // Finding a graphics card can take a moment, so it is a job like any other.
    const auto words = std::make_shared<std::string>();
    JobSpec job;
    job.title = tr("Find the device");
    job.work = [words, compute = workbench_.session.compute()](Progress&) { *words = describe(resolve(compute)); };
    job.finished = [this, words](const JobStatus& status) {
        device_->setText(QString::fromStdString(status.state == JobState::Done ? *words : status.error));
    };
    workbench_.jobs.submit(std::move(job));
}

}  // namespace discern
