// Consent and withdrawal as pure functions over values: "may we?", building a statement, checking it.
// Wording, validity and partial consent are configuration (facts: unconfirmed) and are passed in. Law: 의료법
// 21조의2, 개인정보 보호법 17조 2항, 22조, 22조의2, 23조 1항 1호, 37조.
#pragma once

#include "core/base/Result.h"
#include "core/clinical/Document.h"

#include <QDate>
#include <QMap>

namespace naru::consent {

// The five items of PIPA 17(2) for one programme, in the language the patient reads. "{{until}}" stands for
// the last valid day.
struct ProgrammeTexts {
    QString title{};
    QString recipient{}, purpose{}, items{}, period{}, refusal{};
    friend bool operator==(const ProgrammeTexts &, const ProgrammeTexts &) = default;
};

// Consent part of a site profile.
struct ConsentTexts {
    QString version{};
    int validityMonths = 0; // 0: until withdrawn
    bool partialAllowed = false;
    int expiringSoonDays = 30;
    std::vector<clinical::Department> sensitiveDepartments{};
    QMap<clinical::Programme, ProgrammeTexts> programmes{};
    friend bool operator==(const ConsentTexts &, const ConsentTexts &) = default;
};

enum class ConsentState { None, Valid, ExpiringSoon, Expired, Withdrawn };
QString stateKey(ConsentState state); // "none" "valid" "expiringSoon" "expired" "withdrawn"

// A statement as it was recorded, given or withdrawn. A withdrawal has policy krWithdrawAll or
// krWithdrawPart.
struct ConsentRecord {
    clinical::ConsentStatement statement{};
    QString documentId{};
    base::Timestamp recordedAt{}; // breaks ties of equal dates
    friend bool operator==(const ConsentRecord &, const ConsentRecord &) = default;
};

struct ProgrammeStatus {
    clinical::Programme programme = clinical::Programme::Exchange;
    ConsentState state = ConsentState::None;
    base::Timestamp since{}; // of the statement that decides
    base::Timestamp until{}; // null: no limit
    QString documentId{};
    std::vector<clinical::Department> excludedDepartments{}; // partial consent and partial withdrawal
    std::vector<clinical::Institution> excludedInstitutions{}; // partial withdrawal
    friend bool operator==(const ProgrammeStatus &, const ProgrammeStatus &) = default;
};

bool isWithdrawal(const clinical::ConsentStatement &statement);
ProgrammeStatus statusOf(clinical::Programme programme, const std::vector<ConsentRecord> &records,
    QDate today, int expiringSoonDays = 30);
// All programmes, in the order of the enumeration.
std::vector<ProgrammeStatus> statusOfAll(
    const std::vector<ConsentRecord> &records, QDate today, int expiringSoonDays = 30);

struct ShareRequest {
    clinical::Programme programme = clinical::Programme::Exchange;
    QDate today{};
    QString departmentCode{}; // of the record to be shared; empty when it belongs to none
    QString recipientOid{}; // institution that would receive it; empty when not directed
    clinical::EmergencyException exception{}; // used only when consent does not allow
};

struct Decision {
    bool allowed = false;
    // "valid" "expiringSoon" "emergency" | "none" "expired" "withdrawn" "departmentExcluded"
    // "institutionExcluded" "exceptionIncomplete"
    QString reason{};
    clinical::Programme programme = clinical::Programme::Exchange;
    ConsentState state = ConsentState::None;
    bool emergency = false; // allowed only by the exception of 의료법 21조의2 1항
    QString documentId{}; // the consent that allows or forbids
    friend bool operator==(const Decision &, const Decision &) = default;
};

Decision mayShare(const ShareRequest &request, const std::vector<ConsentRecord> &records);
// Case chosen, explanation, decider and time all present.
bool isComplete(const clinical::EmergencyException &exception);

} // namespace naru::consent
