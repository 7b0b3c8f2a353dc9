#include "core/ihe/metadata/MetadataRules.h"

#include "core/base/Oid.h"
#include "core/ihe/Errors.h"

#include <QSet>

namespace naru::ihe {

namespace {
constexpr int uniqueIdLimit = 128; // TF-3 table 4.2.3.1.7-2
constexpr int extensionLimit = 16; // of oid^extension

bool isOid(const QString &text)
{
    return base::Oid::parse(text).ok();
}

bool isHex40(const QString &text)
{
    if (text.size() != 40)
        return false;
    for (const QChar c : text) {
        if (!(c >= u'0' && c <= u'9') && !(c >= u'a' && c <= u'f') && !(c >= u'A' && c <= u'F'))
            return false;
    }
    return true;
}

class Checker {
public:
    explicit Checker(const RegistryContent &content)
        : m_content(content)
    {
    }

    std::vector<MetadataProblem> run()
    {
        m_object = QStringLiteral("SubmissionSet");
        require(m_content.submissionSets.size() == 1, "count", "there must be exactly one submission set");
        for (const SubmissionSet &set : m_content.submissionSets)
            checkSet(set);
        for (std::size_t i = 0; i < m_content.documents.size(); ++i) {
            m_object = QStringLiteral("DocumentEntry[%1]").arg(i);
            checkDocument(m_content.documents[i]);
        }
        for (std::size_t i = 0; i < m_content.folders.size(); ++i) {
            m_object = QStringLiteral("Folder[%1]").arg(i);
            checkIdentity(m_content.folders[i]);
            for (const clinical::CodedValue &code : m_content.folders[i].codes)
                requireCode(code, "codeList");
        }
        for (std::size_t i = 0; i < m_content.associations.size(); ++i) {
            m_object = QStringLiteral("Association[%1]").arg(i);
            checkAssociation(m_content.associations[i]);
        }
        checkMembership();
        return std::move(m_problems);
    }

private:
    void add(bool fatal, const char *field, const char *what)
    {
        m_problems.push_back({fatal, m_object, QString::fromLatin1(field), QString::fromLatin1(what)});
    }
    void require(bool good, const char *field, const char *what)
    {
        if (!good)
            add(true, field, what);
    }
    void requireText(const QString &value, const char *field)
    {
        require(!value.isEmpty(), field, "is missing");
    }
    void requireCode(const clinical::CodedValue &code, const char *field)
    {
        require(!code.code.isEmpty(), field, "has no code");
        require(!code.system.isEmpty(), field, "has no coding scheme");
        require(!code.text().isEmpty(), field, "has no display name");
    }

    void checkIdentity(const ObjectMetadata &object)
    {
        requireText(object.entryUuid, "entryUUID");
        require(
            object.entryUuid.isEmpty() || !m_uuids.contains(object.entryUuid), "entryUUID", "occurs twice");
        m_uuids.insert(object.entryUuid);
        requireText(object.uniqueId, "uniqueId");
        require(object.uniqueId.size() <= uniqueIdLimit, "uniqueId", "is longer than 128 characters");
        require(
            object.uniqueId.isEmpty() || !m_uniqueIds.contains(object.uniqueId), "uniqueId", "occurs twice");
        m_uniqueIds.insert(object.uniqueId);
        // One and the same patient everywhere (XDSPatientIdDoesNotMatch).
        require(!object.patientId.extension.isEmpty() && isOid(object.patientId.root), "patientId",
            "is not an identifier with assigning authority");
        if (m_patient.isEmpty())
            m_patient = object.patientId;
        require(object.patientId == m_patient, "patientId", "differs from that of the submission");
    }

    void checkAuthors(const std::vector<Author> &authors)
    {
        for (const Author &author : authors) {
            require(!author.person.isEmpty() || !author.institutions.empty() || !author.telecoms.empty(),
                "author", "names neither person nor institution");
            for (const XdsOrganization &organization : author.institutions)
                requireText(organization.name, "authorInstitution");
            for (const XdsTelecom &telecom : author.telecoms)
                requireText(telecom.value, "authorTelecommunication");
        }
    }

    void checkSet(const SubmissionSet &set)
    {
        checkIdentity(set);
        require(isOid(set.uniqueId), "uniqueId", "is not an object identifier");
        require(isOid(set.sourceId), "sourceId", "is not an object identifier");
        require(set.submissionTime.precision() >= base::Timestamp::Precision::Second, "submissionTime",
            "is missing or less precise than a second");
        requireCode(set.contentType, "contentTypeCode");
        checkAuthors(set.authors);
    }

    void checkDocument(const DocumentEntry &entry)
    {
        checkIdentity(entry);
        const QString root = entry.uniqueId.section(QLatin1Char('^'), 0, 0);
        const QString extension = entry.uniqueId.section(QLatin1Char('^'), 1);
        require(isOid(root), "uniqueId", "does not begin with an object identifier");
        if (extension.size() > extensionLimit)
            add(false, "uniqueId",
                "has an extension of more than 16 characters, which some registries refuse");
        requireText(entry.mimeType, "mimeType");
        requireText(entry.languageCode, "languageCode");
        require(!entry.creationTime.isNull() || entry.onDemand, "creationTime", "is missing");
        require(!entry.sourcePatientId.extension.isEmpty() && isOid(entry.sourcePatientId.root),
            "sourcePatientId", "is not an identifier with assigning authority");
        if (!entry.onDemand) {
            require(isHex40(entry.hash), "hash", "is not a SHA-1 in hexadecimal");
            require(entry.size && *entry.size >= 0, "size", "is missing");
        }
        require(entry.serviceStartTime.isNull() || entry.serviceStopTime.isNull()
                || entry.serviceStartTime.earliestUtc() <= entry.serviceStopTime.earliestUtc(),
            "serviceStopTime", "is before serviceStartTime");
        requireCode(entry.classCode, "classCode");
        requireCode(entry.typeCode, "typeCode");
        requireCode(entry.formatCode, "formatCode");
        requireCode(entry.healthcareFacilityType, "healthcareFacilityTypeCode");
        requireCode(entry.practiceSetting, "practiceSettingCode");
        require(!entry.confidentialityCodes.empty(), "confidentialityCode", "is missing");
        for (const clinical::CodedValue &code : entry.confidentialityCodes)
            requireCode(code, "confidentialityCode");
        QSet<QString> events;
        for (const clinical::CodedValue &code : entry.eventCodes) {
            requireCode(code, "eventCodeList");
            const QString key = code.code + QStringLiteral("^^") + code.system;
            require(!events.contains(key), "eventCodeList", "contains a code twice");
            events.insert(key);
        }
        require(!entry.authors.empty(), "author", "is missing");
        checkAuthors(entry.authors);
    }

    void checkAssociation(const Association &association)
    {
        require(association.type != Association::Type::Unknown, "associationType", "is not known");
        requireText(association.source, "sourceObject");
        requireText(association.target, "targetObject");
        require(association.source != association.target, "targetObject", "is the source itself");
        const bool sourceHere = m_uuids.contains(association.source);
        const bool targetHere = m_uuids.contains(association.target);
        if (association.type == Association::Type::HasMember) {
            const bool fromSet = !m_content.submissionSets.empty()
                && association.source == m_content.submissionSets[0].entryUuid;
            const bool ownFolder = sourceHere && !fromSet;
            require(fromSet || ownFolder || association.source.startsWith(QLatin1String("urn:uuid:")),
                "sourceObject", "is neither part of the submission nor a registered object");
            require(!association.original || !fromSet || targetHere || associationTarget(association.target),
                "targetObject", "is said to be original but not part of the submission");
            return;
        }
        require(sourceHere || association.type == Association::Type::UpdateAvailability, "sourceObject",
            "is not part of the submission");
        require(!targetHere && association.target.startsWith(QLatin1String("urn:uuid:")), "targetObject",
            "is not a registered object");
    }

    bool associationTarget(const QString &uuid) const
    {
        for (const Association &association : m_content.associations) {
            if (association.entryUuid == uuid)
                return true;
        }
        return false;
    }

    void checkMembership()
    {
        if (m_content.submissionSets.empty())
            return;
        QSet<QString> members;
        for (const Association &association : m_content.associations) {
            if (association.type == Association::Type::HasMember
                && association.source == m_content.submissionSets[0].entryUuid)
                members.insert(association.target);
        }
        for (std::size_t i = 0; i < m_content.documents.size(); ++i) {
            m_object = QStringLiteral("DocumentEntry[%1]").arg(i);
            require(members.contains(m_content.documents[i].entryUuid), "association",
                "is not a member of the submission set");
        }
    }

    const RegistryContent &m_content;
    QString m_object{};
    clinical::Identifier m_patient{};
    QSet<QString> m_uuids{};
    QSet<QString> m_uniqueIds{};
    std::vector<MetadataProblem> m_problems{};
};
} // namespace

std::vector<MetadataProblem> checkSubmission(const RegistryContent &content)
{
    return Checker(content).run();
}

base::Status requireValidSubmission(const RegistryContent &content)
{
    for (const MetadataProblem &problem : checkSubmission(content)) {
        if (!problem.fatal)
            continue;
        const QString field = problem.object + QLatin1Char('.') + problem.field;
        return base::Error(errors::Metadata, field + QLatin1Char(' ') + problem.what,
            {{QStringLiteral("field"), field}, {QStringLiteral("what"), problem.what}});
    }
    return {};
}

} // namespace naru::ihe
