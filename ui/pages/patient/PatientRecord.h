// What is known here of one patient: the documents, and one merged record of what they and the EMR say.
#pragma once

#include "core/clinical/HandOver.h"
#include "core/services/Types.h"
#include "ui/models/MergedRecord.h"
#include "ui/text/Words.h"

#include <array>

namespace naru::services {
class Profile;
}

namespace naru::ui {

constexpr int RecordKinds = 6;

struct PatientRecord {
    std::vector<services::DocumentRow> documents{};
    std::vector<RecordSource> sources{};
    std::vector<clinical::HandOverNote> notes{}; // of the EMR's last hand-over
    std::array<std::vector<RecordItem>, RecordKinds> items{};
};

// How a document stands with us, as a key of the words for marks: "new" "seen" "sent" "remote" "unreadable".
QString documentMark(const services::DocumentRow &document);
// The name of its form; of a manifest that it is images, and of which kind.
QString documentKind(const services::DocumentRow &document, text::Language language);

// Opens every document kept here: for a job, never for the thread of the windows.
PatientRecord readPatientRecord(
    services::Profile &profile, const services::PatientKey &patient, text::Language language);

} // namespace naru::ui
