// Between the consent room's values and those of the door.
#pragma once

#include "core/consent/Statement.h"
#include "core/services/Internals.h"

namespace naru::services {

consent::ConsentTexts consentTexts(const ihe::SiteProfile &site, bool korean);
std::vector<consent::ConsentRecord> consentRecords(Profile::Internals &in, const PatientKey &patient);
Light lightOf(consent::ConsentState state);
// May this document of ours leave? A clear reason when not.
base::Status mayLeave(Profile::Internals &in, const PatientKey &patient, const clinical::Document &document);

} // namespace naru::services
