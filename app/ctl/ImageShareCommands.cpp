// `naructl image share`: studies of a chart to the exchange, alone or attached to a draft.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/ComposeService.h"
#include "core/services/Errors.h"
#include "core/services/ImageSharing.h"

namespace naru::ctl {

using namespace services;

namespace {
base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

void tell(const std::vector<clinical::AttachedImages> &studies, QJsonObject object, Output &output)
{
    QJsonArray rows;
    for (const clinical::AttachedImages &one : studies) {
        rows.append(attachedJson(one));
        output.line(QStringLiteral("  %1  %2 %3  %4 %5")
                        .arg(one.kosUid, one.modalities, one.description)
                        .arg(one.images)
                        .arg(say::word("images")));
    }
    object.insert(QStringLiteral("studies"), rows);
    output.setJson(object);
}

base::Result<int> attach(Profile &profile, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Draft draft, profile.compose().open(arguments.value("referral")));
    if (draft.patient != arguments.value("patient", draft.patient))
        return base::Error(services::errors::OtherPatient);
    for (const QString &study : arguments.positional) {
        NARU_ASSIGN(draft, profile.sharing().attach(draft.id, study, arguments.values("key")));
    }
    output.line(draft.id);
    tell(draft.document.images,
        {{QStringLiteral("draft"), draft.id}, {QStringLiteral("documentId"), draft.document.id.root}},
        output);
    return 0;
}

base::Result<int> share(Session &session, const Arguments &arguments, Output &output)
{
    const bool toDraft = arguments.has("referral");
    if (!toDraft && arguments.value("patient").isEmpty())
        return usage(QStringLiteral("image share STUDY... --patient ID [--referral DRAFT] [--key IMAGE]"));
    NARU_ASSIGN(Profile * profile, session.profile());
    if (toDraft)
        return attach(*profile, arguments, output);
    ShareRequest request;
    request.patient = arguments.value("patient");
    request.studies = arguments.positional;
    request.instances = arguments.values("key");
    request.recipientOid = arguments.value("to");
    NARU_ASSIGN(const Shared shared, profile->sharing().share(request));
    output.line(shared.outbox);
    tell(shared.studies,
        {{QStringLiteral("outbox"), shared.outbox}, {QStringLiteral("images"), shared.images},
            {QStringLiteral("bytes"), shared.bytes}},
        output);
    return 0;
}
} // namespace

std::vector<Command> imageShareCommands()
{
    return {
        {"image", "share", "STUDY...", 1, 100,
            "Queues studies of a chart for the exchange; prints the outbox id (`outbox run` sends)",
            {{"patient", "ID", "local id; the studies are in this chart"},
                {"referral", "DRAFT", "attach to this draft instead; they go when it is submitted"},
                {"key", "IMAGE", "only this image (key or SOP instance UID); may be repeated"},
                {"to", "OID", "institution they are meant for; stands in the audit trail and the metadata"}},
            share},
    };
}

} // namespace naru::ctl
