// The transport against a server that misbehaves on purpose: which failure it is, and whether the peer can
// have seen anything.
#include "core/base/Errors.h"
#include "core/net/EndpointProbe.h"
#include "core/net/Errors.h"
#include "core/net/HttpClient.h"
#include "tests/core/net/TestTlsServer.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

using namespace naru;
using namespace naru::net;
using naru::test::Peer;
using naru::test::TestCertificates;
using naru::test::TestTlsServer;

namespace {
HttpRequest request(const QString &url)
{
    HttpRequest out;
    out.url = url;
    out.contentType = "application/soap+xml";
    out.body = {"<a>", "", "<b/></a>"};
    out.limits.totalSeconds = 5;
    return out;
}
QString codeOf(const base::Result<HttpResponse> &result)
{
    return result ? QStringLiteral("ok %1").arg(result->head.status)
                  : QString::fromLatin1(result.error().code.id);
}
QString sentOf(const base::Result<HttpResponse> &result)
{
    return result ? QString() : result.error().arguments.value(QStringLiteral("sent"));
}
const TestCertificates &certificates()
{
    return TestCertificates::instance();
}
} // namespace

class tst_http : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void getSendsNoBody()
    {
        QByteArray seen;
        TestTlsServer server([&](Peer &peer) {
            seen = peer.readRequest();
            peer.respond("application/json", "[]");
        });
        const auto result = HttpClient(certificates().identity()).get(request(server.url()));
        QCOMPARE(codeOf(result), QStringLiteral("ok 200"));
        QCOMPARE(result->body, QByteArray("[]"));
        QVERIFY(seen.startsWith("GET /registry HTTP/1.1\r\n"));
        QVERIFY(seen.endsWith("\r\n\r\n"));
        QVERIFY(!seen.toLower().contains("content-"));
    }

    void postAndAnswer()
    {
        QByteArray seen;
        TestTlsServer server([&](Peer &peer) {
            seen = peer.readRequest();
            peer.respond("application/soap+xml", "<ok/>");
        });
        const auto result = HttpClient(certificates().identity()).post(request(server.url()));
        QCOMPARE(codeOf(result), QStringLiteral("ok 200"));
        QCOMPARE(result->body, QByteArray("<ok/>"));
        QCOMPARE(result->sentBytes, qint64(11));
        QVERIFY(seen.startsWith("POST /registry HTTP/1.1\r\n"));
        QVERIFY(seen.endsWith("\r\n\r\n<a><b/></a>"));
        QVERIFY(!seen.toLower().contains("expect:"));
        QVERIFY(!seen.toLower().contains("accept-encoding:"));
    }

    void identityFromFiles()
    {
        QTemporaryDir folder;
        const auto save = [&](const char *name, const QByteArray &bytes) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            if (file.open(QIODevice::WriteOnly))
                file.write(bytes);
            return file.fileName();
        };
        TlsIdentity identity;
        identity.caFile = save("ca.pem", certificates().authority.certificatePem());
        identity.certificateFile = save("c.pem", certificates().client.certificatePem());
        identity.keyFile = save("c.key", certificates().client.keyPem());
        TestTlsServer server([](Peer &peer) {
            peer.readRequest();
            peer.respond("text/plain", "x");
        });
        QCOMPARE(codeOf(HttpClient(identity).post(request(server.url()))), QStringLiteral("ok 200"));
        identity.keyFile = folder.filePath(QStringLiteral("missing.key"));
        const auto missing = HttpClient(identity).post(request(server.url()));
        QCOMPARE(codeOf(missing), QStringLiteral("net.Identity"));
        QCOMPARE(sentOf(missing), QStringLiteral("no"));
    }

    void statusIsAnAnswer()
    {
        TestTlsServer server([](Peer &peer) {
            peer.readRequest();
            peer.respond("application/soap+xml", "<fault/>", "500 Internal Server Error");
        });
        const auto result = HttpClient(certificates().identity()).post(request(server.url()));
        QCOMPARE(codeOf(result), QStringLiteral("ok 500"));
        QCOMPARE(result->body, QByteArray("<fault/>"));
        QCOMPARE(QString::fromLatin1(result->requireSuccess(server.url()).error().code.id),
            QStringLiteral("net.HttpStatus"));
    }

    void noRedirect()
    {
        TestTlsServer server([](Peer &peer) {
            peer.readRequest();
            peer.write("HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: "
                       "close\r\n\r\n");
        });
        QCOMPARE(codeOf(HttpClient(certificates().identity()).post(request(server.url()))),
            QStringLiteral("ok 307"));
        QCOMPARE(server.connections(), 1);
    }

    void notSent_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("code");
        QTest::newRow("plain http") << QStringLiteral("http://127.0.0.1:1/") << QStringLiteral("net.BadUrl");
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << QStringLiteral("net.BadUrl");
        QTest::newRow("credentials") << QStringLiteral("https://a:b@127.0.0.1:1/")
                                     << QStringLiteral("net.BadUrl");
        QTest::newRow("no such name") << QStringLiteral("https://naru.invalid/") << QStringLiteral("net.Dns");
        QTest::newRow("nobody listens")
            << QStringLiteral("https://127.0.0.1:1/") << QStringLiteral("net.Refused");
    }
    void notSent()
    {
        QFETCH(QString, url);
        QFETCH(QString, code);
        const auto result = HttpClient(certificates().identity()).post(request(url));
        QCOMPARE(codeOf(result), code);
        QCOMPARE(sentOf(result), QStringLiteral("no"));
        QVERIFY(certainlyNotSent(result.error()));
    }

    void serverNotTrusted()
    {
        bool asked = false;
        TestTlsServer server([&](Peer &peer) { asked = !peer.readRequest().isEmpty(); });
        const auto stranger =
            HttpClient(certificates().identityOf(certificates().stranger, &certificates().client))
                .post(request(server.url()));
        QCOMPARE(codeOf(stranger), QStringLiteral("net.TlsTrust"));
        QCOMPARE(sentOf(stranger), QStringLiteral("no"));
        TestTlsServer other(
            [](Peer &) {}, TestTlsServer::ClientCertificate::Required, &certificates().wrongName);
        const auto wrongName = HttpClient(certificates().identity()).post(request(other.url()));
        QCOMPARE(codeOf(wrongName), QStringLiteral("net.TlsTrust"));
        QVERIFY(!asked);
    }

    void clientCertificateRefused()
    {
        TestTlsServer server([](Peer &peer) { peer.readRequest(); });
        for (const test::KeyAndCertificate *own :
            {static_cast<const test::KeyAndCertificate *>(nullptr), &certificates().strangersClient}) {
            const auto result = HttpClient(certificates().identityOf(certificates().authority, own))
                                    .post(request(server.url()));
            QCOMPARE(codeOf(result), QStringLiteral("net.TlsClientRefused"));
            QCOMPARE(sentOf(result), QStringLiteral("no"));
        }
    }

    void brokenAnswers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("net.Reset");
        QTest::newRow("Content-Length too long")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
            << QStringLiteral("net.Truncated");
        QTest::newRow("chunk cut") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort")
                                   << QStringLiteral("net.Truncated");
        QTest::newRow("last chunk missing")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")
            << QStringLiteral("net.Truncated");
    }
    void brokenAnswers()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        TestTlsServer server([&](Peer &peer) {
            peer.readRequest();
            peer.write(answer);
        });
        const auto result = HttpClient(certificates().identity()).post(request(server.url()));
        QCOMPARE(codeOf(result), code);
        QCOMPARE(sentOf(result), QStringLiteral("maybe"));
    }

    // Neither length nor chunks: only the message itself can tell whether it is whole (XML and MIME do).
    void endOfConnectionEndsTheBody()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<whole/>");
        });
        const auto result = HttpClient(certificates().identity()).post(request(server.url()));
        QCOMPARE(codeOf(result), QStringLiteral("ok 200"));
        QCOMPARE(result->body, QByteArray("<whole/>"));
    }

    void resetAfterRequest()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.readRequest();
            peer.reset();
        });
        const auto result = HttpClient(certificates().identity()).post(request(server.url()));
        QCOMPARE(codeOf(result), QStringLiteral("net.Reset"));
        QCOMPARE(sentOf(result), QStringLiteral("maybe"));
    }

    void timeout()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.readRequest();
            peer.read(1); // until the client gives up
        });
        HttpRequest slow = request(server.url());
        slow.limits.totalSeconds = 1;
        const auto result = HttpClient(certificates().identity()).post(slow);
        QCOMPARE(codeOf(result), QStringLiteral("net.Timeout"));
        QCOMPARE(sentOf(result), QStringLiteral("maybe"));
    }

    void stopped()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.readRequest();
            peer.read(1);
        });
        std::stop_source source;
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            source.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto result = HttpClient(certificates().identity())
                                .post(request(server.url()), base::WorkContext(source.get_token()));
        later.join();
        QCOMPARE(codeOf(result), QStringLiteral("base.Stopped"));
        QCOMPARE(sentOf(result), QStringLiteral("maybe"));
        QVERIFY(timer.elapsed() < 900 * NARU_TIME_FACTOR); // woken, not polled
    }

    void stoppedBefore()
    {
        std::stop_source source;
        source.request_stop();
        const auto result =
            HttpClient(certificates().identity())
                .post(request(QStringLiteral("https://127.0.0.1:1/")), base::WorkContext(source.get_token()));
        QCOMPARE(codeOf(result), QStringLiteral("base.Stopped"));
        QCOMPARE(sentOf(result), QStringLiteral("no"));
    }

    // A gigabyte is announced and sent as long as anybody reads; the client leaves after its budget.
    void budget()
    {
        qint64 written = 0;
        TestTlsServer server([&](Peer &peer) {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
            const QByteArray block(1 << 20, 'x');
            while (written < (1LL << 30) && peer.write(block))
                written += block.size();
        });
        HttpRequest big = request(server.url());
        big.limits.responseBytes = 4 << 20;
        const auto result = HttpClient(certificates().identity()).post(big);
        QCOMPARE(codeOf(result), QStringLiteral("net.TooLarge"));
        QCOMPARE(sentOf(result), QStringLiteral("maybe"));
        QCOMPARE(result.error().arguments.value(QStringLiteral("limit")), QStringLiteral("4194304"));
    }

    void sinkGetsTheBody()
    {
        TestTlsServer server([](Peer &peer) {
            peer.readRequest();
            peer.respond("x/y; a=b", QByteArray(300000, 'q'));
        });
        HttpRequest streamed = request(server.url());
        QByteArray type;
        qint64 bytes = 0;
        streamed.onHead = [&](const HttpHead &head) {
            type = head.contentType;
            return base::Status{};
        };
        streamed.onData = [&](QByteArrayView view) {
            bytes += view.size();
            return base::Status{};
        };
        const auto result = HttpClient(certificates().identity()).post(streamed);
        QCOMPARE(codeOf(result), QStringLiteral("ok 200"));
        QCOMPARE(bytes, qint64(300000));
        QCOMPARE(type, QByteArray("x/y; a=b"));
        QVERIFY(result->body.isEmpty());
        streamed.onData = [](QByteArrayView) -> base::Status { return base::Error(base::errors::Io); };
        const auto failed = HttpClient(certificates().identity()).post(streamed);
        QCOMPARE(codeOf(failed), QStringLiteral("base.Io"));
        QCOMPARE(sentOf(failed), QStringLiteral("maybe"));
    }

    void probeNamesTheStep()
    {
        TestTlsServer server([](Peer &peer) {
            peer.readRequest();
            peer.write("HTTP/1.1 405 No\r\nDate: Sun, 22 Nov 2020 10:00:00 GMT\r\nContent-Length: 0\r\n\r\n");
        });
        const auto failing = [](const ProbeResult &result) {
            for (const ProbeStep &step : result.steps) {
                if (step.state == ProbeStep::State::Failed)
                    return step.key + QLatin1Char(' ') + QString::fromLatin1(step.error.code.id);
            }
            return QStringLiteral("none");
        };
        const ProbeResult good = probeEndpoint({server.url(), certificates().identity(), 5});
        QCOMPARE(failing(good), QStringLiteral("none"));
        QVERIFY(good.allOk());
        QCOMPARE(good.steps.size(), std::size_t(10));
        QCOMPARE(good.steps[6].detail, QStringLiteral("HTTP 405"));
        QCOMPARE(good.steps[7].state, ProbeStep::State::NotDone);
        QVERIFY(good.hasClock && good.clockSkewSeconds < -3600);
        QCOMPARE(failing(probeEndpoint({QStringLiteral("http://x/"), certificates().identity(), 5})),
            QStringLiteral("config net.BadUrl"));
        QCOMPARE(
            failing(probeEndpoint({QStringLiteral("https://naru.invalid/"), certificates().identity(), 5})),
            QStringLiteral("dns net.Dns"));
        QCOMPARE(
            failing(probeEndpoint({QStringLiteral("https://127.0.0.1:1/"), certificates().identity(), 5})),
            QStringLiteral("tcp net.Refused"));
        QCOMPARE(failing(probeEndpoint(
                     {server.url(), certificates().identityOf(certificates().stranger, nullptr), 5})),
            QStringLiteral("serverCertificate net.TlsTrust"));
        QCOMPARE(
            failing(probeEndpoint({server.url(),
                certificates().identityOf(certificates().authority, &certificates().strangersClient), 5})),
            QStringLiteral("clientCertificate net.TlsClientRefused"));
    }
};

QTEST_APPLESS_MAIN(tst_http)
#include "tst_http.moc"
