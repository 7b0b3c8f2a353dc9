#include "ui/pages/documents/ReportImages.h"

#include "core/services/ImageService.h"
#include "ui/jobs/UiJob.h"

#include <QCoreApplication>
#include <QPointer>

namespace naru::ui {

using services::ImageFetchReport;

ReportImages::ReportImages(AppContext &context, const services::PatientKey &patient, QObject *owner)
    : QObject(owner)
    , m_context(context)
    , m_patient(patient)
{
}

void ReportImages::show(const QStringList &studies, const QStringList &manifests)
{
    m_opened.clear();
    if (studies.isEmpty() && manifests.isEmpty())
        m_context.openImaging(m_patient);
    for (const QString &study : studies) {
        services::StudyFilter filter;
        filter.studyUid = study;
        filter.patientKey = m_patient;
        const bool here = !m_context.profile().images().studies(filter).empty();
        if (here)
            open(study);
        if (!m_running.contains(study))
            fetch({.patient = m_patient, .studyUid = study}, here);
    }
    for (const QString &manifest : manifests) {
        if (!m_running.contains(manifest))
            fetch({.patient = m_patient, .manifestId = manifest}, false);
    }
}

void ReportImages::open(const QString &study)
{
    if (m_opened.contains(study))
        return;
    m_opened.append(study);
    if (m_opened.size() == 1) // further studies stand in the viewer's list
        m_context.openImaging(m_patient, study);
}

void ReportImages::fetch(const services::ImageFetchRequest &request, bool shown)
{
    const QString key = request.studyUid.isEmpty() ? request.manifestId : request.studyUid;
    m_running.append(key);
    const auto profile = m_context.sharedProfile();
    const QPointer<ReportImages> guard(this);
    // On the worker: the first image is listed.
    const auto arrived = [guard](const ImageFetchReport &soFar) {
        if (soFar.known + soFar.stored == 0)
            return;
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, study = soFar.studyUid] {
                if (guard)
                    guard->open(study);
            },
            Qt::QueuedConnection);
    };
    auto *job = UiJob::start<ImageFetchReport>(
        m_context.queue(), this,
        [profile, request, arrived](const base::WorkContext &work) {
            return profile->images().fetchFromExchange(request, work, arrived);
        },
        [this, key, shown](const base::Result<ImageFetchReport> &result) {
            m_running.removeAll(key);
            if (result && result->error)
                Q_EMIT failed(*result->error);
            else if (!result && !shown) // what is shown does not need the exchange
                Q_EMIT failed(result.error());
        },
        tr("Fetching the images"));
    Q_EMIT started(job);
}

} // namespace naru::ui
