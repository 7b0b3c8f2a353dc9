// What must hold before anything is submitted (TF-3 tables 4.2.3.2-1 to 4.2.3.4-1, field rules of the
// project): checked here so that nobody has to read a registry's refusal.
#pragma once

#include "core/base/Result.h"
#include "core/ihe/metadata/Metadata.h"

namespace naru::ihe {

struct MetadataProblem {
    bool fatal = true; // false: a warning
    QString object{}; // "DocumentEntry[0]", "SubmissionSet", "Association[2]"
    QString field{}; // "patientId"
    QString what{}; // English, no patient data
    friend bool operator==(const MetadataProblem &, const MetadataProblem &) = default;
};

std::vector<MetadataProblem> checkSubmission(const RegistryContent &content);
// The first fatal problem as ihe.Metadata (arguments field, what).
base::Status requireValidSubmission(const RegistryContent &content);

} // namespace naru::ihe
