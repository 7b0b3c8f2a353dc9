#include "ui/pages/documents/ReportImages.h"

#include "core/services/ImageService.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/ImageFetches.h"

#include <utility>

namespace naru::ui {

using services::ImageFetchReport;
using services::ImageFetchRequest;

ReportImages::ReportImages(AppContext &context, const services::PatientKey &patient, QObject *owner)
    : QObject(owner)
    , m_context(context)
    , m_patient(patient)
{
    connect(&context.imageFetches(), &ImageFetches::arrived, this,
        [this](const ImageFetchRequest &request, const ImageFetchReport &soFar) {
            if (isMine(request) && soFar.known + soFar.stored > 0)
                open(soFar.studyUid, keyOf(request));
        });
    connect(&context.imageFetches(), &ImageFetches::ended, this,
        [this](const ImageFetchRequest &request, const ImageFetchReport &report, const base::Error *error) {
            // What is shown whole does not need the exchange.
            const bool shown = m_opened.contains(request.studyUid) && report.expected == 0;
            if (isMine(request) && error && !shown)
                Q_EMIT failed(*error);
            m_asked.removeAll(keyOf(request));
        });
}

QString ReportImages::keyOf(const ImageFetchRequest &request)
{
    return request.studyUid.isEmpty() ? request.manifestId : request.studyUid;
}

bool ReportImages::isMine(const ImageFetchRequest &request) const
{
    return request.patient == m_patient && m_asked.contains(keyOf(request));
}

void ReportImages::show(const QStringList &studies, const QStringList &manifests, const QString &first)
{
    m_opened.clear();
    m_first = first;
    m_shown = false;
    if (studies.isEmpty() && manifests.isEmpty())
        m_context.openImaging(m_patient);
    for (const QString &study : studies) {
        services::StudyFilter filter;
        filter.studyUid = study;
        filter.patientKey = m_patient;
        if (!m_context.profile().images().studies(filter).empty())
            open(study, study);
        fetch({.patient = m_patient, .studyUid = study});
    }
    for (const QString &manifest : manifests)
        fetch({.patient = m_patient, .manifestId = manifest});
}

void ReportImages::open(const QString &study, const QString &key)
{
    if (!m_opened.contains(study))
        m_opened.append(study);
    const bool wanted = m_first.isEmpty() || key == m_first;
    if (wanted && !std::exchange(m_shown, true)) // further studies stand in the viewer's list
        m_context.openImaging(m_patient, study);
}

void ReportImages::fetch(const ImageFetchRequest &request)
{
    const bool asked = m_asked.contains(keyOf(request));
    if (!asked)
        m_asked.append(keyOf(request));
    UiJob *job = m_context.imageFetches().fetch(request);
    if (!asked) // a second click follows the same work
        Q_EMIT started(job);
}

} // namespace naru::ui
