#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/ConsentService.h"

#include <QMap>

namespace naru::ctl {

using namespace services;

namespace {
using Signer = clinical::ConsentStatement::Signer;

base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

base::Result<ConsentAct> actFrom(const Arguments &arguments)
{
    static const QMap<QString, Signer> signers{{QStringLiteral("self"), Signer::Self},
        {QStringLiteral("guardian"), Signer::LegalRepresentative}, {QStringLiteral("family"), Signer::Family},
        {QStringLiteral("other"), Signer::Other}};
    static const QMap<QString, clinical::Programme> programmes{
        {QStringLiteral("exchange"), clinical::Programme::Exchange},
        {QStringLiteral("referral"), clinical::Programme::ReferralReturn},
        {QStringLiteral("imaging"), clinical::Programme::Imaging}};
    ConsentAct act;
    act.patient = arguments.value("patient");
    if (act.patient.isEmpty())
        return usage(QStringLiteral("--patient ID is needed"));
    const QString by = arguments.value("by", QStringLiteral("self"));
    if (!signers.contains(by))
        return usage(QStringLiteral("--by takes self, guardian, family or other"));
    act.signer = signers.value(by);
    for (const QString &name :
        arguments.value("programme", QStringLiteral("exchange,referral")).split(QLatin1Char(','))) {
        if (!programmes.contains(name))
            return usage(QStringLiteral("--programme takes exchange, referral, imaging"));
        act.programmes.push_back(programmes.value(name));
    }
    act.signerName = arguments.value("signer-name");
    act.signerPhone = arguments.value("signer-phone");
    act.signerRelation = arguments.value("relation");
    act.identityCheck = arguments.value("identity-check");
    act.signerReason = arguments.value("signer-reason");
    act.withdrawalReason = arguments.value("reason");
    act.agreedProvision = act.agreedSensitive =
        true; // giving consent with this command is both boxes; the paper shows them apart
    for (const QString &code : arguments.values("exclude-department"))
        act.excludedDepartments.push_back({code, {}});
    if (arguments.has("signature")) {
        NARU_ASSIGN(act.signaturePng, readInput(arguments.value("signature"), 2 * 1024 * 1024));
    }
    return act;
}

base::Result<int> perform(Session &session, const Arguments &arguments, Output &output, bool withdrawal)
{
    NARU_ASSIGN(const ConsentAct act, actFrom(arguments));
    NARU_ASSIGN(Profile * profile, session.profile());
    const auto problems = profile->consents().check(act, withdrawal);
    if (hasErrors(problems)) {
        output.setJson(
            problemsJson(withdrawal ? clinical::Form::Withdrawal : clinical::Form::Consent, problems));
        for (const clinical::RuleProblem &problem : problems)
            output.line(QStringLiteral("%1: %2").arg(
                problem.field, say::isKorean() ? problem.messageKo : problem.messageEn));
        return 1;
    }
    NARU_ASSIGN(
        const auto ids, withdrawal ? profile->consents().withdraw(act) : profile->consents().give(act));
    QJsonArray items;
    for (const OutboxId &id : ids) {
        items.append(id);
        output.line(id);
    }
    output.setJson(QJsonObject{{QStringLiteral("queued"), items}});
    return 0;
}

base::Result<int> give(Session &session, const Arguments &arguments, Output &output)
{
    return perform(session, arguments, output, false);
}

base::Result<int> withdraw(Session &session, const Arguments &arguments, Output &output)
{
    return perform(session, arguments, output, true);
}

base::Result<int> status(Session &session, const Arguments &arguments, Output &output)
{
    if (!arguments.has("patient"))
        return usage(QStringLiteral("--patient ID is needed"));
    NARU_ASSIGN(Profile * profile, session.profile());
    if (arguments.has("refresh"))
        NARU_TRY(profile->consents().refresh(arguments.value("patient"), session.work));
    QJsonArray rows;
    QList<QStringList> lines;
    bool any = false;
    for (const ConsentLight &light : profile->consents().lights(arguments.value("patient"))) {
        any = any || light.light == Light::Valid || light.light == Light::ExpiringSoon
            || light.light == Light::PendingRegistration;
        rows.append(QJsonObject{{QStringLiteral("programme"), clinical::programmeKey(light.programme)},
            {QStringLiteral("state"), say::lightKey(light.light)},
            {QStringLiteral("since"), light.since.toIso()}, {QStringLiteral("until"), light.until.toIso()},
            {QStringLiteral("documentId"), light.documentId}});
        lines.append({say::programmeWord(light.programme), say::lightWord(light.light),
            light.since.toDisplay(), light.until.toDisplay()});
    }
    output.setJson(rows);
    output.table({say::word("programme"), say::word("state"), say::word("since"), say::word("until")}, lines);
    return any ? 0 : 1;
}
} // namespace

std::vector<Command> consentCommands()
{
    const std::vector<Option> act{{"patient", "ID", "local id"},
        {"programme", "LIST", "exchange,referral,imaging"}, {"by", "WHO", "self, guardian, family or other"},
        {"signer-name", "NAME", "when not the patient"}, {"signer-phone", "PHONE", ""},
        {"relation", "CODE", "FTH, MTH, ..."}, {"identity-check", "HOW", "how the signer was identified"},
        {"signer-reason", "WHY", "why the patient does not sign"},
        {"exclude-department", "CODE", "may be repeated"}, {"signature", "PNG", "signature image"},
        {"reason", "TEXT", "reason of a withdrawal"}};
    return {
        {"consent", "give", "", 0, 0, "Records and registers consent", act, give},
        {"consent", "withdraw", "", 0, 0, "Records and registers a withdrawal", act, withdraw},
        {"consent", "status", "", 0, 0, "State for each programme; 1 when none is valid",
            {{"patient", "ID", "local id"}, {"refresh", "", "ask the registry first"}}, status},
    };
}

} // namespace naru::ctl
