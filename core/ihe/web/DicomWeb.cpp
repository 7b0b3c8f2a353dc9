#include "core/ihe/web/DicomWeb.h"

#include "core/ihe/Errors.h"
#include "core/ihe/web/ImageParts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <set>

namespace naru::ihe {

namespace {
base::Error unusable(const QString &what)
{
    return base::Error(errors::Answer, what, {{QStringLiteral("what"), what}});
}

// First value of an attribute of the DICOM JSON model (PS3.18 F.2).
QString valueOf(const QJsonObject &object, const char *tag)
{
    const QJsonValue value = object.value(QLatin1String(tag)).toObject().value(QLatin1String("Value"));
    return value.toArray().at(0).toVariant().toString().trimmed();
}

bool isNone(const net::HttpResponse &response)
{
    return response.head.status == 204 || response.head.status == 404;
}

// PS3.18 8.3.4.4: the answer names results that it leaves out.
bool hasMore(const net::HttpResponse &response)
{
    return response.head.header("warning").trimmed().startsWith("299");
}
} // namespace

DicomWeb::DicomWeb(net::TlsIdentity identity, ImagingEndpoint source, WebLimits limits)
    : m_http(std::move(identity))
    , m_source(std::move(source))
    , m_limits(limits)
{
}

base::Result<std::vector<WebInstance>> readInstanceList(
    const QByteArray &json, const QString &studyUid, int most)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return unusable(QStringLiteral("the list of images is not a JSON array"));
    const QJsonArray rows = document.array();
    if (rows.size() > most)
        return unusable(QStringLiteral("the list of images is too long"));
    std::vector<WebInstance> out;
    for (const QJsonValue &row : rows) {
        const QJsonObject object = row.toObject();
        WebInstance one;
        one.image = {valueOf(object, "0020000D"), valueOf(object, "0020000E"), valueOf(object, "00080018")};
        if (one.image.studyUid.isEmpty())
            one.image.studyUid = studyUid; // it stands in the address
        if (one.image.studyUid != studyUid)
            continue;
        if (!isDicomUid(one.image.seriesUid) || !isDicomUid(one.image.sopUid))
            return unusable(QStringLiteral("the list of images holds a UID that is not one"));
        one.sopClass = valueOf(object, "00080016");
        one.number = valueOf(object, "00200013").toInt();
        out.push_back(std::move(one));
    }
    return out;
}

base::Result<net::HttpResponse> DicomWeb::list(
    const QString &studyUid, std::size_t offset, const base::WorkContext &work) const
{
    net::HttpRequest request;
    request.url = QStringLiteral("%1/studies/%2/instances").arg(m_source.dicomweb, studyUid);
    if (offset > 0)
        request.url += QStringLiteral("?offset=%1").arg(offset);
    request.headers = {{"Accept", "application/dicom+json"}};
    request.limits.connectSeconds = qMin(10, m_source.timeoutSeconds);
    request.limits.totalSeconds = m_source.timeoutSeconds;
    request.limits.responseBytes = m_limits.listBytes;
    NARU_ASSIGN(net::HttpResponse response, m_http.get(request, work));
    if (!isNone(response))
        NARU_TRY(response.requireSuccess(request.url));
    return response;
}

base::Result<std::vector<WebInstance>> DicomWeb::instances(
    const QString &studyUid, const base::WorkContext &work) const
{
    if (!isDicomUid(studyUid))
        return base::Error(errors::Query, QStringLiteral("study UID"),
            {{QStringLiteral("what"), QStringLiteral("study UID")}});
    std::vector<WebInstance> out;
    std::set<QString> seen;
    std::size_t offset = 0;
    for (bool more = true; more;) {
        NARU_ASSIGN(const net::HttpResponse response, list(studyUid, offset, work));
        if (isNone(response))
            break;
        NARU_ASSIGN(std::vector<WebInstance> page,
            readInstanceList(response.body, studyUid, m_limits.instances - int(out.size())));
        offset += page.size();
        const std::size_t before = out.size();
        for (WebInstance &one : page) {
            if (seen.insert(one.image.sopUid).second)
                out.push_back(std::move(one));
        }
        more = hasMore(response) && out.size() > before; // a source that ignores the offset ends it as well
    }
    std::stable_sort(out.begin(), out.end(), [](const WebInstance &a, const WebInstance &b) {
        return std::tie(a.image.seriesUid, a.number) < std::tie(b.image.seriesUid, b.number);
    });
    return out;
}

base::Status DicomWeb::series(const QString &studyUid, const QString &seriesUid, int most,
    const ImageArrived &arrived, const base::WorkContext &work) const
{
    if (!isDicomUid(studyUid) || !isDicomUid(seriesUid))
        return base::Error(errors::Query, QStringLiteral("UID"),
            {{QStringLiteral("what"), QStringLiteral("study or series UID")}});
    net::HttpRequest request;
    request.url = QStringLiteral("%1/studies/%2/series/%3").arg(m_source.dicomweb, studyUid, seriesUid);
    // As they are stored: some sources fall over when they have to transcode, and decoding is done here
    // anyway.
    request.headers = {{"Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*"}};
    request.limits.connectSeconds = qMin(10, m_source.timeoutSeconds);
    request.limits.stallSeconds = m_source.timeoutSeconds;
    request.limits.totalSeconds = qMax(m_limits.seriesSeconds, m_source.timeoutSeconds);
    request.limits.responseBytes = m_limits.seriesBytes;
    std::optional<ImageParts> parts;
    request.onHead = [&](const net::HttpHead &head) -> base::Status {
        NARU_TRY(ImageParts::checkType(head.contentType));
        parts.emplace(head.contentType, most, m_limits, arrived);
        return {};
    };
    request.onData = [&](QByteArrayView bytes) { return parts->feed(bytes); };
    NARU_ASSIGN(const net::HttpResponse response, m_http.get(request, work));
    NARU_TRY(response.requireSuccess(request.url));
    return parts ? parts->finish() : base::Status(base::Error(errors::Empty, QStringLiteral("no bytes")));
}

} // namespace naru::ihe
