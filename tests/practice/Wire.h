// Messages as a submitter would write them by hand: ebRIM, MTOM, HL7 v3, a small consent CDA.
#pragma once

#include "PracticeProcess.h"

#include <QJsonArray>
#include <QJsonObject>

namespace wire {

// Of resources/sites/practice/site.json.
inline const QByteArray authority = "2.25.275587368471610072316379804818266265709";
inline const QByteArray repository1 = "2.25.257039101348767562287178047510840179753";
inline const QByteArray repository2 = "2.25.43714532355317105236028998975472412732";
inline const QByteArray clinicOid = "1.2.410.100110.10.31999001";
inline const QByteArray rplc = "urn:ihe:iti:2007:AssociationType:RPLC";

QByteArray newOid();
QByteArray newUuid();
QByteArray sha1(const QByteArray &bytes);

struct Doc {
    QByteArray id = "Document01";
    QByteArray uniqueId = newOid();
    QByteArray patient{}; // CX, not escaped
    QByteArray bytes = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>";
    QByteArray mime = "text/xml";
    QByteArray classCode = "referral", typeCode = "57133-1", formatCode = "kr-referral", practice = "0100";
    QByteArray eventCode{};
    QByteArray creationTime = "20261101093000";
    QByteArray extraSlots{};
    bool sent = true; // false: metadata without bytes
};

struct Submission {
    QList<Doc> docs{};
    QByteArray setUniqueId = newOid();
    QByteArray setPatient{}; // empty: of the first document
    QByteArray extraObjects{}; // associations, folders
    QByteArray extraParts{}; // further Document elements, as is
    bool member = true; // HasMember associations
    QByteArray omit{}; // a slot or scheme left out of every entry: "creationTime" ...
};

QByteArray association(const QByteArray &type, const QByteArray &source, const QByteArray &target,
    const QByteArray &slots_ = {});
QByteArray folder(const QByteArray &id, const QByteArray &uniqueId, const QByteArray &patient);
QByteArray objects(const Submission &submission); // SubmitObjectsRequest
Reply submit(PracticeProcess &p, const Submission &submission,
    const QString &certificate = QStringLiteral("clinic"), const char *path = "/repository/1",
    long timeoutSeconds = 30);
QByteArray provideEnvelope(const Submission &submission);

// ITI-18; each parameter is {name, value as written: "'a'" or "('a','b')"}.
Reply query(PracticeProcess &p, const char *uuid, const QList<QPair<QByteArray, QByteArray>> &parameters,
    bool leafClass = true, const QString &certificate = QStringLiteral("clinic"), long timeoutSeconds = 30);
Reply findDocuments(
    PracticeProcess &p, const QByteArray &patient, const QString &certificate = QStringLiteral("clinic"));
Reply getDocument(
    PracticeProcess &p, const QByteArray &uniqueId, const QString &certificate = QStringLiteral("clinic"));
QString entryUuid(PracticeProcess &p, const QByteArray &uniqueId);

struct Retrieved {
    Reply reply{};
    QList<QByteArray> documents{}; // in the order of the parts
};
Retrieved retrieve(PracticeProcess &p, const QList<QByteArray> &uniqueIds,
    const QByteArray &repository = repository1, const char *path = "/repository/1",
    const QString &certificate = QStringLiteral("clinic"));

// HL7 v3. ITI-44 registers chart `chart` of the clinic (or of `root`); returns the reply.
Reply feed(PracticeProcess &p, const QByteArray &chart, const QByteArray &family, const QByteArray &given,
    const QByteArray &birth, const QByteArray &sex, const QByteArray &otherIds = {}, bool revise = false,
    const QByteArray &root = clinicOid, const QString &certificate = QStringLiteral("clinic"));
Reply pixQuery(PracticeProcess &p, const QByteArray &root, const QByteArray &extension,
    const QByteArray &dataSource = {}, const QString &certificate = QStringLiteral("clinic"));
// Registers and asks for the substitute key: CX.
QByteArray newPatient(PracticeProcess &p, const QByteArray &chart, const QByteArray &root = clinicOid,
    const QString &certificate = QStringLiteral("clinic"));
Reply pdq(PracticeProcess &p, const QByteArray &parameters, const QByteArray &queryId = "q1",
    int quantity = 0, const QString &certificate = QStringLiteral("clinic"));

// BPPC. `rows` are further narrative rows "heading|text".
QByteArray consentCda(const QByteArray &policy, const QByteArray &date, const QList<QByteArray> &rows = {});
Doc consentDoc(const QByteArray &patient, const QByteArray &policy, const QByteArray &date = "20261101",
    const QList<QByteArray> &rows = {});
inline const QByteArray consentAll = "1.2.410.100110.40.2.2.2.2";
inline const QByteArray consentPart = "1.2.410.100110.40.2.2.2.3";
inline const QByteArray withdrawAll = "1.2.410.100110.40.2.2.2.4";
inline const QByteArray withdrawPart = "1.2.410.100110.40.2.2.2.5";
bool giveConsent(PracticeProcess &p, const QByteArray &patient, const QList<QByteArray> &rows = {});

// DICOMweb: a value of the JSON model, the matches of an answer, and the Part 10 files of a multipart one, by
// the boundary that it names itself.
QString value(const QJsonObject &attributes, const char *tag);
QJsonArray list(const Reply &reply);
QList<QByteArray> files(const Reply &reply);

} // namespace wire
