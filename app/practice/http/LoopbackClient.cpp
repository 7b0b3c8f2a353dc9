#include "app/practice/http/LoopbackClient.h"

#include <httplib.h>

namespace naru::practice {

std::optional<HttpAnswer> postLoopback(const LoopbackSettings &settings, const QString &path,
    const QString &submitter, const QByteArray &contentType, const QByteArray &body)
{
    httplib::SSLClient client(
        "127.0.0.1", settings.port, settings.certificateFile.toStdString(), settings.keyFile.toStdString());
    client.set_ca_cert_path(settings.caFile.toStdString());
    client.enable_server_certificate_verification(true);
    client.set_connection_timeout(5);
    client.set_read_timeout(60);
    client.set_write_timeout(60);
    const auto result = client.Post(path.toStdString(), {{submitterHeader, submitter.toStdString()}},
        body.constData(), std::size_t(body.size()), contentType.toStdString());
    if (!result)
        return std::nullopt;
    return HttpAnswer{result->status, QByteArray::fromStdString(result->get_header_value("Content-Type")),
        QByteArray::fromStdString(result->body)};
}

} // namespace naru::practice
