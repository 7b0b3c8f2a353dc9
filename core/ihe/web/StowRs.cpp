#include "core/ihe/web/StowRs.h"

#include "core/ihe/Errors.h"
#include "core/ihe/rad69/Rad69.h"
#include "core/net/MtomWriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace naru::ihe {

namespace {
constexpr int processingFailure = 0x0110, outOfResources = 0xA700;
constexpr qint64 answerBytes = 16LL * 1024 * 1024;
constexpr int storeSeconds = 3600;

base::Error unusable(const QString &what)
{
    return base::Error(errors::Answer, what, {{QStringLiteral("what"), what}});
}

QJsonArray itemsOf(const QJsonObject &object, const char *tag)
{
    return object.value(QLatin1String(tag)).toObject().value(QLatin1String("Value")).toArray();
}

QJsonValue firstOf(const QJsonObject &object, const char *tag)
{
    return itemsOf(object, tag).at(0);
}

// Part headers between the files, which are sent as they are.
std::vector<QByteArray> bodyOf(const std::vector<QByteArray> &files, const QByteArray &boundary)
{
    std::vector<QByteArray> out;
    QByteArray before;
    for (const QByteArray &file : files) {
        out.push_back(before + "--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n");
        out.push_back(file);
        before = "\r\n";
    }
    out.push_back("\r\n--" + boundary + "--\r\n");
    return out;
}
} // namespace

bool mayHelpAgain(int reason)
{
    return reason == 0 || reason == processingFailure || (reason & 0xFF00) == outOfResources;
}

base::Result<StoreOutcome> readStoreAnswer(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonObject answer = document.isArray() ? document.array().at(0).toObject() : document.object();
    StoreOutcome out;
    for (const QJsonValue &one : itemsOf(answer, "00081199")) {
        const QString sopUid = firstOf(one.toObject(), "00081155").toString().trimmed();
        if (isDicomUid(sopUid))
            out.stored.append(sopUid);
    }
    for (const QJsonValue &one : itemsOf(answer, "00081198"))
        out.failed.push_back({firstOf(one.toObject(), "00081155").toString().trimmed(),
            firstOf(one.toObject(), "00081197").toInt()});
    if (out.stored.isEmpty() && out.failed.empty())
        return unusable(QStringLiteral("the archive does not say what became of the images"));
    return out;
}

StowRs::StowRs(net::TlsIdentity identity, ImagingEndpoint archive, QString purpose)
    : m_http(std::move(identity))
    , m_archive(std::move(archive))
    , m_purpose(std::move(purpose))
{
}

StowRs::StowRs(net::HttpClient http, ImagingEndpoint archive)
    : m_http(std::move(http))
    , m_archive(std::move(archive))
{
}

base::Result<StoreOutcome> StowRs::store(const QString &studyUid, const std::vector<QByteArray> &files,
    const QString &institution, const base::WorkContext &work) const
{
    if (!isDicomUid(studyUid) || files.empty())
        return base::Error(errors::Query, QStringLiteral("study UID"),
            {{QStringLiteral("what"), QStringLiteral("study UID")}});
    const QByteArray boundary = net::freshBoundary();
    net::HttpRequest request;
    QUrlQuery query;
    if (!m_archive.stowSource.isEmpty())
        query.addQueryItem(m_archive.stowSource, institution);
    if (!m_archive.stowPurpose.isEmpty() && !m_purpose.isEmpty())
        query.addQueryItem(m_archive.stowPurpose, m_purpose);
    request.url = QStringLiteral("%1/studies/%2").arg(m_archive.stow, studyUid);
    if (!query.isEmpty())
        request.url += QLatin1Char('?') + query.toString(QUrl::FullyEncoded);
    request.contentType = "multipart/related; type=\"application/dicom\"; boundary=" + boundary;
    request.headers = {{"Accept", "application/dicom+json"}};
    request.body = bodyOf(files, boundary);
    request.limits.connectSeconds = qMin(10, m_archive.timeoutSeconds);
    request.limits.stallSeconds = m_archive.timeoutSeconds;
    request.limits.totalSeconds = qMax(storeSeconds, m_archive.timeoutSeconds);
    request.limits.responseBytes = answerBytes;
    NARU_ASSIGN(const net::HttpResponse response, m_http.post(request, work));
    if (response.head.status != 409) // whose body says why, as that of 200 and 202
        NARU_TRY(response.requireSuccess(request.url));
    return readStoreAnswer(response.body);
}

} // namespace naru::ihe
