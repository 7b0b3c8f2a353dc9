#include "ui/jobs/UiJob.h"

namespace naru::ui {

namespace {

constexpr int WordsAfterMs = 100; // before that, words would only flicker
constexpr int TickMs = 500;

} // namespace

UiJob::UiJob(QObject *owner, const QString &what)
    : QObject(owner)
    , m_what(what.isEmpty() ? tr("Loading") : what)
{
    m_elapsed.start();
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!m_running)
            return;
        if (!m_tick.isSingleShot()) {
            Q_EMIT wordsChanged();
            return;
        }
        m_tick.setSingleShot(false);
        m_tick.start(TickMs);
        Q_EMIT due();
        Q_EMIT wordsChanged();
    });
    m_tick.start(WordsAfterMs);
}

UiJob::~UiJob()
{
    if (m_running && m_stop)
        m_stop();
}

void UiJob::cancel()
{
    if (!m_running || m_cancelling)
        return;
    m_cancelling = true;
    if (m_stop)
        m_stop();
    Q_EMIT wordsChanged();
}

QString UiJob::words() const
{
    const qint64 seconds = m_elapsed.elapsed() / 1000;
    if (m_cancelling)
        return tr("Stopping (%1 s)").arg(seconds);
    if (m_total > 0)
        return tr("%1 %2 / %3 (%4 s)").arg(m_what).arg(m_done).arg(m_total).arg(seconds);
    return tr("%1 (%2 s)").arg(m_what).arg(seconds);
}

void UiJob::finish()
{
    m_running = false;
    m_tick.stop();
    Q_EMIT finished();
}

void UiJob::report(const QString &step, qint64 done, qint64 total)
{
    m_step = step;
    m_done = done;
    m_total = total;
    Q_EMIT wordsChanged();
}

} // namespace naru::ui
