// `naructl image import|find|export|assign|remove`: the images kept in the profile.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/ImageService.h"

#include <unistd.h>

namespace naru::ctl {

using namespace services;

namespace {
base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

QJsonObject studyJson(const StudyRow &row)
{
    return {{QStringLiteral("study"), row.key}, {QStringLiteral("studyUid"), row.studyUid},
        {QStringLiteral("patient"), row.patientKey}, {QStringLiteral("match"), imageMatchKey(row.match)},
        {QStringLiteral("differing"), QJsonArray::fromStringList(row.differing)},
        {QStringLiteral("patientName"), row.patientName}, {QStringLiteral("patientId"), row.patientId},
        {QStringLiteral("birthDate"), row.birthDate}, {QStringLiteral("sex"), row.sex},
        {QStringLiteral("date"), row.date}, {QStringLiteral("time"), row.time},
        {QStringLiteral("description"), row.description}, {QStringLiteral("modalities"), row.modalities},
        {QStringLiteral("institution"), row.institution}, {QStringLiteral("accession"), row.accession},
        {QStringLiteral("series"), row.series}, {QStringLiteral("instances"), row.instances},
        {QStringLiteral("bytes"), row.bytes}, {QStringLiteral("source"), row.source},
        {QStringLiteral("version"), row.version}, {QStringLiteral("stored"), isoTime(row.stored)}};
}

QJsonObject seriesJson(const SeriesRow &row)
{
    return {{QStringLiteral("series"), row.key}, {QStringLiteral("seriesUid"), row.seriesUid},
        {QStringLiteral("modality"), row.modality}, {QStringLiteral("number"), row.number},
        {QStringLiteral("description"), row.description}, {QStringLiteral("bodyPart"), row.bodyPart},
        {QStringLiteral("instances"), row.instances}, {QStringLiteral("frames"), row.frames}};
}

QJsonObject instanceJson(const InstanceRow &row)
{
    return {{QStringLiteral("instance"), row.key}, {QStringLiteral("sopUid"), row.sopUid},
        {QStringLiteral("sopClass"), row.sopClass}, {QStringLiteral("number"), row.number},
        {QStringLiteral("rows"), row.facts.rows}, {QStringLiteral("columns"), row.facts.columns},
        {QStringLiteral("frames"), row.facts.frames}, {QStringLiteral("bytes"), row.bytes},
        {QStringLiteral("decodable"), row.facts.decodable}};
}

QJsonObject reportJson(const ImportReport &report)
{
    QJsonArray faults;
    for (const ImportReport::Fault &fault : report.faults)
        faults.append(QJsonObject{{QStringLiteral("file"), fault.file}, {QStringLiteral("code"), fault.code},
            {QStringLiteral("message"), fault.message}});
    return {{QStringLiteral("files"), report.files}, {QStringLiteral("stored"), report.stored},
        {QStringLiteral("known"), report.known}, {QStringLiteral("notDicom"), report.notDicom},
        {QStringLiteral("conflicts"), report.conflicts}, {QStringLiteral("missing"), report.missing},
        {QStringLiteral("stopped"), report.stopped}, {QStringLiteral("faultCount"), report.faultCount},
        {QStringLiteral("faults"), faults},
        {QStringLiteral("studies"), QJsonArray::fromStringList(report.studyKeys)}};
}

// How far it is, on the terminal of a person.
base::WorkContext withProgress(const base::WorkContext &work)
{
    if (!isatty(STDERR_FILENO))
        return work;
    return base::WorkContext(work.stopToken(), [](const base::Progress &progress) {
        if (progress.done % 50 == 0 || progress.done == progress.total)
            std::fprintf(stderr, "\r%lld/%lld ", static_cast<long long>(progress.done),
                static_cast<long long>(progress.total));
    });
}

base::Result<int> import(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const ImportReport report,
        profile->images().import(
            arguments.positional, arguments.value("patient"), withProgress(session.work)));
    output.setJson(reportJson(report));
    output.table({say::word("files"), say::word("stored"), say::word("known"), say::word("notDicom"),
                     say::word("faults")},
        {{QString::number(report.files), QString::number(report.stored), QString::number(report.known),
            QString::number(report.notDicom), QString::number(report.faultCount)}});
    for (const ImportReport::Fault &fault : report.faults)
        output.line(QStringLiteral("! %1: %2").arg(fault.file, say::sentence(fault.code, fault.arguments)));
    for (const QString &key : report.studyKeys)
        output.line(key);
    return report.studies > 0 && report.faultCount == 0 && !report.stopped ? 0 : 1;
}

QStringList studyLine(const StudyRow &row)
{
    return {row.key, row.date, row.modalities, row.patientName, row.patientId, row.description,
        QString::number(row.instances), say::word(imageMatchKey(row.match).toLatin1().constData())};
}

base::Result<int> findOne(ImageService &images, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const StudyRow study, images.study(arguments.value("study")));
    QJsonObject object = studyJson(study);
    QJsonArray seriesRows;
    QList<QStringList> lines;
    for (const SeriesRow &series : images.series(study.key)) {
        QJsonObject one = seriesJson(series);
        lines.append({series.key, QString::number(series.number), series.modality, series.description,
            QString::number(series.instances)});
        if (arguments.has("instances")) {
            QJsonArray instances;
            for (const InstanceRow &row : images.instances(series.key))
                instances.append(instanceJson(row));
            one.insert(QStringLiteral("instanceRows"), instances);
        }
        seriesRows.append(one);
    }
    object.insert(QStringLiteral("seriesRows"), seriesRows);
    output.setJson(object);
    output.table({say::word("series"), say::word("number"), say::word("modality"), say::word("description"),
                     say::word("images")},
        lines);
    return 0;
}

base::Result<int> find(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    if (arguments.has("study"))
        return findOne(profile->images(), arguments, output);
    StudyFilter filter;
    filter.patientKey = arguments.value("patient");
    filter.studyUid = arguments.value("uid");
    filter.unmatched = arguments.has("unmatched");
    filter.text = arguments.positional.value(0);
    QJsonArray rows;
    QList<QStringList> lines;
    for (const StudyRow &row : profile->images().studies(filter)) {
        rows.append(studyJson(row));
        lines.append(studyLine(row));
    }
    output.setJson(rows);
    output.table(
        {say::word("study"), say::word("date"), say::word("modality"), say::word("name"), say::word("number"),
            say::word("description"), say::word("images"), say::word("patient")},
        lines);
    return rows.isEmpty() ? 1 : 0;
}

base::Result<int> exportStudy(Session &session, const Arguments &arguments, Output &output)
{
    if (!arguments.has("output"))
        return usage(QStringLiteral("-o DIR or -o FILE.zip is needed"));
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const ExportReport report,
        profile->images().exportTo(
            arguments.positional.first(), arguments.value("output"), withProgress(session.work)));
    output.setJson(
        QJsonObject{{QStringLiteral("path"), report.path}, {QStringLiteral("instances"), report.instances},
            {QStringLiteral("bytes"), report.bytes}, {QStringLiteral("dicomdir"), report.directory}});
    output.line(QStringLiteral("%1: %2").arg(report.path).arg(report.instances));
    return 0;
}

base::Result<int> assign(Session &session, const Arguments &arguments, Output &output)
{
    if (arguments.has("patient") == arguments.has("nobody"))
        return usage(QStringLiteral("--patient ID or --nobody"));
    NARU_ASSIGN(Profile * profile, session.profile());
    const QString key = arguments.positional.first();
    NARU_TRY(profile->images().assign(key, arguments.value("patient")));
    NARU_ASSIGN(const StudyRow row, profile->images().study(key));
    output.setJson(studyJson(row));
    output.line(studyLine(row).join(QStringLiteral("  ")));
    return row.match == ImageMatch::Mismatch ? 1 : 0;
}

base::Result<int> remove(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_TRY(profile->images().remove(arguments.positional.first()));
    output.setJson(QJsonObject{{QStringLiteral("removed"), arguments.positional.first()}});
    return 0;
}
} // namespace

std::vector<Command> imageStoreCommands()
{
    return {
        {"image", "import", "PATH...", 1, -1, "Stores files, folders, discs and ZIP archives of images",
            {{"patient", "ID", "into this chart; without it charts are found by number and birth date"}},
            import},
        {"image", "find", "[TEXT]", 0, 1, "Stored studies, newest first; one study with its series",
            {{"patient", "ID", "of this chart"}, {"unmatched", "", "in no chart"},
                {"uid", "UID", "by study instance UID"}, {"study", "ID", "one study, with its series"},
                {"instances", "", "with --study: their instances too"}},
            find},
        {"image", "export", "STUDY", 1, 1,
            "Original files of a study with a DICOMDIR, read back and compared",
            {{"output", "DIR|FILE.zip", "an empty or new folder, or a new archive"}}, exportStudy},
        {"image", "assign", "STUDY", 1, 1,
            "Says whose images these are; exit status 1 when the images contradict",
            {{"patient", "ID", "the chart"}, {"nobody", "", "out of every chart"}}, assign},
        {"image", "remove", "STUDY", 1, 1, "Removes a study with all its images", {}, remove},
    };
}

} // namespace naru::ctl
