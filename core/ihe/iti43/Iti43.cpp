#include "core/ihe/iti43/Iti43.h"

#include "core/ihe/Errors.h"
#include "core/ihe/metadata/Metadata.h"
#include "core/ihe/soap/Namespaces.h"
#include "core/ihe/soap/Soap.h"
#include "core/net/MimeReader.h"

#include <QXmlStreamWriter>

namespace naru::ihe {

const TransactionInfo Iti43::info{"ITI-43", "urn:ihe:iti:2007:RetrieveDocumentSet",
    "urn:ihe:iti:2007:RetrieveDocumentSetResponse", true, true, true, TransactionRecord::Kind::Import, 'C'};

bool RetrieveAnswer::complete() const
{
    for (const RetrievedDocument &document : documents) {
        if (document.state != RetrievedDocument::State::Received)
            return false;
    }
    return true;
}

base::Status Iti43::validate(const Question &question)
{
    const auto incomplete = [](const char *what) {
        return base::Error(
            errors::Query, QString::fromLatin1(what), {{QStringLiteral("what"), QString::fromLatin1(what)}});
    };
    if (question.documents.empty())
        return incomplete("no document asked for");
    for (const DocumentReference &reference : question.documents) {
        if (reference.documentUniqueId.isEmpty() || reference.repositoryUniqueId.isEmpty())
            return incomplete("a document or repository identifier is missing");
    }
    return {};
}

base::Result<Outgoing> Iti43::encode(const Question &question)
{
    const QString xds = QString::fromLatin1(ns::xds);
    Outgoing out;
    QXmlStreamWriter xml(&out.body);
    xml.writeNamespace(xds, QStringLiteral("xdsb"));
    xml.writeStartElement(xds, QStringLiteral("RetrieveDocumentSetRequest"));
    for (const DocumentReference &reference : question.documents) {
        xml.writeStartElement(xds, QStringLiteral("DocumentRequest"));
        if (!reference.homeCommunityId.isEmpty())
            xml.writeTextElement(xds, QStringLiteral("HomeCommunityId"),
                QStringLiteral("urn:oid:") + bareOid(reference.homeCommunityId));
        xml.writeTextElement(
            xds, QStringLiteral("RepositoryUniqueId"), bareOid(reference.repositoryUniqueId));
        xml.writeTextElement(xds, QStringLiteral("DocumentUniqueId"), reference.documentUniqueId);
        xml.writeEndElement();
    }
    xml.writeEndElement();
    return out;
}

namespace {
// Puts responses, bodies and errors to the documents that were asked for.
class Matcher {
public:
    Matcher(const RetrieveQuestion &question, Received &received, RetrieveAnswer &answer)
        : m_received(received)
        , m_answer(answer)
    {
        for (const DocumentReference &reference : question.documents)
            m_answer.documents.push_back({reference});
    }

    void read(const base::XmlElement &payload)
    {
        for (const base::XmlElement &element : payload.children) {
            if (element.name == QLatin1String("RegistryResponse"))
                readStatus(element);
            else if (element.name == QLatin1String("DocumentResponse"))
                readDocument(element);
        }
        for (const RegistryError &error : m_answer.response.errors)
            assign(error);
    }

private:
    void readStatus(const base::XmlElement &element)
    {
        RegistryResponse &response = m_answer.response;
        response.statusText = element.attribute(QLatin1String("status"));
        response.status = registryStatusFromUrn(response.statusText);
        const base::XmlElement *list = element.child(QLatin1String("RegistryErrorList"));
        if (!list)
            return;
        for (const base::XmlElement *item : list->all(QLatin1String("RegistryError"))) {
            const QString code = item->attribute(QLatin1String("errorCode"));
            response.errors.push_back({code.mid(code.lastIndexOf(QLatin1Char(':')) + 1),
                item->attribute(QLatin1String("codeContext")), item->attribute(QLatin1String("location")),
                item->attribute(QLatin1String("severity")).endsWith(QLatin1String("Warning"))});
        }
    }

    RetrievedDocument *wanted(const QString &documentId, const QString &repositoryId)
    {
        for (RetrievedDocument &document : m_answer.documents) {
            const bool sameRepository = repositoryId.isEmpty()
                || bareOid(document.reference.repositoryUniqueId) == bareOid(repositoryId);
            if (document.state == RetrievedDocument::State::Missing && sameRepository
                && bareOid(document.reference.documentUniqueId) == bareOid(documentId))
                return &document;
        }
        return nullptr;
    }

    void readDocument(const base::XmlElement &element)
    {
        RetrievedDocument *document = wanted(element.value(QLatin1String("DocumentUniqueId")),
            element.value(QLatin1String("RepositoryUniqueId")));
        const base::XmlElement *content = element.child(QLatin1String("Document"));
        const int ordinal = content ? m_ordinal++ : -1;
        if (!document) {
            m_answer.deviations += QStringLiteral("a document that was not asked for");
            return;
        }
        document->mimeType = element.value(QLatin1String("mimeType"));
        document->newDocumentUniqueId = element.value(QLatin1String("NewDocumentUniqueId"));
        document->newRepositoryUniqueId = bareOid(element.value(QLatin1String("NewRepositoryUniqueId")));
        if (!content) {
            m_answer.deviations += QStringLiteral("DocumentResponse without Document");
            return;
        }
        const int body = bodyOf(*content, ordinal);
        if (body >= 0)
            take(*document, body);
        else
            document->state = content->children.empty() ? RetrievedDocument::State::Missing
                                                        : RetrievedDocument::State::Broken;
    }

    int bodyOf(const base::XmlElement &content, int ordinal)
    {
        const base::XmlElement *include = content.child(QLatin1String("Include"));
        if (!include)
            return ordinal >= 0 && ordinal < int(m_received.inlineBodies.size())
                ? m_received.inlineBodies[std::size_t(ordinal)]
                : -1;
        // Only cid: is followed; any other reference would make us fetch what a stranger names.
        const QByteArray id = net::contentIdOfHref(include->attribute(QLatin1String("href")).toUtf8());
        for (std::size_t i = 0; i < m_received.bodies.size() && !id.isEmpty(); ++i) {
            const QByteArray &candidate = m_received.bodies[i].contentId;
            if (candidate == id || QByteArray::fromPercentEncoding(candidate) == id)
                return int(i);
        }
        return -1;
    }

    void take(RetrievedDocument &document, int index)
    {
        ReceivedBody &body = m_received.bodies[std::size_t(index)];
        document.state =
            body.complete ? RetrievedDocument::State::Received : RetrievedDocument::State::Broken;
        document.body = index;
        document.size = body.size;
        document.sha1Hex = body.sha1Hex;
        document.bytes = body.bytes; // shared; a second reference to the same part costs nothing
    }

    // To the document whose identifier the context names; with one document asked for, to that one.
    void assign(const RegistryError &error)
    {
        RetrievedDocument *target = nullptr;
        for (RetrievedDocument &document : m_answer.documents) {
            const bool named = error.context.contains(document.reference.documentUniqueId)
                || error.location.contains(document.reference.documentUniqueId);
            if (named && (!target || target->state == RetrievedDocument::State::Received))
                target = &document;
        }
        if (!target && m_answer.documents.size() == 1)
            target = &m_answer.documents[0];
        if (target) {
            refuse(*target, error);
            return;
        }
        // The peer does not say which one: it concerns all that did not come.
        for (RetrievedDocument &document : m_answer.documents) {
            if (document.state != RetrievedDocument::State::Received)
                refuse(document, error);
        }
    }

    static void refuse(RetrievedDocument &document, const RegistryError &error)
    {
        document.errors.push_back(error);
        if (!error.warning && document.state == RetrievedDocument::State::Missing)
            document.state = RetrievedDocument::State::Refused;
    }

    Received &m_received;
    RetrieveAnswer &m_answer;
    int m_ordinal = 0;
};
} // namespace

base::Result<RetrieveAnswer> Iti43::decode(const Question &question, Received &&received)
{
    NARU_ASSIGN(SoapReply reply, readEnvelope(received.root));
    NARU_TRY(checkReply(reply, received.messageId, received.answerAction));
    if (reply.body.name != QLatin1String("RetrieveDocumentSetResponse")
        && reply.body.name != QLatin1String("RegistryResponse"))
        return base::Error(errors::Answer, QStringLiteral("no RetrieveDocumentSetResponse"),
            {{QStringLiteral("what"), QStringLiteral("RetrieveDocumentSetResponse")}});
    RetrieveAnswer out;
    out.deviations = received.deviations + reply.deviations;
    Matcher matcher(question, received, out);
    if (reply.body.name == QLatin1String("RegistryResponse")) {
        base::XmlElement wrapper;
        wrapper.children.push_back(std::move(reply.body));
        matcher.read(wrapper);
    } else {
        matcher.read(reply.body);
    }
    return out;
}

std::vector<TransactionRecord> Iti43::audit(const Question &question, const Answer *answer)
{
    TransactionRecord good;
    TransactionRecord bad;
    bad.outcome = 8;
    for (std::size_t i = 0; i < question.documents.size(); ++i) {
        const DocumentReference &reference = question.documents[i];
        const bool received = answer && answer->documents[i].state == RetrievedDocument::State::Received;
        TransactionRecord &record = received ? good : bad;
        record.objects.push_back({TransactionRecord::Object::Kind::Document, reference.documentUniqueId,
            reference.repositoryUniqueId, reference.homeCommunityId});
        if (answer && !received)
            record.outcomeText = answer->response.codes();
    }
    std::vector<TransactionRecord> out;
    for (TransactionRecord *record : {&good, &bad}) {
        if (!question.patientId.isEmpty())
            record->patientIds = {question.patientId.toCx()};
        if (!record->objects.empty())
            out.push_back(std::move(*record));
    }
    return out;
}

base::Result<RetrieveAllAnswer> retrieveAll(const Caller &caller, const RepositoryEndpoint &repository,
    const std::vector<DocumentReference> &documents, const base::WorkContext &work,
    const clinical::Identifier &patientId)
{
    RetrieveAllAnswer out;
    const std::size_t step = std::size_t(qMax(1, repository.documentsPerRequest));
    bool anyAnswer = documents.empty();
    for (std::size_t at = 0; at < documents.size(); at += step) {
        work.report("retrieve", qint64(at), qint64(documents.size()));
        RetrieveQuestion question;
        question.patientId = patientId;
        const std::size_t end = qMin(at + step, documents.size());
        question.documents.assign(documents.begin() + qptrdiff(at), documents.begin() + qptrdiff(end));
        base::Result<RetrieveAnswer> answer = caller.run<Iti43>(repository, question, work);
        if (answer) {
            anyAnswer = true;
            std::move(answer->documents.begin(), answer->documents.end(), std::back_inserter(out.documents));
            out.deviations += answer->deviations;
            continue;
        }
        out.errors.push_back(answer.error());
        for (const DocumentReference &reference : question.documents)
            out.documents.push_back({reference});
    }
    work.report("retrieve", qint64(documents.size()), qint64(documents.size()));
    if (!anyAnswer)
        return out.errors.front();
    return out;
}

} // namespace naru::ihe
