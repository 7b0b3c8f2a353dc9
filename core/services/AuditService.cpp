#include "core/services/AuditService.h"

#include "core/audit/AuditMessage.h"
#include "core/audit/Delivery.h"
#include "core/base/Errors.h"
#include "core/net/SyslogTlsSender.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <QSysInfo>

namespace naru::services {

namespace {
class SyslogSender final : public audit::AuditSender {
public:
    SyslogSender(const ihe::SiteProfile &site)
        : m_sender(site.audit.host, site.audit.port, site.tls, 30,
            site.audit.ordinaryEndConfirms ? net::SyslogConfirmation::OrdinaryEnd
                                           : net::SyslogConfirmation::CloseNotify)
    {
    }
    base::Status sendBatch(const QList<QByteArray> &lines, const base::WorkContext &work) override
    {
        return m_sender.send({lines.begin(), lines.end()}, work);
    }

private:
    net::SyslogTlsSender m_sender;
};

// What people look for is the document; the standard makes the submission set the object and the document its
// detail.
QString objectOf(const audit::ParticipantObject &object)
{
    for (const audit::ObjectDetail &detail : object.details) {
        if (detail.type == QLatin1String("documentUniqueId"))
            return QString::fromUtf8(detail.value);
    }
    return object.id;
}

QString outcomeWord(int outcome)
{
    return outcome == 0 ? QStringLiteral("success")
        : outcome == 4  ? QStringLiteral("minor")
        : outcome == 8  ? QStringLiteral("serious")
                        : QStringLiteral("major");
}
} // namespace

AuditService::AuditService(Profile::Internals &internals)
    : m(internals)
{
}

std::vector<AuditRow> AuditService::list(int limit, qint64 before)
{
    storage::AuditFilter filter;
    filter.limit = limit;
    filter.beforeSequence = before > 0 ? before : 0;
    std::vector<AuditRow> out;
    const auto records = m.stores.audit->list(filter);
    for (const audit::TrailRecord &record : records ? *records : QList<audit::TrailRecord>()) {
        AuditRow row;
        row.sequence = record.sequence;
        row.when = QDateTime::fromString(record.recorded, Qt::ISODateWithMs);
        row.user = record.account;
        row.workstation = record.place;
        row.event = record.act;
        row.outcome = outcomeWord(record.outcome);
        row.patientKey = record.subject;
        row.delivered = record.delivered;
        if (const auto event = m.stores.audit->open(record); event && !event->objects.empty())
            row.object = objectOf(event->objects.back());
        out.push_back(row);
    }
    return out;
}

base::Result<AuditVerdict> AuditService::verify()
{
    NARU_ASSIGN(const audit::TrailVerdict verdict, m.stores.audit->verify());
    return AuditVerdict{verdict.records, verdict.intact, verdict.firstBad.value_or(-1), verdict.why};
}

base::Result<int> AuditService::deliver(const base::WorkContext &work)
{
    if (!m.site.audit.isConfigured())
        return base::Error(errors::NoEndpoint, {}, {{QStringLiteral("what"), QStringLiteral("audit")}});
    SyslogSender sender(m.site);
    audit::SyslogFacts facts;
    facts.host = QSysInfo::machineHostName();
    facts.processId = QString::number(QCoreApplication::applicationPid());
    NARU_ASSIGN(const audit::DeliveryReport report, audit::deliver(*m.stores.audit, sender, facts, work));
    return report.delivered;
}

base::Status AuditService::exportTo(const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
    const base::Status written =
        m.stores.audit->forEach(1, [&](const audit::TrailRecord &record) -> base::Status {
            NARU_ASSIGN(const audit::AuditEvent event, m.stores.audit->open(record));
            NARU_ASSIGN(const QByteArray xml, audit::toXml(event));
            file.write(xml + '\n');
            return {};
        });
    NARU_TRY(written);
    NARU_TRY(
        m.stores.audit->append(m.events().act(QStringLiteral("audit.used"), {}, QStringLiteral("export"))));
    m.changed(Change::Audit);
    if (!file.commit())
        return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
    return {};
}

void AuditService::note(const QString &act, const PatientKey &patient, const QString &object, bool success)
{
    m.record(m.events().act(
        act, patient, object, success ? audit::Outcome::Success : audit::Outcome::MinorFailure));
}

base::Status AuditService::exported(
    const QString &act, const PatientKey &patient, const QString &object, const base::Error *failed)
{
    NARU_TRY(m.stores.audit->append(
        m.events().act(act, patient, object, failed ? audit::Outcome::MinorFailure : audit::Outcome::Success,
            failed ? QString::fromLatin1(failed->code.id) : QString())));
    m.changed(Change::Audit);
    return {};
}

} // namespace naru::services
