#include "ui/pages/archive/Transfers.h"

#include "core/services/Errors.h"
#include "core/services/PacsService.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/text/Sentences.h"

namespace naru::ui {

using services::PacsJob;

namespace {

// The background work takes one job after the other; what a person waits for begins at once beside it. One of
// them, since each holds a thread: further ones wait their turn in the background.
void runNow(AppContext &context, const QString &id)
{
    const QString name = QStringLiteral("archive.run");
    if (context.findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
        return;
    UiJob *job = UiJob::start<PacsJob>(context.queue(), &context,
        [profile = context.sharedProfile(), id](const base::WorkContext &work) {
            auto job = profile->pacs().run(id, work);
            // Cancelled by a person it stays cancelled; when the program is closed it goes on another day.
            if (job && job->state == PacsJob::State::Stopped && work.stopRequested())
                (void)profile->pacs().retry(id);
            return job;
        },
        {});
    job->setObjectName(name);
}

} // namespace

base::Result<QString> startFetch(
    AppContext &context, const QString &node, const QString &studyUid, const services::PatientKey &patient)
{
    services::PacsService &pacs = context.profile().pacs();
    for (const PacsJob &job : pacs.jobs()) {
        if (job.kind != QLatin1String("fetch") || job.node != node || job.studyUid != studyUid
            || job.patientKey != patient || job.state == PacsJob::State::Done)
            continue;
        if (job.state != PacsJob::State::Running) // also one that waits for its next attempt
            NARU_TRY(pacs.retry(job.id));
        runNow(context, job.id);
        return job.id;
    }
    NARU_ASSIGN(const QString id, pacs.fetch(node, studyUid, patient));
    runNow(context, id);
    return id;
}

base::Status startAgain(AppContext &context, const QString &job)
{
    NARU_TRY(context.profile().pacs().retry(job));
    runNow(context, job);
    return {};
}

QString reasonOf(const PacsJob &job, text::Language language)
{
    if (job.lastError.isEmpty())
        return {};
    const QByteArray code = job.lastError.toLatin1();
    base::Error error({code.constData(), 1}, {}, job.reason); // as it was then: seconds, step, status
    error.with(QStringLiteral("node"), job.node);
    error.with(QStringLiteral("missing"), QString::number(qMax(0, job.total - job.done)));
    error.with(QStringLiteral("failed"), QString::number(job.failed));
    error.with(QStringLiteral("total"), QString::number(job.total));
    return text::sentence(error, language);
}

bool isOfAnother(const PacsJob &job)
{
    return job.lastError == QLatin1String(services::errors::ImagesOfAnother.id)
        || job.lastError == QLatin1String(services::errors::ImageOtherChart.id);
}

bool isUnderWay(const PacsJob &job)
{
    return job.state == PacsJob::State::Queued || job.state == PacsJob::State::Running;
}

} // namespace naru::ui
