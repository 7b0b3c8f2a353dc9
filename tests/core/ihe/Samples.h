// A complete submission and the pieces of answers, shared by the tests of this folder.
#pragma once

#include "core/ihe/iti41/Iti41.h"

namespace naru::test {

inline clinical::CodedValue code(const char *value, const char *system, const QString &display)
{
    clinical::CodedValue out;
    out.code = QString::fromLatin1(value);
    out.system = QString::fromLatin1(system);
    out.display = display;
    return out;
}

inline ihe::DocumentEntry entry()
{
    using namespace ihe;
    DocumentEntry out;
    out.uniqueId = QStringLiteral("2.25.1001");
    out.patientId = {QStringLiteral("2.25.7"), QStringLiteral("MPI'1")};
    out.sourcePatientId = {QStringLiteral("2.25.8"), QStringLiteral("C-77")};
    out.sourcePatientInfo.ids = {out.sourcePatientId};
    out.sourcePatientInfo.family = QStringLiteral("홍");
    out.sourcePatientInfo.given = QStringLiteral("길동");
    out.sourcePatientInfo.birthDate = base::Timestamp::parseHl7(u"19610302").value();
    out.sourcePatientInfo.sex = QStringLiteral("M");
    out.mimeType = QStringLiteral("text/xml");
    out.languageCode = QStringLiteral("ko-KR");
    out.creationTime = base::Timestamp::parseHl7(u"20261122140100+0900").value();
    out.serviceStartTime = base::Timestamp::parseHl7(u"202611").value();
    out.title = QStringLiteral("진료의뢰서 <\"&'>");
    out.classCode = code("referral", "2.25.9", QStringLiteral("의뢰"));
    out.typeCode = code("57133-1", "2.16.840.1.113883.6.1", QStringLiteral("진료의뢰서"));
    out.formatCode = code("kr-referral", "2.25.9", QStringLiteral("CDA"));
    out.healthcareFacilityType = code("C001", "2.25.9", QStringLiteral("의원"));
    out.practiceSetting = code("0100", "2.25.9", QStringLiteral("내과"));
    out.confidentialityCodes = {code("N", "2.16.840.1.113883.5.25", QStringLiteral("보통"))};
    out.eventCodes = {code("a", "2.25.9", QStringLiteral("A")), code("b", "2.25.9", QStringLiteral("B"))};
    Author author;
    author.person = {
        QStringLiteral("99001"), QStringLiteral("김"), QStringLiteral("나루"), QStringLiteral("2.25.10")};
    author.institutions = {
        {QStringLiteral("나루&연습^의원"), QStringLiteral("1.2.410.100110.10.31999001"), {}}};
    author.roles = {QStringLiteral("주치의")};
    author.specialties = {QStringLiteral("내과")};
    author.telecoms = {XdsTelecom::workPhone(QStringLiteral("02-555-0101"))};
    out.authors = {author};
    out.referenceIds = {{QStringLiteral("order-1"), QStringLiteral("2.25.11"),
        QStringLiteral("urn:ihe:iti:xds:2013:order"), {}}};
    return out;
}

inline ihe::Submission submission(const QByteArray &bytes = "<ClinicalDocument/>\n")
{
    ihe::Submission out;
    out.set.sourceId = QStringLiteral("2.25.12");
    out.set.patientId = entry().patientId;
    out.set.submissionTime = base::Timestamp::parseHl7(u"20261122140200+0900").value();
    out.set.contentType = code("referral", "2.25.9", QStringLiteral("의뢰"));
    out.set.authors = entry().authors;
    out.set.intendedRecipients = {
        {{QStringLiteral("세브란스병원"), QStringLiteral("1.2.410.100110.10.11100079"), {}}, {}, {}}};
    out.items.push_back({entry(), bytes, {}, {}});
    return out;
}

inline QByteArray envelope(
    const QByteArray &body, const QByteArray &action = {}, const QByteArray &relatesTo = {})
{
    QByteArray header;
    if (!action.isEmpty())
        header += "<a:Action s:mustUnderstand=\"1\">" + action + "</a:Action>";
    if (!relatesTo.isEmpty())
        header += "<a:RelatesTo>" + relatesTo + "</a:RelatesTo>";
    return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
           "xmlns:a=\"http://www.w3.org/2005/08/addressing\">"
           "<s:Header>"
        + header + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
}

inline QByteArray registryResponse(const QByteArray &status, const QByteArray &errors = {})
{
    return "<r:RegistryResponse xmlns:r=\"urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0\" status=\"" + status
        + "\">"
        + (errors.isEmpty() ? QByteArray() : "<r:RegistryErrorList>" + errors + "</r:RegistryErrorList>")
        + "</r:RegistryResponse>";
}

inline QByteArray registryError(
    const QByteArray &code, const QByteArray &context, const QByteArray &severity = "Error")
{
    return "<r:RegistryError errorCode=\"" + code + "\" codeContext=\"" + context
        + "\" severity=\"urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:" + severity + "\"/>";
}

inline const QByteArray success("urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success");
inline const QByteArray failure("urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure");
inline const QByteArray partial("urn:ihe:iti:2007:ResponseStatusType:PartialSuccess");

} // namespace naru::test
