#include "core/ihe/ebxml/EbXml.h"
#include "core/ihe/ebxml/Schemes.h"
#include "core/ihe/soap/Namespaces.h"

#include <QXmlStreamWriter>

namespace naru::ihe {

namespace {
const QString rim = QString::fromLatin1(ns::rim);

// rim:RegistryObject content comes in the order Slot*, Name, Description, VersionInfo, Classification*,
// ExternalIdentifier* (rim.xsd), which the callers below keep.
class Writer {
public:
    explicit Writer(QByteArray *out)
        : m_xml(out)
    {
        m_xml.writeNamespace(QString::fromLatin1(ns::lcm), QStringLiteral("lcm"));
        m_xml.writeNamespace(rim, QStringLiteral("rim"));
    }

    void write(const RegistryContent &content)
    {
        m_xml.writeStartElement(QString::fromLatin1(ns::lcm), QStringLiteral("SubmitObjectsRequest"));
        m_xml.writeStartElement(rim, QStringLiteral("RegistryObjectList"));
        for (const DocumentEntry &entry : content.documents)
            document(entry);
        for (const SubmissionSet &set : content.submissionSets)
            submissionSet(set);
        for (const Folder &one : content.folders)
            folder(one);
        for (const Association &one : content.associations)
            association(one);
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

private:
    QString nextId() { return QStringLiteral("naru-%1").arg(++m_ids); }
    void start(const char *name) { m_xml.writeStartElement(rim, QString::fromLatin1(name)); }
    void end() { m_xml.writeEndElement(); }
    void attribute(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            m_xml.writeAttribute(QString::fromLatin1(name), value);
    }

    void slot(const char *name, const QStringList &values)
    {
        if (values.join(QString()).isEmpty())
            return;
        start("Slot");
        attribute("name", QString::fromLatin1(name));
        start("ValueList");
        for (const QString &value : values)
            m_xml.writeTextElement(rim, QStringLiteral("Value"), value);
        end();
        end();
    }
    void slot(const char *name, const QString &value) { slot(name, QStringList{value}); }

    void localized(const char *name, const QString &text)
    {
        if (text.isEmpty())
            return;
        start(name);
        start("LocalizedString");
        m_xml.writeAttribute(QStringLiteral("xml:lang"), QStringLiteral("ko-KR"));
        attribute("charset", QStringLiteral("UTF-8"));
        attribute("value", text);
        end();
        end();
    }

    void startClassification(const QString &object, const QString &schemeId, const QString &representation)
    {
        start("Classification");
        attribute("id", nextId());
        attribute("classificationScheme", schemeId);
        attribute("classifiedObject", object);
        m_xml.writeAttribute(QStringLiteral("nodeRepresentation"), representation);
    }

    void code(const QString &object, const QString &schemeId, const clinical::CodedValue &value)
    {
        if (value.code.isEmpty())
            return;
        startClassification(object, schemeId, value.code);
        slot("codingScheme", value.system);
        localized("Name", value.text());
        end();
    }

    void author(const QString &object, const QString &schemeId, const Author &value)
    {
        startClassification(object, schemeId, {});
        slot("authorPerson", value.person.toText());
        QStringList texts;
        for (const XdsOrganization &organization : value.institutions)
            texts += organization.toText();
        slot("authorInstitution", texts);
        slot("authorRole", value.roles);
        slot("authorSpecialty", value.specialties);
        texts.clear();
        for (const XdsTelecom &telecom : value.telecoms)
            texts += telecom.toText();
        slot("authorTelecommunication", texts);
        end();
    }

    void external(const QString &object, const QString &schemeId, const char *name, const QString &value)
    {
        if (value.isEmpty())
            return;
        start("ExternalIdentifier");
        attribute("id", nextId());
        attribute("identificationScheme", schemeId);
        attribute("registryObject", object);
        attribute("value", value);
        localized("Name", QString::fromLatin1(name));
        end();
    }

    void common(const ObjectMetadata &object)
    {
        attribute("id", object.entryUuid);
        attribute("lid", object.logicalId);
        if (!object.homeCommunityId.isEmpty())
            attribute("home", QStringLiteral("urn:oid:") + object.homeCommunityId);
        attribute("status", availabilityUrn(object.availability));
    }

    void extraSlots(const QMap<QString, QStringList> &slots)
    {
        for (auto it = slots.cbegin(); it != slots.cend(); ++it)
            slot(it.key().toLatin1().constData(), it.value());
    }

    void document(const DocumentEntry &e)
    {
        start("ExtrinsicObject");
        common(e);
        attribute("objectType", scheme("DocumentEntry", "objectType", e.onDemand ? "onDemand" : "stable"));
        attribute("mimeType", e.mimeType);
        documentSlots(e);
        localized("Name", e.title);
        localized("Description", e.comments);
        if (!e.versionName.isEmpty()) {
            start("VersionInfo");
            attribute("versionName", e.versionName);
            end();
        }
        documentCodes(e);
        external(e.entryUuid, scheme("DocumentEntry", "external", "patientId"), "XDSDocumentEntry.patientId",
            writeCx(e.patientId));
        external(e.entryUuid, scheme("DocumentEntry", "external", "uniqueId"), "XDSDocumentEntry.uniqueId",
            e.uniqueId);
        end();
    }

    void documentSlots(const DocumentEntry &e)
    {
        slot("creationTime", toXdsTime(e.creationTime));
        slot("languageCode", e.languageCode);
        slot("serviceStartTime", toXdsTime(e.serviceStartTime));
        slot("serviceStopTime", toXdsTime(e.serviceStopTime));
        slot("sourcePatientId", writeCx(e.sourcePatientId));
        slot("sourcePatientInfo", e.sourcePatientInfo.toValues());
        slot("legalAuthenticator", e.legalAuthenticator.toText());
        slot("hash", e.hash);
        slot("size", e.size ? QString::number(*e.size) : QString());
        slot("repositoryUniqueId", e.repositoryUniqueId);
        slot("URI", e.uri);
        slot("documentAvailability", e.documentAvailability);
        QStringList references;
        for (const ReferenceId &id : e.referenceIds)
            references += id.toText();
        slot("urn:ihe:iti:xds:2013:referenceIdList", references);
        extraSlots(e.extraSlots);
    }

    void documentCodes(const DocumentEntry &e)
    {
        const auto schemeOf = [](const char *field) {
            return scheme("DocumentEntry", "classification", field);
        };
        for (const Author &one : e.authors)
            author(e.entryUuid, schemeOf("author"), one);
        code(e.entryUuid, schemeOf("classCode"), e.classCode);
        for (const clinical::CodedValue &one : e.confidentialityCodes)
            code(e.entryUuid, schemeOf("confidentialityCode"), one);
        for (const clinical::CodedValue &one : e.eventCodes)
            code(e.entryUuid, schemeOf("eventCodeList"), one);
        code(e.entryUuid, schemeOf("formatCode"), e.formatCode);
        code(e.entryUuid, schemeOf("healthcareFacilityTypeCode"), e.healthcareFacilityType);
        code(e.entryUuid, schemeOf("practiceSettingCode"), e.practiceSetting);
        code(e.entryUuid, schemeOf("typeCode"), e.typeCode);
    }

    void marker(const QString &object, const char *kind)
    {
        start("Classification");
        attribute("id", nextId());
        attribute("classifiedObject", object);
        attribute("classificationNode", scheme(kind, "node", "marker"));
        end();
    }

    void submissionSet(const SubmissionSet &s)
    {
        start("RegistryPackage");
        common(s);
        slot("submissionTime", toXdsTime(s.submissionTime));
        QStringList recipients;
        for (const SubmissionSet::Recipient &recipient : s.intendedRecipients)
            recipients += QStringList{recipient.organization.toText(), recipient.person.toText(),
                recipient.telecom.toText()}
                              .join(QLatin1Char('|'));
        slot("intendedRecipient", recipients);
        extraSlots(s.extraSlots);
        localized("Name", s.title);
        localized("Description", s.comments);
        for (const Author &one : s.authors)
            author(s.entryUuid, scheme("SubmissionSet", "classification", "author"), one);
        code(s.entryUuid, scheme("SubmissionSet", "classification", "contentTypeCode"), s.contentType);
        marker(s.entryUuid, "SubmissionSet");
        external(s.entryUuid, scheme("SubmissionSet", "external", "patientId"), "XDSSubmissionSet.patientId",
            writeCx(s.patientId));
        external(s.entryUuid, scheme("SubmissionSet", "external", "sourceId"), "XDSSubmissionSet.sourceId",
            s.sourceId);
        external(s.entryUuid, scheme("SubmissionSet", "external", "uniqueId"), "XDSSubmissionSet.uniqueId",
            s.uniqueId);
        end();
    }

    void folder(const Folder &f)
    {
        start("RegistryPackage");
        common(f);
        slot("lastUpdateTime", toXdsTime(f.lastUpdateTime));
        extraSlots(f.extraSlots);
        localized("Name", f.title);
        localized("Description", f.comments);
        for (const clinical::CodedValue &one : f.codes)
            code(f.entryUuid, scheme("Folder", "classification", "codeList"), one);
        marker(f.entryUuid, "Folder");
        external(f.entryUuid, scheme("Folder", "external", "patientId"), "XDSFolder.patientId",
            writeCx(f.patientId));
        external(f.entryUuid, scheme("Folder", "external", "uniqueId"), "XDSFolder.uniqueId", f.uniqueId);
        end();
    }

    void association(const Association &a)
    {
        start("Association");
        attribute("id", a.entryUuid.isEmpty() ? nextId() : a.entryUuid);
        attribute("associationType", associationUrn(a.type));
        attribute("sourceObject", a.source);
        attribute("targetObject", a.target);
        if (a.type == Association::Type::HasMember)
            slot(
                "SubmissionSetStatus", a.original ? QStringLiteral("Original") : QStringLiteral("Reference"));
        slot("PreviousVersion", a.previousVersion);
        extraSlots(a.extraSlots);
        code(a.entryUuid, scheme("Association", "classification", "documentation"), a.documentation);
        end();
    }

    QXmlStreamWriter m_xml;
    int m_ids = 0;
};
} // namespace

QByteArray writeSubmitObjects(const RegistryContent &content)
{
    QByteArray out;
    Writer(&out).write(content);
    return out;
}

} // namespace naru::ihe
