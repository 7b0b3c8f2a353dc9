// `naructl image fetch --patient`: a study of the exchange into a chart.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "core/services/ImageService.h"

#include <chrono>

namespace naru::ctl {

using namespace services;

namespace {
base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

struct Timing { // milliseconds since the command began to fetch; -1: not yet
    qint64 first = -1, last = -1;
};

QJsonObject reportJson(const ImageFetchReport &report, const Timing &timing)
{
    QJsonArray faults;
    for (const ImageFetchReport::Fault &fault : report.faults)
        faults.append(
            QJsonObject{{QStringLiteral("code"), fault.code}, {QStringLiteral("count"), fault.count},
                {QStringLiteral("message"), say::sentence(fault.code, fault.arguments)}});
    return {{QStringLiteral("study"), report.studyKey}, {QStringLiteral("studyUid"), report.studyUid},
        {QStringLiteral("source"), report.source},
        {QStringLiteral("manifests"), QJsonArray::fromStringList(report.manifests)},
        {QStringLiteral("expected"), report.expected}, {QStringLiteral("known"), report.known},
        {QStringLiteral("stored"), report.stored}, {QStringLiteral("failed"), report.failed},
        {QStringLiteral("complete"), report.complete()}, {QStringLiteral("faults"), faults},
        {QStringLiteral("firstMs"), timing.first}, {QStringLiteral("lastMs"), timing.last}};
}

QStringList reportLines(const ImageFetchReport &report)
{
    QStringList out{QStringLiteral("%1 %2/%3, %4 %5")
                        .arg(say::word("images"))
                        .arg(report.known + report.stored)
                        .arg(report.expected)
                        .arg(say::word("failed"))
                        .arg(report.failed)};
    for (const ImageFetchReport::Fault &fault : report.faults)
        out.append(QStringLiteral("%1 x %2: %3")
                       .arg(fault.count)
                       .arg(fault.code, say::sentence(fault.code, fault.arguments)));
    return out;
}

base::Result<int> fetch(Session &session, const Arguments &arguments, Output &output)
{
    ImageFetchRequest request;
    request.patient = arguments.value("patient");
    request.studyUid = arguments.value("study");
    request.manifestId = arguments.value("manifest");
    request.emergencyReason = arguments.value("emergency");
    if (request.patient.isEmpty() || (request.studyUid.isEmpty() && request.manifestId.isEmpty()))
        return usage(
            QStringLiteral("image fetch --patient ID (--study UID | --manifest DOCUMENT), or image fetch "
                           "--node NAME --study UID"));
    NARU_ASSIGN(Profile * profile, session.profile());
    Timing timing;
    const auto start = std::chrono::steady_clock::now();
    const auto arrived = [&timing, start](const ImageFetchReport &soFar) {
        if (soFar.stored == 0)
            return;
        timing.last =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
                .count();
        timing.first = timing.first < 0 ? timing.last : timing.first;
    };
    NARU_ASSIGN(
        const ImageFetchReport report, profile->images().fetchFromExchange(request, session.work, arrived));
    if (report.error) {
        output.setFailure(reportJson(report, timing), reportLines(report));
        return *report.error;
    }
    output.setJson(reportJson(report, timing));
    output.line(report.studyKey);
    for (const QString &line : reportLines(report))
        output.line(line);
    return 0;
}
} // namespace

std::vector<Command> imageFetchCommands()
{
    return {
        {"image", "fetch", "", 0, 0,
            "Fetches a study from the exchange; what is here already is not fetched again",
            {{"patient", "ID", "into this chart; consent is needed"},
                {"study", "UID", "study instance UID, as the imaging report names it"},
                {"manifest", "DOCUMENT", "document id of its manifest, as `document search` lists it"},
                {"emergency", "REASON", "without consent; audited"}},
            fetch},
    };
}

} // namespace naru::ctl
