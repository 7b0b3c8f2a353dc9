#include "ui/pages/compose/Sending.h"

#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "core/services/SiteService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/compose/DraftKeeper.h"
#include "ui/shell/AppContext.h"

namespace naru::ui {

Sending::Sending(AppContext &context, DraftKeeper *keeper, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_keeper(keeper)
{
    connect(&m_recallTimer, &QTimer::timeout, this, [this] {
        if (--m_recallLeft <= 0)
            m_recallTimer.stop();
        Q_EMIT recallLeft(std::max(0, m_recallLeft));
    });
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (m_withImages && (change == services::Change::Images || change == services::Change::Pacs))
            lookAtImages();
    });
}

void Sending::seal()
{
    m_busy = true;
    m_keeper->flush([this](const base::Status &status) {
        if (status) {
            sealNow();
            return;
        }
        m_busy = false;
        Q_EMIT notSaved(status.error());
    });
}

void Sending::sealNow()
{
    auto profile = m_context.sharedProfile();
    const services::DraftId id = m_keeper->draft().id;
    const services::PatientKey patient = m_keeper->draft().patient;
    UiJob::start<Sealed>(
        m_context.queue(), this,
        [profile, id, patient](const base::WorkContext &) -> base::Result<Sealed> {
            Sealed sealed;
            NARU_ASSIGN(sealed.preview, profile->compose().sealPreview(id));
            NARU_ASSIGN(const services::Draft draft, profile->compose().open(id));
            sealed.images = profile->sharing().going(draft.document);
            sealed.lights = profile->consents().lights(patient);
            sealed.online = profile->site().online();
            return sealed;
        },
        [this](const base::Result<Sealed> &result) {
            m_busy = false;
            if (!result) {
                Q_EMIT notSealed(result.error());
                return;
            }
            m_withImages = !result->images.empty();
            Q_EMIT sealed(*result);
            Q_EMIT imagesSeen(result->images);
        });
}

void Sending::lookAtImages()
{
    if (m_looking && m_looking->isRunning())
        return; // news come every second while images arrive
    using Images = std::vector<services::GoingImages>;
    m_looking = UiJob::start<Images>(
        m_context.queue(), this,
        [profile = m_context.sharedProfile(), id = m_keeper->draft().id](
            const base::WorkContext &) -> base::Result<Images> {
            NARU_ASSIGN(const services::Draft draft, profile->compose().open(id));
            return profile->sharing().going(draft.document);
        },
        [this](const base::Result<Images> &images) {
            if (images)
                Q_EMIT imagesSeen(*images);
        });
}

void Sending::send(const QString &sha256)
{
    m_busy = true;
    auto profile = m_context.sharedProfile();
    const services::DraftId id = m_keeper->draft().id;
    UiJob::start<services::ComposeService::Sealed>(
        m_context.queue(), this,
        [profile, id, sha256](const base::WorkContext &) { return profile->compose().send(id, sha256); },
        [this](const base::Result<services::ComposeService::Sealed> &result) {
            m_busy = false;
            if (!result) {
                Q_EMIT notSent(result.error());
                return;
            }
            m_item = result->outbox;
            m_withImages = false;
            Q_EMIT sent();
        });
}

void Sending::startRecallTime()
{
    m_recallLeft = std::max(1, m_context.profile().site().holdSeconds());
    Q_EMIT recallLeft(m_recallLeft);
    m_recallTimer.start(1000);
}

base::Status Sending::recall()
{
    m_recallTimer.stop();
    base::Status status = m_context.profile().outbox().recall(m_item);
    if (status)
        m_item.clear();
    return status;
}

} // namespace naru::ui
