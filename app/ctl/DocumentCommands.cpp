#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "app/ctl/Shapes.h"
#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/services/ComposeService.h"
#include "core/services/ImageSharing.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"

#include <QFileInfo>
#include <QMap>
#include <QSaveFile>

namespace naru::ctl {

using namespace services;

namespace {
base::Error usage(const QString &what)
{
    return base::Error(ctl::errors::Usage, what, {{QStringLiteral("what"), what}});
}

bool looksLikeXml(const QByteArray &bytes)
{
    return bytes.left(512).contains('<') && !bytes.trimmed().startsWith('{');
}

base::Result<int> create(Session &session, const Arguments &arguments, Output &output)
{
    const clinical::Form form = clinical::formFromKey(arguments.positional.first());
    if (form == clinical::Form::Unknown)
        return usage(QStringLiteral("FORM is referral, return, reply, summary, imaging or emergency"));
    if (!arguments.has("patient"))
        return usage(QStringLiteral("--patient ID is needed"));
    NARU_ASSIGN(Profile * profile, session.profile());
    ComposeService::NewOptions options;
    options.inReplyTo = arguments.value("reply-to");
    options.replaces = arguments.value("replaces");
    options.fromDocument = arguments.value("from-document");
    NARU_ASSIGN(Draft draft, profile->compose().create(form, arguments.value("patient"), options));
    if (arguments.has("from")) {
        NARU_ASSIGN(const QByteArray json, readInput(arguments.value("from")));
        NARU_ASSIGN(draft, profile->compose().applyJson(draft.id, json));
    }
    for (const QString &study : arguments.values("attach-study")) {
        NARU_ASSIGN(draft, profile->sharing().attach(draft.id, study));
    }
    const auto problems = profile->compose().check(draft.document);
    QJsonObject object = problemsJson(form, problems);
    QJsonArray attached;
    for (const clinical::AttachedImages &one : draft.document.images)
        attached.append(attachedJson(one));
    object.insert(QStringLiteral("studies"), attached);
    object.insert(QStringLiteral("draft"), draft.id);
    object.insert(QStringLiteral("documentId"), draft.document.id.root);
    output.setJson(object);
    output.line(draft.id);
    for (const clinical::RuleProblem &problem : problems)
        output.line(QStringLiteral("  %1: %2")
                        .arg(problem.field, say::isKorean() ? problem.messageKo : problem.messageEn));
    return 0;
}

base::Result<int> validate(Session &, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const QByteArray bytes, readInput(arguments.positional.first()));
    clinical::Form form = clinical::Form::Unknown;
    const auto read = readBytes(bytes);
    if (read)
        form = read->document.form;
    const auto problems = checkBytes(bytes);
    output.setJson(problemsJson(form, problems));
    for (const clinical::RuleProblem &problem : problems)
        output.line(QStringLiteral("%1 %2: %3")
                        .arg(problem.severity == clinical::RuleProblem::Severity::Error ? QStringLiteral("!")
                                                                                        : QStringLiteral("?"),
                            problem.path.isEmpty() ? problem.field : problem.path,
                            say::isKorean() ? problem.messageKo : problem.messageEn));
    if (problems.empty())
        output.line(QStringLiteral("✓"));
    return hasErrors(problems) ? 1 : 0;
}

// A file, or the id of a stored document.
base::Result<clinical::ReadDocument> readAny(Session &session, const QString &word)
{
    if (word == QLatin1String("-") || QFileInfo::exists(word)) {
        NARU_ASSIGN(const QByteArray bytes, readInput(word));
        return readBytes(bytes);
    }
    NARU_ASSIGN(Profile * profile, session.profile());
    return profile->records().read(word);
}

base::Result<int> show(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const clinical::ReadDocument read, readAny(session, arguments.positional.first()));
    const QString format =
        arguments.value("format", session.json ? QStringLiteral("json") : QStringLiteral("text"));
    if (format == QLatin1String("json"))
        output.raw(renderJson(read) + '\n');
    else if (format == QLatin1String("html"))
        output.raw(renderHtml(read).toUtf8());
    else if (format == QLatin1String("text"))
        output.raw(renderText(read).toUtf8());
    else
        return usage(QStringLiteral("--format is text, html or json"));
    return 0;
}

base::Result<int> submitBytes(
    Session &session, Profile &profile, const QByteArray &cda, const QString &replaces, Output &output)
{
    NARU_ASSIGN(const clinical::ReadDocument read, readBytes(cda));
    const clinical::Identifier wanted = read.document.patient.localId;
    for (const PatientRow &row : profile.patients().list(wanted.extension)) {
        if (row.chartNumber != wanted.extension)
            continue;
        NARU_ASSIGN(const auto sealed, profile.compose().sendBytes(row.key, cda, replaces));
        output.setJson(QJsonObject{{QStringLiteral("outbox"), sealed.outbox},
            {QStringLiteral("documentId"), sealed.documentId}, {QStringLiteral("sha256"), sealed.sha256}});
        output.line(sealed.outbox);
        return 0;
    }
    Q_UNUSED(session)
    return base::Error(
        ctl::errors::NothingFound, QStringLiteral("the header's patient is not in this profile"));
}

base::Result<int> submitDraft(Profile &profile, const DraftId &id, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const Preview preview, profile.compose().sealPreview(id));
    if (hasErrors(preview.problems)) {
        output.setJson(problemsJson(preview.read.document.form, preview.problems));
        for (const clinical::RuleProblem &problem : preview.problems)
            output.line(QStringLiteral("! %1: %2")
                            .arg(problem.field, say::isKorean() ? problem.messageKo : problem.messageEn));
        return 1;
    }
    clinical::EmergencyException exception;
    if (arguments.has("emergency")) {
        static const QMap<QString, clinical::EmergencyException::Case> cases{
            {QStringLiteral("unconscious"), clinical::EmergencyException::Case::Unconscious},
            {QStringLiteral("emergency"), clinical::EmergencyException::Case::EmergencyPatient},
            {QStringLiteral("no-guardian"), clinical::EmergencyException::Case::NoGuardian}};
        exception.which = cases.value(arguments.value("emergency"));
        if (exception.which == clinical::EmergencyException::Case::None || !arguments.has("emergency-reason"))
            return usage(QStringLiteral(
                "--emergency unconscious|emergency|no-guardian needs --emergency-reason TEXT"));
        exception.explanation = arguments.value("emergency-reason");
    }
    NARU_ASSIGN(const auto sealed, profile.compose().send(id, preview.sha256, exception));
    output.setJson(QJsonObject{{QStringLiteral("outbox"), sealed.outbox},
        {QStringLiteral("documentId"), sealed.documentId}, {QStringLiteral("sha256"), sealed.sha256}});
    output.line(sealed.outbox);
    return 0;
}

base::Result<int> submit(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    const QString word = arguments.positional.first();
    if (word == QLatin1String("-") || QFileInfo::exists(word)) {
        NARU_ASSIGN(const QByteArray bytes, readInput(word));
        if (arguments.has("attach-study"))
            return usage(
                QStringLiteral("--attach-study is for drafts: finished bytes cannot link to the images"));
        return submitBytes(session, *profile, bytes, {}, output);
    }
    for (const QString &study : arguments.values("attach-study"))
        NARU_TRY(profile->sharing().attach(word, study).map([](const Draft &) { return true; }));
    return submitDraft(*profile, word, arguments, output);
}

base::Result<int> replace(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    const QString old = arguments.positional.first();
    NARU_ASSIGN(const QByteArray bytes, readInput(arguments.positional.at(1)));
    if (looksLikeXml(bytes))
        return submitBytes(session, *profile, bytes, old, output);
    NARU_ASSIGN(const Stored before, profile->records().stored(old));
    NARU_ASSIGN(const clinical::ReadDocument read, readBytes(before.bytes));
    for (const PatientRow &row : profile->patients().list(read.document.patient.localId.extension)) {
        if (row.chartNumber != read.document.patient.localId.extension)
            continue;
        ComposeService::NewOptions options;
        options.replaces = old;
        NARU_ASSIGN(Draft draft, profile->compose().create(read.document.form, row.key, options));
        NARU_ASSIGN(draft, profile->compose().applyJson(draft.id, bytes));
        return submitDraft(*profile, draft.id, arguments, output);
    }
    return base::Error(
        ctl::errors::NothingFound, QStringLiteral("the header's patient is not in this profile"));
}

base::Result<int> deprecate(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const OutboxId id,
        profile->records().deprecate(arguments.positional.first(), arguments.value("reason")));
    output.setJson(QJsonObject{{QStringLiteral("outbox"), id}});
    output.line(id);
    return 0;
}

base::Result<SearchResult> searchFor(Session &session, const Arguments &arguments)
{
    if (!arguments.has("patient"))
        return usage(QStringLiteral("--patient ID is needed"));
    NARU_ASSIGN(Profile * profile, session.profile());
    SearchRequest request;
    request.patient = arguments.value("patient");
    request.author = arguments.value("author");
    request.includeDeprecated = arguments.has("all");
    request.emergencyReason = arguments.value("emergency-reason");
    if (arguments.has("type"))
        request.typeCodes = arguments.value("type").split(QLatin1Char(','));
    if (arguments.has("from")) {
        NARU_ASSIGN(request.from, base::Timestamp::parseAny(arguments.value("from")));
    }
    if (arguments.has("to")) {
        NARU_ASSIGN(request.to, base::Timestamp::parseAny(arguments.value("to")));
    }
    return profile->records().search(request, session.work);
}

base::Result<int> search(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const SearchResult result, searchFor(session, arguments));
    output.setJson(searchJson(result));
    QList<QStringList> lines;
    for (const DocumentRow &row : result.documents)
        lines.append({row.created.toDisplay(), row.type.display.isEmpty() ? row.title : row.type.display,
            row.institution, row.title, row.local ? QStringLiteral("✓") : QStringLiteral("○"), row.id});
    output.table({say::word("date"), say::word("kind"), say::word("institution"), say::word("title"),
                     say::word("here"), QStringLiteral("ID")},
        lines);
    bool failed = false;
    for (const SourceResult &source : result.sources) {
        output.line(say::sourceLine(source));
        failed = failed || source.outcome == SourceOutcome::Failed;
    }
    return result.documents.empty() ? (failed ? 3 : 1) : 0;
}

base::Result<int> retrieve(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    const QString id = arguments.positional.first();
    auto stored = profile->records().stored(id);
    if (!stored) {
        NARU_ASSIGN(const SearchResult result, searchFor(session, arguments));
        std::vector<DocumentRow> wanted;
        for (const DocumentRow &row : result.documents) {
            if (row.id == id)
                wanted.push_back(row);
        }
        if (wanted.empty())
            return base::Error(ctl::errors::NothingFound);
        auto results = profile->records().retrieve(arguments.value("patient"), wanted, session.work);
        if (results.empty())
            return base::Error(ctl::errors::NothingFound);
        stored = results.front();
    }
    if (!stored)
        return stored.error();
    if (arguments.has("output"))
        NARU_TRY(profile->records().exportTo(id, arguments.value("output")));
    output.setJson(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("size"), stored->bytes.size()},
        {QStringLiteral("hash"), stored->sha1}, {QStringLiteral("sha256"), stored->sha256},
        {QStringLiteral("hashMatches"), stored->hashMatches},
        {QStringLiteral("sizeMatches"), stored->sizeMatches}});
    output.line(QStringLiteral("%1  %2  %3").arg(id).arg(stored->bytes.size()).arg(stored->sha1));
    return stored->hashMatches && stored->sizeMatches ? 0 : 3;
}

base::Result<int> local(Session &session, const Arguments &arguments, Output &output)
{
    if (!arguments.has("patient"))
        return usage(QStringLiteral("--patient ID is needed"));
    NARU_ASSIGN(Profile * profile, session.profile());
    QJsonArray rows;
    QList<QStringList> lines;
    for (const DocumentRow &row : profile->records().local(arguments.value("patient"))) {
        rows.append(documentRowJson(row));
        lines.append({row.created.toDisplay(), row.title, row.institution, row.id});
    }
    output.setJson(
        QJsonObject{{QStringLiteral("documents"), rows}, {QStringLiteral("partial"), QJsonArray()}});
    output.table(
        {say::word("date"), say::word("title"), say::word("institution"), QStringLiteral("ID")}, lines);
    return rows.isEmpty() ? 1 : 0;
}

base::Result<int> answers(Session &session, const Arguments &, Output &output)
{
    NARU_ASSIGN(Profile * profile, session.profile());
    NARU_ASSIGN(const int count, profile->records().fetchAnswers(session.work));
    QJsonArray rows;
    for (const DocumentRow &row : profile->records().arrivals()) {
        rows.append(documentRowJson(row));
        output.line(QStringLiteral("%1  %2  %3  %4")
                        .arg(row.created.toDisplay(), row.title, row.institution, row.id));
    }
    output.setJson(QJsonObject{{QStringLiteral("fetched"), count}, {QStringLiteral("documents"), rows}});
    return rows.isEmpty() ? 1 : 0;
}

base::Result<int> diff(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const clinical::ReadDocument older, readAny(session, arguments.positional.at(0)));
    NARU_ASSIGN(const clinical::ReadDocument newer, readAny(session, arguments.positional.at(1)));
    QJsonArray rows;
    for (const FieldDifference &difference : diffBytes(older, newer)) {
        rows.append(QJsonObject{{QStringLiteral("place"), difference.field},
            {QStringLiteral("before"), difference.before}, {QStringLiteral("after"), difference.after}});
        output.line(QStringLiteral("%1: %2 → %3").arg(difference.field, difference.before, difference.after));
    }
    output.setJson(rows);
    return rows.isEmpty() ? 0 : 1;
}
} // namespace

std::vector<Command> documentCommands()
{
    const std::vector<Option> criteria{{"patient", "ID", "local id"},
        {"type", "CODE,...", "document type codes"}, {"from", "DATE", ""}, {"to", "DATE", ""},
        {"author", "NAME", ""}, {"all", "", "deprecated ones too"},
        {"emergency-reason", "TEXT", "access without consent, audited"}};
    std::vector<Option> retrieval = criteria;
    retrieval.push_back({"output", "FILE", "-o FILE: the stored bytes, unchanged"});
    const std::vector<Option> emergency{
        {"emergency", "CASE", "unconscious, emergency or no-guardian"}, {"emergency-reason", "TEXT", ""}};
    std::vector<Option> submission = emergency;
    submission.push_back({"attach-study", "STUDY",
        "of a draft: images of the chart that go along (key or UID); may be repeated"});
    return {
        {"document", "new", "FORM", 1, 1, "Starts a draft",
            {{"patient", "ID", "local id"}, {"from", "FILE.json", "content"},
                {"from-document", "ID", "take content from a stored document"},
                {"reply-to", "ID", "the document being answered"},
                {"replaces", "ID", "our own sent document"},
                {"attach-study", "STUDY", "images of the chart that go along (key or UID); may be repeated"}},
            create},
        {"document", "validate", "FILE", 1, 1, "Checks CDA R2 bytes against the rules", {}, validate},
        {"document", "show", "FILE|ID", 1, 1, "Shows any CDA R2 document",
            {{"format", "KIND", "text, html or json"}}, show},
        {"document", "submit", "FILE|DRAFT", 1, 1, "Seals and queues for sending; prints the outbox id",
            submission, submit},
        {"document", "replace", "ID FILE", 2, 2, "Sends a new version of our own document", emergency,
            replace},
        {"document", "deprecate", "ID", 1, 1, "Marks our own document as no longer valid",
            {{"reason", "TEXT", ""}}, deprecate},
        {"document", "search", "", 0, 0, "Asks the exchange; 1 nothing, 3 nothing and a source failed",
            criteria, search},
        {"document", "retrieve", "ID", 1, 1, "Fetches, checks hash and size, stores sealed", retrieval,
            retrieve},
        {"document", "local", "", 0, 0, "What is stored here", {{"patient", "ID", "local id"}}, local},
        {"document", "answers", "", 0, 0, "Fetches answers to our referrals", {}, answers},
        {"document", "diff", "A B", 2, 2, "What changed between two documents; 1 when something did", {},
            diff},
    };
}

} // namespace naru::ctl
