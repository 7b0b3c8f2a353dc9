#include "core/ihe/iti18/StoredQuery.h"

#include "core/ihe/ebxml/Schemes.h"

namespace naru::ihe {

namespace {
QStringList statusUrns(const std::vector<Availability> &status)
{
    QStringList out;
    for (const Availability one : status)
        out += availabilityUrn(one);
    return out;
}

StoredQuery byId(
    const char *name, const char *object, const QStringList &ids, IdKind kind, bool single = false)
{
    StoredQuery out;
    out.name = QString::fromLatin1(name);
    QueryParameter parameter;
    parameter.name = QLatin1Char('$') + QString::fromLatin1(object)
        + (kind == IdKind::EntryUuid ? QStringLiteral("EntryUUID") : QStringLiteral("UniqueId"));
    parameter.values = ids;
    parameter.single = single;
    out.parameters.push_back(parameter);
    return out;
}
} // namespace

StoredQuery &StoredQuery::one(const char *name_, const QString &value)
{
    if (!value.isEmpty())
        parameters.push_back({QString::fromLatin1(name_), {value}, false, true});
    return *this;
}

StoredQuery &StoredQuery::any(const char *name_, const QStringList &values)
{
    if (!values.isEmpty())
        parameters.push_back({QString::fromLatin1(name_), values, false, false});
    return *this;
}

StoredQuery &StoredQuery::codes(const char *name_, const std::vector<clinical::CodedValue> &codes)
{
    QStringList values;
    for (const clinical::CodedValue &code : codes)
        values += code.code + QStringLiteral("^^") + code.system;
    return any(name_, values);
}

StoredQuery &StoredQuery::time(
    const char *from, const char *to, const base::Timestamp &low, const base::Timestamp &high)
{
    if (!low.isNull())
        parameters.push_back({QString::fromLatin1(from), {toXdsTime(low)}, true, true});
    if (!high.isNull())
        parameters.push_back({QString::fromLatin1(to), {toXdsTime(high)}, true, true});
    return *this;
}

StoredQuery FindDocuments::toQuery() const
{
    StoredQuery out;
    out.name = referenceIds.isEmpty() ? QStringLiteral("FindDocuments")
                                      : QStringLiteral("FindDocumentsByReferenceId");
    out.leafClass = leafClass;
    out.one("$XDSDocumentEntryPatientId", patientId.isEmpty() ? QString() : patientId.toCx());
    out.any("$XDSDocumentEntryStatus", statusUrns(status));
    out.codes("$XDSDocumentEntryClassCode", classCodes);
    out.codes("$XDSDocumentEntryTypeCode", typeCodes);
    out.codes("$XDSDocumentEntryPracticeSettingCode", practiceSettings);
    out.codes("$XDSDocumentEntryHealthcareFacilityTypeCode", facilityTypes);
    for (const std::vector<clinical::CodedValue> &alternatives : eventCodes)
        out.codes("$XDSDocumentEntryEventCodeList", alternatives);
    out.codes("$XDSDocumentEntryConfidentialityCode", confidentialities);
    out.any("$XDSDocumentEntryAuthorPerson", authorPersons);
    out.codes("$XDSDocumentEntryFormatCode", formatCodes);
    out.time(
        "$XDSDocumentEntryCreationTimeFrom", "$XDSDocumentEntryCreationTimeTo", creation.from, creation.to);
    out.time("$XDSDocumentEntryServiceStartTimeFrom", "$XDSDocumentEntryServiceStartTimeTo",
        serviceStart.from, serviceStart.to);
    out.time("$XDSDocumentEntryServiceStopTimeFrom", "$XDSDocumentEntryServiceStopTimeTo", serviceStop.from,
        serviceStop.to);
    out.any("$XDSDocumentEntryReferenceIdList", referenceIds);
    if (onDemand)
        out.any("$XDSDocumentEntryType",
            {scheme("DocumentEntry", "objectType", "stable"),
                scheme("DocumentEntry", "objectType", "onDemand")});
    return out;
}

StoredQuery FindSubmissionSets::toQuery() const
{
    StoredQuery out;
    out.name = QStringLiteral("FindSubmissionSets");
    out.leafClass = leafClass;
    out.one("$XDSSubmissionSetPatientId", patientId.isEmpty() ? QString() : patientId.toCx());
    out.any("$XDSSubmissionSetSourceId", sourceIds);
    out.time("$XDSSubmissionSetSubmissionTimeFrom", "$XDSSubmissionSetSubmissionTimeTo", submission.from,
        submission.to);
    for (const QString &person : authorPersons) // takes one value
        out.one("$XDSSubmissionSetAuthorPerson", person);
    out.codes("$XDSSubmissionSetContentType", contentTypes);
    out.any("$XDSSubmissionSetStatus", statusUrns(status));
    return out;
}

StoredQuery FindFolders::toQuery() const
{
    StoredQuery out;
    out.name = QStringLiteral("FindFolders");
    out.leafClass = leafClass;
    out.one("$XDSFolderPatientId", patientId.isEmpty() ? QString() : patientId.toCx());
    out.time("$XDSFolderLastUpdateTimeFrom", "$XDSFolderLastUpdateTimeTo", lastUpdate.from, lastUpdate.to);
    for (const std::vector<clinical::CodedValue> &alternatives : codes)
        out.codes("$XDSFolderCodeList", alternatives);
    out.any("$XDSFolderStatus", statusUrns(status));
    return out;
}

StoredQuery getDocuments(const QStringList &ids, IdKind kind)
{
    return byId("GetDocuments", "XDSDocumentEntry", ids, kind);
}

StoredQuery getFolders(const QStringList &ids, IdKind kind)
{
    return byId("GetFolders", "XDSFolder", ids, kind);
}

StoredQuery getAssociations(const QStringList &entryUuids)
{
    StoredQuery out;
    out.name = QStringLiteral("GetAssociations");
    return out.any("$uuid", entryUuids);
}

StoredQuery getDocumentsAndAssociations(const QStringList &ids, IdKind kind)
{
    return byId("GetDocumentsAndAssociations", "XDSDocumentEntry", ids, kind);
}

StoredQuery getSubmissionSets(const QStringList &entryUuidsOfMembers)
{
    StoredQuery out;
    out.name = QStringLiteral("GetSubmissionSets");
    return out.any("$uuid", entryUuidsOfMembers);
}

StoredQuery getSubmissionSetAndContents(const QString &id, IdKind kind)
{
    return byId("GetSubmissionSetAndContents", "XDSSubmissionSet", {id}, kind, true);
}

StoredQuery getFolderAndContents(const QString &id, IdKind kind)
{
    return byId("GetFolderAndContents", "XDSFolder", {id}, kind, true);
}

StoredQuery getFoldersForDocument(const QString &id, IdKind kind)
{
    return byId("GetFoldersForDocument", "XDSDocumentEntry", {id}, kind, true);
}

StoredQuery getRelatedDocuments(const QString &id, IdKind kind, const std::vector<Association::Type> &types)
{
    StoredQuery out = byId("GetRelatedDocuments", "XDSDocumentEntry", {id}, kind, true);
    QStringList urns;
    for (const Association::Type type : types)
        urns += associationUrn(type);
    return out.any("$AssociationTypes", urns);
}

StoredQuery getAll(const clinical::Identifier &patientId, const std::vector<Availability> &status)
{
    StoredQuery out;
    out.name = QStringLiteral("GetAll");
    out.one("$patientId", patientId.isEmpty() ? QString() : patientId.toCx());
    for (const char *name : {"$XDSDocumentEntryStatus", "$XDSSubmissionSetStatus", "$XDSFolderStatus"})
        out.any(name, statusUrns(status));
    return out;
}

} // namespace naru::ihe
