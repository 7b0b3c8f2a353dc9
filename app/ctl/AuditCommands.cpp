#include "app/ctl/Command.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/AuditService.h"

namespace naru::ctl {

using namespace services;

namespace {
base::Result<int> list(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    QJsonArray rows;
    QList<QStringList> lines;
    for (const AuditRow &row :
        profile->audit().list(arguments.value("limit", QStringLiteral("500")).toInt())) {
        rows.append(QJsonObject{{QStringLiteral("sequence"), row.sequence},
            {QStringLiteral("when"), isoTime(row.when)}, {QStringLiteral("user"), row.user},
            {QStringLiteral("workstation"), row.workstation}, {QStringLiteral("event"), row.event},
            {QStringLiteral("outcome"), row.outcome}, {QStringLiteral("patient"), row.patientKey},
            {QStringLiteral("object"), row.object}, {QStringLiteral("delivered"), row.delivered}});
        lines.append({QString::number(row.sequence), isoTime(row.when), row.user, row.event, row.outcome,
            row.delivered ? QStringLiteral("✓") : QStringLiteral("○")});
    }
    output.setJson(rows);
    output.table({QStringLiteral("#"), say::word("time"), say::word("user"), say::word("act"),
                     say::word("outcome"), say::word("delivered")},
        lines);
    return 0;
}

base::Result<int> verify(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const AuditVerdict verdict, profile->audit().verify());
    output.setJson(
        QJsonObject{{QStringLiteral("records"), verdict.records}, {QStringLiteral("intact"), verdict.intact},
            {QStringLiteral("firstBad"), verdict.intact ? QJsonValue() : QJsonValue(verdict.firstBad)},
            {QStringLiteral("reason"), verdict.reason}});
    output.line(verdict.intact ? QStringLiteral("%1 ✓").arg(verdict.records)
                               : QStringLiteral("! %1: %2").arg(verdict.firstBad).arg(verdict.reason));
    return verdict.intact ? 0 : 1;
}

base::Result<int> exportTrail(Session &session, const Arguments &arguments, Output &)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_TRY(profile->audit().exportTo(arguments.positional.first()));
    return 0;
}

base::Result<int> deliver(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const int count, profile->audit().deliver(session.work));
    output.setJson(QJsonObject{{QStringLiteral("delivered"), count}});
    output.line(QString::number(count));
    return 0;
}
} // namespace

std::vector<Command> auditCommands()
{
    return {
        {"audit", "list", "", 0, 0, "The trail, newest first", {{"limit", "N", "500"}}, list},
        {"audit", "verify", "", 0, 0, "Checks the hash chain; 1 when anything was changed", {}, verify},
        {"audit", "export", "FILE", 1, 1, "Writes the messages as XML, one a line", {}, exportTrail},
        {"audit", "deliver", "", 0, 0, "Sends what the repository has not confirmed", {}, deliver},
    };
}

} // namespace naru::ctl
