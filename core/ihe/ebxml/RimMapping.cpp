#include "core/ihe/ebxml/RimMapping.h"

#include "core/ihe/ebxml/Schemes.h"

namespace naru::ihe {

namespace {
QString first(const QStringList &values)
{
    return values.isEmpty() ? QString() : values.first().trimmed();
}

clinical::CodedValue codeOf(const RimClassification &classification)
{
    clinical::CodedValue out;
    out.code = classification.representation;
    out.display = classification.name;
    for (const RimSlot &slot : classification.slots) {
        if (slot.name == QLatin1String("codingScheme"))
            out.system = bareOid(first(slot.values));
    }
    return out;
}

Author authorOf(const RimClassification &classification)
{
    Author out;
    for (const RimSlot &slot : classification.slots) {
        if (slot.name == QLatin1String("authorPerson")) {
            out.person = XdsPerson::parse(first(slot.values));
        } else if (slot.name == QLatin1String("authorInstitution")) {
            for (const QString &value : slot.values)
                out.institutions.push_back(XdsOrganization::parse(value));
        } else if (slot.name == QLatin1String("authorRole")) {
            out.roles += slot.values;
        } else if (slot.name == QLatin1String("authorSpecialty")) {
            out.specialties += slot.values;
        } else if (slot.name == QLatin1String("authorTelecommunication")) {
            for (const QString &value : slot.values)
                out.telecoms.push_back(XdsTelecom::parse(value));
        }
    }
    return out;
}

void common(RimObject &rim, ObjectMetadata &out)
{
    out.entryUuid = rim.id;
    out.logicalId = rim.lid;
    out.homeCommunityId = bareOid(rim.home);
    out.availability = availabilityFromUrn(rim.status);
    out.versionName = rim.versionName;
    out.title = rim.name;
    out.comments = rim.description;
    for (const RimExternal &external : rim.externals) {
        const SchemeRow *row = schemeRow(external.scheme);
        if (!row)
            continue;
        if (row->field == QLatin1String("patientId"))
            out.patientId = parseCx(external.value);
        else if (row->field == QLatin1String("uniqueId"))
            out.uniqueId = bareOid(external.value);
    }
}

using DocumentSlot = void (*)(DocumentEntry &, const QStringList &);
const QHash<QString, DocumentSlot> &documentSlots()
{
    static const QHash<QString, DocumentSlot> all{
        {QStringLiteral("creationTime"),
            [](DocumentEntry &e, const QStringList &v) { e.creationTime = fromXdsTime(first(v)); }},
        {QStringLiteral("serviceStartTime"),
            [](DocumentEntry &e, const QStringList &v) { e.serviceStartTime = fromXdsTime(first(v)); }},
        {QStringLiteral("serviceStopTime"),
            [](DocumentEntry &e, const QStringList &v) { e.serviceStopTime = fromXdsTime(first(v)); }},
        {QStringLiteral("languageCode"),
            [](DocumentEntry &e, const QStringList &v) { e.languageCode = first(v); }},
        {QStringLiteral("sourcePatientId"),
            [](DocumentEntry &e, const QStringList &v) { e.sourcePatientId = parseCx(first(v)); }},
        {QStringLiteral("sourcePatientInfo"),
            [](DocumentEntry &e, const QStringList &v) {
                e.sourcePatientInfo = SourcePatientInfo::parse(v);
            }},
        {QStringLiteral("legalAuthenticator"),
            [](DocumentEntry &e, const QStringList &v) {
                e.legalAuthenticator = XdsPerson::parse(first(v));
            }},
        {QStringLiteral("hash"), [](DocumentEntry &e, const QStringList &v) { e.hash = first(v); }},
        {QStringLiteral("size"),
            [](DocumentEntry &e, const QStringList &v) {
                bool ok = false;
                const qint64 size = first(v).toLongLong(&ok);
                if (ok && size >= 0)
                    e.size = size;
            }},
        {QStringLiteral("repositoryUniqueId"),
            [](DocumentEntry &e, const QStringList &v) { e.repositoryUniqueId = bareOid(first(v)); }},
        {QStringLiteral("URI"), [](DocumentEntry &e, const QStringList &v) { e.uri = first(v); }},
        {QStringLiteral("documentAvailability"),
            [](DocumentEntry &e, const QStringList &v) { e.documentAvailability = first(v); }},
        {QStringLiteral("urn:ihe:iti:xds:2013:referenceIdList"),
            [](DocumentEntry &e, const QStringList &v) {
                for (const QString &value : v)
                    e.referenceIds.push_back(ReferenceId::parse(value));
            }},
    };
    return all;
}

using DocumentCode = void (*)(DocumentEntry &, const RimClassification &);
const QHash<QString, DocumentCode> &documentCodes()
{
    static const QHash<QString, DocumentCode> all{
        {QStringLiteral("author"),
            [](DocumentEntry &e, const RimClassification &c) { e.authors.push_back(authorOf(c)); }},
        {QStringLiteral("classCode"),
            [](DocumentEntry &e, const RimClassification &c) { e.classCode = codeOf(c); }},
        {QStringLiteral("typeCode"),
            [](DocumentEntry &e, const RimClassification &c) { e.typeCode = codeOf(c); }},
        {QStringLiteral("formatCode"),
            [](DocumentEntry &e, const RimClassification &c) { e.formatCode = codeOf(c); }},
        {QStringLiteral("healthcareFacilityTypeCode"),
            [](DocumentEntry &e, const RimClassification &c) { e.healthcareFacilityType = codeOf(c); }},
        {QStringLiteral("practiceSettingCode"),
            [](DocumentEntry &e, const RimClassification &c) { e.practiceSetting = codeOf(c); }},
        {QStringLiteral("confidentialityCode"),
            [](DocumentEntry &e, const RimClassification &c) {
                e.confidentialityCodes.push_back(codeOf(c));
            }},
        {QStringLiteral("eventCodeList"),
            [](DocumentEntry &e, const RimClassification &c) { e.eventCodes.push_back(codeOf(c)); }},
    };
    return all;
}

void addDocument(RimObject &rim, RegistryContent &content)
{
    DocumentEntry &out = content.documents.emplace_back();
    common(rim, out);
    const SchemeRow *type = schemeRow(rim.objectType);
    out.onDemand = type && type->field == QLatin1String("onDemand");
    out.mimeType = rim.mimeType;
    for (RimSlot &slot : rim.slots) {
        if (const DocumentSlot handler = documentSlots().value(slot.name))
            handler(out, slot.values);
        else
            out.extraSlots.insert(slot.name, slot.values);
    }
    for (const RimClassification &classification : rim.classifications) {
        const SchemeRow *row = schemeRow(classification.scheme);
        if (const DocumentCode handler = row ? documentCodes().value(row->field) : nullptr)
            handler(out, classification);
    }
}

SubmissionSet::Recipient recipientOf(const QString &value)
{
    return {XdsOrganization::parse(value.section(QLatin1Char('|'), 0, 0)),
        XdsPerson::parse(value.section(QLatin1Char('|'), 1, 1)),
        XdsTelecom::parse(value.section(QLatin1Char('|'), 2, 2))};
}

void addSubmissionSet(RimObject &rim, RegistryContent &content)
{
    SubmissionSet &out = content.submissionSets.emplace_back();
    common(rim, out);
    for (const RimExternal &external : rim.externals) {
        const SchemeRow *row = schemeRow(external.scheme);
        if (row && row->field == QLatin1String("sourceId"))
            out.sourceId = bareOid(external.value);
    }
    for (RimSlot &slot : rim.slots) {
        if (slot.name == QLatin1String("submissionTime")) {
            out.submissionTime = fromXdsTime(first(slot.values));
        } else if (slot.name == QLatin1String("intendedRecipient")) {
            for (const QString &value : slot.values)
                out.intendedRecipients.push_back(recipientOf(value));
        } else {
            out.extraSlots.insert(slot.name, slot.values);
        }
    }
    for (const RimClassification &classification : rim.classifications) {
        const SchemeRow *row = schemeRow(classification.scheme);
        if (row && row->field == QLatin1String("author"))
            out.authors.push_back(authorOf(classification));
        else if (row && row->field == QLatin1String("contentTypeCode"))
            out.contentType = codeOf(classification);
    }
}

void addFolder(RimObject &rim, RegistryContent &content)
{
    Folder &out = content.folders.emplace_back();
    common(rim, out);
    for (RimSlot &slot : rim.slots) {
        if (slot.name == QLatin1String("lastUpdateTime"))
            out.lastUpdateTime = fromXdsTime(first(slot.values));
        else
            out.extraSlots.insert(slot.name, slot.values);
    }
    for (const RimClassification &classification : rim.classifications) {
        const SchemeRow *row = schemeRow(classification.scheme);
        if (row && row->field == QLatin1String("codeList"))
            out.codes.push_back(codeOf(classification));
    }
}

void addAssociation(RimObject &rim, RegistryContent &content)
{
    Association &out = content.associations.emplace_back();
    out.entryUuid = rim.id;
    out.homeCommunityId = bareOid(rim.home);
    out.availability = availabilityFromUrn(rim.status);
    out.typeText = rim.associationType;
    out.type = associationFromUrn(rim.associationType);
    out.source = rim.source;
    out.target = rim.target;
    for (RimSlot &slot : rim.slots) {
        if (slot.name == QLatin1String("SubmissionSetStatus"))
            out.original = first(slot.values).compare(QLatin1String("Reference"), Qt::CaseInsensitive) != 0;
        else if (slot.name == QLatin1String("PreviousVersion"))
            out.previousVersion = first(slot.values);
        else
            out.extraSlots.insert(slot.name, slot.values);
    }
    for (const RimClassification &classification : rim.classifications)
        out.documentation = codeOf(classification);
}

// Whether a RegistryPackage is a submission set or a folder: the marker classification says it; where a peer
// forgets it, the identification schemes do.
QString packageKind(const RimObject &rim, const QHash<QString, QString> &markers)
{
    QStringList nodes{markers.value(rim.id)};
    for (const RimClassification &classification : rim.classifications)
        nodes += {classification.node, classification.scheme};
    for (const RimExternal &external : rim.externals)
        nodes += external.scheme;
    for (const QString &node : nodes) {
        const SchemeRow *row = node.isEmpty() ? nullptr : schemeRow(node);
        if (row)
            return row->object;
    }
    return {};
}
} // namespace

bool addToContent(RimObject &&rim, const QHash<QString, QString> &markers, RegistryContent &content)
{
    if (rim.element == QLatin1String("ExtrinsicObject")) {
        addDocument(rim, content);
        return true;
    }
    if (rim.element == QLatin1String("Association")) {
        addAssociation(rim, content);
        return true;
    }
    const QString kind = packageKind(rim, markers);
    if (kind == QLatin1String("SubmissionSet"))
        addSubmissionSet(rim, content);
    else if (kind == QLatin1String("Folder"))
        addFolder(rim, content);
    else
        return false;
    return true;
}

} // namespace naru::ihe
