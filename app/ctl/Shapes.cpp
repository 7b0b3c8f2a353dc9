#include "app/ctl/Shapes.h"

#include "app/ctl/Say.h"

namespace naru::ctl {

using namespace services;

QString isoTime(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

QJsonObject patientJson(const clinical::Patient &patient)
{
    const auto id = [](const clinical::Identifier &identifier) {
        return QJsonObject{
            {QStringLiteral("root"), identifier.root}, {QStringLiteral("extension"), identifier.extension}};
    };
    QJsonObject out{{QStringLiteral("localId"), id(patient.localId)},
        {QStringLiteral("exchangeId"), id(patient.exchangeId)}, {QStringLiteral("name"), patient.name},
        {QStringLiteral("sex"), clinical::sexToHl7(patient.sex)},
        {QStringLiteral("birthDate"), patient.birthDate.toIso()}, {QStringLiteral("phone"), patient.phone},
        {QStringLiteral("residentNumberKnown"), !patient.residentNumber.isEmpty()}};
    if (!patient.address.isEmpty())
        out.insert(QStringLiteral("address"),
            QJsonObject{{QStringLiteral("basic"), patient.address.basic},
                {QStringLiteral("detail"), patient.address.detail},
                {QStringLiteral("postalCode"), patient.address.postalCode}});
    return out;
}

QJsonObject patientRowJson(const PatientRow &row)
{
    return {{QStringLiteral("key"), row.key}, {QStringLiteral("name"), row.name},
        {QStringLiteral("sex"), clinical::sexToHl7(row.sex)},
        {QStringLiteral("birthDate"), row.birthDate.toIso()},
        {QStringLiteral("chartNumber"), row.chartNumber}, {QStringLiteral("identified"), row.identified},
        {QStringLiteral("updated"), isoTime(row.updated)}};
}

QJsonObject documentRowJson(const DocumentRow &row)
{
    return {{QStringLiteral("id"), row.id}, {QStringLiteral("type"), clinical::formKey(row.form)},
        {QStringLiteral("typeCode"), row.type.code}, {QStringLiteral("title"), row.title},
        {QStringLiteral("created"), row.created.toIso()}, {QStringLiteral("author"), row.author},
        {QStringLiteral("institution"), row.institution}, {QStringLiteral("repository"), row.repositoryId},
        {QStringLiteral("repositoryName"), row.repositoryName}, {QStringLiteral("status"), row.status},
        {QStringLiteral("mime"), row.mime}, {QStringLiteral("size"), row.size},
        {QStringLiteral("hash"), row.hash}, {QStringLiteral("local"), row.local},
        {QStringLiteral("seen"), row.seen}, {QStringLiteral("sentByUs"), row.sentByUs},
        {QStringLiteral("replaces"), row.replaces}, {QStringLiteral("answers"), row.answersOutboxItem},
        {QStringLiteral("manifest"), row.manifest}, {QStringLiteral("studyUid"), row.studyUid},
        {QStringLiteral("accession"), row.accession}, {QStringLiteral("modalities"), row.modalities}};
}

namespace {
QString outcomeKey(SourceOutcome outcome)
{
    switch (outcome) {
    case SourceOutcome::Found:
        return QStringLiteral("found");
    case SourceOutcome::Nothing:
        return QStringLiteral("nothing");
    case SourceOutcome::NoConsent:
        return QStringLiteral("no-consent");
    case SourceOutcome::NotParticipating:
        return QStringLiteral("not-participating");
    case SourceOutcome::Failed:
        return QStringLiteral("failed");
    case SourceOutcome::NotAsked:
        break;
    }
    return QStringLiteral("not-asked");
}
} // namespace

QJsonObject searchJson(const SearchResult &result)
{
    QJsonArray documents, partial, sources;
    for (const DocumentRow &row : result.documents)
        documents.append(documentRowJson(row));
    for (const SourceResult &source : result.sources) {
        const QString code =
            source.outcome == SourceOutcome::Failed ? QString::fromLatin1(source.error.code.id) : QString();
        sources.append(QJsonObject{{QStringLiteral("source"), source.key},
            {QStringLiteral("name"), source.name}, {QStringLiteral("outcome"), outcomeKey(source.outcome)},
            {QStringLiteral("count"), source.count}, {QStringLiteral("error"), code},
            {QStringLiteral("milliseconds"), source.milliseconds}});
        if (source.outcome == SourceOutcome::Failed)
            partial.append(QJsonObject{{QStringLiteral("repository"), source.key},
                {QStringLiteral("error"), code}, {QStringLiteral("message"), say::sentence(source.error)}});
    }
    return {{QStringLiteral("documents"), documents}, {QStringLiteral("partial"), partial},
        {QStringLiteral("sources"), sources}, {QStringLiteral("offline"), result.offline}};
}

QJsonObject attachedJson(const clinical::AttachedImages &images)
{
    return {{QStringLiteral("manifest"), images.kosUid}, {QStringLiteral("study"), images.studyKey},
        {QStringLiteral("studyUid"), images.studyUid}, {QStringLiteral("accession"), images.accession},
        {QStringLiteral("description"), images.description},
        {QStringLiteral("modalities"), images.modalities}, {QStringLiteral("date"), images.date},
        {QStringLiteral("images"), images.images}, {QStringLiteral("bytes"), images.bytes}};
}

QJsonObject outboxRowJson(const OutboxRow &row)
{
    return {{QStringLiteral("id"), row.id}, {QStringLiteral("kind"), row.kind},
        {QStringLiteral("state"), outboxStateKey(row.state)}, {QStringLiteral("attempts"), row.attempts},
        {QStringLiteral("lastError"), row.lastError}, {QStringLiteral("documentId"), row.documentId},
        {QStringLiteral("updated"), isoTime(row.updated)}, {QStringLiteral("created"), isoTime(row.created)},
        {QStringLiteral("nextAttempt"), isoTime(row.nextAttempt)}, {QStringLiteral("patient"), row.patient},
        {QStringLiteral("title"), row.title}, {QStringLiteral("recipient"), row.recipientName},
        {QStringLiteral("sha256"), row.sha256}, {QStringLiteral("answered"), row.answered},
        {QStringLiteral("answeredBy"), row.answeredBy}, {QStringLiteral("images"), row.images},
        {QStringLiteral("imagesStored"), row.imagesStored}, {QStringLiteral("imageBytes"), row.imageBytes}};
}

namespace {
const char *kindKey(terminology::MatchKind kind)
{
    using Kind = terminology::MatchKind;
    switch (kind) {
    case Kind::CodeExact:
        return "codeExact";
    case Kind::NameExact:
        return "nameExact";
    case Kind::CodePrefix:
        return "codePrefix";
    case Kind::NameStart:
        return "nameStart";
    case Kind::WordStart:
        return "wordStart";
    case Kind::Inside:
        return "inside";
    case Kind::InitialsStart:
        return "initialsStart";
    case Kind::Initials:
        return "initials";
    case Kind::OtherLayout:
        return "otherLayout";
    case Kind::Similar:
        return "similar";
    }
    return "";
}

const char *sourceKey(TermSource source)
{
    switch (source) {
    case TermSource::Korean:
        return "ko";
    case TermSource::English:
        return "en";
    case TermSource::Synonym:
        return "synonym";
    case TermSource::Alias:
        return "alias";
    case TermSource::Code:
        return "code";
    }
    return "";
}

QString matchedText(const TermHit &hit)
{
    if (!hit.matched.isEmpty())
        return hit.matched;
    return hit.source == TermSource::Korean ? hit.ko
        : hit.source == TermSource::English ? hit.en
        : hit.source == TermSource::Code    ? hit.code
                                            : QString();
}
} // namespace

QJsonObject termJson(const TermHit &hit)
{
    QJsonObject row{{QStringLiteral("system"), hit.systemName.isEmpty() ? hit.system : hit.systemName},
        {QStringLiteral("systemOid"), hit.system}, {QStringLiteral("code"), hit.code},
        {QStringLiteral("ko"), hit.ko}, {QStringLiteral("en"), hit.en},
        {QStringLiteral("complete"), hit.complete}, {QStringLiteral("mainAllowed"), hit.mainAllowed},
        {QStringLiteral("retired"), hit.retired}};
    const auto text = [&row](const char *key, const QString &value) {
        if (!value.isEmpty())
            row.insert(QLatin1String(key), value);
    };
    const auto flag = [&row](const char *key, bool value) {
        if (value)
            row.insert(QLatin1String(key), true);
    };
    text("concept", hit.conceptCode);
    text("parent", hit.parent);
    text("field", hit.field);
    text("category", hit.category);
    text("unit", hit.unit);
    text("help", hit.help);
    text("validFrom", hit.validFrom.toString(Qt::ISODate));
    text("validTo", hit.validTo.toString(Qt::ISODate));
    text("replacedBy", hit.replacedBy);
    flag("notifiable", hit.notifiable);
    flag("koreanMedicine", hit.koreanMedicine);
    flag("sexConflict", hit.sexConflict);
    flag("ageConflict", hit.ageConflict);
    if (hit.children > 0)
        row.insert(QStringLiteral("children"), hit.children);
    return row;
}

QJsonObject foundTermJson(const TermHit &hit)
{
    QJsonObject row = termJson(hit);
    row.insert(QStringLiteral("matched"), matchedText(hit));
    row.insert(QStringLiteral("score"), hit.score);
    row.insert(QStringLiteral("kind"), QLatin1String(kindKey(hit.kind)));
    row.insert(QStringLiteral("source"), QLatin1String(sourceKey(hit.source)));
    row.insert(QStringLiteral("similar"), hit.similar);
    return row;
}

bool hasErrors(const std::vector<clinical::RuleProblem> &problems)
{
    for (const clinical::RuleProblem &problem : problems) {
        if (problem.severity == clinical::RuleProblem::Severity::Error)
            return true;
    }
    return false;
}

QJsonObject problemsJson(clinical::Form form, const std::vector<clinical::RuleProblem> &problems)
{
    QJsonArray rows;
    for (const clinical::RuleProblem &problem : problems) {
        const char *severity = problem.severity == clinical::RuleProblem::Severity::Error ? "error"
            : problem.severity == clinical::RuleProblem::Severity::Warning                ? "warning"
                                                                                          : "information";
        rows.append(QJsonObject{{QStringLiteral("rule"), problem.rule},
            {QStringLiteral("severity"), QLatin1String(severity)},
            {QStringLiteral("path"), problem.path.isEmpty() ? problem.field : problem.path},
            {QStringLiteral("message"), say::isKorean() ? problem.messageKo : problem.messageEn}});
    }
    return {{QStringLiteral("valid"), !hasErrors(problems)},
        {QStringLiteral("form"), clinical::formKey(form)}, {QStringLiteral("problems"), rows}};
}

} // namespace naru::ctl
