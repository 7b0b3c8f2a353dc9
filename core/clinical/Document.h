// A clinical document as its author means it: what cda/write turns into CDA R2 and cda/read recovers.
#pragma once

#include "core/clinical/Content.h"
#include "core/clinical/Parties.h"

#include <QByteArray>

namespace naru::clinical {

enum class Form { Unknown, Referral, Return, Reply, Summary, ImagingReport, Emergency, Consent, Withdrawal };

QString formKey(Form form); // "referral" ... the words of the CLI; "unknown"
Form formFromKey(const QString &key);
// Titles as printed; English is the source language of the program, Korean the language of the documents.
QString formTitleKo(Form form); // 진료의뢰서
QString formTitleEn(Form form);

// What the patient agrees to or takes back. Wording, validity and partial consent are configuration (facts:
// unconfirmed).
enum class Programme { Exchange, ReferralReturn, Imaging };
QString programmeKey(Programme programme); // "exchange" "referral" "imaging"

struct ConsentStatement {
    enum class Signer { Self, Family, LegalRepresentative, Other };
    std::vector<Programme> programmes{};
    QString policy{}; // OID: krConsentAll, krConsentPart, krWithdrawAll, krWithdrawPart
    base::Timestamp date{};
    base::Timestamp validUntil{}; // null: no limit configured
    Signer signer = Signer::Self;
    QString signerName{};
    QString signerPhone{};
    QString signerRelation{}; // RoleCode when not the patient
    QString identityCheck{}; // how the signer was identified
    QString signerReason{}; // why the patient did not sign
    std::vector<Department> excludedDepartments{};
    // The five items of PIPA 17(2), as shown to the patient, and the separate sensitive-data consent
    // (23(1)1).
    QString recipientText{}, purposeText{}, itemsText{}, periodText{}, refusalText{};
    bool agreedProvision = false;
    bool agreedSensitive = false;
    QString textVersion{};
    QByteArray signaturePng{};
    // Withdrawal only
    std::vector<Institution> withdrawnInstitutions{};
    QString reason{};
    friend bool operator==(const ConsentStatement &, const ConsentStatement &) = default;
};

// Transfer without consent (의료법 21조의2 1항): which case, who decided, when.
struct EmergencyException {
    enum class Case { None, Unconscious, EmergencyPatient, NoGuardian };
    Case which = Case::None;
    QString explanation{};
    QString decidedBy{};
    base::Timestamp decidedAt{};
    friend bool operator==(const EmergencyException &, const EmergencyException &) = default;
};

// Images that travel with the document (XDS-I.b): a study stored here, or chosen instances of it. Their
// manifest is named when they are attached, so that the document can link to it.
struct AttachedImages {
    QString kosUid{}; // of the manifest
    QString studyKey{}; // of the local store; opaque
    QString studyUid{}, accession{}, description{};
    QString modalities{}; // "CT, SR"
    QString date{}; // YYYYMMDD
    int images = 0;
    qint64 bytes = 0;
    QStringList instances{}; // keys of the local store; empty: the whole study
    friend bool operator==(const AttachedImages &, const AttachedImages &) = default;
};

struct Document {
    Form form = Form::Unknown;
    Identifier id{}; // root unique by itself; extension = request number (21 digits)
    QString setId{};
    int version = 1;
    Identifier replaces{}; // the document this one replaces
    QString title{};
    base::Timestamp effectiveTime{};
    QString confidentiality = QStringLiteral("N"); // N R V
    Patient patient{};
    Practitioner author{};
    Practitioner authenticator{};
    Institution custodian{};
    std::vector<Recipient> recipients{};
    Encounter encounter{};
    Content content{};
    std::optional<ConsentStatement> consent{};
    EmergencyException exception{};
    // The document answered by this one (회송서 to a 의뢰서); empty when none.
    Identifier inReplyTo{};
    std::vector<AttachedImages> images{};
    friend bool operator==(const Document &, const Document &) = default;
};

} // namespace naru::clinical
