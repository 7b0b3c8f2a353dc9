// STOW-RS (PS3.18 10.5; IHE RAD-108): instances of one study into an archive, and what became of each of
// them.
#pragma once

#include "core/base/WorkContext.h"
#include "core/ihe/site/SiteProfile.h"
#include "core/net/HttpClient.h"

namespace naru::ihe {

struct StoreOutcome {
    struct Failure {
        QString sopUid{};
        int reason = 0; // Failure Reason (0008,1197); 0: the archive gives none
        friend bool operator==(const Failure &, const Failure &) = default;
    };
    QStringList stored{}; // SOP instance UIDs that the archive names as stored, and no others
    std::vector<Failure> failed{};
    friend bool operator==(const StoreOutcome &, const StoreOutcome &) = default;
};

// What a failure means for the next attempt: again with the same bytes may help (0110H processing, A7xxH out
// of resources), or not (anything else: it would only be refused again).
bool mayHelpAgain(int reason);

class StowRs {
public:
    // `purpose`: code of HL7 ActReason by which the images may go without consent, for an archive that has a
    // parameter for it; empty: consent was given.
    StowRs(net::TlsIdentity identity, ImagingEndpoint archive, QString purpose = {});

    StowRs(net::HttpClient http, ImagingEndpoint archive);

    // One request, `files` as Part 10; the same instance again is no harm (PS3.18 10.5.3). `institution` goes
    // into the query where the archive has a parameter for it. Errors: those of net::HttpClient,
    // net.HttpStatus (other than 200, 202, 409), ihe.Answer.
    base::Result<StoreOutcome> store(const QString &studyUid, const std::vector<QByteArray> &files,
        const QString &institution, const base::WorkContext &work = {}) const;

private:
    net::HttpClient m_http;
    ImagingEndpoint m_archive{};
    QString m_purpose{};
};

// The answer's data set (application/dicom+json, an object or an array of one). ihe.Answer when it is none or
// names neither stored nor failed instances.
base::Result<StoreOutcome> readStoreAnswer(const QByteArray &json);

} // namespace naru::ihe
