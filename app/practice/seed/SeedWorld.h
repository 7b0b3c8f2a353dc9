// The invented patients, institutions and documents of the practice exchange. One number decides everything:
// the same options give the same bytes on every machine. Documents are written by SeedCda, which shares no
// code with core/cda, so that a mistake in the one shows up in the other.
#pragma once

#include "app/practice/seed/imaging/SeedStudy.h"
#include "core/clinical/Document.h"

#include <QDate>
#include <vector>

namespace naru::practice {

struct SeedPatient {
    clinical::Patient patient{}; // localId: the chart number at `home`; no resident number
    // Further chart numbers of the same person at other institutions (root = institution OID).
    std::vector<clinical::Identifier> otherIds{};
    QString homeOid{}; // institution of patient.localId
    // Consent to the exchange: none at all, given, given and later withdrawn.
    enum class Consent { None, Given, Withdrawn };
    Consent consent = Consent::None;
    std::vector<clinical::Department> excludedDepartments{};
    QString consentDocumentId{}; // uniqueId of the consent in force or last withdrawn; empty when None
};

// One document with all that a registry has to know of it (IHE ITI TF-3 4.2.3.2). Affinity-domain codes
// (classCode, typeCode, formatCode, facility, ...) are the site's: look them up by `metadataKey` in site.json
// "codes.forms".
struct SeedDocument {
    clinical::Document document{}; // the values that were written
    QByteArray bytes{}; // CDA R2, UTF-8
    QString sha1Hex{}; // of bytes
    QString metadataKey{}; // "referral" "return" "reply" "summary" "imaging" "emergency" "consent"
                           // "withdrawal"; "manifest": site.json "codes.manifest"
    QString uniqueId{}; // XDSDocumentEntry.uniqueId: "root^extension"
    QString entryUuid{}; // "urn:uuid:..." stable
    int patientIndex = -1; // in SeedWorld::patients
    clinical::Identifier sourcePatientId{}; // chart number at the author's institution
    QString institutionOid{}; // author's institution
    QString serviceStart{}, serviceStop{}; // HL7 TS, yyyyMMddHHmmss in UTC, as metadata wants them
    QString creationTime{}; // likewise
    int repository = 0; // 0 or 1: which repository of site.json holds the bytes
    QStringList policies{}; // consent documents: policy OIDs for eventCodeList
    QString repliesTo{}; // uniqueId of the document answered (회송서, 회신서), empty otherwise: association
                         // XFRM/APND is the registry's choice
    QString title{};
    QString mimeType = QStringLiteral("text/xml");
    QString languageCode = QStringLiteral("ko-KR");
    std::vector<clinical::CodedValue> events{}; // manifests: modality and body part for eventCodeList
    QStringList references{}; // CXi for referenceIdList
    std::vector<SeedStudy> studies{}; // imaging reports: the images they report on
};

// The manifest of one of its studies as a document of its own; `retrieveUid` is the Retrieve Location UID.
SeedDocument manifestOf(const SeedDocument &report, const SeedStudy &study, const QString &retrieveUid);

struct SeedOptions {
    quint64 seed = 20261122;
    QDate today = QDate(2026, 11, 20); // the newest document is not younger
    int patients = 240; // at least 40
    int documents = 460; // clinical documents, consents not counted; at least 120
    QString clinicOid{}; // the clinic of the site profile; empty: the first institution of kind 의원
};

struct SeedWorld {
    SeedOptions options{};
    std::vector<clinical::Institution> institutions{};
    std::vector<SeedPatient> patients{};
    std::vector<SeedDocument> documents{}; // oldest first; consents and withdrawals among them
};

// `institutions` as read by loadInstitutions(). Errors: practice seed cannot be made from fewer than five
// institutions (base.Invalid).
base::Result<SeedWorld> makeWorld(
    const SeedOptions &options, const std::vector<clinical::Institution> &institutions);

} // namespace naru::practice
