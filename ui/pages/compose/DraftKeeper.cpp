#include "ui/pages/compose/DraftKeeper.h"

#include "core/services/ComposeService.h"
#include "core/services/DraftMerge.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"

#include <mutex>

namespace naru::ui {

namespace {
constexpr int kPauseMs = 400;
constexpr qint64 kAtMostEveryMs = 2000;
} // namespace

// A save under way runs beside one in place (closing, locking); both are of the whole document.
struct DraftKeeper::Order {
    std::mutex mutex{};
    quint64 written = 0;

    base::Status write(services::Profile &profile, const services::Draft &draft, quint64 number)
    {
        const std::lock_guard lock(mutex);
        if (number <= written)
            return {};
        NARU_TRY(profile.compose().save(draft));
        written = number;
        return {};
    }
};

DraftKeeper::DraftKeeper(AppContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_order(std::make_shared<Order>())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::save);
    m_since.start();
}

void DraftKeeper::setDraft(const services::Draft &draft)
{
    m_draft = draft;
    m_dirty = false;
    m_lastSaved = draft.updated;
}

void DraftKeeper::changed(const clinical::Document &document)
{
    m_draft.document = document;
    saw(document);
    if (!m_dirty) {
        m_dirty = true;
        Q_EMIT dirtyChanged();
    }
    if (m_timer.isActive()) {
        // Typing on: the pause moves, the two seconds do not.
        const qint64 left = kAtMostEveryMs - m_since.elapsed();
        if (left > kPauseMs)
            m_timer.start(kPauseMs);
        return;
    }
    const qint64 wait =
        qMax<qint64>(kPauseMs, qMin<qint64>(kAtMostEveryMs, kAtMostEveryMs - m_since.elapsed()));
    m_timer.start(int(wait));
}

void DraftKeeper::saw(const clinical::Document &document)
{
    QStringList &seen = m_draft.seen ? *m_draft.seen : m_draft.seen.emplace();
    for (const QString &part : services::draftParts(document)) {
        if (!seen.contains(part))
            seen.append(part);
    }
}

void DraftKeeper::save()
{
    m_timer.stop();
    if (m_saving)
        return; // finish() looks again
    if (!m_dirty) {
        auto waiting = std::move(m_waiting);
        m_waiting.clear();
        for (auto &done : waiting)
            done({});
        return;
    }
    m_saving = true;
    m_dirty = false;
    m_since.restart();
    auto profile = m_context.sharedProfile();
    const services::Draft draft = m_draft;
    UiJob::start<bool>(
        m_context.queue(), this,
        [profile, draft, order = m_order, number = ++m_number](
            const base::WorkContext &) -> base::Result<bool> {
            NARU_TRY(order->write(*profile, draft, number));
            return true;
        },
        [this](const base::Result<bool> &result) {
            m_saving = false;
            if (!result) {
                m_dirty = true;
                m_timer.start(int(kAtMostEveryMs));
                Q_EMIT failed(result.error());
                auto waiting = std::move(m_waiting);
                m_waiting.clear();
                for (auto &done : waiting)
                    done(result.error());
                return;
            }
            m_lastSaved = QDateTime::currentDateTime();
            Q_EMIT saved(m_lastSaved);
            Q_EMIT dirtyChanged();
            if (m_dirty || !m_waiting.empty())
                save();
        });
}

void DraftKeeper::flush(std::function<void(const base::Status &)> done)
{
    if (isClean()) {
        done({});
        return;
    }
    m_waiting.push_back(std::move(done));
    save();
}

base::Status DraftKeeper::flushNow()
{
    m_timer.stop();
    if (isClean())
        return {};
    NARU_TRY(m_order->write(m_context.profile(), m_draft, ++m_number));
    m_dirty = false;
    m_lastSaved = QDateTime::currentDateTime();
    Q_EMIT saved(m_lastSaved);
    Q_EMIT dirtyChanged();
    return {};
}

} // namespace naru::ui
