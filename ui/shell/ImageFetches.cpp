#include "ui/shell/ImageFetches.h"

#include "core/services/ImageService.h"
#include "ui/jobs/UiJob.h"

#include <algorithm>

namespace naru::ui {

using services::ImageFetchReport;
using services::ImageFetchRequest;

ImageFetches::ImageFetches(jobs::JobQueue &queue, std::shared_ptr<services::Profile> profile, QObject *parent)
    : QObject(parent)
    , m_queue(queue)
    , m_profile(std::move(profile))
{
}

UiJob *ImageFetches::fetch(const ImageFetchRequest &request)
{
    const QString key = request.studyUid.isEmpty() ? request.manifestId : request.studyUid;
    if (UiJob *job = running(key))
        return job;
    const QPointer<ImageFetches> guard(this);
    const auto arrived = [guard, key, request](const ImageFetchReport &soFar) { // on the worker
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, key, request, soFar] {
                if (guard)
                    guard->take(key, request, soFar);
            },
            Qt::QueuedConnection);
    };
    auto *job = UiJob::start<ImageFetchReport>(
        m_queue, this,
        [profile = m_profile, request, arrived](const base::WorkContext &work) {
            return profile->images().fetchFromExchange(request, work, arrived);
        },
        [this, key, request](const base::Result<ImageFetchReport> &result) {
            One &one = m_all[key];
            one.job.clear();
            if (result)
                one.report = *result;
            const ImageFetchReport report = one.report;
            const base::Error *error = !result ? &result.error() : report.error ? &*report.error : nullptr;
            Q_EMIT ended(request, report, error);
        },
        tr("Fetching the images"));
    m_all[key].job = job;
    Q_EMIT started(request, job);
    return job;
}

void ImageFetches::take(const QString &key, const ImageFetchRequest &request, const ImageFetchReport &soFar)
{
    m_all[key].report = soFar;
    Q_EMIT arrived(request, soFar);
}

UiJob *ImageFetches::running(const QString &studyUid) const
{
    for (auto it = m_all.constBegin(); it != m_all.constEnd(); ++it) {
        if ((it.key() == studyUid || it->report.studyUid == studyUid) && it->job && it->job->isRunning())
            return it->job;
    }
    return nullptr;
}

const ImageFetchReport *ImageFetches::report(const QString &studyUid) const
{
    const auto found = std::find_if(m_all.constBegin(), m_all.constEnd(),
        [&studyUid](const One &one) { return one.report.studyUid == studyUid && one.report.expected > 0; });
    return found == m_all.constEnd() ? nullptr : &found->report;
}

} // namespace naru::ui
