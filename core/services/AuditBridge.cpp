#include "core/services/AuditBridge.h"

namespace naru::services {

namespace {
thread_local QString currentSubject;

audit::AuditEvent queryEvent(
    const audit::EventBuilder &events, const ihe::TransactionRecord &record, const char *act)
{
    audit::QueryFacts facts;
    facts.queryId = record.queryId;
    facts.query = record.queryPayload;
    facts.messageId = record.messageId;
    return events.queried(QLatin1String(act), facts, currentSubject, record.patientIds.value(0),
        {record.endpoint, {}}, auditOutcome(record.outcome), record.outcomeText);
}

audit::AuditEvent importEvent(const audit::EventBuilder &events, const ihe::TransactionRecord &record)
{
    std::vector<audit::RetrievedDocument> documents;
    for (const ihe::TransactionRecord::Object &object : record.objects)
        documents.push_back({object.uniqueId, object.repositoryUniqueId, object.homeCommunityId});
    return events.documentsImported(documents, currentSubject, record.patientIds.value(0),
        {record.endpoint, {}}, auditOutcome(record.outcome), record.outcomeText);
}
} // namespace

AuditSubject::AuditSubject(const QString &patientKey)
    : m_before(currentSubject)
{
    currentSubject = patientKey;
}

AuditSubject::~AuditSubject()
{
    currentSubject = m_before;
}

const QString &AuditSubject::current()
{
    return currentSubject;
}

audit::Outcome auditOutcome(int dicom)
{
    switch (dicom) {
    case 0:
        return audit::Outcome::Success;
    case 4:
        return audit::Outcome::MinorFailure;
    case 8:
        return audit::Outcome::SeriousFailure;
    default:
        return audit::Outcome::MajorFailure;
    }
}

void AuditBridge::transaction(const ihe::TransactionRecord &record)
{
    m.online = record.outcome != 12;
    if (record.outcome != 12)
        m.lastContactMs = m.clock->nowUtc().toMSecsSinceEpoch();
    const audit::EventBuilder events = m.events();
    if (record.transaction == QLatin1String("ITI-18"))
        m.record(queryEvent(events, record, "query.iti18"));
    else if (record.transaction == QLatin1String("ITI-45"))
        m.record(queryEvent(events, record, "query.iti45"));
    else if (record.transaction == QLatin1String("ITI-47"))
        m.record(queryEvent(events, record, "query.iti47"));
    else if (record.transaction == QLatin1String("ITI-43"))
        m.record(importEvent(events, record));
    else if (record.transaction == QLatin1String("ITI-44"))
        m.record(events.patientFed(record.action == 'C' ? QStringLiteral("patient.iti44.add")
                                                        : QStringLiteral("patient.iti44.revise"),
            record.messageId, currentSubject, record.patientIds.value(0), {record.endpoint, {}},
            auditOutcome(record.outcome), record.outcomeText));
}

} // namespace naru::services
