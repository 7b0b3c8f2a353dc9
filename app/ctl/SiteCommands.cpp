#include "app/ctl/Command.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/SiteService.h"

#include <QJsonDocument>

namespace naru::ctl {

using namespace services;

namespace {
QJsonObject probeJson(const ProbeResult &probe)
{
    QJsonArray steps;
    QString failing;
    for (const ProbeStep &step : probe.steps) {
        const char *state = step.state == ProbeStep::State::Ok ? "ok"
            : step.state == ProbeStep::State::Failed           ? "failed"
                                                               : "not-done";
        if (step.state == ProbeStep::State::Failed)
            failing = step.key;
        steps.append(
            QJsonObject{{QStringLiteral("step"), step.key}, {QStringLiteral("state"), QLatin1String(state)},
                {QStringLiteral("detail"), step.detail}, {QStringLiteral("milliseconds"), step.milliseconds},
                {QStringLiteral("error"),
                    step.state == ProbeStep::State::Failed ? QString::fromLatin1(step.error.code.id)
                                                           : QString()}});
    }
    return {{QStringLiteral("endpoint"), probe.endpoint}, {QStringLiteral("address"), probe.address},
        {QStringLiteral("ok"), probe.ok()}, {QStringLiteral("failingStep"), failing},
        {QStringLiteral("steps"), steps}};
}

base::Result<int> check(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    QJsonArray rows;
    bool allOk = true;
    for (const EndpointRow &endpoint : profile->site().endpoints()) {
        if (arguments.has("endpoint") && arguments.value("endpoint") != endpoint.key)
            continue;
        NARU_ASSIGN(const ProbeResult probe, profile->site().check(endpoint.key, session.work));
        allOk = allOk && probe.ok();
        rows.append(probeJson(probe));
        output.line(QStringLiteral("%1  %2  %3")
                        .arg(probe.ok() ? QStringLiteral("✓") : QStringLiteral("!"), endpoint.title,
                            endpoint.address));
        for (const ProbeStep &step : probe.steps) {
            const QString mark = step.state == ProbeStep::State::Ok ? QStringLiteral("✓")
                : step.state == ProbeStep::State::Failed            ? QStringLiteral("!")
                                                                    : QStringLiteral("○");
            output.line(QStringLiteral("   %1 %2  %3").arg(mark, say::probeStepWord(step.key), step.detail));
            if (step.state == ProbeStep::State::Failed)
                output.line(QStringLiteral("     %1").arg(say::sentence(step.error)));
        }
    }
    output.setJson(rows);
    return rows.isEmpty() ? 2 : allOk ? 0 : 3;
}

base::Result<int> show(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    const QByteArray json = profile->site().showJson();
    output.setJson(QJsonDocument::fromJson(json).object());
    output.line(QString::fromUtf8(json));
    return 0;
}
} // namespace

std::vector<Command> siteCommands()
{
    return {
        {"site", "check", "", 0, 0, "Tests every endpoint step by step and names the failing step",
            {{"endpoint", "NAME", "registry, repository:<id>, pix, pdq, audit"}}, check},
        {"site", "show", "", 0, 0, "The site profile in use, without secrets", {}, show},
    };
}

} // namespace naru::ctl
