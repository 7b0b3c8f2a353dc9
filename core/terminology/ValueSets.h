// Small closed lists of the forms: guardian relations, relay reasons, allergy kinds, departments.
#pragma once

#include <QList>
#include <QString>
#include <optional>

namespace naru::terminology {

struct ValueSetEntry {
    QString code{};
    QString ko{};
    QString en{};
    QString system{}; // OID; empty when the list has no code system of its own
    friend bool operator==(const ValueSetEntry &, const ValueSetEntry &) = default;
};

// Names of all lists: guardianRelation, allergyKind, relayStatus, relayClinical, relayNonClinical,
// relayTransferType, relayTransferClinical, relayTransferNonClinical, encounterType, confidentiality,
// consentSigner, smoking, drinking, anaesthesia, acuity, consciousness, transport, gender, testCategory,
// interpretation, vitalItem, drinkingFrequency, infectionClass, infectionAdmitted, infectionTestResult,
// signer, identityCheck, signerReason, exceptionCase. (Consent policies are identifiers, see base::oid.)
QStringList valueSetNames();
// Rows in the order of the table; empty for an unknown name.
QList<ValueSetEntry> valueSet(const QString &name);
std::optional<ValueSetEntry> valueSetEntry(const QString &name, const QString &code);

// HIRA 진료과목. Two spellings: "04" (KR Core, claims) and "0400" (CDA); the meaning of the last two digits
// of the second is not public, they are always "00" here.
struct DepartmentCode {
    QString cda{}; // "0400"
    QString hira{}; // "04"
    QString ko{};
    QString en{};
    QString group{}; // 의과 치과 한방
    friend bool operator==(const DepartmentCode &, const DepartmentCode &) = default;
};
QList<DepartmentCode> departments();
// By either spelling.
std::optional<DepartmentCode> department(const QString &code);

} // namespace naru::terminology
