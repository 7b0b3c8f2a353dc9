// Building and checking consent and withdrawal statements.
#pragma once

#include "core/consent/Consent.h"

namespace naru::consent {

struct SignerDetails {
    clinical::ConsentStatement::Signer signer = clinical::ConsentStatement::Signer::Self;
    QString name{}, phone{};
    QString relation{}; // RoleCode, when not the patient
    QString identityCheck{};
    QString reason{}; // why the patient did not sign
};

struct StatementRequest {
    std::vector<clinical::Programme> programmes{};
    SignerDetails signer{};
    bool agreedProvision = false;
    bool agreedSensitive = false;
    std::vector<clinical::Department> excludedDepartments{};
    QByteArray signaturePng{};
};

// Fills date, last valid day (date + validity, minus a day), policy and the five texts of every programme.
// Error: consent.NoText (a programme without text, argument `programme`), consent.NoProgramme.
base::Result<clinical::ConsentStatement> buildConsent(
    const StatementRequest &request, const ConsentTexts &texts, const base::Timestamp &date);

struct WithdrawalRequest {
    std::vector<clinical::Programme> programmes{};
    SignerDetails signer{};
    std::vector<clinical::Institution> institutions{}; // both empty: everything is withdrawn
    std::vector<clinical::Department> departments{};
    QString reason{}; // optional: nobody owes a reason
    QByteArray signaturePng{};
};
base::Result<clinical::ConsentStatement> buildWithdrawal(
    const WithdrawalRequest &request, const base::Timestamp &date);

// What is missing or not allowed, as stable codes of problems.tsv with sentences; empty means complete.
// `field` is the member that is to be fixed.
struct StatementProblem {
    QString code{}; // "signature.missing", "under14.legalRepresentative" ...
    QString field{};
    QString messageKo{}, messageEn{};
    friend bool operator==(const StatementProblem &, const StatementProblem &) = default;
};
std::vector<StatementProblem> checkStatement(const clinical::ConsentStatement &statement,
    const clinical::Patient &patient, const ConsentTexts &texts, QDate today);

} // namespace naru::consent
