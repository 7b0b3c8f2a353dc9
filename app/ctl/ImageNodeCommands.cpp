// `naructl image node|find --node|fetch|send|jobs|listen`: the link with image archives.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/ImageService.h"
#include "core/services/PacsService.h"

#include <QJsonDocument>
#include <QSaveFile>

#include <chrono>
#include <thread>

namespace naru::ctl {

using namespace services;

namespace {
base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

QString numberOrDash(int number)
{
    return number < 0 ? QStringLiteral("-") : QString::number(number);
}

QJsonObject nodeJson(const PacsNode &node)
{
    return {{QStringLiteral("name"), node.name}, {QStringLiteral("host"), node.host},
        {QStringLiteral("port"), node.port}, {QStringLiteral("aeTitle"), node.aeTitle},
        {QStringLiteral("ourAeTitle"), node.ourAeTitle}, {QStringLiteral("model"), node.model},
        {QStringLiteral("retrieve"), node.retrieve}, {QStringLiteral("characterSet"), node.characterSet},
        {QStringLiteral("commitment"), node.commitment}, {QStringLiteral("maySend"), node.maySend},
        {QStringLiteral("tls"), node.tls}, {QStringLiteral("tlsName"), node.tlsName},
        {QStringLiteral("web"), node.web}, {QStringLiteral("associations"), node.associations}};
}

QJsonObject studyJson(const PacsStudy &study)
{
    return {{QStringLiteral("studyUid"), study.studyUid}, {QStringLiteral("patientName"), study.patientName},
        {QStringLiteral("patientId"), study.patientId}, {QStringLiteral("birthDate"), study.birthDate},
        {QStringLiteral("sex"), study.sex}, {QStringLiteral("date"), study.date},
        {QStringLiteral("time"), study.time}, {QStringLiteral("description"), study.description},
        {QStringLiteral("modalities"), study.modalities}, {QStringLiteral("accession"), study.accession},
        {QStringLiteral("institution"), study.institution}, {QStringLiteral("series"), study.series},
        {QStringLiteral("instances"), study.instances}, {QStringLiteral("here"), study.here}};
}

QJsonObject jobJson(const PacsJob &job)
{
    QJsonArray unanswered;
    for (auto it = job.notCommitted.cbegin(); it != job.notCommitted.cend(); ++it)
        unanswered.append(
            QJsonObject{{QStringLiteral("sopUid"), it.key()}, {QStringLiteral("reason"), it.value()}});
    return {{QStringLiteral("job"), job.id}, {QStringLiteral("kind"), job.kind},
        {QStringLiteral("node"), job.node}, {QStringLiteral("state"), pacsStateKey(job.state)},
        {QStringLiteral("studyUid"), job.studyUid}, {QStringLiteral("attempts"), job.attempts},
        {QStringLiteral("total"), job.total}, {QStringLiteral("done"), job.done},
        {QStringLiteral("warnings"), job.warnings}, {QStringLiteral("failed"), job.failed},
        {QStringLiteral("converted"), job.converted}, {QStringLiteral("conflicts"), job.conflicts},
        {QStringLiteral("missing"), QJsonArray::fromStringList(job.missing)},
        {QStringLiteral("committed"), job.committed}, {QStringLiteral("awaitsReport"), job.awaitsReport},
        {QStringLiteral("notCommitted"), unanswered}, {QStringLiteral("error"), job.lastError},
        {QStringLiteral("detail"), job.message}, {QStringLiteral("created"), isoTime(job.created)}};
}

QStringList jobLine(const PacsJob &job)
{
    return {job.id, job.kind, job.node, pacsStateKey(job.state),
        QStringLiteral("%1/%2").arg(job.done).arg(job.total), QString::number(job.failed),
        QString::number(job.converted), job.lastError};
}

QStringList jobHeader()
{
    return {QStringLiteral("ID"), say::word("kind"), say::word("node"), say::word("state"),
        say::word("images"), say::word("failed"), say::word("converted"), say::word("error")};
}

PacsNode nodeFrom(const Arguments &arguments, PacsNode node)
{
    const auto take = [&arguments](const char *name, QString &value) {
        if (arguments.has(name))
            value = arguments.value(name);
    };
    take("host", node.host);
    take("ae", node.aeTitle);
    take("our-ae", node.ourAeTitle);
    take("model", node.model);
    take("retrieve", node.retrieve);
    take("charset", node.characterSet);
    take("certificate", node.certificate);
    take("key", node.key);
    take("authorities", node.authorities);
    take("tls-name", node.tlsName);
    take("web", node.web);
    node.port = arguments.value("port", QString::number(node.port)).toInt();
    node.associations = arguments.value("associations", QString::number(node.associations)).toInt();
    node.tls = node.tls || arguments.has("tls");
    node.commitment = node.commitment || arguments.has("commitment");
    node.maySend = node.maySend && !arguments.has("no-send");
    return node;
}

base::Result<int> addNode(Profile &profile, const Arguments &arguments, Output &output)
{
    PacsNode node;
    node.name = arguments.positional.value(1);
    node.ourAeTitle = profile.pacs().listenSettings().aeTitle;
    if (const auto known = profile.pacs().node(node.name))
        node = *known;
    node = nodeFrom(arguments, node);
    NARU_TRY(profile.pacs().setNode(node));
    output.setJson(nodeJson(node));
    output.line(node.name);
    return 0;
}

base::Result<int> listNodes(Profile &profile, Output &output)
{
    QJsonArray rows;
    QList<QStringList> lines;
    for (const PacsNode &node : profile.pacs().nodes()) {
        rows.append(nodeJson(node));
        const bool web = !node.web.isEmpty();
        const bool secured = web ? node.web.startsWith(QLatin1String("https")) : node.tls;
        lines.append(
            {node.name, node.aeTitle, web ? node.web : QStringLiteral("%1:%2").arg(node.host).arg(node.port),
                secured ? QStringLiteral("TLS") : QString(), node.ourAeTitle,
                web ? QStringLiteral("DICOMweb") : node.retrieve});
    }
    output.setJson(rows);
    output.table({say::word("name"), QStringLiteral("AE"), say::word("address"), QStringLiteral("TLS"),
                     say::word("ourAe"), say::word("retrieve")},
        lines);
    return 0;
}

base::Result<int> testNode(Session &session, Profile &profile, const QString &name, Output &output)
{
    NARU_ASSIGN(const auto steps, profile.pacs().test(name, session.work));
    QJsonArray rows;
    QList<QStringList> lines;
    for (const PacsTestStep &step : steps) {
        const QString why = step.ok ? step.detail : say::sentence(step.error);
        rows.append(QJsonObject{{QStringLiteral("step"), step.step}, {QStringLiteral("ok"), step.ok},
            {QStringLiteral("detail"), why},
            {QStringLiteral("code"), step.ok ? QString() : QString::fromLatin1(step.error.code.id)}});
        lines.append({step.step, step.ok ? QStringLiteral("OK") : QStringLiteral("-"), why});
    }
    output.setJson(rows);
    output.table({say::word("step"), say::word("outcome"), say::word("remark")}, lines);
    return steps.empty() || !steps.back().ok ? 3 : 0;
}

base::Result<int> node(Session &session, const Arguments &arguments, Output &output)
{
    const QString act = arguments.positional.first();
    const QString name = arguments.positional.value(1);
    NARU_ASSIGN(Profile * profile, session.profile());
    if (act == QLatin1String("list"))
        return listNodes(*profile, output);
    if (name.isEmpty())
        return usage(QStringLiteral("image node add|test|remove NAME, or image node list"));
    if (act == QLatin1String("add"))
        return addNode(*profile, arguments, output);
    if (act == QLatin1String("test"))
        return testNode(session, *profile, name, output);
    if (act != QLatin1String("remove"))
        return usage(QStringLiteral("image node add|list|test|remove"));
    NARU_TRY(profile->pacs().removeNode(name));
    output.setJson(QJsonObject{{QStringLiteral("removed"), name}});
    return 0;
}

base::Result<int> find(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    PacsQuery query;
    query.name = arguments.value("name", arguments.positional.value(0));
    query.patientId = arguments.value("id");
    query.birthDate = arguments.value("birth").remove(QLatin1Char('-'));
    query.accession = arguments.value("accession");
    query.studyUid = arguments.value("study");
    query.modality = arguments.value("modality");
    const QString date = arguments.value("date").remove(QLatin1Char('-'));
    query.from = date.section(QStringLiteral(".."), 0, 0);
    query.to = date.section(QStringLiteral(".."), -1);
    if (query.isEmpty())
        return usage(QStringLiteral("say what to look for: --name, --id, --birth, --date, --modality ..."));
    NARU_ASSIGN(const PacsFound found, profile->pacs().find(arguments.value("node"), query, session.work));
    QJsonArray rows;
    QList<QStringList> lines;
    for (const PacsStudy &study : found.studies) {
        rows.append(studyJson(study));
        lines.append({study.patientName, study.patientId, study.birthDate, study.date, study.modalities,
            study.description, numberOrDash(study.instances), QString::number(study.here), study.studyUid});
    }
    output.setJson(QJsonObject{{QStringLiteral("studies"), rows}, {QStringLiteral("more"), found.more}});
    output.table({say::word("name"), QStringLiteral("ID"), say::word("birthDate"), say::word("date"),
                     say::word("modality"), say::word("description"), say::word("images"), say::word("here"),
                     QStringLiteral("UID")},
        lines);
    if (found.more)
        output.line(say::word("incompleteList"));
    return found.studies.empty() ? 1 : 0;
}

// An unfinished one of the same study, into the same chart, goes on; else a new one.
base::Result<QString> jobFor(
    Profile &profile, const PacsJob &wanted, const std::function<base::Result<QString>()> &make)
{
    for (const PacsJob &job : profile.pacs().jobs()) {
        if (job.kind == wanted.kind && job.node == wanted.node && job.studyUid == wanted.studyUid
            && job.studyKey == wanted.studyKey && job.patientKey == wanted.patientKey
            && job.state != PacsJob::State::Done) {
            if (job.state != PacsJob::State::Running)
                NARU_TRY(profile.pacs().retry(job.id));
            return job.id;
        }
    }
    return make();
}

base::Result<int> runJob(Session &session, Profile &profile, const QString &id, Output &output)
{
    NARU_ASSIGN(const PacsJob job, profile.pacs().run(id, session.work));
    output.setJson(jobJson(job));
    output.table(jobHeader(), {jobLine(job)});
    if (job.conflicts > 0)
        output.line(QStringLiteral("! %1 %2").arg(say::word("keptApart")).arg(job.conflicts));
    if (job.state == PacsJob::State::Done)
        return 0;
    if (!output.isJson() && !job.lastError.isEmpty())
        output.line(job.message);
    for (auto it = job.notCommitted.cbegin(); it != job.notCommitted.cend(); ++it)
        output.line(QStringLiteral("! %1 %2H").arg(it.key()).arg(it.value(), 4, 16, QLatin1Char('0')));
    for (const QString &uid : job.missing)
        output.line(QStringLiteral("! %1").arg(uid));
    const bool network =
        (job.lastError.startsWith(QLatin1String("dimse.")) || job.lastError.startsWith(QLatin1String("net."))
            || job.lastError.startsWith(QLatin1String("ihe.")))
        && job.lastError != QLatin1String("dimse.Status") && job.lastError != QLatin1String("dimse.Stopped");
    return network ? 3 : 1;
}

base::Result<int> fetch(Session &session, const Arguments &arguments, Output &output)
{
    const QString node = arguments.value("node"), study = arguments.value("study");
    if (node.isEmpty() || study.isEmpty())
        return usage(QStringLiteral("image fetch --node NAME --study UID [--patient ID]"));
    NARU_ASSIGN(Profile * profile, session.profile());
    PacsJob wanted;
    wanted.kind = QStringLiteral("fetch");
    wanted.node = node;
    wanted.studyUid = study;
    wanted.patientKey = arguments.value("patient");
    NARU_ASSIGN(const QString id,
        jobFor(*profile, wanted, [&] { return profile->pacs().fetch(node, study, wanted.patientKey); }));
    if (arguments.has("queue")) {
        output.setJson(QJsonObject{{QStringLiteral("job"), id}});
        output.line(id);
        return 0;
    }
    return runJob(session, *profile, id, output);
}

// A key, or a study instance UID. One UID may stand for several studies: of several charts, or where other
// bytes came under known identifiers. Which of them is not for us to guess.
base::Result<StudyRow> studyNamed(Profile &profile, const QString &named)
{
    StudyFilter byUid;
    byUid.studyUid = named;
    const std::vector<StudyRow> found = profile.images().studies(byUid);
    if (found.size() < 2)
        return profile.images().study(found.empty() ? named : found.front().key);
    QStringList keys;
    for (const StudyRow &row : found)
        keys.append(row.key);
    return base::Error(ctl::errors::SeveralStudies, {},
        {{QStringLiteral("count"), QString::number(found.size())},
            {QStringLiteral("keys"), keys.join(QStringLiteral(", "))}});
}

base::Result<int> send(Session &session, const Arguments &arguments, Output &output)
{
    const QString node = arguments.value("node");
    if (node.isEmpty())
        return usage(QStringLiteral("image send --node NAME STUDY"));
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const StudyRow study, studyNamed(*profile, arguments.positional.first()));
    PacsJob wanted;
    wanted.kind = QStringLiteral("send");
    wanted.node = node;
    wanted.studyUid = study.studyUid;
    wanted.studyKey = study.key;
    NARU_ASSIGN(
        const QString id, jobFor(*profile, wanted, [&] { return profile->pacs().send(study.key, node); }));
    if (arguments.has("queue")) {
        output.setJson(QJsonObject{{QStringLiteral("job"), id}});
        output.line(id);
        return 0;
    }
    return runJob(session, *profile, id, output);
}

base::Result<int> jobs(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    if (arguments.has("run"))
        NARU_TRY(profile->pacs().runDue(session.work));
    if (arguments.has("retry"))
        NARU_TRY(profile->pacs().retry(arguments.value("retry")));
    if (arguments.has("stop"))
        NARU_TRY(profile->pacs().stop(arguments.value("stop")));
    if (arguments.has("remove"))
        NARU_TRY(profile->pacs().removeJob(arguments.value("remove")));
    QJsonArray rows;
    QList<QStringList> lines;
    for (const PacsJob &job : profile->pacs().jobs()) {
        rows.append(jobJson(job));
        lines.append(jobLine(job));
    }
    output.setJson(rows);
    output.table(jobHeader(), lines);
    return 0;
}

base::Status writeReady(const QString &path, int port)
{
    QSaveFile file(path);
    const QByteArray body = QJsonDocument(QJsonObject{{QStringLiteral("port"), port}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit())
        return base::Error(ctl::errors::OutputFile, path, {{QStringLiteral("file"), path}});
    return {};
}

base::Result<int> listen(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    PacsListen settings = profile->pacs().listenSettings();
    const PacsListen before = settings;
    settings.port = arguments.value("port", QString::number(settings.port)).toInt();
    settings.aeTitle = arguments.value("ae", settings.aeTitle);
    settings.address = arguments.value("address", settings.address);
    settings.tls = settings.tls || arguments.has("tls");
    settings.certificate = arguments.value("certificate", settings.certificate);
    settings.key = arguments.value("key", settings.key);
    settings.authorities = arguments.value("authorities", settings.authorities);
    if (arguments.has("folder"))
        settings.folders = arguments.values("folder");
    if (!(settings == before))
        NARU_TRY(profile->pacs().setListenSettings(settings));
    NARU_ASSIGN(const int port, profile->pacs().startListening());
    if (arguments.has("ready-file"))
        NARU_TRY(writeReady(arguments.value("ready-file"), port));
    const auto end = std::chrono::steady_clock::now()
        + std::chrono::seconds(arguments.value("seconds", QStringLiteral("100000000")).toInt());
    int imported = 0;
    while (!session.work.stopRequested() && std::chrono::steady_clock::now() < end) {
        if (!settings.folders.isEmpty()) {
            NARU_ASSIGN(const int fresh, profile->pacs().importFolders(session.work));
            imported += fresh;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    profile->pacs().stopListening();
    const PacsService::Arrivals arrivals = profile->pacs().arrivals();
    output.setJson(QJsonObject{{QStringLiteral("port"), port}, {QStringLiteral("stored"), arrivals.kept},
        {QStringLiteral("failed"), arrivals.failed}, {QStringLiteral("conflicts"), arrivals.conflicts},
        {QStringLiteral("imported"), imported}});
    output.line(QStringLiteral("%1 %2, %3 %4")
                    .arg(say::word("images"))
                    .arg(arrivals.kept + imported)
                    .arg(say::word("failed"))
                    .arg(arrivals.failed));
    if (arrivals.conflicts > 0)
        output.line(QStringLiteral("! %1 %2").arg(say::word("keptApart")).arg(arrivals.conflicts));
    return arrivals.failed > 0 ? 1 : 0;
}
} // namespace

std::vector<Command> imageNodeCommands()
{
    std::vector<Command> out{
        {"image", "node", "add|list|test|remove [NAME]", 1, 2, "Image archives (PACS) of the house",
            {{"host", "HOST", "IPv4 address or name"}, {"port", "N", "104 when not given"},
                {"ae", "TITLE", "its AE title"}, {"our-ae", "TITLE", "ours, as it knows us"},
                {"model", "study|patient", "query root"}, {"retrieve", "get|move", "how studies come"},
                {"charset", "SET", "of queries: ISO_IR 192, ISO 2022 IR 149, ISO_IR 100"},
                {"commitment", "", "ask after sending whether it answers for the images"},
                {"associations", "N", "at once when sending, 1 to 8; 3 when not given"},
                {"no-send", "", "it may not send to us"}, {"tls", "", "with certificates on both sides"},
                {"certificate", "PEM", "ours"}, {"key", "PEM", "ours"},
                {"authorities", "PEM", "who may have signed its certificate"},
                {"tls-name", "NAME", "in its certificate; * for any"},
                {"web", "URL", "base of its DICOMweb, in place of --host, --port and --ae"}},
            node},
        {"image", "find", "[NAME]", 0, 1, "Studies in an archive",
            {{"node", "NAME", "the archive"}, {"name", "NAME", "patient"}, {"id", "ID", "patient id"},
                {"birth", "DATE", ""}, {"date", "FROM..TO", "of the study; one date or an open end"},
                {"modality", "CT", ""}, {"accession", "NUMBER", ""}, {"study", "UID", ""}},
            find, "node"},
        {"image", "fetch", "", 0, 0, "Fetches a study from an archive; goes on where an earlier try ended",
            {{"node", "NAME", "the archive"}, {"study", "UID", ""}, {"patient", "ID", "into this chart"},
                {"queue", "", "leaves it to the background work"}},
            fetch, "node"},
        {"image", "send", "STUDY", 1, 1,
            "Sends a stored study (its id, or a UID that names one) to an archive",
            {{"node", "NAME", "the archive"}, {"queue", "", "leaves it to the background work"}}, send},
        {"image", "jobs", "", 0, 0, "What is being fetched and sent",
            {{"run", "", "all that is due, now"}, {"retry", "ID", "due at once"}, {"stop", "ID", ""},
                {"remove", "ID", "from the list"}},
            jobs},
        {"image", "listen", "", 0, 0, "Receives images of the archives that may send, until interrupted",
            {{"port", "N", "0: any"}, {"ae", "TITLE", "our AE title"}, {"address", "IP", "0.0.0.0: all"},
                {"tls", "", ""}, {"certificate", "PEM", ""}, {"key", "PEM", ""}, {"authorities", "PEM", ""},
                {"folder", "DIR", "watched as well; may be repeated"}, {"seconds", "N", "ends by itself"},
                {"ready-file", "FILE", "written once it listens"}},
            listen},
    };
    // The words it shares with a row above mean the exchange where no archive is named.
    for (Command &command : imageFetchCommands())
        out.push_back(std::move(command));
    return out;
}

} // namespace naru::ctl
