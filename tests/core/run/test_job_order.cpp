#include "core/run/job_order.h"

#include <QTest>

using namespace discern;

namespace {

JobStatus job(JobId id, Lane lane, JobState state = JobState::Queued, Company company = Company::Shared, int priority = 0) {
    JobStatus status;
    status.id = id;
    status.lane = lane;
    status.state = state;
    status.company = company;
    status.priority = priority;
    return status;
}

/// The next job's number; 0 where there is none.
JobId next(const std::vector<JobStatus>& jobs, Lane lane) {
    std::vector<const JobStatus*> all;
    for (const JobStatus& status : jobs) {
        all.push_back(&status);
    }
    const JobStatus* const found = nextJob(all, lane);
    return found == nullptr ? 0 : found->id;
}

}  // namespace

class TestJobOrder : public QObject {
    Q_OBJECT

private slots:
    void priority_thenAge_withinALane();
    void runningJobs_areNotStartedAgain();
    void besideOneThatRunsAlone_nothingStarts();
    void whatMakesRoom_holdsOthersOffUntilItHasStopped();
    void alone_waitsForWhatRuns_inEitherLane();
    void alone_waitsForWhatWaits_whateverItsPriority();
    void alone_startsWhereOnlyItsLikeWait();
};

void TestJobOrder::priority_thenAge_withinALane() {
    const auto queued = JobState::Queued;
    const auto shared = Company::Shared;
    const std::vector jobs{job(1, Lane::Heavy), job(2, Lane::Heavy, queued, shared, 5),
                           job(3, Lane::Heavy, queued, shared, 5), job(4, Lane::Quick)};
    QCOMPARE(next(jobs, Lane::Heavy), JobId{2});
    QCOMPARE(next(jobs, Lane::Quick), JobId{4});
    QCOMPARE(next({job(1, Lane::Heavy)}, Lane::Quick), JobId{0});
}

void TestJobOrder::runningJobs_areNotStartedAgain() {
    QCOMPARE(next({job(1, Lane::Heavy, JobState::Running), job(2, Lane::Heavy)}, Lane::Heavy), JobId{2});
    QCOMPARE(next({job(1, Lane::Heavy, JobState::Cancelling)}, Lane::Heavy), JobId{0});
}

void TestJobOrder::besideOneThatRunsAlone_nothingStarts() {
    const std::vector jobs{job(1, Lane::Heavy, JobState::Running, Company::Alone), job(2, Lane::Heavy), job(3, Lane::Quick),
                           job(4, Lane::Quick, JobState::Queued, Company::Alone)};
    QCOMPARE(next(jobs, Lane::Heavy), JobId{0});
    QCOMPARE(next(jobs, Lane::Quick), JobId{0});
}

void TestJobOrder::whatMakesRoom_holdsOthersOffUntilItHasStopped() {
    const auto beside = [](JobState state) {
        return next({job(1, Lane::Heavy, state, Company::Alone), job(2, Lane::Quick)}, Lane::Quick);
    };
    QCOMPARE(beside(JobState::Cancelling), JobId{0});
    QCOMPARE(beside(JobState::Queued), JobId{2});
}

void TestJobOrder::alone_waitsForWhatRuns_inEitherLane() {
    const JobStatus alone = job(1, Lane::Heavy, JobState::Queued, Company::Alone);
    QCOMPARE(next({alone, job(2, Lane::Heavy, JobState::Running)}, Lane::Heavy), JobId{0});
    QCOMPARE(next({alone, job(2, Lane::Quick, JobState::Running)}, Lane::Heavy), JobId{0});
}

void TestJobOrder::alone_waitsForWhatWaits_whateverItsPriority() {
    const JobStatus alone = job(1, Lane::Heavy, JobState::Queued, Company::Alone, 1000);
    QCOMPARE(next({alone, job(2, Lane::Heavy)}, Lane::Heavy), JobId{2});
    QCOMPARE(next({alone, job(2, Lane::Quick)}, Lane::Heavy), JobId{0});
}

void TestJobOrder::alone_startsWhereOnlyItsLikeWait() {
    const std::vector jobs{job(1, Lane::Heavy, JobState::Queued, Company::Alone),
                           job(2, Lane::Quick, JobState::Queued, Company::Alone)};
    QCOMPARE(next(jobs, Lane::Heavy), JobId{1});
    QCOMPARE(next(jobs, Lane::Quick), JobId{2});
}

QTEST_GUILESS_MAIN(TestJobOrder)
#include "test_job_order.moc"
