// A service call on the job queue with its result delivered on the GUI thread. The owner may die first: then
// the work is asked to stop and its result is dropped here (the service has already recorded it). After 100
// ms the words "불러오는 중 (3초)" are there to show; JobLine shows them with [취소] in place.
#pragma once

#include "core/jobs/JobQueue.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace naru::ui {

class UiJob : public QObject {
    Q_OBJECT
public:
    // `owner` parents the job (a page or widget); `done` runs on the GUI thread, never after the owner is
    // gone. `what` replaces "불러오는 중" ("조회하는 중").
    template <typename T>
    static UiJob *start(jobs::JobQueue &queue, QObject *owner, jobs::Work<T> work,
        std::function<void(const base::Result<T> &)> done, const QString &what = {})
    {
        auto *job = new UiJob(owner, what);
        QPointer<UiJob> guard(job);
        auto handle = queue.submit<T>(
            std::move(work),
            [guard, done = std::move(done)](const base::Result<T> &result) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [guard, done, result] {
                        if (!guard)
                            return;
                        guard->finish();
                        if (done)
                            done(result);
                        if (guard)
                            guard->deleteLater();
                    },
                    Qt::QueuedConnection);
            },
            [guard](const base::Progress &progress) {
                const QString step = QString::fromLatin1(progress.step);
                const qint64 at = progress.done, total = progress.total;
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [guard, step, at, total] {
                        if (guard)
                            guard->report(step, at, total);
                    },
                    Qt::QueuedConnection);
            });
        job->m_stop = [handle]() mutable { handle.requestStop(); };
        return job;
    }
    ~UiJob() override;

    void cancel(); // asks the work to stop; the result still arrives
    bool isRunning() const { return m_running; }
    bool isCancelling() const { return m_cancelling; }
    bool isDue() const { return m_running && !m_tick.isSingleShot(); } // due() is over
    QString words() const; // "불러오는 중 (3초)", "가져오는 중 2 / 5 (3초)"

Q_SIGNALS:
    void due(); // 100 ms have passed and the work is not done
    void wordsChanged();
    void finished();

private:
    UiJob(QObject *owner, const QString &what);
    void finish();
    void report(const QString &step, qint64 done, qint64 total);

    QString m_what{};
    QString m_step{};
    qint64 m_done = 0, m_total = 0;
    bool m_running = true, m_cancelling = false;
    QElapsedTimer m_elapsed{};
    QTimer m_tick{};
    std::function<void()> m_stop{};
};

} // namespace naru::ui
