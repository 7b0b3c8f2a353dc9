#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/services/PatientService.h"

#include <QJsonDocument>

namespace naru::ctl {

using namespace services;

namespace {
base::Result<int> find(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    PatientService::FindRequest request;
    request.name = arguments.value("name");
    request.sex = clinical::sexFromText(arguments.value("sex"));
    if (arguments.has("birth")) {
        NARU_ASSIGN(request.birthDate, base::Timestamp::parseAny(arguments.value("birth")));
    }
    if (arguments.has("id")) { // ROOT:EXTENSION, or a local chart number
        const QString id = arguments.value("id");
        const auto colon = id.indexOf(QLatin1Char(':'));
        request.id = {colon > 0 ? id.left(colon) : QString(), id.mid(colon + 1)};
    }
    NARU_ASSIGN(const auto candidates, profile->patients().find(request, session.work));
    QJsonArray rows;
    QList<QStringList> lines;
    for (const Candidate &candidate : candidates) {
        QJsonObject row = patientJson(candidate.patient);
        row.insert(QStringLiteral("match"), candidate.matchPercent);
        rows.append(row);
        lines.append({candidate.patient.name, say::sexWord(candidate.patient.sex),
            candidate.patient.birthDate.toDisplay(), candidate.patient.phone,
            candidate.patient.exchangeId.extension});
    }
    output.setJson(rows);
    output.table({say::word("name"), say::word("sex"), say::word("birthDate"), say::word("phone"),
                     say::word("exchangeId")},
        lines);
    return candidates.empty() ? 1 : 0;
}

base::Result<int> list(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    QJsonArray rows;
    QList<QStringList> lines;
    for (const PatientRow &row : profile->patients().list(arguments.positional.value(0))) {
        rows.append(patientRowJson(row));
        lines.append({row.key, row.name, say::sexWord(row.sex), row.birthDate.toDisplay(), row.chartNumber});
    }
    output.setJson(rows);
    output.table({QStringLiteral("ID"), say::word("name"), say::word("sex"), say::word("birthDate"),
                     say::word("chart")},
        lines);
    return rows.isEmpty() ? 1 : 0;
}

base::Result<int> identifiers(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    const QString key = arguments.positional.first();
    const auto known = profile->patients().get(key);
    clinical::Identifier asked;
    if (known) {
        NARU_ASSIGN(const auto exchange, profile->patients().identify(key, session.work));
        asked = exchange;
    } else { // ROOT:EXTENSION
        const auto colon = key.indexOf(QLatin1Char(':'));
        if (colon < 0)
            return known.error();
        asked = {key.left(colon), key.mid(colon + 1)};
    }
    NARU_ASSIGN(const auto ids, profile->patients().identifiers(asked, session.work));
    QJsonArray rows;
    for (const clinical::Identifier &id : ids) {
        rows.append(
            QJsonObject{{QStringLiteral("root"), id.root}, {QStringLiteral("extension"), id.extension}});
        output.line(id.toCx());
    }
    output.setJson(QJsonObject{{QStringLiteral("exchangeId"),
                                   QJsonObject{{QStringLiteral("root"), asked.root},
                                       {QStringLiteral("extension"), asked.extension}}},
        {QStringLiteral("identifiers"), rows}});
    return 0;
}

base::Result<int> import(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const QByteArray bytes, readInput(arguments.positional.first()));
    NARU_ASSIGN(const ImportedPatient imported, profile->patients().importHandOver(bytes));
    const clinical::Content &content = imported.handOver.content;
    QJsonArray notes, differences;
    for (const clinical::HandOverNote &note : imported.handOver.notes)
        notes.append(
            QJsonObject{{QStringLiteral("place"), note.place}, {QStringLiteral("message"), note.message}});
    for (const FieldDifference &difference : imported.differences)
        differences.append(QJsonObject{{QStringLiteral("field"), difference.field}});
    output.setJson(QJsonObject{{QStringLiteral("id"), imported.key},
        {QStringLiteral("created"), imported.created}, {QStringLiteral("format"), imported.handOver.format},
        {QStringLiteral("encoding"), imported.handOver.encoding},
        {QStringLiteral("patient"), patientJson(imported.handOver.patient)},
        {QStringLiteral("counts"),
            QJsonObject{{QStringLiteral("problems"), int(content.problems.size())},
                {QStringLiteral("medications"), int(content.medications.size())},
                {QStringLiteral("labs"), int(content.labs.size())},
                {QStringLiteral("allergies"), int(content.allergies.size())},
                {QStringLiteral("procedures"), int(content.procedures.size())},
                {QStringLiteral("vitals"), int(content.vitals.size())}}},
        {QStringLiteral("changed"), differences}, {QStringLiteral("notes"), notes}});
    output.line(QStringLiteral("%1 (%2, %3)")
                    .arg(imported.key, imported.handOver.format, imported.handOver.encoding));
    for (const clinical::HandOverNote &note : imported.handOver.notes)
        output.line(QStringLiteral("  %1: %2").arg(note.place, note.message));
    return 0;
}

base::Result<int> registerPatient(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const QByteArray bytes, readInput(arguments.positional.first()));
    NARU_ASSIGN(const ImportedPatient imported, profile->patients().importHandOver(bytes));
    NARU_ASSIGN(const clinical::Identifier id, profile->patients().identify(imported.key, session.work));
    output.setJson(QJsonObject{{QStringLiteral("id"), imported.key},
        {QStringLiteral("exchangeId"),
            QJsonObject{{QStringLiteral("root"), id.root}, {QStringLiteral("extension"), id.extension}}}});
    output.line(QStringLiteral("%1  %2").arg(imported.key, id.toCx()));
    return 0;
}
} // namespace

std::vector<Command> patientCommands()
{
    return {
        {"patient", "find", "", 0, 0, "Asks the master patient index (PDQ)",
            {{"name", "NAME", "whole name or its beginning"}, {"birth", "DATE", "birth date"},
                {"sex", "M|F", ""}, {"id", "ROOT:EXTENSION", "any identifier"}},
            find},
        {"patient", "list", "[QUERY]", 0, 1,
            "Patients of this clinic: name, initial consonants, birth date or chart number", {}, list},
        {"patient", "ids", "ID", 1, 1,
            "Cross-references a patient (PIX); registers one the exchange does not know", {}, identifiers},
        {"patient", "register", "FILE", 1, 1, "Imports a hand-over and registers the patient on the exchange",
            {}, registerPatient},
        {"patient", "import", "FILE", 1, 1, "Takes a hand-over from the EMR (JSON, FHIR R4, HL7 v2, CSV)", {},
            import},
    };
}

} // namespace naru::ctl
