#include "core/consent/Consent.h"

#include "core/base/Oid.h"

#include <algorithm>

namespace naru::consent {

using clinical::ConsentStatement;
using clinical::Programme;

namespace {
bool concerns(const ConsentStatement &statement, Programme programme)
{
    // A whole withdrawal without a list takes back everything.
    if (statement.programmes.empty())
        return isWithdrawal(statement);
    return std::find(statement.programmes.begin(), statement.programmes.end(), programme)
        != statement.programmes.end();
}

bool isWholeWithdrawal(const ConsentStatement &statement)
{
    return statement.policy == base::oid("krWithdrawAll").text()
        || (statement.excludedDepartments.empty() && statement.withdrawnInstitutions.empty());
}

QDate dayOf(const ConsentRecord &record)
{
    return record.statement.date.inKorea().date();
}

// When it was said on its day. A statement that came late from the exchange counts from when it was signed,
// not from when it was fetched: a consent of the morning may not undo the withdrawal of the afternoon. Of a
// date alone only a recording on that same day tells more; else a consent opens the day and a withdrawal
// closes it.
QDateTime momentOf(const ConsentRecord &record)
{
    const base::Timestamp &said = record.statement.date;
    if (said.precision() > base::Timestamp::Precision::Day)
        return said.earliestUtc();
    if (record.recordedAt.inKorea().date() == dayOf(record))
        return record.recordedAt.earliestUtc();
    const QDateTime first = said.earliestUtc();
    return isWithdrawal(record.statement) ? first.addDays(1).addMSecs(-1) : first;
}

// In the order in which they count; a record of a later day that is not yet in force is left out.
std::vector<const ConsentRecord *> inOrder(
    Programme programme, const std::vector<ConsentRecord> &records, QDate today)
{
    std::vector<const ConsentRecord *> out;
    for (const ConsentRecord &record : records) {
        const QDate day = record.statement.date.date();
        if (concerns(record.statement, programme) && (!day.isValid() || day <= today))
            out.push_back(&record);
    }
    std::stable_sort(out.begin(), out.end(), [](const ConsentRecord *a, const ConsentRecord *b) {
        const QDate dayA = dayOf(*a), dayB = dayOf(*b);
        if (dayA != dayB)
            return dayA < dayB;
        const QDateTime momentA = momentOf(*a), momentB = momentOf(*b);
        if (momentA != momentB)
            return momentA < momentB;
        if (a->recordedAt != b->recordedAt)
            return a->recordedAt < b->recordedAt;
        // Nothing tells which came last: the withdrawal counts, because it protects.
        return !isWithdrawal(a->statement) && isWithdrawal(b->statement);
    });
    return out;
}

void addDepartments(std::vector<clinical::Department> &to, const std::vector<clinical::Department> &from)
{
    for (const clinical::Department &department : from) {
        if (std::find(to.begin(), to.end(), department) == to.end())
            to.push_back(department);
    }
}

ConsentState ageOf(const ProgrammeStatus &status, QDate today, int expiringSoonDays)
{
    const QDate last = status.until.date();
    if (!last.isValid())
        return ConsentState::Valid;
    if (last < today)
        return ConsentState::Expired;
    return today.daysTo(last) < expiringSoonDays ? ConsentState::ExpiringSoon : ConsentState::Valid;
}

bool excludes(const std::vector<clinical::Department> &departments, const QString &code)
{
    return !code.isEmpty()
        && std::any_of(departments.begin(), departments.end(),
            [&](const auto &department) { return department.code == code; });
}

bool excludes(const std::vector<clinical::Institution> &institutions, const QString &oid)
{
    return !oid.isEmpty()
        && std::any_of(institutions.begin(), institutions.end(),
            [&](const auto &institution) { return institution.oid == oid; });
}
} // namespace

QString stateKey(ConsentState state)
{
    switch (state) {
    case ConsentState::Valid:
        return QStringLiteral("valid");
    case ConsentState::ExpiringSoon:
        return QStringLiteral("expiringSoon");
    case ConsentState::Expired:
        return QStringLiteral("expired");
    case ConsentState::Withdrawn:
        return QStringLiteral("withdrawn");
    case ConsentState::None:
        break;
    }
    return QStringLiteral("none");
}

bool isWithdrawal(const ConsentStatement &statement)
{
    return statement.policy == base::oid("krWithdrawAll").text()
        || statement.policy == base::oid("krWithdrawPart").text();
}

ProgrammeStatus statusOf(
    Programme programme, const std::vector<ConsentRecord> &records, QDate today, int expiringSoonDays)
{
    ProgrammeStatus status;
    status.programme = programme;
    for (const ConsentRecord *record : inOrder(programme, records, today)) {
        const ConsentStatement &statement = record->statement;
        const bool withdrawal = isWithdrawal(statement);
        if (withdrawal && !isWholeWithdrawal(statement)) { // narrows a consent, which stays in force
            addDepartments(status.excludedDepartments, statement.excludedDepartments);
            status.excludedInstitutions.insert(status.excludedInstitutions.end(),
                statement.withdrawnInstitutions.begin(), statement.withdrawnInstitutions.end());
            continue;
        }
        status = {};
        status.programme = programme;
        status.since = statement.date;
        status.documentId = record->documentId;
        if (withdrawal) {
            status.state = ConsentState::Withdrawn;
        } else if (statement.agreedProvision && statement.agreedSensitive) {
            status.until = statement.validUntil;
            status.excludedDepartments = statement.excludedDepartments;
            status.state = ageOf(status, today, expiringSoonDays);
        } // a recorded refusal is no consent
    }
    return status;
}

std::vector<ProgrammeStatus> statusOfAll(
    const std::vector<ConsentRecord> &records, QDate today, int expiringSoonDays)
{
    std::vector<ProgrammeStatus> out;
    for (const Programme programme : {Programme::Exchange, Programme::ReferralReturn, Programme::Imaging})
        out.push_back(statusOf(programme, records, today, expiringSoonDays));
    return out;
}

bool isComplete(const clinical::EmergencyException &exception)
{
    return exception.which != clinical::EmergencyException::Case::None
        && !exception.explanation.trimmed().isEmpty() && !exception.decidedBy.trimmed().isEmpty()
        && !exception.decidedAt.isNull();
}

Decision mayShare(const ShareRequest &request, const std::vector<ConsentRecord> &records)
{
    const ProgrammeStatus status = statusOf(request.programme, records, request.today);
    Decision decision;
    decision.programme = request.programme;
    decision.state = status.state;
    decision.documentId = status.documentId;
    decision.reason = stateKey(status.state);
    decision.allowed = status.state == ConsentState::Valid || status.state == ConsentState::ExpiringSoon;
    if (decision.allowed && excludes(status.excludedDepartments, request.departmentCode)) {
        decision.allowed = false;
        decision.reason = QStringLiteral("departmentExcluded");
    } else if (decision.allowed && excludes(status.excludedInstitutions, request.recipientOid)) {
        decision.allowed = false;
        decision.reason = QStringLiteral("institutionExcluded");
    }
    if (decision.allowed || request.exception.which == clinical::EmergencyException::Case::None)
        return decision;
    // 의료법 21조의2 1항: the exception stands in for a consent that cannot be obtained.
    decision.allowed = decision.emergency = isComplete(request.exception);
    decision.reason = decision.allowed ? QStringLiteral("emergency") : QStringLiteral("exceptionIncomplete");
    return decision;
}

} // namespace naru::consent
