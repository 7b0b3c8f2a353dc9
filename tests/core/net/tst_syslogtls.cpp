// RFC 5425: framing, and a batch that only counts when the connection ended cleanly in both directions.
#include "core/base/Errors.h"
#include "core/net/Errors.h"
#include "core/net/SyslogTlsSender.h"
#include "tests/core/net/TestTlsServer.h"

#include <QtTest>

using namespace naru;
using namespace naru::net;
using naru::test::Peer;
using naru::test::TestCertificates;
using naru::test::TestTlsServer;

namespace {
QString codeOf(const base::Status &status)
{
    return status ? QStringLiteral("ok") : QString::fromLatin1(status.error().code.id);
}
SyslogTlsSender senderTo(
    const TestTlsServer &server, SyslogConfirmation confirmation = SyslogConfirmation::CloseNotify)
{
    return SyslogTlsSender(
        QStringLiteral("127.0.0.1"), server.port(), TestCertificates::instance().identity(), 2, confirmation);
}
} // namespace

class tst_syslogtls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void framing()
    {
        QCOMPARE(syslogFrame("<85>1 가"), QByteArray("9 <85>1 가"));
        QCOMPARE(syslogFrame("a\nb"), QByteArray("3 a\nb"));
    }

    void batchIsConfirmed()
    {
        QByteArray seen;
        bool clean = false;
        TestTlsServer server([&](Peer &peer) {
            for (QByteArray piece = peer.read(4096); !piece.isEmpty(); piece = peer.read(4096))
                seen += piece;
            clean = peer.sawCleanClose();
        });
        QCOMPARE(codeOf(senderTo(server).send({"first", "second\r\n"})), QStringLiteral("ok"));
        QCOMPARE(seen, QByteArray("5 first8 second\r\n"));
        QVERIFY(clean);
        QCOMPARE(codeOf(senderTo(server).send({})), QStringLiteral("ok"));
        QCOMPARE(server.connections(), 1);
    }

    void bigBatch()
    {
        qint64 seen = 0;
        TestTlsServer server([&](Peer &peer) {
            for (QByteArray piece = peer.read(65536); !piece.isEmpty(); piece = peer.read(65536))
                seen += piece.size();
        });
        const std::vector<QByteArray> messages(50, QByteArray(30000, 'm'));
        QCOMPARE(codeOf(senderTo(server).send(messages)), QStringLiteral("ok"));
        QCOMPARE(seen, qint64(50 * 30006));
    }

    void deafPeerIsUnconfirmed()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.read(4096);
            peer.closeWithoutNotify();
        });
        QCOMPARE(codeOf(senderTo(server).send({"one"})), QStringLiteral("net.Unconfirmed"));
    }

    // What rsyslog does with the gtls driver: reads our close_notify, then closes without its own.
    void ordinaryEndConfirmsWhereTheSiteSaysSo()
    {
        const auto script = [](Peer &peer) {
            while (!peer.read(4096).isEmpty()) { }
            peer.closeWithoutNotify();
        };
        TestTlsServer strict(script);
        QCOMPARE(codeOf(senderTo(strict).send({"one"})), QStringLiteral("net.Unconfirmed"));
        TestTlsServer server(script);
        QCOMPARE(
            codeOf(senderTo(server, SyslogConfirmation::OrdinaryEnd).send({"one"})), QStringLiteral("ok"));
        TestTlsServer correct([](Peer &peer) {
            while (!peer.read(4096).isEmpty()) { }
        });
        QCOMPARE(
            codeOf(senderTo(correct, SyslogConfirmation::OrdinaryEnd).send({"one"})), QStringLiteral("ok"));
    }

    void leavingEarlyIsNoOrdinaryEnd()
    {
        const std::vector<QByteArray> messages(50, QByteArray(10000, 'x'));
        TestTlsServer resets([](Peer &peer) { peer.reset(); });
        QVERIFY(
            codeOf(senderTo(resets, SyslogConfirmation::OrdinaryEnd).send(messages)) != QLatin1String("ok"));
        TestTlsServer leaves([](Peer &peer) { peer.closeWithoutNotify(); });
        QVERIFY(
            codeOf(senderTo(leaves, SyslogConfirmation::OrdinaryEnd).send(messages)) != QLatin1String("ok"));
        TestTlsServer readsSome([](Peer &peer) {
            peer.read(4096);
            peer.closeWithoutNotify();
        });
        QVERIFY(codeOf(senderTo(readsSome, SyslogConfirmation::OrdinaryEnd).send(messages))
            != QLatin1String("ok"));
        TestTlsServer readsAllButLeaves([](Peer &peer) { // before it is asked: it may have died
            peer.read(4096);
            peer.closeWithoutNotify();
        });
        QVERIFY(codeOf(senderTo(readsAllButLeaves, SyslogConfirmation::OrdinaryEnd).send({"one"}))
            != QLatin1String("ok"));
    }

    void resetIsNoSuccess()
    {
        TestTlsServer server([&](Peer &peer) { peer.reset(); });
        const base::Status status =
            senderTo(server).send(std::vector<QByteArray>(50, QByteArray(10000, 'x')));
        QVERIFY(!status);
        QVERIFY(codeOf(status) == QLatin1String("net.Reset")
            || codeOf(status) == QLatin1String("net.Unconfirmed"));
    }

    void closedBeforeWrite()
    {
        TestTlsServer server([&](Peer &) {}); // says close_notify at once
        std::vector<QByteArray> many(50, QByteArray(100, 'x'));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const base::Status status = senderTo(server).send(many);
        // Either noticed before a write, or the batch was written into a closing connection; a peer that
        // closes first and without reading must never look like success.
        QVERIFY(codeOf(status) != QLatin1String("ok"));
    }

    void silentPeerTimesOut()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.read(4096);
            std::this_thread::sleep_for(std::chrono::milliseconds(2500));
            peer.closeWithoutNotify();
        });
        const base::Status status = senderTo(server).send({"one"});
        QCOMPARE(codeOf(status), QStringLiteral("net.Unconfirmed"));
        QVERIFY(status.error().has(net::errors::Timeout));
    }

    void refusedAndUntrusted()
    {
        TestTlsServer server([&](Peer &peer) { peer.read(1); });
        TlsIdentity stranger =
            TestCertificates::instance().identityOf(TestCertificates::instance().stranger, nullptr);
        QCOMPARE(codeOf(SyslogTlsSender(QStringLiteral("127.0.0.1"), server.port(), stranger, 2).send({"x"})),
            QStringLiteral("net.TlsTrust"));
        QCOMPARE(codeOf(SyslogTlsSender(QStringLiteral("127.0.0.1"), 1, stranger, 2).send({"x"})),
            QStringLiteral("net.Refused"));
    }

    void stop()
    {
        TestTlsServer server([&](Peer &peer) {
            peer.read(4096);
            std::this_thread::sleep_for(std::chrono::milliseconds(600));
        });
        std::stop_source source;
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150));
            source.request_stop();
        });
        const base::Status status = senderTo(server).send({"one"}, base::WorkContext(source.get_token()));
        later.join();
        QCOMPARE(codeOf(status), QStringLiteral("base.Stopped"));
    }
};

QTEST_APPLESS_MAIN(tst_syslogtls)
#include "tst_syslogtls.moc"
