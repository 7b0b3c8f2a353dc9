// Patients of this clinic: hand-over from the EMR, the local list, identity on the exchange (PIX, PDQ).
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class PatientService {
public:
    explicit PatientService(Profile::Internals &internals);

    // Reads a hand-over file's bytes (JSON, FHIR, HL7 v2, CSV; encodings recognised) and stores the patient.
    // A known chart number with another name, sex or birth date is an error (services.PatientConflict), never
    // a silent overwrite.
    base::Result<ImportedPatient> importHandOver(const QByteArray &bytes);
    base::Result<ImportedPatient> importFile(const QString &path);

    base::Result<clinical::Patient> get(const PatientKey &key);
    // The last hand-over's content, to start documents from.
    base::Result<clinical::Content> handedOver(const PatientKey &key);
    // What the last hand-over left out or changed; empty when it was taken as it is.
    std::vector<clinical::HandOverNote> handOverNotes(const PatientKey &key);
    // Name, initial consonants, birth date (any spelling) or chart number; newest first when empty.
    std::vector<PatientRow> list(const QString &query = {}, int limit = 200);
    // A patient entered by hand (the clinic without EMR link).
    base::Result<PatientKey> save(const clinical::Patient &patient, const PatientKey &key = {});
    // Records that the chart was opened (audit), by which door: "emr" "search" "link" "tab".
    void opened(const PatientKey &key, const QString &door);

    // ITI-47.
    struct FindRequest {
        QString name{};
        base::Timestamp birthDate{};
        clinical::Sex sex = clinical::Sex::Unknown;
        clinical::Identifier id{};
    };
    base::Result<std::vector<Candidate>> find(const FindRequest &request, const base::WorkContext &work);
    // ITI-45 by local id; when the index does not know the patient: ITI-44 add, then ITI-45. Stores the
    // exchange id.
    base::Result<clinical::Identifier> identify(const PatientKey &key, const base::WorkContext &work);
    // All ids of the patient the exchange knows (ITI-45).
    base::Result<std::vector<clinical::Identifier>> identifiers(
        const clinical::Identifier &id, const base::WorkContext &work);

private:
    Profile::Internals &m;
};

} // namespace naru::services
