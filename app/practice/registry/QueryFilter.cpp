#include "app/practice/registry/QueryFilter.h"

#include <QRegularExpression>

namespace naru::practice {

namespace {
struct CodeRow {
    const char *parameter;
    const char *scheme;
};
constexpr CodeRow documentCodes[] = {
    {"$XDSDocumentEntryClassCode", xds::classCode},
    {"$XDSDocumentEntryTypeCode", xds::typeCode},
    {"$XDSDocumentEntryPracticeSettingCode", xds::practice},
    {"$XDSDocumentEntryHealthcareFacilityTypeCode", xds::facility},
    {"$XDSDocumentEntryEventCodeList", xds::eventCode},
    {"$XDSDocumentEntryConfidentialityCode", xds::confidentiality},
    {"$XDSDocumentEntryFormatCode", xds::formatCode},
};
constexpr CodeRow contentCodes[] = {
    {"$XDSDocumentEntryFormatCode", xds::formatCode},
    {"$XDSDocumentEntryConfidentialityCode", xds::confidentiality},
};
constexpr CodeRow setCodes[] = {{"$XDSSubmissionSetContentType", xds::contentType}};
constexpr CodeRow folderCodes[] = {{"$XDSFolderCodeList", xds::folderCode}};

struct TimeRow {
    const char *from, *to, *slot;
};
constexpr TimeRow documentTimes[] = {
    {"$XDSDocumentEntryCreationTimeFrom", "$XDSDocumentEntryCreationTimeTo", "creationTime"},
    {"$XDSDocumentEntryServiceStartTimeFrom", "$XDSDocumentEntryServiceStartTimeTo", "serviceStartTime"},
    {"$XDSDocumentEntryServiceStopTimeFrom", "$XDSDocumentEntryServiceStopTimeTo", "serviceStopTime"},
};
constexpr TimeRow setTimes[] = {
    {"$XDSSubmissionSetSubmissionTimeFrom", "$XDSSubmissionSetSubmissionTimeTo", "submissionTime"}};
constexpr TimeRow folderTimes[] = {
    {"$XDSFolderLastUpdateTimeFrom", "$XDSFolderLastUpdateTimeTo", "lastUpdateTime"}};

// "code^^system"; a bare code matches in any system.
bool matchesCode(const Classification &have, const QString &wanted)
{
    const QStringList fields = wanted.split(QLatin1Char('^'));
    QString system = fields.value(2);
    QString mine = have.system();
    for (QString *text : {&system, &mine}) {
        if (text->startsWith(QLatin1String("urn:oid:")))
            text->remove(0, 8);
    }
    return have.code == fields.value(0) && (system.isEmpty() || system == mine);
}

template <std::size_t n>
bool passesCodes(const RegistryObject &object, const QueryRequest &request, const CodeRow (&rows)[n])
{
    for (const CodeRow &row : rows) {
        const auto have = object.classified(row.scheme);
        for (const QueryParameter &parameter : request.parameters) { // each repetition must hold
            if (parameter.name != QLatin1String(row.parameter))
                continue;
            bool any = false;
            for (const Classification *classification : have) {
                for (const QString &wanted : parameter.values)
                    any = any || matchesCode(*classification, wanted);
            }
            if (!any)
                return false;
        }
    }
    return true;
}

// Partial times stand for their first instant: 2026 = 20260101000000.
QString padded(const QString &time)
{
    return time + QStringLiteral("00000101000000").mid(time.size());
}

template <std::size_t n>
bool passesTimes(const RegistryObject &object, const QueryRequest &request, const TimeRow (&rows)[n])
{
    for (const TimeRow &row : rows) {
        const QString from = request.values(QLatin1String(row.from)).value(0);
        const QString to = request.values(QLatin1String(row.to)).value(0);
        if (from.isEmpty() && to.isEmpty())
            continue;
        const QString time = object.slot(row.slot);
        if (time.isEmpty())
            return false;
        if (!from.isEmpty() && padded(time) < padded(from))
            return false;
        if (!to.isEmpty() && padded(time) >= padded(to))
            return false;
    }
    return true;
}

// SQL LIKE: % any text, _ one character (TF-2 3.18.4.1.2.3.5).
bool like(const QString &text, const QString &pattern)
{
    QString expression = QRegularExpression::escape(pattern);
    expression.replace(QLatin1String("\\%"), QLatin1String("%"))
        .replace(QLatin1String("\\_"), QLatin1String("_"));
    expression.replace(QLatin1Char('%'), QLatin1String(".*")).replace(QLatin1Char('_'), QLatin1Char('.'));
    return QRegularExpression(QRegularExpression::anchoredPattern(expression),
        QRegularExpression::DotMatchesEverythingOption | QRegularExpression::CaseInsensitiveOption)
        .match(text)
        .hasMatch();
}

bool passesAuthor(const RegistryObject &object, const QStringList &patterns, const char *scheme)
{
    if (patterns.isEmpty())
        return true;
    for (const Classification *author : object.classified(scheme)) {
        for (const QString &person : author->slots.value(QStringLiteral("authorPerson"))) {
            for (const QString &pattern : patterns) {
                if (like(person, pattern))
                    return true;
            }
        }
    }
    return false;
}

bool oneOf(const QStringList &wanted, const QString &value)
{
    return wanted.isEmpty() || wanted.contains(value);
}

bool passesReferences(const RegistryObject &object, const QueryRequest &request)
{
    const QStringList have = object.slots.value(QStringLiteral("urn:ihe:iti:xds:2013:referenceIdList"));
    for (const QueryParameter &parameter : request.parameters) {
        if (parameter.name != QLatin1String("$XDSDocumentEntryReferenceIdList"))
            continue;
        bool any = false;
        for (const QString &wanted : parameter.values)
            any = any || have.contains(wanted);
        if (!any)
            return false;
    }
    return true;
}
} // namespace

bool passesContentFilter(const RegistryObject &object, const QueryRequest &request)
{
    QStringList types = request.values(QStringLiteral("$XDSDocumentEntryType"));
    if (types.isEmpty())
        types.append(QLatin1String(xds::documentType));
    return oneOf(types, object.objectType) && passesCodes(object, request, contentCodes);
}

bool passesDocumentFilter(const RegistryObject &object, const QueryRequest &request)
{
    return oneOf(request.values(QStringLiteral("$XDSDocumentEntryStatus")), object.status)
        && passesContentFilter(object, request) && passesCodes(object, request, documentCodes)
        && passesTimes(object, request, documentTimes)
        && passesAuthor(
            object, request.values(QStringLiteral("$XDSDocumentEntryAuthorPerson")), xds::documentAuthor)
        && passesReferences(object, request);
}

bool passesSetFilter(const RegistryObject &object, const QueryRequest &request)
{
    return oneOf(request.values(QStringLiteral("$XDSSubmissionSetStatus")), object.status)
        && oneOf(
            request.values(QStringLiteral("$XDSSubmissionSetSourceId")), object.externalId(xds::setSource))
        && passesCodes(object, request, setCodes) && passesTimes(object, request, setTimes)
        && passesAuthor(
            object, request.values(QStringLiteral("$XDSSubmissionSetAuthorPerson")), xds::setAuthor);
}

bool passesFolderFilter(const RegistryObject &object, const QueryRequest &request)
{
    return oneOf(request.values(QStringLiteral("$XDSFolderStatus")), object.status)
        && passesCodes(object, request, folderCodes) && passesTimes(object, request, folderTimes);
}

} // namespace naru::practice
