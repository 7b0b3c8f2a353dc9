#include "app/practice/registry/Metadata.h"

#include "app/practice/soap/Soap.h"
#include "core/base/Oid.h"

#include <QXmlStreamWriter>

namespace naru::practice {

namespace {
QString rim()
{
    return QLatin1String(ns::rim);
}

QString localized(const base::XmlElement &element, const char *name)
{
    const base::XmlElement *text = element.path({name, "LocalizedString"});
    return text ? text->attribute(QLatin1String("value")) : QString();
}

QMap<QString, QStringList> readSlots(const base::XmlElement &element)
{
    QMap<QString, QStringList> out;
    for (const base::XmlElement *slot : element.all(QLatin1String("Slot"))) {
        QStringList &values = out[slot->attribute(QLatin1String("name"))];
        for (const base::XmlElement *list : slot->all(QLatin1String("ValueList"))) {
            for (const base::XmlElement *value : list->all(QLatin1String("Value")))
                values.append(value->allText().trimmed());
        }
    }
    return out;
}

Classification readClassification(const base::XmlElement &element)
{
    return {element.attribute(QLatin1String("id")), element.attribute(QLatin1String("classificationScheme")),
        element.attribute(QLatin1String("classificationNode")),
        element.attribute(QLatin1String("nodeRepresentation")), localized(element, "Name"),
        readSlots(element)};
}

RegistryObject readObject(const base::XmlElement &element)
{
    RegistryObject object;
    object.id = element.attribute(QLatin1String("id"));
    object.logicalId = element.attribute(QLatin1String("lid"));
    object.home = element.attribute(QLatin1String("home"));
    object.status = element.attribute(QLatin1String("status"));
    object.objectType = element.attribute(QLatin1String("objectType"));
    object.mimeType = element.attribute(QLatin1String("mimeType"));
    object.title = localized(element, "Name");
    object.comments = localized(element, "Description");
    object.slots = readSlots(element);
    if (const base::XmlElement *version = element.child(QLatin1String("VersionInfo")))
        object.version = version->attribute(QLatin1String("versionName"));
    for (const base::XmlElement *child : element.all(QLatin1String("Classification")))
        object.classifications.push_back(readClassification(*child));
    for (const base::XmlElement *child : element.all(QLatin1String("ExternalIdentifier")))
        object.externalIds.push_back(
            {child->attribute(QLatin1String("id")), child->attribute(QLatin1String("identificationScheme")),
                localized(*child, "Name"), child->attribute(QLatin1String("value"))});
    if (element.name == QLatin1String("Association")) {
        object.kind = ObjectKind::Association;
        object.source = element.attribute(QLatin1String("sourceObject"));
        object.target = element.attribute(QLatin1String("targetObject"));
        object.type = element.attribute(QLatin1String("associationType"));
    }
    return object;
}

bool marked(const RegistryObject &object, const char *node)
{
    for (const Classification &classification : object.classifications) {
        if (classification.node == QLatin1String(node))
            return true;
    }
    return false;
}

void writeLocalized(QXmlStreamWriter &xml, const char *name, const QString &value)
{
    if (value.isEmpty())
        return;
    xml.writeStartElement(rim(), QLatin1String(name));
    xml.writeStartElement(rim(), QStringLiteral("LocalizedString"));
    xml.writeAttribute(QStringLiteral("value"), value);
    xml.writeEndElement();
    xml.writeEndElement();
}

void writeSlots(QXmlStreamWriter &xml, const QMap<QString, QStringList> &slots_)
{
    for (auto slot = slots_.cbegin(); slot != slots_.cend(); ++slot) {
        xml.writeStartElement(rim(), QStringLiteral("Slot"));
        xml.writeAttribute(QStringLiteral("name"), slot.key());
        xml.writeStartElement(rim(), QStringLiteral("ValueList"));
        for (const QString &value : slot.value())
            xml.writeTextElement(rim(), QStringLiteral("Value"), value);
        xml.writeEndElement();
        xml.writeEndElement();
    }
}

void attribute(QXmlStreamWriter &xml, const char *name, const QString &value)
{
    if (!value.isEmpty())
        xml.writeAttribute(QLatin1String(name), value);
}

void writeParts(QXmlStreamWriter &xml, const RegistryObject &object)
{
    for (const Classification &c : object.classifications) {
        xml.writeStartElement(rim(), QStringLiteral("Classification"));
        attribute(xml, "id", c.id);
        attribute(xml, "classificationScheme", c.scheme);
        attribute(xml, "classificationNode", c.node);
        xml.writeAttribute(QStringLiteral("classifiedObject"), object.id);
        if (!c.scheme.isEmpty())
            xml.writeAttribute(QStringLiteral("nodeRepresentation"), c.code);
        xml.writeAttribute(QStringLiteral("objectType"),
            QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification"));
        writeSlots(xml, c.slots);
        writeLocalized(xml, "Name", c.name);
        xml.writeEndElement();
    }
    for (const ExternalId &e : object.externalIds) {
        xml.writeStartElement(rim(), QStringLiteral("ExternalIdentifier"));
        attribute(xml, "id", e.id);
        xml.writeAttribute(QStringLiteral("registryObject"), object.id);
        xml.writeAttribute(QStringLiteral("identificationScheme"), e.scheme);
        xml.writeAttribute(QStringLiteral("value"), e.value);
        xml.writeAttribute(QStringLiteral("objectType"),
            QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:ExternalIdentifier"));
        writeLocalized(xml, "Name", e.name);
        xml.writeEndElement();
    }
}
} // namespace

QString RegistryObject::externalId(const char *scheme) const
{
    for (const ExternalId &id_ : externalIds) {
        if (id_.scheme == QLatin1String(scheme))
            return id_.value;
    }
    return {};
}

QString RegistryObject::patientId() const
{
    switch (kind) {
    case ObjectKind::Document:
        return externalId(xds::documentPatient);
    case ObjectKind::SubmissionSet:
        return externalId(xds::setPatient);
    case ObjectKind::Folder:
        return externalId(xds::folderPatient);
    case ObjectKind::Association:
        break;
    }
    return {};
}

QString RegistryObject::uniqueId() const
{
    switch (kind) {
    case ObjectKind::Document:
        return externalId(xds::documentUnique);
    case ObjectKind::SubmissionSet:
        return externalId(xds::setUnique);
    case ObjectKind::Folder:
        return externalId(xds::folderUnique);
    case ObjectKind::Association:
        break;
    }
    return {};
}

std::vector<const Classification *> RegistryObject::classified(const char *scheme) const
{
    std::vector<const Classification *> out;
    for (const Classification &classification : classifications) {
        if (classification.scheme == QLatin1String(scheme))
            out.push_back(&classification);
    }
    return out;
}

QString RegistryObject::code(const char *scheme) const
{
    const auto found = classified(scheme);
    return found.empty() ? QString() : found.front()->code;
}

std::vector<RegistryObject> readObjects(const base::XmlElement &list, QStringList &problems)
{
    std::vector<RegistryObject> out;
    QMap<QString, QStringList> nodes; // id -> classification nodes given beside the object
    for (const base::XmlElement &element : list.children) {
        if (element.name == QLatin1String("ExtrinsicObject")
            || element.name == QLatin1String("RegistryPackage")
            || element.name == QLatin1String("Association"))
            out.push_back(readObject(element));
        else if (element.name == QLatin1String("Classification"))
            nodes[element.attribute(QLatin1String("classifiedObject"))].append(
                element.attribute(QLatin1String("classificationNode")));
        else if (element.name != QLatin1String("ObjectRef"))
            problems.append(QStringLiteral("unexpected element ") + element.name);
        if (element.name == QLatin1String("RegistryPackage"))
            out.back().kind = ObjectKind::SubmissionSet; // until its marks are known
    }
    for (RegistryObject &object : out) {
        if (object.kind != ObjectKind::SubmissionSet)
            continue;
        for (const QString &node : nodes.value(object.id))
            object.classifications.push_back({base::newUuidUrn(), {}, node, {}, {}, {}});
        const bool set = marked(object, xds::setNode);
        const bool folder = marked(object, xds::folderNode);
        if (set == folder)
            problems.append(QStringLiteral("a RegistryPackage is not marked as submission set or folder"));
        object.kind = folder ? ObjectKind::Folder : ObjectKind::SubmissionSet;
    }
    return out;
}

void writeObject(QXmlStreamWriter &xml, const RegistryObject &object)
{
    const bool association = object.kind == ObjectKind::Association;
    const bool document = object.kind == ObjectKind::Document;
    xml.writeStartElement(rim(),
        association    ? QStringLiteral("Association")
            : document ? QStringLiteral("ExtrinsicObject")
                       : QStringLiteral("RegistryPackage"));
    attribute(xml, "id", object.id);
    attribute(xml, "lid", object.logicalId);
    attribute(xml, "home", object.home);
    if (document)
        attribute(xml, "mimeType", object.mimeType);
    QString type = object.objectType;
    if (type.isEmpty())
        type = association
            ? QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Association")
            : QStringLiteral("urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:RegistryPackage");
    xml.writeAttribute(QStringLiteral("objectType"), type);
    attribute(xml, "status", object.status);
    if (association) {
        xml.writeAttribute(QStringLiteral("associationType"), object.type);
        xml.writeAttribute(QStringLiteral("sourceObject"), object.source);
        xml.writeAttribute(QStringLiteral("targetObject"), object.target);
    }
    writeSlots(xml, object.slots);
    writeLocalized(xml, "Name", object.title);
    writeLocalized(xml, "Description", object.comments);
    if (!object.version.isEmpty()) {
        xml.writeEmptyElement(rim(), QStringLiteral("VersionInfo"));
        xml.writeAttribute(QStringLiteral("versionName"), object.version);
    }
    writeParts(xml, object);
    xml.writeEndElement();
}

QByteArray objectToXml(const RegistryObject &object)
{
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.writeNamespace(rim(), QStringLiteral("rim"));
    writeObject(xml, object);
    return out;
}

RegistryObject objectFromXml(const QByteArray &bytes)
{
    const auto tree = base::parseXml(bytes);
    if (!tree)
        throw SoapFault(QStringLiteral("Receiver"), QStringLiteral("A stored object cannot be read"));
    base::XmlElement list;
    list.children.push_back(*tree);
    QStringList problems;
    std::vector<RegistryObject> objects = readObjects(list, problems);
    if (objects.empty())
        throw SoapFault(QStringLiteral("Receiver"), QStringLiteral("A stored object is of no known kind"));
    return std::move(objects.front());
}

} // namespace naru::practice
