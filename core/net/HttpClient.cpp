#include "core/net/HttpClient.h"

#include "core/net/Errors.h"
#include "core/net/HttpTransfer.h"

#include <QUrl>

namespace naru::net {

QByteArray HttpHead::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

base::Status HttpResponse::requireSuccess(const QString &url) const
{
    if (success())
        return {};
    return base::Error(errors::HttpStatus, QStringLiteral("HTTP status %1").arg(head.status),
        {{QStringLiteral("host"), QUrl(url).host()}, {QStringLiteral("status"), QString::number(head.status)},
            {QStringLiteral("sent"), QStringLiteral("maybe")}});
}

base::Result<HttpResponse> HttpClient::post(const HttpRequest &request, const base::WorkContext &work) const
{
    return HttpTransfer(request, m_identity, HttpTransfer::Method::Post, m_schemes).perform(work);
}

base::Result<HttpResponse> HttpClient::get(const HttpRequest &request, const base::WorkContext &work) const
{
    return HttpTransfer(request, m_identity, HttpTransfer::Method::Get, m_schemes).perform(work);
}

bool certainlyNotSent(const base::Error &error)
{
    for (const base::Error *at = &error; at; at = at->cause.get()) {
        const auto sent = at->arguments.constFind(QStringLiteral("sent"));
        if (sent != at->arguments.cend())
            return *sent == QLatin1String("no");
    }
    return false;
}

} // namespace naru::net
