#include "core/audit/EventBuilder.h"

#include "core/audit/tables/eventsTable.h"
#include "core/base/Tsv.h"

#include <QUrl>
#include <QUuid>

#include <algorithm>

namespace naru::audit {

namespace {
// WS-Addressing 1.0: what an answer is sent to when there is no listener; IHE's UserID of such a client.
const QLatin1String anonymousReply("http://www.w3.org/2005/08/addressing/anonymous");

const base::TsvTable &table()
{
    static const base::TsvTable events = base::TsvTable::parse(tables::events);
    return events;
}

int rowOf(const QString &act)
{
    for (int row = 0; row < table().rowCount(); ++row) {
        if (table().at(row, "act") == act)
            return row;
    }
    return -1;
}

EventCode dcm(const char *code, const char *text)
{
    return {QLatin1String(code), QStringLiteral("DCM"), QLatin1String(text)};
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

// 1 machine name, 2 IP address (PS3.15 A.5.2.2).
void setAccessPoint(ActiveParticipant &participant, const QString &host)
{
    if (host.isEmpty())
        return;
    const bool v6 = host.contains(QLatin1Char(':'));
    const bool v4 = !host.isEmpty() && std::all_of(host.begin(), host.end(), [](QChar c) {
        return c.isDigit() || c == QLatin1Char('.');
    });
    participant.networkAccessPoint = host;
    participant.networkAccessPointType = v4 || v6 ? 2 : 1;
}

ParticipantObject patientObject(const QString &id)
{
    ParticipantObject object;
    object.id = orDash(id);
    object.typeCode = 1;
    object.role = 1;
    object.idType = {QStringLiteral("2"), QStringLiteral("RFC-3881"), QStringLiteral("Patient Number")};
    return object;
}

// The object of the row, named `id`.
ParticipantObject rowObject(int row, const QString &id)
{
    ParticipantObject object;
    object.id = orDash(id);
    object.typeCode = table().at(row, "objectType").toInt();
    object.role = table().at(row, "objectRole").toInt();
    object.lifeCycle = table().at(row, "lifeCycle").toInt();
    object.idType = {table().at(row, "idCode"), table().at(row, "idSystem"), table().at(row, "idText")};
    return object;
}

void addDetail(ParticipantObject &object, const char *type, const QString &value)
{
    if (!value.isEmpty())
        object.details.push_back({QLatin1String(type), value.toUtf8()});
}
} // namespace

ActiveParticipant EventBuilder::user() const
{
    ActiveParticipant out;
    out.userId = orDash(m_session.account);
    out.userName = m_session.userName;
    out.alternativeUserId = m_session.processId;
    out.requestor = true;
    if (!m_session.roleCode.isEmpty())
        out.roles.push_back({m_session.roleCode, QStringLiteral("NARU"), m_session.roleCode});
    setAccessPoint(out, m_session.host);
    return out;
}

AuditEvent EventBuilder::start(
    const QString &act, const QString &subject, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event;
    event.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    event.time = m_session.clock ? m_session.clock->nowUtc() : base::SystemClock().nowUtc();
    event.act = act;
    event.account = orDash(m_session.account);
    event.place = orDash(m_session.host);
    event.subject = orDash(subject);
    event.outcome = outcome;
    event.outcomeDescription = errorCode;
    event.source.sourceId = orDash(m_session.sourceId.isEmpty() ? m_session.host : m_session.sourceId);
    event.source.enterpriseSiteId = m_session.enterpriseSiteId;
    event.action = QStringLiteral("E");
    const int row = rowOf(act);
    if (row < 0) {
        // An unknown act is still recorded: a gap in the trail would be worse than a plain code.
        event.eventId = dcm("110100", "Application Activity");
        event.types.push_back({act, QStringLiteral("NARU"), act});
        return event;
    }
    event.eventId = {table().at(row, "eventCode"), QStringLiteral("DCM"), table().at(row, "eventText")};
    event.action = table().at(row, "action");
    event.types.push_back(
        {table().at(row, "typeCode"), table().at(row, "typeSystem"), table().at(row, "typeText")});
    return event;
}

void EventBuilder::addEnds(AuditEvent &event, const Peer &peer, bool weAreSource) const
{
    ActiveParticipant us;
    us.userId = peer.replyTo.isEmpty() ? QString(anonymousReply) : peer.replyTo;
    us.alternativeUserId = m_session.processId;
    us.requestor = true;
    setAccessPoint(us, m_session.host);
    ActiveParticipant them;
    them.userId = orDash(peer.endpoint);
    setAccessPoint(them, QUrl(peer.endpoint).host());
    const EventCode source = dcm("110153", "Source Role ID");
    const EventCode destination = dcm("110152", "Destination Role ID");
    us.roles.push_back(weAreSource ? source : destination);
    them.roles.push_back(weAreSource ? destination : source);
    event.participants.push_back(weAreSource ? us : them);
    if (!m_session.account.isEmpty())
        event.participants.push_back(user());
    event.participants.push_back(weAreSource ? them : us);
}

AuditEvent EventBuilder::act(const QString &act, const QString &subject, const QString &object,
    Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = start(act, subject, outcome, errorCode);
    if (act.startsWith(QLatin1String("application."))) {
        ActiveParticipant application;
        application.userId = orDash(m_session.sourceId.isEmpty() ? m_session.host : m_session.sourceId);
        application.alternativeUserId = m_session.processId;
        application.roles.push_back(dcm("110150", "Application"));
        setAccessPoint(application, m_session.host);
        event.participants.push_back(application);
        if (!m_session.account.isEmpty()) {
            event.participants.push_back(user());
            event.participants.back().roles = {dcm("110151", "Application Launcher")};
        }
    } else {
        event.participants.push_back(user());
    }
    if (!subject.isEmpty())
        event.objects.push_back(patientObject(subject));
    const int row = rowOf(act);
    if (!object.isEmpty() && row >= 0 && table().at(row, "objectType").toInt() != 0)
        event.objects.push_back(rowObject(row, object));
    return event;
}

AuditEvent EventBuilder::patientViewed(const QString &subject, const QString &exchangeCx) const
{
    AuditEvent event = act(QStringLiteral("patient.view"), subject);
    event.objects = {patientObject(exchangeCx.isEmpty() ? subject : exchangeCx)};
    return event;
}

AuditEvent EventBuilder::documentsExported(const SubmissionFacts &facts, const QString &subject,
    const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const
{
    return submitted(QStringLiteral("export.iti41"), facts, subject, exchangeCx, peer, outcome, errorCode);
}

AuditEvent EventBuilder::documentsUpdated(const SubmissionFacts &facts, const QString &subject,
    const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const
{
    return submitted(QStringLiteral("update.iti57"), facts, subject, exchangeCx, peer, outcome, errorCode);
}

AuditEvent EventBuilder::submitted(const QString &name, const SubmissionFacts &facts, const QString &subject,
    const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = start(name, subject, outcome, errorCode);
    addEnds(event, peer, true);
    event.objects.push_back(patientObject(exchangeCx));
    event.objects.push_back(rowObject(rowOf(name), facts.submissionSetUniqueId));
    for (const QString &id : facts.documentUniqueIds)
        addDetail(event.objects.back(), "documentUniqueId", id);
    addDetail(event.objects.back(), "Repository Unique Id", facts.repositoryUniqueId);
    return event;
}

AuditEvent EventBuilder::documentsImported(const std::vector<RetrievedDocument> &documents,
    const QString &subject, const QString &exchangeCx, const Peer &peer, Outcome outcome,
    const QString &errorCode) const
{
    const QString name = QStringLiteral("import.iti43");
    AuditEvent event = start(name, subject, outcome, errorCode);
    addEnds(event, peer, false);
    if (!exchangeCx.isEmpty())
        event.objects.push_back(patientObject(exchangeCx));
    for (const RetrievedDocument &document : documents) {
        event.objects.push_back(rowObject(rowOf(name), document.documentUniqueId));
        addDetail(event.objects.back(), "Repository Unique Id", document.repositoryUniqueId);
        addDetail(event.objects.back(), "ihe:homeCommunityID", document.homeCommunityId);
    }
    return event;
}

AuditEvent EventBuilder::images(const QString &act, const QString &studyUid, const QString &subject,
    const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = start(act, subject, outcome, errorCode);
    addEnds(event, peer, act == QLatin1String("image.share"));
    if (!exchangeCx.isEmpty())
        event.objects.push_back(patientObject(exchangeCx));
    event.objects.push_back(rowObject(rowOf(act), studyUid));
    return event;
}

AuditEvent EventBuilder::queried(const QString &act, const QueryFacts &facts, const QString &subject,
    const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = start(act, subject, outcome, errorCode);
    addEnds(event, peer, true);
    if (!exchangeCx.isEmpty())
        event.objects.push_back(patientObject(exchangeCx));
    const int row = rowOf(act);
    if (row < 0)
        return event;
    ParticipantObject query = rowObject(row, facts.queryId);
    query.query = facts.query;
    if (act == QLatin1String("query.iti18")) {
        addDetail(query, "QueryEncoding", QStringLiteral("UTF-8"));
        addDetail(query, "urn:ihe:iti:xca:2010:homeCommunityId", facts.homeCommunityId);
    } else {
        addDetail(query, "MSH-10", facts.messageId); // the standard's name also for the v3 message id
    }
    event.objects.push_back(query);
    return event;
}

AuditEvent EventBuilder::patientFed(const QString &act, const QString &messageId, const QString &subject,
    const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = start(act, subject, outcome, errorCode);
    addEnds(event, peer, true);
    event.objects.push_back(patientObject(exchangeCx));
    addDetail(event.objects.back(), "II", messageId);
    return event;
}

AuditEvent EventBuilder::consent(const QString &act, const QString &subject, const QString &consentId,
    const QString &reason, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = this->act(act, subject, consentId, outcome, errorCode);
    event.reason = reason;
    return event;
}

AuditEvent EventBuilder::login(
    const QString &act, const QString &account, Outcome outcome, const QString &errorCode) const
{
    AuditEvent event = this->act(act, {}, {}, outcome, errorCode);
    event.account = orDash(account);
    event.participants.front().userId = orDash(account);
    return event;
}

AuditEvent EventBuilder::documentUsed(
    const QString &act, const QString &subject, const QString &documentUniqueId, const QString &reason) const
{
    AuditEvent event = this->act(act, subject, documentUniqueId);
    event.reason = reason;
    return event;
}

QStringList EventBuilder::acts()
{
    QStringList out;
    for (int row = 0; row < table().rowCount(); ++row)
        out << table().at(row, "act");
    return out;
}

QString EventBuilder::actTitleKo(const QString &act)
{
    const int row = rowOf(act);
    return row < 0 ? act : table().at(row, "ko");
}

QString EventBuilder::actTitleEn(const QString &act)
{
    const int row = rowOf(act);
    return row < 0 ? act : table().at(row, "en");
}

} // namespace naru::audit
