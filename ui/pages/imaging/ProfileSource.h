// The images kept in the profile, of one patient.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"
#include "ui/pages/imaging/StudySource.h"

namespace naru::ui {

class ProfileSource : public StudySource {
public:
    ProfileSource(std::shared_ptr<services::Profile> profile, const services::PatientKey &patient);

    base::Result<std::vector<services::StudyRow>> studies(const base::WorkContext &work) override;
    base::Result<std::vector<imaging::InstanceRef>> instances(
        const QString &studyKey, const base::WorkContext &work) override;
    QString likelyFirst(const QString &studyKey) override;
    base::Result<imaging::ImageSource> bytes(const QString &handle) override;
    base::Result<imaging::DecoderPool *> pool() override;
    bool keeps() const override { return true; }
    base::Status keep(const QByteArray &part10) override;

private:
    std::shared_ptr<services::Profile> m_profile;
    services::PatientKey m_patient;
};

} // namespace naru::ui
