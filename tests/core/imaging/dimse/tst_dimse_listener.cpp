// The storage provider: who may send, what is told when, and TLS between the two of us.
#include "Peer.h"

#include "core/imaging/dimse/DimseClient.h"
#include "core/imaging/dimse/DimseListener.h"
#include "core/imaging/dimse/Errors.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>

using namespace naru::imaging::dimse;
using namespace dimsetest;

class DimseListener : public QObject {
    Q_OBJECT
    std::mutex m_mutex{};
    std::map<QString, QByteArray> m_came{};
    QStringList m_ended{};
    naru::base::Status m_verdict{};

    ListenOptions options()
    {
        ListenOptions out;
        out.address = QStringLiteral("127.0.0.1");
        out.port = 0;
        out.aeTitle = QStringLiteral("STORE");
        out.allowed = {{QStringLiteral("NARU"), QStringLiteral("127.0.0.1")}};
        out.limits = quickLimits();
        return out;
    }

    Listener::Handlers handlers()
    {
        Listener::Handlers out;
        out.received = [this](const Received &one) {
            const std::lock_guard lock(m_mutex);
            if (m_verdict)
                m_came[one.sopUid] = QByteArray(one.part10.constData(), one.part10.size());
            return m_verdict;
        };
        out.ended = [this](const QString &who, int kept, int failed, const naru::base::Status &status) {
            const std::lock_guard lock(m_mutex);
            m_ended.append(
                QStringLiteral("%1 %2 %3 %4")
                    .arg(who)
                    .arg(kept)
                    .arg(failed)
                    .arg(status ? QStringLiteral("ok") : QString::fromLatin1(status.error().code.id)));
        };
        return out;
    }

    Node node(int port)
    {
        Node out = nodeAt(port);
        out.calledAe = QStringLiteral("STORE");
        return out;
    }

private Q_SLOTS:
    void init()
    {
        m_came.clear();
        m_ended.clear();
        m_verdict = {};
    }

    void roundTrip()
    {
        auto listener = Listener::start(options(), handlers());
        QVERIFY(listener.ok());
        std::vector<Instance> instances;
        for (int i = 0; i < 30; ++i)
            instances.push_back(toSend("2.25.20." + QByteArray::number(i + 1), 200'000));
        Client client(node((*listener)->port()), quickLimits());
        QVERIFY(client.echo().ok());
        const auto sent = client.store(instances);
        QVERIFY(sent.ok());
        for (const StoreOutcome &one : *sent)
            QCOMPARE(int(one.state), int(StoreOutcome::State::Stored));
        *listener = nullptr; // waits for its threads
        QCOMPARE(m_came.size(), std::size_t(30));
        const QByteArray file = instance("2.25.20.7", 200'000);
        const QByteArray dataSet = file.mid(file.indexOf(element(0x00080005, "CS", "ISO_IR 192")));
        QVERIFY(m_came[QStringLiteral("2.25.20.7")].endsWith(dataSet));
        QVERIFY(m_ended.contains(QStringLiteral("NARU 30 0 ok")));
    }

    void strangersAreRefused()
    {
        const auto listener = Listener::start(options(), handlers());
        QVERIFY(listener.ok());
        Node stranger = node((*listener)->port());
        stranger.callingAe = QStringLiteral("STRANGER");
        const auto echoed = Client(stranger, quickLimits()).echo();
        QVERIFY(!echoed.ok());
        QVERIFY2(echoed.error().is(errors::OurTitle), qPrintable(echoed.error().toString()));
        QCOMPARE(echoed.error().arguments.value(QStringLiteral("title")), QStringLiteral("STRANGER"));
        Node other = node((*listener)->port());
        other.calledAe = QStringLiteral("OTHER");
        const auto elsewhere = Client(other, quickLimits()).echo();
        QVERIFY(elsewhere.error().is(errors::ItsTitle));
        QCOMPARE(elsewhere.error().arguments.value(QStringLiteral("title")), QStringLiteral("OTHER"));
    }

    void anotherAddressIsRefused()
    {
        ListenOptions narrow = options();
        narrow.allowed = {{QStringLiteral("NARU"), QStringLiteral("192.0.2.1")}};
        const auto listener = Listener::start(narrow, handlers());
        QVERIFY(listener.ok());
        QVERIFY(Client(node((*listener)->port()), quickLimits()).echo().error().is(errors::OurTitle));
    }

    // What could not be stored is never called a success.
    void failureIsTold()
    {
        m_verdict = errors::NotKept;
        const auto listener = Listener::start(options(), handlers());
        QVERIFY(listener.ok());
        const auto sent =
            Client(node((*listener)->port()), quickLimits()).store({toSend("2.25.21.1")}, {}, {}, 1);
        QVERIFY(sent.ok());
        QCOMPARE(int(sent->front().state), int(StoreOutcome::State::Failed));
        QCOMPARE(sent->front().status, 0xA700);
    }

    void truncatedDataSetIsRefused()
    {
        const auto listener = Listener::start(options(), handlers());
        QVERIFY(listener.ok());
        Instance cut = toSend("2.25.22.1", 5000);
        cut.bytes = [] {
            QByteArray bytes = instance("2.25.22.1", 5000);
            bytes.chop(1000);
            return naru::base::Result<QByteArray>(bytes);
        };
        const auto sent = Client(node((*listener)->port()), quickLimits()).store({cut}, {}, {}, 1);
        QVERIFY(sent.ok());
        QCOMPARE(sent->front().status, 0xC000);
        QVERIFY(m_came.empty());
    }

    void portInUse()
    {
        const auto first = Listener::start(options(), handlers());
        QVERIFY(first.ok());
        ListenOptions same = options();
        same.port = (*first)->port();
        const auto second = Listener::start(same, handlers());
        QVERIFY(!second.ok());
        QVERIFY(second.error().is(errors::Listen));
    }

    void tls()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
            QSKIP("openssl is not installed");
        const QTemporaryDir folder;
        const auto openssl = [&folder](const QString &line) {
            QProcess run;
            run.setWorkingDirectory(folder.path());
            run.start(QStringLiteral("openssl"), line.split(QLatin1Char(' ')));
            return run.waitForFinished(20'000) && run.exitCode() == 0;
        };
        const QString make =
            QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
                           "-days 2 -keyout %1.key -out %1.pem -subj /CN=%1 -addext "
                           "subjectAltName=IP:127.0.0.1");
        for (const char *name : {"us", "them", "stranger"})
            QVERIFY(openssl(make.arg(QLatin1String(name))));
        const auto pem = [&folder](const char *own, const char *other) {
            const QString at = folder.path() + QLatin1Char('/');
            return Credentials{at + QLatin1String(own) + QStringLiteral(".pem"),
                at + QLatin1String(own) + QStringLiteral(".key"),
                at + QLatin1String(other) + QStringLiteral(".pem")};
        };
        ListenOptions secure = options();
        secure.tls = true;
        secure.credentials = pem("them", "us");
        const auto listener = Listener::start(secure, handlers());
        QVERIFY(listener.ok());
        Node peer = node((*listener)->port());
        QVERIFY(!Client(peer, quickLimits()).echo().ok()); // in the clear
        peer.tls = true;
        peer.credentials = pem("us", "them");
        Client client(peer, quickLimits());
        const auto echoed = client.echo();
        QVERIFY2(echoed.ok(), echoed ? "" : qPrintable(echoed.error().toString()));
        QCOMPARE(client.test().at(3).step, QStringLiteral("tls"));
        QCOMPARE(int(client.store({toSend("2.25.23.1", 300'000)})->front().state),
            int(StoreOutcome::State::Stored));
        peer.tlsName = QStringLiteral("another.name");
        QVERIFY(Client(peer, quickLimits()).echo().error().is(errors::Tls));
        peer.tlsName = QStringLiteral("*");
        QVERIFY(Client(peer, quickLimits()).echo().ok());
        peer.credentials = pem("us", "stranger"); // somebody else's authority
        QVERIFY(Client(peer, quickLimits()).echo().error().is(errors::Tls));
        peer.credentials = pem("stranger", "them"); // a certificate it does not know
        QVERIFY(!Client(peer, quickLimits()).echo().ok());
        peer.credentials.key = folder.filePath(QStringLiteral("us.key")); // not of this certificate
        QVERIFY(Client(peer, quickLimits()).echo().error().is(errors::Credentials));
    }
};

QTEST_GUILESS_MAIN(DimseListener)
#include "tst_dimse_listener.moc"
