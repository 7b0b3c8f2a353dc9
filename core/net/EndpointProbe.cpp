#include "core/net/EndpointProbe.h"

#include "core/net/Errors.h"
#include "core/net/TlsConnection.h"
#include "core/net/TlsContext.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QUrl>

namespace naru::net {

namespace {
const char *const stepKeys[] = {"config", "dns", "tcp", "tls", "serverCertificate", "clientCertificate",
    "http", "soap", "application", "clock"};

// Fills rows one after the other; the first failure ends the test.
class Probe {
public:
    Probe(const ProbeTarget &target, const base::WorkContext &work)
        : m_target(target)
        , m_url(target.url, QUrl::StrictMode)
        , m_work(work)
        , m_timeoutMs(target.timeoutSeconds * 1000)
    {
        for (const char *key : stepKeys)
            m_result.steps.push_back({QString::fromLatin1(key)});
    }

    ProbeResult run()
    {
        m_timer.start();
        if (config() && name() && tcp() && tls())
            exchange();
        return std::move(m_result);
    }

private:
    bool done(const char *key, const QString &detail)
    {
        ProbeStep &step = *m_result.step(QString::fromLatin1(key));
        step.state = ProbeStep::State::Ok;
        step.detail = detail;
        step.milliseconds = m_timer.restart();
        return true;
    }
    bool failed(const char *key, const base::Error &error)
    {
        ProbeStep &step = *m_result.step(QString::fromLatin1(key));
        step.state = ProbeStep::State::Failed;
        step.detail = error.detail;
        step.error = error;
        step.milliseconds = m_timer.restart();
        return false;
    }

    bool config()
    {
        const bool known = m_url.scheme() == QLatin1String("https") || (isSyslog() && m_url.port() > 0);
        if (!m_url.isValid() || !known || m_url.host().isEmpty())
            return failed("config",
                base::Error(errors::BadUrl, QStringLiteral("not an https or tls address"),
                    {{QStringLiteral("what"), m_target.url}}));
        const base::Result<SslContextPtr> context = makeTlsContext(m_target.identity);
        return context ? done("config", m_target.url) : failed("config", context.error());
    }
    bool name()
    {
        const base::Result<QString> address = m_connection.resolve(m_url.host(), quint16(m_url.port(443)));
        return address ? done("dns", m_url.host() + QStringLiteral(" -> ") + *address)
                       : failed("dns", address.error());
    }
    bool tcp()
    {
        const base::Status status = m_connection.open(m_work, m_timeoutMs);
        return status ? done("tcp", QString::number(m_url.port(443))) : failed("tcp", status.error());
    }
    bool tls()
    {
        const base::Status status = m_connection.handshake(m_target.identity, m_work, m_timeoutMs);
        if (!status && status.error().is(errors::TlsTrust)) {
            done("tls", QStringLiteral("negotiated"));
            return failed("serverCertificate", status.error());
        }
        if (!status && status.error().is(errors::TlsClientRefused)) {
            done("tls", QStringLiteral("negotiated"));
            done("serverCertificate", QStringLiteral("trusted"));
            return failed("clientCertificate", status.error());
        }
        if (!status)
            return failed("tls", status.error());
        const TlsPeer &peer = m_connection.peer();
        done("tls", peer.protocol + QLatin1Char(' ') + peer.cipher);
        return done("serverCertificate",
            QStringLiteral("%1, until %2").arg(peer.subject, peer.notAfter.date().toString(Qt::ISODate)));
    }

    // Under TLS 1.3 a refused client certificate only shows when the first answer is read.
    bool exchange()
    {
        const base::Result<QByteArray> answer = isSyslog() ? close() : ask();
        if (!answer && answer.error().is(errors::TlsClientRefused))
            return failed("clientCertificate", answer.error());
        const bool asked = m_connection.peer().asksForCertificate;
        done("clientCertificate",
            !asked                                   ? QStringLiteral("not asked for")
                : m_target.identity.hasCertificate() ? QStringLiteral("accepted")
                                                     : QStringLiteral("asked for, optional"));
        if (!answer)
            return failed("http", answer.error());
        return isSyslog() ? done("http", QStringLiteral("closed cleanly")) : readHead(*answer);
    }

    base::Result<QByteArray> close()
    {
        NARU_TRY(m_connection.closeCleanly(m_work, m_timeoutMs));
        return QByteArray();
    }

    base::Result<QByteArray> ask()
    {
        QByteArray request =
            "GET " + m_url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
        if (request == "GET ")
            request += '/';
        request +=
            " HTTP/1.1\r\nHost: " + m_url.host().toUtf8() + "\r\nConnection: close\r\nAccept: */*\r\n\r\n";
        NARU_TRY(m_connection.write(request, m_work, m_timeoutMs));
        QByteArray head;
        while (!head.contains("\r\n\r\n") && head.size() < 64 * 1024) {
            char buffer[4096];
            NARU_ASSIGN(const int count, m_connection.read(buffer, sizeof buffer, m_work, m_timeoutMs));
            if (count == 0)
                break;
            head.append(buffer, count);
        }
        return head;
    }

    bool readHead(const QByteArray &head)
    {
        if (!head.startsWith("HTTP/1."))
            return failed("http",
                base::Error(errors::Failed, QStringLiteral("not an HTTP answer"),
                    {{QStringLiteral("host"), m_url.host()},
                        {QStringLiteral("what"), QStringLiteral("HTTP")}}));
        for (const QByteArray &line : head.split('\n')) {
            if (line.left(5).toLower() != "date:")
                continue;
            const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(line.mid(5).trimmed()),
                QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
            m_result.hasClock = date.isValid();
            const QDateTime utc(date.date(), date.time(), Qt::UTC);
            m_result.clockSkewSeconds = QDateTime::currentDateTimeUtc().secsTo(utc);
        }
        // Any status proves that HTTP works; a SOAP endpoint answers a GET with 405 or 400.
        return done("http", QStringLiteral("HTTP ") + QString::fromLatin1(head.mid(9, 3)));
    }

    bool isSyslog() const { return m_url.scheme() == QLatin1String("tls"); }

    const ProbeTarget &m_target;
    QUrl m_url;
    const base::WorkContext &m_work;
    int m_timeoutMs;
    QElapsedTimer m_timer{};
    TlsConnection m_connection{};
    ProbeResult m_result{};
};
} // namespace

bool ProbeResult::allOk(int count) const
{
    for (int i = 0; i < count && i < int(steps.size()); ++i) {
        if (steps[std::size_t(i)].state != ProbeStep::State::Ok)
            return false;
    }
    return true;
}

ProbeStep *ProbeResult::step(const QString &key)
{
    for (ProbeStep &step : steps) {
        if (step.key == key)
            return &step;
    }
    return nullptr;
}

ProbeResult probeEndpoint(const ProbeTarget &target, const base::WorkContext &work)
{
    return Probe(target, work).run();
}

} // namespace naru::net
