// The few things of a referral that an answer needs, read with own lines from any CDA R2 that carries them.
#pragma once

#include "core/clinical/Document.h"

namespace naru::practice {

struct Referral {
    clinical::Identifier id{};
    clinical::Patient patient{};
    clinical::Institution institution{}; // who referred
    clinical::Practitioner doctor{};
    clinical::Department askedDepartment{}; // of the first recipient
    std::vector<clinical::Problem> problems{};
    std::vector<clinical::Medication> medications{};
};

// Errors: base.Xml* for broken input; base.Invalid when the root is no ClinicalDocument, the template is not
// the referral's, or the id or the patient's number is missing.
base::Result<Referral> readReferral(const QByteArray &bytes);

} // namespace naru::practice
