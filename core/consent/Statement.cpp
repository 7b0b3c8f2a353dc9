#include "core/consent/Statement.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/clinical/forms/FormSpec.h"
#include "core/consent/Errors.h"
#include "core/consent/problemsTable.h"

#include <algorithm>

namespace naru::consent {

using clinical::ConsentStatement;
using clinical::Programme;
using Signer = clinical::ConsentStatement::Signer;

namespace {
constexpr int legalRepresentativeAge = 14; // PIPA 22조의2

void setSigner(ConsentStatement &statement, const SignerDetails &signer)
{
    statement.signer = signer.signer;
    statement.signerName = base::normalized(signer.name);
    statement.signerPhone = signer.phone.trimmed();
    statement.signerRelation = signer.relation;
    statement.identityCheck = signer.identityCheck;
    statement.signerReason = base::normalized(signer.reason);
}

// One programme: its text. Several: each text under the programme's title, so that no item loses its
// programme.
QString joined(const std::vector<const ProgrammeTexts *> &programmes, QString ProgrammeTexts::*item)
{
    if (programmes.size() == 1)
        return programmes.front()->*item;
    QStringList lines;
    for (const ProgrammeTexts *texts : programmes)
        lines.append(texts->title + QStringLiteral(": ") + texts->*item);
    return lines.join(QLatin1Char('\n'));
}

QDate lastDay(QDate first, int months)
{
    return months > 0 && first.isValid() ? first.addMonths(months).addDays(-1) : QDate();
}

class Checker {
public:
    Checker(const ConsentStatement &statement, const clinical::Patient &patient, const ConsentTexts &texts,
        QDate today)
        : m_s(statement)
        , m_patient(patient)
        , m_texts(texts)
        , m_today(today)
    {
    }

    std::vector<StatementProblem> run()
    {
        common();
        signer();
        if (isWithdrawal(m_s))
            withdrawal();
        else
            consent();
        return std::move(m_problems);
    }

private:
    void add(const char *code)
    {
        static const base::TsvTable table = base::TsvTable::parse(tables::problems);
        for (int row = 0; row < table.rowCount(); ++row) {
            if (table.at(row, "code") == QLatin1String(code))
                m_problems.push_back({table.at(row, "code"), table.at(row, "field"), table.at(row, "ko"),
                    table.at(row, "en")});
        }
    }
    void need(bool present, const char *code)
    {
        if (!present)
            add(code);
    }

    void common()
    {
        need(!m_s.programmes.empty(), "programme.missing");
        need(!m_s.date.isNull(), "date.missing");
        if (m_s.date.date().isValid() && m_s.date.date() > m_today)
            add("date.future");
        if (m_s.signaturePng.isEmpty())
            add("signature.missing");
        else
            need(m_s.signaturePng.startsWith("\x89PNG\r\n\x1a\n"), "signature.notPng");
    }

    void signer()
    {
        need(!m_s.signerName.trimmed().isEmpty(), "signerName.missing");
        const int age = m_patient.ageOn(m_s.date.date().isValid() ? m_s.date.date() : m_today);
        if (age < 0)
            add("birthDate.missing");
        else if (age < legalRepresentativeAge && m_s.signer != Signer::LegalRepresentative)
            add("under14.legalRepresentative");
        if (m_s.signer == Signer::Self) {
            if (!m_s.signerName.isEmpty() && base::folded(m_s.signerName) != base::folded(m_patient.name))
                add("signer.notPatient");
            return;
        }
        if (m_s.signerRelation.isEmpty() || m_s.signerRelation == QLatin1String("ONESELF")) {
            add("relation.missing");
        } else {
            const auto relations = clinical::valueSetChoices(QStringLiteral("guardianRelation"));
            need(std::any_of(relations.begin(), relations.end(),
                     [this](const clinical::Choice &choice) { return choice.code == m_s.signerRelation; }),
                "relation.unknown");
        }
        need(!m_s.identityCheck.trimmed().isEmpty(), "identityCheck.missing");
        need(!m_s.signerReason.trimmed().isEmpty(), "signerReason.missing");
    }

    void consent()
    {
        need(!m_s.recipientText.trimmed().isEmpty(), "recipientText.missing");
        need(!m_s.purposeText.trimmed().isEmpty(), "purposeText.missing");
        need(!m_s.itemsText.trimmed().isEmpty(), "itemsText.missing");
        need(!m_s.periodText.trimmed().isEmpty(), "periodText.missing");
        need(!m_s.refusalText.trimmed().isEmpty(), "refusalText.missing");
        need(m_s.agreedProvision, "agreedProvision.missing");
        need(m_s.agreedSensitive, "agreedSensitive.missing");
        const bool part = m_s.policy == base::oid("krConsentPart").text();
        if (!m_texts.partialAllowed && (part || !m_s.excludedDepartments.empty()))
            add("partial.notAllowed");
        need(part == !m_s.excludedDepartments.empty()
                && (part || m_s.policy == base::oid("krConsentAll").text()),
            "policy.wrong");
        if (!m_s.validUntil.isNull() && m_s.validUntil.date() < m_s.date.date())
            add("validUntil.wrong");
    }

    void withdrawal()
    {
        const bool part = !m_s.excludedDepartments.empty() || !m_s.withdrawnInstitutions.empty();
        need(part == (m_s.policy == base::oid("krWithdrawPart").text()), "policy.wrong");
    }

    const ConsentStatement &m_s;
    const clinical::Patient &m_patient;
    const ConsentTexts &m_texts;
    QDate m_today;
    std::vector<StatementProblem> m_problems{};
};
} // namespace

base::Result<ConsentStatement> buildConsent(
    const StatementRequest &request, const ConsentTexts &texts, const base::Timestamp &date)
{
    if (request.programmes.empty())
        return errors::NoProgramme;
    std::vector<const ProgrammeTexts *> chosen;
    for (const Programme programme : request.programmes) {
        const auto it = texts.programmes.constFind(programme);
        if (it == texts.programmes.constEnd())
            return base::Error(
                errors::NoText, {}, {{QStringLiteral("programme"), clinical::programmeKey(programme)}});
        chosen.push_back(&it.value());
    }
    ConsentStatement statement;
    statement.programmes = request.programmes;
    statement.policy =
        base::oid(request.excludedDepartments.empty() ? "krConsentAll" : "krConsentPart").text();
    statement.date = date;
    const QDate until = lastDay(date.date(), texts.validityMonths);
    statement.validUntil = until.isValid() ? base::Timestamp::fromDate(until) : base::Timestamp();
    setSigner(statement, request.signer);
    statement.excludedDepartments = request.excludedDepartments;
    statement.recipientText = joined(chosen, &ProgrammeTexts::recipient);
    statement.purposeText = joined(chosen, &ProgrammeTexts::purpose);
    statement.itemsText = joined(chosen, &ProgrammeTexts::items);
    const QString untilText =
        until.isValid() ? until.toString(QStringLiteral("yyyy-MM-dd")) : QStringLiteral("철회할 때");
    statement.periodText =
        joined(chosen, &ProgrammeTexts::period).replace(QStringLiteral("{{until}}"), untilText);
    statement.refusalText = joined(chosen, &ProgrammeTexts::refusal);
    statement.agreedProvision = request.agreedProvision;
    statement.agreedSensitive = request.agreedSensitive;
    statement.textVersion = texts.version;
    statement.signaturePng = request.signaturePng;
    return statement;
}

base::Result<ConsentStatement> buildWithdrawal(const WithdrawalRequest &request, const base::Timestamp &date)
{
    if (request.programmes.empty())
        return errors::NoProgramme;
    ConsentStatement statement;
    statement.programmes = request.programmes;
    const bool whole = request.institutions.empty() && request.departments.empty();
    statement.policy = base::oid(whole ? "krWithdrawAll" : "krWithdrawPart").text();
    statement.date = date;
    setSigner(statement, request.signer);
    statement.withdrawnInstitutions = request.institutions;
    statement.excludedDepartments = request.departments;
    statement.reason = base::normalized(request.reason);
    statement.signaturePng = request.signaturePng;
    return statement;
}

std::vector<StatementProblem> checkStatement(const ConsentStatement &statement,
    const clinical::Patient &patient, const ConsentTexts &texts, QDate today)
{
    return Checker(statement, patient, texts, today).run();
}

} // namespace naru::consent
