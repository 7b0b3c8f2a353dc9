// Against DCMTK's own programs, where they are installed.
#include "Peer.h"

#include "core/imaging/dimse/DimseClient.h"
#include "core/imaging/dimse/DimseListener.h"
#include "tests/support/FreePort.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace naru::imaging::dimse;
using namespace dimsetest;

namespace {
bool installed(const char *program)
{
    return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
}
} // namespace

class DimseTools : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void storescp()
    {
        if (!installed("storescp"))
            QSKIP("the package dcmtk is not installed");
        const QTemporaryDir folder;
        const int port = naru::test::freePort();
        QProcess peer;
        peer.start(QStringLiteral("storescp"),
            {QStringLiteral("-od"), folder.path(), QStringLiteral("-aet"), QStringLiteral("PEER"),
                QString::number(port)});
        QVERIFY(peer.waitForStarted());
        Client client(nodeAt(port), quickLimits());
        QTRY_VERIFY_WITH_TIMEOUT(client.echo().ok(), 5000 * NARU_TIME_FACTOR);
        std::vector<Instance> instances;
        for (int i = 0; i < 5; ++i)
            instances.push_back(toSend("2.25.30." + QByteArray::number(i + 1), 50'000));
        const auto sent = client.store(instances);
        peer.kill();
        peer.waitForFinished();
        QVERIFY(sent.ok());
        for (const StoreOutcome &one : *sent)
            QCOMPARE(int(one.state), int(StoreOutcome::State::Stored));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 5);
    }

    void storescu()
    {
        if (!installed("storescu"))
            QSKIP("the package dcmtk is not installed");
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("one.dcm")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(instance("2.25.31.1", 50'000));
        file.close();
        ListenOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = 0;
        options.aeTitle = QStringLiteral("STORE");
        options.allowed = {{QStringLiteral("STORESCU"), {}}};
        options.limits = quickLimits();
        std::atomic<int> kept{0};
        Listener::Handlers handlers;
        handlers.received = [&kept](const Received &one) {
            kept += one.sopUid == QLatin1String("2.25.31.1");
            return naru::base::Status();
        };
        const auto listener = Listener::start(options, handlers);
        QVERIFY(listener.ok());
        QProcess peer;
        peer.start(QStringLiteral("storescu"),
            {QStringLiteral("-aec"), QStringLiteral("STORE"), QStringLiteral("127.0.0.1"),
                QString::number((*listener)->port()), file.fileName()});
        QVERIFY(peer.waitForFinished(10'000 * NARU_TIME_FACTOR));
        QCOMPARE(peer.exitCode(), 0);
        QCOMPARE(kept.load(), 1);
    }

    // find, get and move with its query/retrieve provider.
    void dcmqrscp()
    {
        if (!installed("dcmqrscp") || !installed("dcmqridx"))
            QSKIP("the package dcmtk is not installed");
        const QTemporaryDir folder;
        const int port = naru::test::freePort(), ours = naru::test::freePort();
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("db")));
        QFile config(folder.filePath(QStringLiteral("qr.cfg")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(QStringLiteral("NetworkTCPPort = %1\nMaxPDUSize = 16384\nMaxAssociations = 16\n"
                                    "HostTable BEGIN\nnaru = (NARU, 127.0.0.1, %2)\nHostTable END\n"
                                    "VendorTable BEGIN\nVendorTable END\n"
                                    "AETable BEGIN\nPEER %3 RW (200, 1024mb) ANY\nAETable END\n")
                         .arg(port)
                         .arg(ours)
                         .arg(folder.filePath(QStringLiteral("db")))
                         .toUtf8());
        config.close();
        QProcess peer;
        peer.start(QStringLiteral("dcmqrscp"), {QStringLiteral("-c"), config.fileName()});
        QVERIFY(peer.waitForStarted());
        Limits limits = quickLimits();
        limits.answerSeconds = 20;
        Client client(nodeAt(port), limits);
        QTRY_VERIFY_WITH_TIMEOUT(client.echo().ok(), 5000 * NARU_TIME_FACTOR);
        std::vector<Instance> instances;
        for (int i = 0; i < 5; ++i)
            instances.push_back(toSend("2.25.32." + QByteArray::number(i + 1), 5000));
        const auto sent = client.store(instances);
        QVERIFY(sent.ok());
        for (const StoreOutcome &one : *sent)
            QCOMPARE(int(one.state), int(StoreOutcome::State::Stored));
        const Query study{Model::Study, Level::Study, {{0x0020000D, QStringLiteral("2.25.1")}}, {}};
        const auto found = client.find(study);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->matches.size(), std::size_t(1));
        std::atomic<int> kept{0};
        const auto keep = [&kept](const Received &) {
            ++kept;
            return naru::base::Status();
        };
        const auto got = client.get(study, {}, keep);
        QVERIFY2(got.ok(), got ? "" : qPrintable(got.error().toString()));
        QCOMPARE(got->completed, 5);
        QCOMPARE(kept.exchange(0), 5);
        ListenOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = ours;
        options.aeTitle = QStringLiteral("NARU");
        options.allowed = {{QStringLiteral("PEER"), {}}};
        options.limits = limits;
        Listener::Handlers handlers;
        handlers.received = keep;
        const auto listener = Listener::start(options, handlers);
        QVERIFY(listener.ok());
        const auto moved = client.move(study, QStringLiteral("NARU"));
        peer.kill();
        peer.waitForFinished();
        QVERIFY2(moved.ok(), moved ? "" : qPrintable(moved.error().toString()));
        QCOMPARE(moved->completed, 5);
        QCOMPARE(kept.load(), 5);
    }
};

QTEST_GUILESS_MAIN(DimseTools)
#include "tst_dimse_tools.moc"
