// The audit trail as its readers see it.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class AuditService {
public:
    explicit AuditService(Profile::Internals &internals);

    std::vector<AuditRow> list(int limit = 500, qint64 before = -1);
    base::Result<AuditVerdict> verify();
    base::Result<int> deliver(const base::WorkContext &work); // number of records delivered
    base::Status exportTo(const QString &path); // XML messages, one a line
    // Acts that only the user interface knows, each a row of core/audit/tables/events.tsv ("patient.reveal"
    // "consent.shown"), with a pseudonymous object.
    void note(const QString &act, const PatientKey &patient, const QString &object = {}, bool success = true);

    // Something of a patient that the user interface itself gives out: a picture, a print, a document taken
    // out of a study ("image.export" "image.print", the object its study). Called before it leaves, and not
    // given out when it cannot be recorded; called again with the error when it failed.
    base::Status exported(const QString &act, const PatientKey &patient, const QString &object,
        const base::Error *failed = nullptr);

private:
    Profile::Internals &m;
};

} // namespace naru::services
