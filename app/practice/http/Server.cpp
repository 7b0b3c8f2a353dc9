#include "app/practice/http/Server.h"

#include "app/practice/db/Database.h"
#include "app/practice/http/LoopbackClient.h"
#include "app/practice/http/Peer.h"

#include <atomic>
#include <chrono>
#include <httplib.h>
#include <thread>
#include <utility>

namespace naru::practice {

namespace {
// SOAP exchanges hold a worker while a repository calls the registry through the same pool, and faults may
// stall some.
constexpr std::size_t workers = 64;

QString commonName(const SSL *ssl)
{
    X509 *certificate = ssl ? SSL_get1_peer_certificate(ssl) : nullptr;
    if (!certificate)
        return {};
    char text[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text, sizeof text);
    X509_free(certificate);
    return QString::fromUtf8(text);
}

void send(httplib::Response &response, const HttpAnswer &answer)
{
    response.status = answer.status;
    if (answer.next) {
        auto first = std::make_shared<QByteArray>(answer.body);
        response.set_chunked_content_provider(answer.contentType.toStdString(),
            [first, next = answer.next](std::size_t, httplib::DataSink &sink) {
                const QByteArray piece = first->isEmpty() ? next() : std::exchange(*first, {});
                if (piece.isEmpty())
                    sink.done();
                else
                    sink.write(piece.constData(), std::size_t(piece.size()));
                return true;
            });
        return;
    }
    response.set_content(
        answer.body.constData(), std::size_t(answer.body.size()), answer.contentType.toStdString());
}

HttpAnswer guarded(const Server::Handler &handler, const HttpRequest &request)
{
    try {
        return handler(request);
    } catch (const SoapFault &fault) {
        return faultAnswer(fault, {});
    } catch (const DatabaseFailure &) {
        return faultAnswer(
            SoapFault(QStringLiteral("Receiver"), QStringLiteral("The exchange cannot store or read")), {});
    } catch (const std::exception &) {
        return faultAnswer(SoapFault(QStringLiteral("Receiver"), QStringLiteral("The exchange failed")), {});
    }
}

// The faults that answer before any work. False: the work is to be done.
bool answeredByFault(const Fault &fault, HttpAnswer &answer)
{
    switch (fault.kind) {
    case FaultKind::Status:
        answer = {fault.value, "text/plain; charset=UTF-8", "out of service\n"};
        return true;
    case FaultKind::Html:
        answer = {200, "text/html; charset=UTF-8",
            "<!DOCTYPE html><html><body><h1>Gateway</h1><p>Please sign in.</p></body></html>"};
        return true;
    case FaultKind::SoapFault:
        answer = faultAnswer(SoapFault(QStringLiteral("Receiver"), QStringLiteral("A fault on purpose")), {});
        return true;
    default:
        return false;
    }
}

// Sends the first `count` bytes under a Content-Length of `promised`, then resets or closes.
void sendPart(httplib::Response &response, const HttpAnswer &answer, qsizetype count, qsizetype promised,
    std::function<void()> reset)
{
    auto body = std::make_shared<QByteArray>(answer.body.left(count));
    response.status = answer.status;
    response.set_header("Connection", "close");
    response.set_content_provider(std::size_t(promised), answer.contentType.toStdString(),
        [body, reset = std::move(reset)](std::size_t offset, std::size_t, httplib::DataSink &sink) {
            if (offset < std::size_t(body->size()))
                sink.write(body->constData() + offset, std::size_t(body->size()) - offset);
            if (reset)
                reset();
            return false;
        });
}

QByteArray otherBoundary(QByteArray contentType)
{
    const QByteArray boundary = mimeParameter(contentType, "boundary");
    return boundary.isEmpty()
        ? QByteArray("multipart/related; type=\"application/xop+xml\"; boundary=\"elsewhere\"")
        : contentType.replace(boundary, "elsewhere_" + boundary);
}
} // namespace

class Server::Impl {
public:
    Impl(ServerSettings s, FaultPlan &f)
        : settings(std::move(s))
        , faults(f)
        , server(settings.certificateFile.toUtf8().constData(), settings.keyFile.toUtf8().constData(),
              settings.caFile.toUtf8().constData())
    {
        if (!server.is_valid())
            return;
        SSL_CTX *context = server.ssl_context();
        SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        const unsigned char name[] = "naru-practice";
        SSL_CTX_set_session_id_context(context, name, sizeof name - 1);
        server.new_task_queue = [] { return new httplib::ThreadPool(workers); };
        server.set_payload_max_length(std::size_t(settings.maxBodyBytes));
        server.set_read_timeout(120);
        server.set_write_timeout(120);
        server.set_keep_alive_timeout(2);
        server.set_keep_alive_max_count(1000);
        server.set_tcp_nodelay(true);
        server.set_exception_handler(
            [](const httplib::Request &, httplib::Response &response, const std::exception_ptr &) {
                send(response,
                    faultAnswer(
                        SoapFault(QStringLiteral("Receiver"), QStringLiteral("The exchange failed")), {}));
            });
    }

    HttpRequest request(const httplib::Request &from) const
    {
        HttpRequest out;
        out.method = QString::fromStdString(from.method);
        out.path = QString::fromStdString(from.path);
        out.contentType = QByteArray::fromStdString(from.get_header_value("Content-Type"));
        out.accept = QByteArray::fromStdString(from.get_header_value("Accept"));
        for (std::size_t i = 1; i < from.matches.size(); ++i)
            out.captured.append(QString::fromStdString(from.matches[i].str()));
        for (const auto &[name, value] : from.params)
            out.query.insert(QString::fromStdString(name), QString::fromStdString(value));
        out.body = QByteArray::fromRawData(from.body.data(), qsizetype(from.body.size()));
        const QString name = commonName(from.ssl);
        out.viewer.exchange = name == settings.exchangeName;
        out.viewer.institution = out.viewer.exchange ? QString() : name;
        out.submitter =
            out.viewer.exchange ? QString::fromStdString(from.get_header_value(submitterHeader)) : name;
        return out;
    }

    void stall(int seconds) const
    {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        while (!stopping && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }

    void answer(const httplib::Request &from, httplib::Response &response, const Target &target,
        const Handler &handler)
    {
        const HttpRequest asked = request(from);
        const Fault fault = asked.viewer.exchange ? Fault{} : faults.next(target(asked));
        const int local = boundPort;
        const int remote = from.remote_port;
        HttpAnswer out;
        if (fault.kind == FaultKind::Refuse) {
            resetConnection(local, remote);
            return;
        }
        if (fault.kind == FaultKind::Stall)
            stall(fault.value);
        if (answeredByFault(fault, out)) {
            send(response, out);
            return;
        }
        out = guarded(handler, asked);
        if (fault.kind != FaultKind::None && out.next) { // faults cut bodies that are known whole
            for (QByteArray piece = out.next(); !piece.isEmpty(); piece = out.next())
                out.body += piece;
            out.next = {};
        }
        switch (fault.kind) {
        case FaultKind::Unknown:
            resetConnection(local, remote);
            return;
        case FaultKind::Reset:
            if (fault.value == 0)
                resetConnection(local, remote);
            else
                sendPart(response, out, fault.value, std::max<qsizetype>(out.body.size(), fault.value + 1),
                    [local, remote] { resetConnection(local, remote); });
            return;
        case FaultKind::BadLength:
            sendPart(response, out, out.body.size(), out.body.size() + 4096, {});
            return;
        case FaultKind::Truncate:
            out.body.truncate(out.body.size() - std::min<qsizetype>(out.body.size() / 2, 200));
            break;
        case FaultKind::BadBoundary:
            out.contentType = otherBoundary(out.contentType);
            break;
        default:
            break;
        }
        send(response, out);
    }

    ServerSettings settings;
    FaultPlan &faults;
    httplib::SSLServer server;
    std::thread thread{};
    int boundPort = -1;
    std::atomic<bool> stopping{false};
};

Server::Server(ServerSettings settings, FaultPlan &faults)
    : m_impl(std::make_unique<Impl>(std::move(settings), faults))
{
}

Server::~Server()
{
    stop();
}

void Server::route(const QString &path, Target target, Handler handler)
{
    m_impl->server.Post(path.toStdString(),
        [this, target = std::move(target), handler = std::move(handler)](const httplib::Request &request,
            httplib::Response &response) { m_impl->answer(request, response, target, handler); });
}

void Server::get(const QString &pattern, Target target, Handler handler)
{
    m_impl->server.Get(pattern.toStdString(),
        [this, target = std::move(target), handler = std::move(handler)](const httplib::Request &request,
            httplib::Response &response) { m_impl->answer(request, response, target, handler); });
}

void Server::admin(const QString &path, Handler handler)
{
    auto serve = [this, handler = std::move(handler)](
                     const httplib::Request &request, httplib::Response &response) {
        send(response, guarded(handler, m_impl->request(request)));
    };
    m_impl->server.Get(path.toStdString(), serve);
    m_impl->server.Post(path.toStdString(), serve);
}

bool Server::bind()
{
    Impl &d = *m_impl;
    if (!d.server.is_valid())
        return false;
    if (d.settings.port == 0)
        d.boundPort = d.server.bind_to_any_port("127.0.0.1");
    else
        d.boundPort = d.server.bind_to_port("127.0.0.1", d.settings.port) ? d.settings.port : -1;
    return d.boundPort > 0;
}

int Server::port() const
{
    return m_impl->boundPort;
}

void Server::start()
{
    m_impl->thread = std::thread([this] { m_impl->server.listen_after_bind(); });
    while (!m_impl->server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void Server::stop()
{
    m_impl->stopping = true;
    m_impl->server.stop();
    if (m_impl->thread.joinable())
        m_impl->thread.join();
}

} // namespace naru::practice
