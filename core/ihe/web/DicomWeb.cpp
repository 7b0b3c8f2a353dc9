#include "core/ihe/web/DicomWeb.h"

#include "core/ihe/Errors.h"
#include "core/ihe/web/ImageParts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <optional>
#include <set>

namespace naru::ihe {

namespace {
constexpr qsizetype mostAttributes = 256, mostValues = 256, mostText = 4096; // of one match

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

// All values of an attribute. A name is an object of its component groups (PS3.18 F.2.2).
QString textOf(const QJsonObject &attribute)
{
    QStringList out;
    for (const QJsonValue &value : attribute.value(QLatin1String("Value")).toArray()) {
        if (out.size() >= mostValues)
            break;
        const QJsonObject name = value.toObject();
        QString text = value.toVariant().toString().trimmed();
        if (!name.isEmpty()) {
            text.clear();
            for (const char *group : {"Alphabetic", "Ideographic", "Phonetic"})
                text += name.value(QLatin1String(group)).toString().trimmed() + QLatin1Char('=');
            while (text.endsWith(QLatin1Char('=')))
                text.chop(1);
        }
        out.append(text.left(mostText));
    }
    return out.join(QLatin1Char('\\'));
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

DicomWeb::DicomWeb(net::HttpClient http, ImagingEndpoint source, WebLimits limits)
    : m_http(std::move(http))
    , m_source(std::move(source))
    , m_limits(limits)
{
}

base::Result<std::vector<WebMatch>> readStudyList(const QByteArray &json, int most)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return unusable(QStringLiteral("the list of studies is not a JSON array"));
    const QJsonArray rows = document.array();
    if (rows.size() > most)
        return unusable(QStringLiteral("the list of studies is too long"));
    std::vector<WebMatch> out;
    for (const QJsonValue &row : rows) {
        WebMatch match;
        const QJsonObject object = row.toObject();
        for (auto it = object.begin(); it != object.end() && match.size() < mostAttributes; ++it) {
            bool good = false;
            const quint32 tag = it.key().toUInt(&good, 16);
            if (good && it.key().size() == 8)
                match.insert(tag, textOf(it.value().toObject()));
        }
        out.push_back(std::move(match));
    }
    return out;
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

base::Result<net::HttpResponse> DicomWeb::list(const QString &address, const base::WorkContext &work) const
{
    net::HttpRequest request;
    request.url = m_source.dicomweb + address;
    request.headers = {{"Accept", "application/dicom+json"}};
    request.limits.connectSeconds = qMin(10, m_source.timeoutSeconds);
    request.limits.totalSeconds = m_source.timeoutSeconds;
    request.limits.responseBytes = m_limits.listBytes;
    NARU_ASSIGN(net::HttpResponse response, m_http.get(request, work));
    if (!isNone(response))
        NARU_TRY(response.requireSuccess(request.url));
    return response;
}

base::Result<WebStudies> DicomWeb::studies(
    const std::vector<std::pair<quint32, QString>> &keys, int most, const base::WorkContext &work) const
{
    QString address = QStringLiteral("/studies?limit=%1").arg(most + 1);
    for (const auto &[tag, value] : keys) {
        const QString name = QStringLiteral("%1").arg(tag, 8, 16, QLatin1Char('0')).toUpper();
        address += value.isEmpty()
            ? QStringLiteral("&includefield=") + name
            : QStringLiteral("&%1=%2").arg(
                name, QString::fromLatin1(QUrl::toPercentEncoding(value, QByteArrayLiteral("*?"))));
    }
    NARU_ASSIGN(const net::HttpResponse response, list(address, work));
    WebStudies out;
    if (response.head.status == 204)
        return out;
    NARU_TRY(response.requireSuccess(m_source.dicomweb)); // 404: no DICOMweb there
    NARU_ASSIGN(out.matches, readStudyList(response.body, m_limits.instances));
    out.more = hasMore(response) || out.matches.size() > std::size_t(most);
    out.matches.resize(std::min(out.matches.size(), std::size_t(most)));
    return out;
}

base::Result<bool> DicomWeb::decodesAddresses(const base::WorkContext &work) const
{
    constexpr quint32 StudyUid = 0x0020000D;
    NARU_ASSIGN(const WebStudies any, studies({}, 1, work));
    const QString uid = any.matches.empty() ? QString() : any.matches.front().value(StudyUid);
    if (!isDicomUid(uid))
        return true;
    QString encoded;
    for (const QChar c : uid)
        encoded += QStringLiteral("%%1").arg(c.unicode(), 2, 16, QLatin1Char('0')).toUpper();
    NARU_ASSIGN(
        const net::HttpResponse response, list(QStringLiteral("/studies?limit=1&0020000D=") + encoded, work));
    if (isNone(response))
        return false;
    NARU_ASSIGN(const std::vector<WebMatch> found, readStudyList(response.body, m_limits.instances));
    return !found.empty();
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
        QString address = QStringLiteral("/studies/%1/instances").arg(studyUid);
        if (offset > 0)
            address += QStringLiteral("?offset=%1").arg(offset);
        NARU_ASSIGN(const net::HttpResponse response, list(address, work));
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

base::Status DicomWeb::study(
    const QString &studyUid, int most, const ImageArrived &arrived, const base::WorkContext &work) const
{
    return retrieve({studyUid}, most, arrived, work);
}

base::Status DicomWeb::series(const QString &studyUid, const QString &seriesUid, int most,
    const ImageArrived &arrived, const base::WorkContext &work) const
{
    return retrieve({studyUid, seriesUid}, most, arrived, work);
}

base::Status DicomWeb::image(
    const ImageReference &image, const ImageArrived &arrived, const base::WorkContext &work) const
{
    return retrieve({image.studyUid, image.seriesUid, image.sopUid}, 1, arrived, work);
}

// `uids`: of the study, of a series of it, of an instance of that.
base::Status DicomWeb::retrieve(
    const QStringList &uids, int most, const ImageArrived &arrived, const base::WorkContext &work) const
{
    static const QStringList levels{
        QStringLiteral("/studies/"), QStringLiteral("/series/"), QStringLiteral("/instances/")};
    net::HttpRequest request;
    request.url = m_source.dicomweb;
    for (qsizetype i = 0; i < uids.size(); ++i) {
        if (!isDicomUid(uids[i]))
            return base::Error(errors::Query, QStringLiteral("UID"),
                {{QStringLiteral("what"), QStringLiteral("study, series or instance UID")}});
        request.url += levels[i] + uids[i];
    }
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
