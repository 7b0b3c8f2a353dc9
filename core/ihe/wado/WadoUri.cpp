#include "core/ihe/wado/WadoUri.h"

#include "core/ihe/Errors.h"

namespace naru::ihe {

WadoUri::WadoUri(net::TlsIdentity identity, ImagingEndpoint source, WebLimits limits)
    : m_http(std::move(identity))
    , m_source(std::move(source))
    , m_limits(limits)
{
}

base::Result<QByteArray> WadoUri::image(const ImageReference &image, const base::WorkContext &work) const
{
    if (!isDicomUid(image.studyUid) || !isDicomUid(image.seriesUid) || !isDicomUid(image.sopUid))
        return base::Error(errors::Query, QStringLiteral("UID"),
            {{QStringLiteral("what"), QStringLiteral("study, series or instance UID")}});
    net::HttpRequest request;
    // UIDs are digits and dots: nothing to escape. Addresses of some archives carry a query already.
    request.url =
        QStringLiteral("%1%2requestType=WADO&studyUID=%3&seriesUID=%4&objectUID=%5"
                       "&contentType=application/dicom")
            .arg(m_source.wado,
                m_source.wado.contains(QLatin1Char('?')) ? QStringLiteral("&") : QStringLiteral("?"),
                image.studyUid, image.seriesUid, image.sopUid);
    request.headers = {{"Accept", "application/dicom"}};
    request.limits.connectSeconds = qMin(10, m_source.timeoutSeconds);
    request.limits.stallSeconds = m_source.timeoutSeconds;
    request.limits.totalSeconds = qMax(m_limits.seriesSeconds, m_source.timeoutSeconds);
    request.limits.responseBytes = m_limits.partBytes;
    NARU_ASSIGN(net::HttpResponse response, m_http.get(request, work));
    NARU_TRY(response.requireSuccess(request.url));
    const QByteArray type = response.head.contentType.split(';').front().trimmed().toLower();
    if (type != "application/dicom") {
        const QString what = QStringLiteral("the source sent another type than application/dicom");
        return base::Error(errors::Answer, what, {{QStringLiteral("what"), what}});
    }
    if (response.body.isEmpty())
        return base::Error(errors::Empty, QStringLiteral("no bytes"));
    return std::move(response.body);
}

} // namespace naru::ihe
