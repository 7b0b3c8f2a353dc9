// Whose images these are, by what they say and what the charts say.
#pragma once

#include "core/services/ImageService.h"
#include "core/services/Internals.h"

namespace naru::services {

// The chart these images belong to beyond doubt: its chart number (or exchange id) and birth date, and
// nothing that contradicts. Empty otherwise.
PatientKey chartFor(const Profile::Internals &in, const StudyRow &study);

} // namespace naru::services
