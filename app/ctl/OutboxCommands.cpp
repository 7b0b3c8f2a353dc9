#include "app/ctl/Command.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/OutboxService.h"

namespace naru::ctl {

using namespace services;

namespace {
base::Result<int> list(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    QJsonArray rows;
    QList<QStringList> lines;
    for (const OutboxRow &row : profile->outbox().list()) {
        rows.append(outboxRowJson(row));
        lines.append({row.id, say::outboxWord(row.state), row.title, row.recipientName,
            QString::number(row.attempts), row.lastError});
    }
    output.setJson(rows);
    output.table({QStringLiteral("ID"), say::word("state"), say::word("document"), say::word("recipient"),
                     say::word("attempts"), say::word("error")},
        lines);
    return 0;
}

base::Result<int> run(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const auto report, profile->outbox().run(session.work, !arguments.has("hold")));
    output.setJson(
        QJsonObject{{QStringLiteral("done"), report.done}, {QStringLiteral("rejected"), report.rejected},
            {QStringLiteral("unknown"), report.unknown}, {QStringLiteral("waiting"), report.waiting}});
    output.line(QStringLiteral("%1 %2, %3 %4, %5 %6, %7 %8")
                    .arg(say::outboxWord(OutboxState::Done))
                    .arg(report.done)
                    .arg(say::outboxWord(OutboxState::Rejected))
                    .arg(report.rejected)
                    .arg(say::outboxWord(OutboxState::Unknown))
                    .arg(report.unknown)
                    .arg(say::outboxWord(OutboxState::Queued))
                    .arg(report.waiting));
    return report.unknown ? 6 : report.rejected ? 1 : report.waiting ? 3 : 0;
}

base::Result<int> retry(Session &session, const Arguments &arguments, Output &)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_TRY(profile->outbox().retry(arguments.positional.first()));
    return 0;
}

base::Result<int> recall(Session &session, const Arguments &arguments, Output &)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_TRY(profile->outbox().recall(arguments.positional.first()));
    return 0;
}

base::Result<int> show(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const OutboxRow row, profile->outbox().get(arguments.positional.first()));
    QJsonObject object = outboxRowJson(row);
    QJsonArray attempts;
    output.line(QStringLiteral("%1  %2  %3").arg(row.title, say::outboxWord(row.state), row.documentId));
    for (const OutboxAttempt &attempt : profile->outbox().attempts(row.id)) {
        attempts.append(QJsonObject{{QStringLiteral("when"), isoTime(attempt.when)},
            {QStringLiteral("endpoint"), attempt.endpoint}, {QStringLiteral("outcome"), attempt.outcome},
            {QStringLiteral("error"), attempt.errorCode}, {QStringLiteral("detail"), attempt.detail}});
        output.line(QStringLiteral("  %1  %2  %3 %4")
                        .arg(isoTime(attempt.when), attempt.endpoint, attempt.outcome, attempt.errorCode));
    }
    object.insert(QStringLiteral("attemptList"), attempts);
    output.setJson(object);
    return 0;
}
} // namespace

std::vector<Command> outboxCommands()
{
    return {
        {"outbox", "list", "", 0, 0, "What was sealed for sending, newest first", {}, list},
        {"outbox", "run", "", 0, 0, "Sends what is due; 6 when an outcome is unknown, 3 when something waits",
            {{"hold", "", "respect the recall time"}}, run},
        {"outbox", "retry", "ID", 1, 1, "Makes an item due now", {}, retry},
        {"outbox", "recall", "ID", 1, 1, "Takes back an item that has not left", {}, recall},
        {"outbox", "show", "ID", 1, 1, "An item with its attempts", {}, show},
    };
}

} // namespace naru::ctl
