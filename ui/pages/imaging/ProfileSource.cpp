#include "ui/pages/imaging/ProfileSource.h"

#include "core/base/Errors.h"
#include "core/services/ImageService.h"

namespace naru::ui {

ProfileSource::ProfileSource(std::shared_ptr<services::Profile> profile, const services::PatientKey &patient)
    : m_profile(std::move(profile))
    , m_patient(patient)
{
}

base::Result<std::vector<services::StudyRow>> ProfileSource::studies(const base::WorkContext &)
{
    services::StudyFilter filter;
    filter.patientKey = m_patient;
    return m_profile->images().studies(filter);
}

base::Result<std::vector<imaging::InstanceRef>> ProfileSource::instances(
    const QString &studyKey, const base::WorkContext &work)
{
    std::vector<imaging::InstanceRef> all;
    for (const services::SeriesRow &series : m_profile->images().series(studyKey)) {
        if (work.stopRequested())
            return base::Error(base::errors::Stopped);
        auto pictures = m_profile->images().pictures(series.key);
        all.insert(
            all.end(), std::make_move_iterator(pictures.begin()), std::make_move_iterator(pictures.end()));
    }
    return all;
}

QString ProfileSource::likelyFirst(const QString &studyKey)
{
    return m_profile->images().likelyFirst(studyKey);
}

base::Result<imaging::ImageSource> ProfileSource::bytes(const QString &handle)
{
    return m_profile->images().source(handle);
}

base::Result<imaging::DecoderPool *> ProfileSource::pool()
{
    return m_profile->images().pool();
}

base::Status ProfileSource::keep(const QByteArray &part10)
{
    const auto kept = m_profile->images().put(part10, QStringLiteral("own"), true, m_patient);
    return kept ? base::Status() : base::Status(kept.error());
}

} // namespace naru::ui
