#include "app/practice/imaging/StowEndpoint.h"

#include "app/practice/Endpoints.h"
#include "app/practice/imaging/DicomReader.h"
#include "app/practice/seed/imaging/Tags.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace naru::practice {

namespace {
constexpr int mostInstances = 1000; // of one request; its bytes are bounded by the server
// Failure Reason (PS3.18 I.2.2, PS3.4 B.2.3, PS3.7 C).
constexpr int cannotUnderstand = 0xC000, otherStudy = 0xA900, notAuthorised = 0x0124, processing = 0x0110,
              duplicate = 0x0111;

constexpr const char *emergency = "ETREAT"; // HL7 ActReason: what the document says as well

struct Outcome {
    QString sopClass{}, sopUid{}, studyUid{}, seriesUid{};
    int failure = 0; // 0: stored
};

bool isUid(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64 && !text.contains(QLatin1String(".."))
        && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
           });
}

// Whose chart number at the sender it carries. A patient who is known here and has not agreed, or not any
// more, is stored by the emergency exception alone, as a document is, and that is written down; of images
// from elsewhere the manifest will say whose they are.
bool mayStore(Endpoints &e, const HttpRequest &http, const ReadSet &set, QString &patient, QString &purpose)
{
    const auto person = e.mpi.byId({http.submitter, set.text(tag::PatientId)});
    if (!person)
        return true;
    patient = e.mpi.cxOf(*person);
    if (e.consent.of(patient).given)
        return true;
    purpose = http.query.value(QStringLiteral("PurposeOfUse"));
    return purpose == QLatin1String(emergency);
}

Outcome storeOne(Endpoints &e, const HttpRequest &http, const QByteArray &bytes, const QString &studyUid)
{
    Outcome out;
    // The bytes are a view into the request; what is kept outlives it.
    const auto file = readPart10(bytes);
    if (!file) {
        out.failure = cannotUnderstand;
        return out;
    }
    const ReadSet &set = file->set;
    out.sopClass = set.text(tag::SopClassUid);
    out.sopUid = set.text(tag::SopInstanceUid);
    out.studyUid = set.text(tag::StudyUid);
    out.seriesUid = set.text(tag::SeriesUid);
    QString patient, purpose;
    if (!isUid(out.sopClass) || !isUid(out.sopUid) || !isUid(out.studyUid) || !isUid(out.seriesUid))
        out.failure = cannotUnderstand;
    else if (!studyUid.isEmpty() && out.studyUid != studyUid)
        out.failure = otherStudy;
    else if (!mayStore(e, http, set, patient, purpose))
        out.failure = notAuthorised;
    if (out.failure != 0)
        return out;
    StoredImage image;
    image.studyUid = out.studyUid;
    image.seriesUid = out.seriesUid;
    image.sopUid = out.sopUid;
    image.syntax = file->transferSyntax;
    image.number = set.text(tag::InstanceNumber).toInt();
    image.header = QJsonDocument(listedHeader(set)).toJson(QJsonDocument::Compact);
    try {
        if (e.images.keep(image, bytes, http.submitter, patient, purpose) == ImageShelf::Kept::Different)
            out.failure = duplicate;
    } catch (const DatabaseFailure &) {
        out.failure = processing;
    }
    return out;
}

QJsonObject attribute(const char *vr, const QJsonValue &value)
{
    return {{QStringLiteral("vr"), QLatin1String(vr)}, {QStringLiteral("Value"), QJsonArray{value}}};
}

QJsonObject reference(const Outcome &one, const QString &base)
{
    QJsonObject out;
    if (!one.sopClass.isEmpty())
        out.insert(QStringLiteral("00081150"), attribute("UI", one.sopClass));
    if (!one.sopUid.isEmpty())
        out.insert(QStringLiteral("00081155"), attribute("UI", one.sopUid));
    if (one.failure != 0)
        out.insert(QStringLiteral("00081197"), attribute("US", one.failure));
    else
        out.insert(QStringLiteral("00081190"),
            attribute("UR",
                QStringLiteral("%1/studies/%2/series/%3/instances/%4")
                    .arg(base, one.studyUid, one.seriesUid, one.sopUid)));
    return out;
}

HttpAnswer answerOf(const std::vector<Outcome> &outcomes, const QString &base, const QString &studyUid)
{
    QJsonArray stored, failed;
    for (const Outcome &one : outcomes)
        (one.failure == 0 ? stored : failed).append(reference(one, base));
    const auto sequence = [](const QJsonArray &items) {
        return QJsonObject{{QStringLiteral("vr"), QStringLiteral("SQ")}, {QStringLiteral("Value"), items}};
    };
    QJsonObject out;
    if (!studyUid.isEmpty())
        out.insert(
            QStringLiteral("00081190"), attribute("UR", QStringLiteral("%1/studies/%2").arg(base, studyUid)));
    if (!failed.isEmpty())
        out.insert(QStringLiteral("00081198"), sequence(failed));
    if (!stored.isEmpty())
        out.insert(QStringLiteral("00081199"), sequence(stored));
    const int status = failed.isEmpty() ? 200 : stored.isEmpty() ? 409 : 202;
    return {status, "application/dicom+json", QJsonDocument(out).toJson(QJsonDocument::Compact), {}};
}

HttpAnswer refused(int status, const char *why)
{
    return {status, "text/plain; charset=UTF-8", QByteArray(why) + "\n", {}};
}
} // namespace

HttpAnswer storeInstances(Endpoints &e, const HttpRequest &http)
{
    const QString source = http.query.value(QStringLiteral("SourceID"));
    const QString purpose = http.query.value(QStringLiteral("PurposeOfUse"), QLatin1String(emergency));
    if (purpose != QLatin1String(emergency))
        return refused(400, "PurposeOfUse is not one that this archive knows");
    if (http.submitter.isEmpty() || (!source.isEmpty() && source != http.submitter))
        return refused(403, "SourceID is not the institution of the certificate");
    if (!http.contentType.trimmed().toLower().startsWith("multipart/related")
        || mimeParameter(http.contentType, "type").toLower() != "application/dicom")
        return refused(415, "only multipart/related; type=\"application/dicom\"");
    std::vector<MimePart> parts;
    try {
        parts = readMultipart(http.body, mimeParameter(http.contentType, "boundary"));
    } catch (const SoapFault &) {
        return refused(400, "the multipart body is broken");
    }
    if (parts.empty() || parts.size() > std::size_t(mostInstances))
        return refused(400, "no instance, or too many");
    const QString studyUid = http.captured.value(0);
    std::vector<Outcome> outcomes;
    outcomes.reserve(parts.size());
    for (const MimePart &part : parts)
        outcomes.push_back(storeOne(e, http, part.bytes, studyUid));
    return answerOf(outcomes, e.imagesBase, studyUid);
}

} // namespace naru::practice
