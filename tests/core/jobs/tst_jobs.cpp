// Promises of core/jobs: answers are never lost, stops are prompt, shutdown joins.
#include "core/jobs/RunAll.h"

#include <QtTest>

using namespace naru;
using base::Result;
using base::WorkContext;

class TestJobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultReachesCallbackOnce();
    void cancelledWorkKeepsItsAnswer();
    void cancelledBeforeItBegan();
    void exceptionBecomesError();
    void shutdownAnswersEverybody();
    void submitAfterShutdown();
    void runAllKeepsOrderAndFailures();
    void runAllLimitsParallelism();
    void runAllStops();
    void runAllInsideAJob();
    void manyProducers();
};

void TestJobs::resultReachesCallbackOnce()
{
    jobs::JobQueue queue(3);
    std::atomic<int> calls{0};
    std::atomic<int> sum{0};
    std::vector<jobs::Job<int>> all;
    for (int i = 1; i <= 200; ++i) {
        all.push_back(queue.submit<int>([i](const WorkContext &) -> Result<int> { return i; },
            [&](const Result<int> &result) {
                ++calls;
                sum += *result;
            }));
    }
    for (auto &job : all)
        QVERIFY(job.waitDelivered().ok());
    QCOMPARE(calls.load(), 200);
    QCOMPARE(sum.load(), 200 * 201 / 2);
}

void TestJobs::cancelledWorkKeepsItsAnswer()
{
    jobs::JobQueue queue(1);
    std::atomic<bool> began{false};
    auto job = queue.submit<QString>([&](const WorkContext &context) -> Result<QString> {
        began = true;
        while (!context.stopRequested())
            std::this_thread::yield();
        return QStringLiteral("registered after all");
    });
    while (!began)
        std::this_thread::yield();
    job.requestStop();
    const auto result = job.wait();
    QVERIFY(result.ok());
    QCOMPARE(*result, QStringLiteral("registered after all"));
}

void TestJobs::cancelledBeforeItBegan()
{
    jobs::JobQueue queue(1);
    std::atomic<bool> go{false};
    std::atomic<bool> ran{false};
    auto first = queue.submit<int>([&](const WorkContext &) -> Result<int> {
        while (!go)
            std::this_thread::yield();
        return 1;
    });
    auto second = queue.submit<int>([&](const WorkContext &) -> Result<int> {
        ran = true;
        return 2;
    });
    second.requestStop();
    go = true;
    QVERIFY(first.wait().ok());
    const auto result = second.wait();
    QVERIFY(!result.ok());
    QVERIFY(result.error().is(base::errors::Stopped));
    QVERIFY(!ran);
}

void TestJobs::exceptionBecomesError()
{
    jobs::JobQueue queue(1);
    auto job =
        queue.submit<int>([](const WorkContext &) -> Result<int> { throw std::runtime_error("library"); });
    QVERIFY(job.wait().error().is(jobs::errors::Crashed));
    QVERIFY(queue.submit<int>([](const WorkContext &) -> Result<int> { return 5; })
                .wait()
                .ok()); // the worker lives on
}

void TestJobs::shutdownAnswersEverybody()
{
    std::atomic<int> answered{0};
    std::atomic<int> stopped{0};
    {
        jobs::JobQueue queue(2);
        for (int i = 0; i < 50; ++i) {
            queue.submit<int>(
                [](const WorkContext &context) -> Result<int> {
                    while (!context.stopRequested())
                        std::this_thread::sleep_for(std::chrono::microseconds(100));
                    return 1;
                },
                [&](const Result<int> &result) {
                    ++answered;
                    if (!result)
                        ++stopped;
                });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        queue.shutdown();
        QCOMPARE(queue.pending(), 0);
    }
    QCOMPARE(answered.load(), 50);
    QVERIFY(stopped >= 48); // at most the two that ran came back with an answer of their own
}

void TestJobs::submitAfterShutdown()
{
    jobs::JobQueue queue(1);
    queue.shutdown();
    queue.shutdown();
    int calls = 0;
    auto job = queue.submit<int>(
        [](const WorkContext &) -> Result<int> { return 1; }, [&](const Result<int> &) { ++calls; });
    QVERIFY(job.wait().error().is(jobs::errors::ShutDown));
    QCOMPARE(calls, 1);
}

void TestJobs::runAllKeepsOrderAndFailures()
{
    std::vector<jobs::Work<int>> tasks;
    for (int i = 0; i < 19; ++i) {
        tasks.push_back([i](const WorkContext &) -> Result<int> {
            if (i % 5 == 3)
                return base::Error(base::errors::Io);
            return i;
        });
    }
    const auto results = jobs::runAll<int>(tasks, 4, WorkContext());
    QCOMPARE(results.size(), tasks.size());
    for (int i = 0; i < 19; ++i) {
        QCOMPARE(results[std::size_t(i)].ok(), i % 5 != 3);
        if (results[std::size_t(i)].ok())
            QCOMPARE(*results[std::size_t(i)], i);
    }
    QVERIFY(jobs::runAll<int>({}, 4, WorkContext()).empty());
}

void TestJobs::runAllLimitsParallelism()
{
    std::atomic<int> now{0}, most{0};
    std::vector<jobs::Work<int>> tasks(12, [&](const WorkContext &) -> Result<int> {
        const int mine = ++now;
        int seen = most;
        while (mine > seen && !most.compare_exchange_weak(seen, mine)) { }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        --now;
        return 0;
    });
    (void)jobs::runAll<int>(tasks, 3, WorkContext());
    QVERIFY(most <= 3);
    QVERIFY(most >= 2);
    QCOMPARE(jobs::runAll<int>(tasks, -1, WorkContext()).size(), tasks.size());
}

void TestJobs::runAllStops()
{
    std::stop_source stop;
    std::atomic<int> ran{0};
    std::vector<jobs::Work<int>> tasks(10, [&](const WorkContext &context) -> Result<int> {
        ++ran;
        stop.request_stop();
        return context.stopRequested() ? 7 : 0;
    });
    const auto results = jobs::runAll<int>(tasks, 1, WorkContext(stop.get_token()));
    QCOMPARE(ran.load(), 1);
    QCOMPARE(*results[0], 7);
    for (std::size_t i = 1; i < results.size(); ++i)
        QVERIFY(results[i].error().is(base::errors::Stopped));
}

void TestJobs::runAllInsideAJob()
{
    jobs::JobQueue queue(1); // would wait for ever if runAll used the same pool
    auto job = queue.submit<int>([](const WorkContext &context) -> Result<int> {
        std::vector<jobs::Work<int>> tasks(8, [](const WorkContext &inner) -> Result<int> {
            inner.report("part", 1, 1);
            return 1;
        });
        int sum = 0;
        for (const auto &result : jobs::runAll<int>(tasks, 4, context))
            sum += *result;
        return sum;
    });
    QCOMPARE(*job.wait(), 8);
}

void TestJobs::manyProducers()
{
    jobs::JobQueue queue(4);
    std::atomic<int> done{0};
    {
        std::vector<std::jthread> producers;
        for (int p = 0; p < 4; ++p) {
            producers.emplace_back([&] {
                for (int i = 0; i < 250; ++i) {
                    auto job = queue.submit<int>([](const WorkContext &) -> Result<int> { return 1; },
                        [&](const Result<int> &) { ++done; });
                    if (i % 3 == 0)
                        job.requestStop();
                }
            });
        }
    }
    queue.shutdown();
    QCOMPARE(done.load(), 1000);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
