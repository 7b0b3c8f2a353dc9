#include "app/practice/repository/Repository.h"

#include "core/base/Digest.h"
#include "core/base/Oid.h"

#include <QSet>
#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
constexpr auto registerAction = "urn:ihe:iti:2007:RegisterDocumentSet-b";

QByteArray registerEnvelope(const std::vector<RegistryObject> &objects)
{
    return writeEnvelope(QLatin1String(registerAction), {}, [&](QXmlStreamWriter &xml) {
        const QString lcm = QLatin1String(ns::lcm);
        const QString rim = QLatin1String(ns::rim);
        xml.writeNamespace(lcm, QStringLiteral("lcm"));
        xml.writeNamespace(rim, QStringLiteral("rim"));
        xml.writeStartElement(lcm, QStringLiteral("SubmitObjectsRequest"));
        xml.writeStartElement(rim, QStringLiteral("RegistryObjectList"));
        for (const RegistryObject &object : objects)
            writeObject(xml, object);
        xml.writeEndElement();
        xml.writeEndElement();
    });
}

// The registry's own words, passed on.
RegistryAnswer readRegistryResponse(const QByteArray &bytes)
{
    RegistryAnswer answer;
    const auto tree = base::parseXml(bytes);
    const base::XmlElement *response = tree ? tree->path({"Body", "RegistryResponse"}) : nullptr;
    if (!response) {
        answer.fail(
            "XDSRegistryNotAvailable", QStringLiteral("the registry's answer is no RegistryResponse"));
        return answer;
    }
    if (const base::XmlElement *list = response->child(QLatin1String("RegistryErrorList"))) {
        for (const base::XmlElement *error : list->all(QLatin1String("RegistryError")))
            answer.errors.push_back({error->attribute(QLatin1String("errorCode")),
                error->attribute(QLatin1String("codeContext")), error->attribute(QLatin1String("location"))});
    }
    if (answer.ok() && !response->attribute(QLatin1String("status")).endsWith(QLatin1String(":Success")))
        answer.fail("XDSRepositoryError", QStringLiteral("the registry refused without a reason"));
    return answer;
}
} // namespace

RegistryAnswer Repository::provide(const SoapRequest &request, const QString &submitter)
{
    RegistryAnswer answer;
    QStringList problems;
    const base::XmlElement *list = request.body.path({"SubmitObjectsRequest", "RegistryObjectList"});
    if (!list)
        problems.append(QStringLiteral("SubmitObjectsRequest/RegistryObjectList is missing"));
    std::vector<RegistryObject> objects = list ? readObjects(*list, problems) : std::vector<RegistryObject>();
    for (const QString &problem : problems)
        answer.fail("XDSRepositoryMetadataError", problem);
    Bytes bytes;
    for (const base::XmlElement *document : request.body.all(QLatin1String("Document"))) {
        const QString id = document->attribute(QLatin1String("id"));
        if (bytes.contains(id))
            answer.fail(
                "XDSRepositoryMetadataError", QStringLiteral("two Document elements with one id"), id);
        bytes.insert(id, request.binary(*document));
    }
    return answer.ok() ? provideObjects(std::move(objects), bytes, submitter) : answer;
}

bool Repository::checkDocument(RegistryObject &entry, const QByteArray &bytes, RegistryAnswer &answer) const
{
    const QString unique = entry.uniqueId();
    const QString hash = base::sha1Hex(bytes);
    const QString size = QString::number(bytes.size());
    if (unique.isEmpty() || unique.size() > 128
        || !base::Oid::parse(unique.section(QLatin1Char('^'), 0, 0)).ok())
        answer.fail(
            "XDSRepositoryMetadataError", QStringLiteral("XDSDocumentEntry.uniqueId is not an OID"), unique);
    if (!entry.slot("hash").isEmpty() && entry.slot("hash").compare(hash, Qt::CaseInsensitive) != 0)
        answer.fail("XDSRepositoryMetadataError", QStringLiteral("hash does not fit the document"), unique);
    if (!entry.slot("size").isEmpty() && entry.slot("size") != size)
        answer.fail("XDSRepositoryMetadataError", QStringLiteral("size does not fit the document"), unique);
    if (!entry.slot("repositoryUniqueId").isEmpty() && entry.slot("repositoryUniqueId") != m_ports.id)
        answer.fail("XDSRepositoryMetadataError",
            QStringLiteral("repositoryUniqueId names another repository"), unique);
    const auto known = m_blobs.find(m_ports.id, unique);
    if (known && known->hash != hash)
        answer.fail("XDSNonIdenticalHash", unique);
    entry.slots.insert(QStringLiteral("hash"), {hash});
    entry.slots.insert(QStringLiteral("size"), {size});
    entry.slots.insert(QStringLiteral("repositoryUniqueId"), {m_ports.id});
    return answer.ok();
}

bool Repository::check(std::vector<RegistryObject> &objects, const Bytes &bytes, RegistryAnswer &answer) const
{
    QSet<QString> named, uniqueIds;
    for (RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Document)
            continue;
        named.insert(object.id);
        if (!bytes.contains(object.id)) {
            answer.fail("XDSMissingDocument", object.uniqueId(), object.id);
            continue;
        }
        if (uniqueIds.contains(object.uniqueId()))
            answer.fail("XDSRepositoryDuplicateUniqueIdInMessage", object.uniqueId());
        uniqueIds.insert(object.uniqueId());
        checkDocument(object, bytes.value(object.id), answer);
    }
    for (auto it = bytes.cbegin(); it != bytes.cend(); ++it) {
        if (!named.contains(it.key()))
            answer.fail("XDSMissingDocumentMetadata", it.key());
    }
    return answer.ok();
}

RegistryAnswer Repository::registerSet(
    const std::vector<RegistryObject> &objects, const QString &submitter) const
{
    const auto answer = postLoopback(m_ports.registry, QStringLiteral("/registry"), submitter,
        QByteArrayLiteral(
            "application/soap+xml; charset=UTF-8; action=\"urn:ihe:iti:2007:RegisterDocumentSet-b\""),
        registerEnvelope(objects));
    RegistryAnswer failed;
    if (!answer)
        failed.fail("XDSRegistryNotAvailable", QStringLiteral("no answer from the registry"));
    return answer ? readRegistryResponse(answer->body) : failed;
}

RegistryAnswer Repository::provideObjects(
    std::vector<RegistryObject> objects, const Bytes &bytes, const QString &submitter)
{
    const RegistryAnswer answer = storeAndRegister(objects, bytes, submitter);
    if (!answer.ok())
        return answer;
    for (const RegistryObject &object : objects) {
        if (object.kind == ObjectKind::Document && m_ports.accepted)
            m_ports.accepted(object, canonicalCx(object.patientId()), bytes.value(object.id));
    }
    return answer;
}

// One submission at a time: between the look at what is known and the registry's word, a second one under the
// same id would overwrite the bytes of the first, or lose them with its own refusal.
RegistryAnswer Repository::storeAndRegister(
    std::vector<RegistryObject> &objects, const Bytes &bytes, const QString &submitter)
{
    const std::lock_guard turn(m_submitting);
    RegistryAnswer answer;
    if (!check(objects, bytes, answer))
        return answer;
    std::vector<QString> fresh; // what goes again when the registry refuses
    for (const RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Document || m_blobs.find(m_ports.id, object.uniqueId()))
            continue;
        m_blobs.put(
            m_ports.id, object.uniqueId(), object.mimeType, bytes.value(object.id), object.slot("hash"));
        fresh.push_back(object.uniqueId());
    }
    for (const RegistryObject &object : objects) {
        if (object.kind == ObjectKind::Document && m_ports.arriving)
            m_ports.arriving(object, bytes.value(object.id));
    }
    answer = registerSet(objects, submitter);
    if (!answer.ok()) {
        for (const QString &uniqueId : fresh) {
            // A registration whose answer was lost may have happened: then the bytes stay.
            if (m_store.byUniqueId(uniqueId, ObjectKind::Document).empty())
                m_blobs.remove(m_ports.id, uniqueId);
        }
    }
    return answer;
}

HttpAnswer Repository::retrieve(const SoapRequest &request, const MayRead &mayRead) const
{
    struct Found {
        Blob blob;
        QString home;
    };
    RegistryAnswer answer;
    std::vector<Found> found;
    std::vector<MimePart> parts;
    for (const base::XmlElement *wanted : request.body.all(QLatin1String("DocumentRequest"))) {
        const QString repository = wanted->value(QLatin1String("RepositoryUniqueId"));
        const QString unique = wanted->value(QLatin1String("DocumentUniqueId"));
        if (repository != m_ports.id) {
            answer.fail("XDSUnknownRepositoryId", repository, unique);
            continue;
        }
        const auto blob = m_blobs.find(m_ports.id, unique);
        bool allowed = false;
        for (const StoredObject &entry : m_store.byUniqueId(unique, ObjectKind::Document))
            allowed = allowed || mayRead(entry);
        const auto bytes = blob && allowed ? m_blobs.read(*blob) : std::nullopt;
        if (!bytes) { // withheld and unknown look the same
            answer.fail("XDSDocumentUniqueIdError", unique, unique);
            continue;
        }
        found.push_back({*blob, wanted->value(QLatin1String("HomeCommunityId"))});
        parts.push_back({"document" + QByteArray::number(parts.size() + 1) + "@practice.invalid",
            blob->mimeType.toUtf8(), *bytes});
    }
    if (found.empty() && answer.ok())
        throw SoapFault(QStringLiteral("Sender"), QStringLiteral("DocumentRequest is missing"));
    answer.partial = !found.empty();
    const QByteArray envelope = writeEnvelope(QStringLiteral("urn:ihe:iti:2007:RetrieveDocumentSetResponse"),
        request.messageId, [&](QXmlStreamWriter &xml) {
            const QString xdsb = QLatin1String(ns::xdsb);
            xml.writeNamespace(xdsb, QStringLiteral("xdsb"));
            xml.writeNamespace(QLatin1String(ns::rs), QStringLiteral("rs"));
            xml.writeNamespace(QLatin1String(ns::xop), QStringLiteral("xop"));
            xml.writeStartElement(xdsb, QStringLiteral("RetrieveDocumentSetResponse"));
            writeRegistryResponse(xml, answer);
            for (std::size_t i = 0; i < found.size(); ++i) {
                xml.writeStartElement(xdsb, QStringLiteral("DocumentResponse"));
                if (!found[i].home.isEmpty())
                    xml.writeTextElement(xdsb, QStringLiteral("HomeCommunityId"), found[i].home);
                xml.writeTextElement(xdsb, QStringLiteral("RepositoryUniqueId"), m_ports.id);
                xml.writeTextElement(xdsb, QStringLiteral("DocumentUniqueId"), found[i].blob.uniqueId);
                xml.writeTextElement(xdsb, QStringLiteral("mimeType"), found[i].blob.mimeType);
                xml.writeStartElement(xdsb, QStringLiteral("Document"));
                xml.writeEmptyElement(QLatin1String(ns::xop), QStringLiteral("Include"));
                xml.writeAttribute(
                    QStringLiteral("href"), QStringLiteral("cid:") + QString::fromLatin1(parts[i].contentId));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
        });
    return multipartAnswer(envelope, parts);
}

} // namespace naru::practice
