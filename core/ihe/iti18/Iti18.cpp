#include "core/ihe/iti18/Iti18.h"

#include "core/base/Tsv.h"
#include "core/ihe/Errors.h"
#include "core/ihe/ebxml/EbXml.h"
#include "core/ihe/iti18/queriesTable.h"
#include "core/ihe/soap/Namespaces.h"

#include <QHash>
#include <QXmlStreamWriter>

namespace naru::ihe {

const TransactionInfo Iti18::info{"ITI-18", "urn:ihe:iti:2007:RegistryStoredQuery",
    "urn:ihe:iti:2007:RegistryStoredQueryResponse", false, true, false, TransactionRecord::Kind::Query, 'E'};

namespace {
struct QueryRow {
    QString id{};
    QStringList required{};
    QStringList any{};
};

const QHash<QString, QueryRow> &queryRows()
{
    static const QHash<QString, QueryRow> rows = [] {
        QHash<QString, QueryRow> out;
        const base::TsvTable table = base::TsvTable::parse(tables::queries);
        for (int row = 0; row < table.rowCount(); ++row)
            out.insert(table.at(row, "name"),
                {table.at(row, "id"), table.at(row, "required").split(QLatin1Char(' '), Qt::SkipEmptyParts),
                    table.at(row, "any").split(QLatin1Char(' '), Qt::SkipEmptyParts)});
        return out;
    }();
    return rows;
}

base::Error incomplete(const QString &what)
{
    return base::Error(errors::Query, what, {{QStringLiteral("what"), what}});
}

bool hasParameter(const StoredQuery &query, const QString &name)
{
    for (const QueryParameter &parameter : query.parameters) {
        if (parameter.name == name && !parameter.values.join(QString()).isEmpty())
            return true;
    }
    return false;
}

QString written(const QueryParameter &parameter, const QString &value)
{
    if (parameter.number)
        return value;
    const QString quoted = QLatin1Char('\'') + QString(value).replace(QLatin1Char('\''), QLatin1String("''"))
        + QLatin1Char('\'');
    return parameter.single ? quoted : QLatin1Char('(') + quoted + QLatin1Char(')');
}

QString patientOf(const StoredQuery &query)
{
    for (const QueryParameter &parameter : query.parameters) {
        if (parameter.name.endsWith(QLatin1String("PatientId"), Qt::CaseInsensitive))
            return parameter.values.value(0);
    }
    return {};
}

void merge(QueryAnswer &into, QueryAnswer &&from)
{
    const auto move = [](auto &to, auto &items) {
        to.insert(to.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
    };
    move(into.content.documents, from.content.documents);
    move(into.content.associations, from.content.associations);
    move(into.response.errors, from.response.errors);
    into.uncertain = into.uncertain || from.uncertain;
    into.deviations += from.deviations;
    if (from.response.status != RegistryResponse::Status::Success)
        into.response.status = from.response.status;
}
} // namespace

QString storedQueryId(const QString &name)
{
    return queryRows().value(name).id;
}

base::Status Iti18::validate(const Question &question)
{
    const auto row = queryRows().constFind(question.name);
    if (row == queryRows().cend())
        return incomplete(QStringLiteral("unknown query ") + question.name);
    for (const QString &name : row->required) {
        if (!hasParameter(question, name))
            return incomplete(name + QStringLiteral(" is missing"));
    }
    int alternatives = 0;
    for (const QString &name : row->any)
        alternatives += hasParameter(question, name);
    if (!row->any.isEmpty() && alternatives != 1)
        return incomplete(QStringLiteral("exactly one of ") + row->any.join(QStringLiteral(", ")));
    return {};
}

base::Result<Outgoing> Iti18::encode(const Question &question)
{
    const QString query = QString::fromLatin1(ns::query);
    const QString rim = QString::fromLatin1(ns::rim);
    Outgoing out;
    QXmlStreamWriter xml(&out.body);
    xml.writeNamespace(query, QStringLiteral("query"));
    xml.writeNamespace(rim, QStringLiteral("rim"));
    xml.writeStartElement(query, QStringLiteral("AdhocQueryRequest"));
    xml.writeStartElement(query, QStringLiteral("ResponseOption"));
    xml.writeAttribute(QStringLiteral("returnComposedObjects"), QStringLiteral("true"));
    xml.writeAttribute(QStringLiteral("returnType"),
        question.leafClass ? QStringLiteral("LeafClass") : QStringLiteral("ObjectRef"));
    xml.writeEndElement();
    xml.writeStartElement(rim, QStringLiteral("AdhocQuery"));
    xml.writeAttribute(QStringLiteral("id"), storedQueryId(question.name));
    if (!question.homeCommunityId.isEmpty())
        xml.writeAttribute(
            QStringLiteral("home"), QStringLiteral("urn:oid:") + bareOid(question.homeCommunityId));
    for (const QueryParameter &parameter : question.parameters) {
        xml.writeStartElement(rim, QStringLiteral("Slot"));
        xml.writeAttribute(QStringLiteral("name"), parameter.name);
        xml.writeStartElement(rim, QStringLiteral("ValueList"));
        // One Value each: several Values are alternatives too, and rim.xsd limits a Value's length.
        for (const QString &value : parameter.values)
            xml.writeTextElement(rim, QStringLiteral("Value"), written(parameter, value));
        xml.writeEndElement();
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndElement();
    return out;
}

base::Result<QueryAnswer> Iti18::decode(const Question &question, Received &&received)
{
    NARU_ASSIGN(RegistryAnswer answer, readRegistryAnswer(received.root));
    NARU_TRY(checkReply(answer.soap, received.messageId, received.answerAction));
    if (answer.soap.body.name != QLatin1String("AdhocQueryResponse")
        && answer.soap.body.name != QLatin1String("RegistryResponse"))
        return base::Error(errors::Answer, QStringLiteral("no AdhocQueryResponse"),
            {{QStringLiteral("what"), QStringLiteral("AdhocQueryResponse")}});
    QueryAnswer out;
    out.response = std::move(answer.response);
    out.content = std::move(answer.content);
    out.objectRefs = std::move(answer.objectRefs);
    out.deviations = received.deviations + answer.deviations + answer.soap.deviations;
    using Status = RegistryResponse::Status;
    const bool empty = out.content.isEmpty() && out.objectRefs.isEmpty();
    const bool warningsOnly = !out.response.errors.empty() && !out.response.hasErrors();
    if (out.response.status == Status::Missing)
        out.deviations += QStringLiteral("no usable status");
    if (out.response.status != Status::Success && empty && !warningsOnly)
        return base::Error(errors::Rejected, out.response.codes(),
            {{QStringLiteral("codes"), out.response.codes()},
                {QStringLiteral("consent"),
                    out.response.refusedForConsent() ? QStringLiteral("missing") : QString()}});
    out.uncertain = out.response.status != Status::Success;
    // References came although objects were asked for: the content is still unknown.
    if (question.leafClass && out.content.isEmpty() && !out.objectRefs.isEmpty())
        out.uncertain = true;
    return out;
}

std::vector<TransactionRecord> Iti18::audit(const Question &question, const Answer *answer)
{
    TransactionRecord record;
    record.queryId = storedQueryId(question.name);
    if (const QString patient = patientOf(question); !patient.isEmpty())
        record.patientIds = {patient};
    if (base::Result<Outgoing> outgoing = encode(question))
        record.queryPayload = outgoing->body;
    if (answer && answer->response.status != RegistryResponse::Status::Success)
        record.outcome = 4;
    return {record};
}

base::Result<QueryAnswer> findInChunks(const Caller &caller, const Endpoint &registry,
    const FindDocuments &find, int chunk, const base::WorkContext &work)
{
    StoredQuery first = find.toQuery();
    first.leafClass = false;
    NARU_ASSIGN(QueryAnswer out, caller.run<Iti18>(registry, first, work));
    QStringList ids = out.objectRefs;
    ids.removeDuplicates();
    const qsizetype step = qMax(1, chunk);
    for (qsizetype at = 0; at < ids.size(); at += step) {
        work.report("query", at, ids.size());
        NARU_ASSIGN(QueryAnswer part,
            caller.run<Iti18>(registry, getDocuments(ids.mid(at, step), IdKind::EntryUuid), work));
        merge(out, std::move(part));
    }
    for (const QString &id : ids) {
        if (!out.content.documentByUuid(id))
            out.uncertain = true;
    }
    work.report("query", ids.size(), ids.size());
    return out;
}

} // namespace naru::ihe
