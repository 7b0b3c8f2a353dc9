#include "app/practice/registry/SubmissionCheck.h"

#include "app/practice/consent/ConsentReader.h"
#include "core/base/Oid.h"

#include <QDateTime>
#include <QSet>
#include <QUuid>
#include <algorithm>

namespace naru::practice {

namespace {
bool isUuid(const QString &id)
{
    return id.startsWith(QLatin1String("urn:uuid:")) && !QUuid::fromString(id.mid(9)).isNull();
}

bool isRelation(const QString &type)
{
    return type == QLatin1String(xds::rplc) || type == QLatin1String(xds::apnd)
        || type == QLatin1String(xds::xfrm) || type == QLatin1String(xds::xfrmRplc);
}

bool replaces(const QString &type)
{
    return type == QLatin1String(xds::rplc) || type == QLatin1String(xds::xfrmRplc);
}
} // namespace

void Registrar::Submission::assignIds()
{
    QMap<QString, QString> names;
    for (RegistryObject &object : objects) {
        if (isUuid(object.id)) {
            names.insert(object.id, object.id.toLower());
            object.id = object.id.toLower();
        } else {
            const QString uuid = base::newUuidUrn();
            if (!object.id.isEmpty())
                names.insert(object.id, uuid);
            object.id = uuid;
        }
        object.logicalId = object.kind == ObjectKind::Association ? QString() : object.id;
        object.version = QStringLiteral("1.1");
        if (object.kind != ObjectKind::Association || object.status.isEmpty())
            object.status = QLatin1String(xds::approved);
        for (Classification &classification : object.classifications)
            classification.id = isUuid(classification.id) ? classification.id : base::newUuidUrn();
        for (ExternalId &id : object.externalIds)
            id.id = isUuid(id.id) ? id.id : base::newUuidUrn();
    }
    for (RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Association)
            continue;
        object.source = names.value(object.source, object.source);
        object.target = names.value(object.target, object.target);
    }
}

RegistryObject *Registrar::Submission::find(const QString &id)
{
    for (RegistryObject &object : objects) {
        if (object.id == id)
            return &object;
    }
    return nullptr;
}

void Registrar::Submission::documentShape(const RegistryObject &object)
{
    const QString where = object.uniqueId().isEmpty() ? object.id : object.uniqueId();
    auto need = [&](bool there, const char *what) {
        if (!there)
            answer.fail(
                "XDSRegistryMetadataError", QLatin1String(what) + QStringLiteral(" is missing"), where);
    };
    need(!object.uniqueId().isEmpty(), "XDSDocumentEntry.uniqueId");
    need(!object.patientId().isEmpty(), "XDSDocumentEntry.patientId");
    need(!object.mimeType.isEmpty(), "mimeType");
    need(object.objectType == QLatin1String(xds::documentType), "objectType of a stable document");
    for (const char *slot :
        {"creationTime", "languageCode", "sourcePatientId", "hash", "size", "repositoryUniqueId"})
        need(!object.slot(slot).isEmpty(), slot);
    struct Row {
        const char *scheme, *name;
    };
    for (const Row &row : {Row{xds::classCode, "classCode"}, Row{xds::typeCode, "typeCode"},
             Row{xds::formatCode, "formatCode"}, Row{xds::confidentiality, "confidentialityCode"},
             Row{xds::facility, "healthcareFacilityTypeCode"}, Row{xds::practice, "practiceSettingCode"}}) {
        const auto found = object.classified(row.scheme);
        need(
            !found.empty() && !found.front()->code.isEmpty() && !found.front()->system().isEmpty(), row.name);
    }
    if (object.uniqueId().size() > 128)
        answer.fail("XDSRegistryMetadataError",
            QStringLiteral("XDSDocumentEntry.uniqueId is longer than 128"), where);
}

bool Registrar::Submission::shape()
{
    QStringList sets;
    for (const RegistryObject &object : objects) {
        if (object.kind == ObjectKind::Document)
            documentShape(object);
        if (object.kind != ObjectKind::SubmissionSet)
            continue;
        sets.append(object.id);
        if (object.uniqueId().isEmpty() || object.patientId().isEmpty()
            || object.externalId(xds::setSource).isEmpty() || object.slot("submissionTime").isEmpty()
            || object.code(xds::contentType).isEmpty())
            answer.fail("XDSRegistryMetadataError",
                QStringLiteral("XDSSubmissionSet: uniqueId, patientId, sourceId, submissionTime and "
                               "contentTypeCode are required"));
    }
    if (sets.size() != 1) {
        answer.fail("XDSRegistryMetadataError", QStringLiteral("exactly one submission set is required"));
        return false;
    }
    QSet<QString> members;
    for (const RegistryObject &object : objects) {
        if (object.type == QLatin1String(xds::hasMember) && object.source == sets.first())
            members.insert(object.target);
    }
    for (const RegistryObject &object : objects) {
        if ((object.kind == ObjectKind::Document || object.kind == ObjectKind::Folder)
            && !members.contains(object.id))
            answer.fail("XDSRegistryMetadataError",
                QStringLiteral("HasMember from the submission set is missing"), object.uniqueId());
    }
    return answer.ok();
}

void Registrar::Submission::patients(const RegistrarPorts &ports)
{
    QStringList found;
    for (const RegistryObject &object : objects) {
        if (object.kind == ObjectKind::Association)
            continue;
        const QString cx = canonicalCx(object.patientId());
        if (!found.contains(cx))
            found.append(cx);
        if (object.kind == ObjectKind::SubmissionSet)
            patient = cx;
    }
    if (found.size() > 1)
        answer.fail("XDSPatientIdDoesNotMatch",
            QStringLiteral("the objects of one submission name different patients"));
    else if (patient.isEmpty() || !ports.knowsPatient(patient))
        answer.fail("XDSUnknownPatientId", QStringLiteral("the patient id is not known to the registry"));
    for (const RegistryObject &object : objects) {
        if (object.kind == ObjectKind::Document
            && !ports.repositories.contains(object.slot("repositoryUniqueId")))
            answer.fail("XDSUnknownRepositoryId", object.slot("repositoryUniqueId"), object.uniqueId());
    }
}

void Registrar::Submission::uniqueIds(const Store &store)
{
    QSet<QString> seen;
    for (const RegistryObject &object : objects) {
        const QString unique = object.uniqueId();
        if (store.byId(object.id))
            answer.fail("XDSDuplicateUniqueIdInRegistry", object.id);
        if (unique.isEmpty())
            continue;
        if (seen.contains(unique))
            answer.fail("XDSRegistryDuplicateUniqueIdInMessage", unique);
        seen.insert(unique);
        for (const StoredObject &known : store.byUniqueId(unique, object.kind)) {
            if (object.kind != ObjectKind::Document)
                answer.fail("XDSDuplicateUniqueIdInRegistry", unique);
            else if (known.object.slot("hash").compare(object.slot("hash"), Qt::CaseInsensitive) != 0)
                answer.fail("XDSNonIdenticalHash", unique);
            else if (known.object.slot("size") != object.slot("size"))
                answer.fail("XDSNonIdenticalSize", unique);
            else
                continue;
            break;
        }
    }
}

void Registrar::Submission::association(const RegistryObject &a, const Store &store)
{
    const RegistryObject *source = find(a.source);
    if (isRelation(a.type) && (!source || source->kind != ObjectKind::Document)) {
        answer.fail("XDSRegistryMetadataError",
            QStringLiteral("a relationship must start at a document of this submission"), a.id);
        return;
    }
    if (find(a.target)) {
        if (replaces(a.type))
            answer.fail("XDSReplaceFailed",
                QStringLiteral("a document cannot replace one of its own submission"), a.target);
        return;
    }
    const auto target = store.byId(a.target);
    const auto knownSource = source ? std::nullopt : store.byId(a.source);
    if (!target || (!source && !knownSource)) {
        answer.fail("UnresolvedReferenceException", target ? a.source : a.target);
        return;
    }
    if (target->patient != patient) {
        answer.fail(
            "XDSPatientIdDoesNotMatch", QStringLiteral("the target belongs to another patient"), a.target);
        return;
    }
    if (!isRelation(a.type))
        return;
    if (target->object.kind != ObjectKind::Document)
        answer.fail("XDSReplaceFailed", QStringLiteral("the target is not a document"), a.target);
    else if (target->object.status != QLatin1String(xds::approved))
        answer.fail("XDSRegistryDeprecatedDocumentError", target->object.uniqueId(), a.target);
    else if (target->object.uniqueId() == source->uniqueId())
        answer.fail(
            "XDSReplaceFailed", QStringLiteral("a replacement needs a uniqueId of its own"), a.target);
}

void Registrar::Submission::statusUpdate(const RegistryObject &a, const Store &store)
{
    const auto target = store.byId(a.target);
    const QString wanted = a.slot("NewStatus");
    if (!target)
        answer.fail("UnresolvedReferenceException", a.target);
    else if (target->patient != patient)
        answer.fail(
            "XDSPatientIdDoesNotMatch", QStringLiteral("the target belongs to another patient"), a.target);
    else if (target->submitter != submitter)
        answer.fail(
            "XDSMetadataUpdateError", QStringLiteral("only the submitter may change the status"), a.target);
    else if (!a.slot("OriginalStatus").isEmpty() && a.slot("OriginalStatus") != target->object.status)
        answer.fail(
            "XDSMetadataUpdateError", QStringLiteral("OriginalStatus is not the present status"), a.target);
    else if (wanted != QLatin1String(xds::approved) && wanted != QLatin1String(xds::deprecated))
        answer.fail("XDSMetadataUpdateError", QStringLiteral("NewStatus is neither Approved nor Deprecated"),
            a.target);
}

void Registrar::Submission::associations(const Store &store)
{
    for (const RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Association)
            continue;
        if (update && object.type == QLatin1String(xds::updateStatus))
            statusUpdate(object, store);
        else if (object.type == QLatin1String(xds::hasMember) || isRelation(object.type)
            || object.type.startsWith(QLatin1String("urn:ihe:iti:2007:AssociationType:")))
            association(object, store);
        else
            answer.fail("XDSRegistryMetadataError", QStringLiteral("unknown association type"), object.type);
    }
}

void Registrar::Submission::readConsents(const RegistrarPorts &ports)
{
    for (const RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Document || !isConsentDocument(object))
            continue;
        const auto bytes = ports.bytesOf(object.slot("repositoryUniqueId"), object.uniqueId());
        if (!bytes) {
            answer.fail("XDSMissingDocument", object.uniqueId());
            continue;
        }
        auto event = readConsent(*bytes);
        const bool part = event
            && (event->policy == base::oid("krConsentPart").text()
                || event->policy == base::oid("krWithdrawPart").text());
        if (!event)
            answer.fail(
                "InvalidDocumentContent", QStringLiteral("BPPC: ") + event.error().detail, object.uniqueId());
        else if (event->policy == base::oid("krConsentPart").text() && !ports.partialConsentAllowed)
            answer.fail("XDSRegistryMetadataError",
                QStringLiteral("partial consent is not accepted by this exchange"), object.uniqueId());
        else if (part && event->departments.isEmpty() && event->institutions.isEmpty())
            answer.fail("InvalidDocumentContent",
                QStringLiteral("BPPC: a partial statement without what it leaves out"), object.uniqueId());
        else if (event->concernsExchange) {
            // Signed in the future it would outlive every withdrawal until then.
            const QString now = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss"));
            event->effective = std::min(event->effective, now);
            consents.push_back({object.id, *event});
        }
    }
}

void Registrar::Submission::consentRule(const ConsentBook &book, const RegistrarPorts &ports)
{
    if (book.of(patient).given)
        return;
    for (const NewConsent &consent : consents) { // consent and record may arrive together
        if (consent.event.policy == base::oid("krConsentAll").text()
            || consent.event.policy == base::oid("krConsentPart").text())
            return;
    }
    for (const RegistryObject &object : objects) {
        if (object.kind != ObjectKind::Document || isConsentDocument(object) || hasEmergencyMarker(object))
            continue;
        const auto bytes = ports.bytesOf(object.slot("repositoryUniqueId"), object.uniqueId());
        if (!bytes || !cdaClaimsEmergency(*bytes))
            answer.fail("XDSRegistryError",
                QStringLiteral("ConsentRequired: no consent on record and no emergency exception"),
                object.uniqueId());
    }
}

} // namespace naru::practice
