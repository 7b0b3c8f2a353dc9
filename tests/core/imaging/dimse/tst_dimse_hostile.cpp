// Peers that lie, stall and break off: one clear error each, in time, and the next question works.
#include "Peer.h"

#include "core/imaging/dimse/DimseClient.h"
#include "core/imaging/dimse/DimseListener.h"
#include "core/imaging/dimse/Errors.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <QtEndian>

using namespace naru::imaging::dimse;
using namespace dimsetest;

namespace {
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2";
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool Sanitized = true;
#else
constexpr bool Sanitized = false;
#endif

Query studies()
{
    return {Model::Study, Level::Study, {{0x00100010, {}}, {0x0020000D, {}}}, {}};
}

// The peer does `hostile` with the first connection and answers the second as it should.
naru::base::Status findFrom(const Peer::Script &hostile, Limits limits, FindResult *result = nullptr)
{
    Peer peer([&hostile](Talk &talk, int visit) {
        if (visit == 0) {
            hostile(talk, visit);
            return;
        }
        if (!talk.accept())
            return;
        const Heard heard = talk.hearCommand();
        talk.say(heard.context, answer(heard, 0));
        talk.releaseIfAsked();
    });
    Client client(nodeAt(peer.port()), std::move(limits));
    const auto found = client.find(studies());
    if (found && result)
        *result = *found;
    if (const auto after = client.echo(); !after)
        return naru::base::Error(after.error().code, QStringLiteral("the next question failed"));
    return found ? naru::base::Status() : naru::base::Status(found.error());
}

QByteArray nested(int depth)
{
    QByteArray out;
    for (int i = 0; i < depth; ++i)
        out += QByteArray("\x08\x00\x99\x11SQ\0\0\xff\xff\xff\xff", 12)
            + QByteArray("\xfe\xff\x00\xe0\xff\xff\xff\xff", 8);
    for (int i = 0; i < depth; ++i)
        out += QByteArray("\xfe\xff\x0d\xe0\0\0\0\0", 8) + QByteArray("\xfe\xff\xdd\xe0\0\0\0\0", 8);
    return out;
}
} // namespace

class DimseHostile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneClearError_data()
    {
        QTest::addColumn<Peer::Script>("script");
        QTest::addColumn<QStringList>("codes");
        using S = Peer::Script;
        const auto row = [](const char *name, const S &script, const QStringList &codes) {
            QTest::newRow(name) << script << codes;
        };
        const QString garbage = QStringLiteral("dimse.Garbage"), lost = QStringLiteral("dimse.Lost"),
                      aborted = QStringLiteral("dimse.Aborted"), timeout = QStringLiteral("dimse.Timeout"),
                      tooLarge = QStringLiteral("dimse.TooLarge"),
                      rejected = QStringLiteral("dimse.ItsTitle");
        const auto afterQuery = [](const std::function<void(Talk &, const Heard &)> &act) -> S {
            return [act](Talk &talk, int) {
                if (!talk.accept())
                    return;
                const Heard heard = talk.hearCommand();
                talk.hear();
                act(talk, heard);
                talk.hear(); // until the other side ends it
            };
        };
        row("web server", [](Talk &talk, int) { talk.raw("HTTP/1.1 400 Bad Request\r\n\r\n"); }, {garbage});
        row("closes at once", [](Talk &, int) {}, {lost, aborted});
        row("says nothing", [](Talk &talk, int) { talk.read(1 << 20); }, {timeout});
        row("half a header", [](Talk &talk, int) { talk.raw("\2"), talk.read(1 << 20); }, {timeout, lost});
        row("accept of 4 GB",
            [](Talk &talk, int) {
                talk.read(10);
                talk.raw(QByteArray("\2\0\xff\xff\xff\xf0", 6) + QByteArray(1000, 'x'));
                talk.read(1 << 20);
            },
            {garbage, lost});
        row("accept full of lies",
            [](Talk &talk, int) {
                talk.read(10);
                talk.raw(pduOf(
                    2, QByteArray(68, 'A') + QByteArray("\x21\0\xff\xff", 4) + QByteArray(100, '\x21')));
                talk.read(1 << 20);
            },
            {garbage, lost, aborted});
        row("rejects",
            [](Talk &talk, int) {
                quint8 type = 0;
                talk.pdu(&type);
                talk.raw(pduOf(3, QByteArray("\0\1\1\7", 4)));
            },
            {rejected});
        row("aborts after one match", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(heard.context, answer(heard, 0xFF00, true), element(0x0020000D, "UI", "2.25.1"));
            talk.raw(pduOf(7, QByteArray("\0\0\2\0", 4)));
        }),
            {aborted});
        row("closes in mid-answer", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(heard.context, answer(heard, 0xFF00, true));
            talk.raw(QByteArray("\4\0\0\0\x10\0", 6));
        }),
            {lost, timeout});
        row("piece longer than its message", afterQuery([](Talk &talk, const Heard &) {
            talk.raw(pduOf(4, QByteArray("\0\0\xff\xff\1\3", 6) + QByteArray(50, 'x')));
        }),
            {garbage, lost});
        row("piece of length zero",
            afterQuery([](Talk &talk, const Heard &) { talk.raw(pduOf(4, QByteArray("\0\0\0\0", 4))); }),
            {garbage, lost});
        row("command that is none", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(heard.context, QByteArray(200, '\xff'));
        }),
            {garbage});
        row("answer to another question", afterQuery([](Talk &talk, const Heard &heard) {
            Heard other = heard;
            other.id = quint16(heard.id + 7);
            talk.say(heard.context, answer(other, 0));
        }),
            {garbage});
        row("another context", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(quint8(heard.context + 100), answer(heard, 0));
        }),
            {garbage, lost});
        row("10,000 nested sequences", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(heard.context, answer(heard, 0xFF00, true), nested(10'000));
        }),
            {garbage});
        row("element longer than the answer", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(heard.context, answer(heard, 0xFF00, true),
                QByteArray("\x10\0\x10\0UT\0\0\xff\xff\xff\x7f", 12) + "x");
        }),
            {garbage});
        row("endless answer", afterQuery([](Talk &talk, const Heard &heard) {
            talk.say(heard.context, answer(heard, 0xFF00, true));
            for (int i = 0; i < 1000; ++i)
                talk.data(heard.context, QByteArray(16'000, 'x'), false);
        }),
            {tooLarge});
    }

    void oneClearError()
    {
        QFETCH(Peer::Script, script);
        QFETCH(QStringList, codes);
        QElapsedTimer timer;
        timer.start();
        const naru::base::Status found = findFrom(script, quickLimits());
        QVERIFY(!found.ok());
        const QString code = QString::fromLatin1(found.error().code.id);
        QVERIFY2(codes.contains(code), qPrintable(found.error().toString()));
        QCOMPARE(found.error().arguments.value(QStringLiteral("node")), QStringLiteral("peer"));
        QVERIFY(!found.error().arguments.value(QStringLiteral("step")).isEmpty());
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    }

    void endlessMatchesAreCutShort()
    {
        Limits limits = quickLimits();
        limits.matches = 20;
        FindResult result;
        const auto found = findFrom(
            [](Talk &talk, int) {
                if (!talk.accept())
                    return;
                const Heard heard = talk.hearCommand();
                talk.hear();
                for (int i = 0; i < 5000; ++i) // hears no C-CANCEL
                    talk.say(heard.context, answer(heard, 0xFF00, true), element(0x0020000D, "UI", "2.25.1"));
            },
            limits, &result);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(result.matches.size(), std::size_t(20));
        QVERIFY(result.more);
    }

    // CVE-2026-50003: a UID that would be a path. Nothing is handed over, and the sender is told.
    void pathAsUid_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::newRow("path") << QByteArray("../../../tmp/evil");
        QTest::newRow("absolute") << QByteArray("/etc/cron.d/x");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("long") << QByteArray(200, '1');
        QTest::newRow("other instance") << QByteArray("2.25.999");
    }

    void pathAsUid()
    {
        QFETCH(QByteArray, uid);
        std::atomic<int> status{-1}, handedOver{0};
        Peer peer([&](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            const QByteArray file = instance("2.25.3.1");
            talk.say(talk.contextOf(ct),
                commandSet(
                    {{0x0002, ct}, {0x0100, word(1)}, {0x0110, word(9)}, {0x0800, word(1)}, {0x1000, uid}}),
                file.mid(file.indexOf(element(0x00080005, "CS", "ISO_IR 192"))));
            status = talk.hearCommand().status;
            talk.say(heard.context, answer(heard, 0xB000, false, {{0x1022, word(1)}}));
            talk.releaseIfAsked();
        });
        Client client(nodeAt(peer.port()), quickLimits());
        const auto done = client.get(studies(), {QString::fromLatin1(ct)}, [&](const Received &) {
            ++handedOver;
            return naru::base::Status();
        });
        QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().toString()));
        QCOMPARE(handedOver.load(), 0);
        QVERIFY2(status == 0x0117 || status == 0xC000, qPrintable(QString::number(status, 16)));
        QCOMPARE(done->failed, 1);
    }

    void instanceBeyondTheLimit()
    {
        Peer peer([](Talk &talk, int) {
            if (!talk.accept())
                return;
            talk.hearCommand();
            talk.hear();
            talk.say(talk.contextOf(ct),
                commandSet({{0x0002, ct}, {0x0100, word(1)}, {0x0110, word(9)}, {0x0800, word(1)},
                    {0x1000, "2.25.3.1"}}));
            for (int i = 0; i < 1000; ++i)
                talk.data(talk.contextOf(ct), QByteArray(16'000, 'x'), false);
            talk.hear();
        });
        Limits limits = quickLimits();
        limits.instanceBytes = 1 << 20;
        const auto done = Client(nodeAt(peer.port()), limits)
                              .get(studies(), {QString::fromLatin1(ct)},
                                  [](const Received &) { return naru::base::Status(); });
        QVERIFY(!done.ok());
        QVERIFY2(done.error().is(errors::TooLarge), qPrintable(done.error().toString()));
    }

    void listenerSurvives()
    {
        ListenOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = 0;
        options.aeTitle = QStringLiteral("NARU");
        options.allowed = {{QStringLiteral("NARU"), {}}};
        options.limits = quickLimits();
        std::atomic<int> kept{0};
        Listener::Handlers handlers;
        handlers.received = [&kept](const Received &) {
            ++kept;
            return naru::base::Status();
        };
        const auto listener = Listener::start(options, handlers);
        QVERIFY(listener.ok());
        for (const QByteArray &bytes : {QByteArray("GET / HTTP/1.1\r\n\r\n"), QByteArray(),
                 QByteArray("\1\0\xff\xff\xff\xff", 6), pduOf(1, QByteArray(500, '\x20'))}) {
            QProcess hostile;
            hostile.start(QStringLiteral("python3"),
                {QStringLiteral("-c"),
                    QStringLiteral("import socket,sys;s=socket.create_connection(('127.0.0.1',%1));"
                                   "s.sendall(bytes.fromhex('%2'));s.settimeout(0.3)\ntry: s.recv(9)\n"
                                   "except OSError: pass")
                        .arg((*listener)->port())
                        .arg(QString::fromLatin1(bytes.toHex()))});
            QVERIFY(hostile.waitForFinished(5000 * NARU_TIME_FACTOR));
        }
        Node node = nodeAt((*listener)->port());
        node.calledAe = QStringLiteral("NARU");
        const auto sent = Client(node, quickLimits()).store({toSend("2.25.4.1")});
        QVERIFY(sent.ok());
        QCOMPARE(int(sent->front().state), int(StoreOutcome::State::Stored));
        QCOMPARE(kept.load(), 1);
    }

    // Callers that say more than they may, or nothing at all: each is hung up on in time, and the others are
    // served meanwhile.
    void callers_data()
    {
        using Act = std::function<void(Talk &)>;
        QTest::addColumn<Act>("act");
        const QByteArray storage = commandSet({{0x0002, ct}, {0x0100, word(1)}, {0x0110, word(1)},
            {0x0700, word(0)}, {0x0800, word(1)}, {0x1000, "2.25.5.1"}});
        const auto row = [](const char *name, const Act &act) { QTest::newRow(name) << act; };
        const auto asked = [](Talk &talk) { return talk.ask("NARU", "NARU", {ct}) == 2; };
        row("silent from the start", [](Talk &) {});
        row("half a request", [](Talk &talk) { talk.raw(pduOf(1, QByteArray(200, 'x')).left(60)); });
        row("PDU of 4 GB", [asked](Talk &talk) {
            if (asked(talk))
                talk.raw(QByteArray("\4\0\xff\xff\xff\xf0", 6) + QByteArray(200'000, 'x'));
        });
        row("PDU beyond what was agreed", [asked, storage](Talk &talk) {
            if (!asked(talk))
                return;
            talk.say(1, storage);
            const quint32 size = 8'000'000;
            QByteArray piece("\0\0\0\0\1\2", 6);
            qToBigEndian(size - 4, piece.data());
            talk.raw(pduOf(4, piece + QByteArray(size - 6, 'x')));
        });
        row("silent within the data set", [asked, storage](Talk &talk) {
            if (!asked(talk))
                return;
            talk.say(1, storage);
            talk.data(1, QByteArray(1000, 'x'), false);
        });
        row("data without a command", [asked](Talk &talk) {
            if (asked(talk))
                talk.data(1, QByteArray(1000, 'x'));
        });
    }
    void callers()
    {
        QFETCH(std::function<void(Talk &)>, act);
        ListenOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = 0;
        options.aeTitle = QStringLiteral("NARU");
        options.allowed = {{QStringLiteral("NARU"), {}}};
        options.limits = quickLimits();
        options.associations = 2;
        std::atomic<int> kept{0};
        Listener::Handlers handlers;
        handlers.received = [&kept](const Received &) {
            ++kept;
            return naru::base::Status();
        };
        const auto listener = Listener::start(options, handlers);
        QVERIFY(listener.ok());
        Caller hostile((*listener)->port());
        act(hostile.talk());
        Node node = nodeAt((*listener)->port());
        node.calledAe = QStringLiteral("NARU");
        const auto sent = Client(node, quickLimits()).store({toSend("2.25.4.1")});
        QVERIFY(sent.ok());
        QCOMPARE(int(sent->front().state), int(StoreOutcome::State::Stored));
        QElapsedTimer timer;
        timer.start();
        quint8 type = 1;
        while (type != 0 && timer.elapsed() < 10'000) // A-ABORT or nothing, then the end
            hostile.talk().pdu(&type);
        QCOMPARE(int(type), 0);
        QVERIFY2(timer.elapsed() < 4000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(kept.load(), 1); // nothing of it
    }

    void cage_data()
    {
        QTest::addColumn<QStringList>("act");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("work") << QStringList{QStringLiteral("work"), QStringLiteral("asker")} << true;
        QTest::newRow("connect") << QStringList{QStringLiteral("socket"), QStringLiteral("asker")} << true;
        for (const char *act : {"read", "write", "exec", "fork", "unix", "listen"})
            QTest::newRow(act) << QStringList{QLatin1String(act), QStringLiteral("asker")} << false;
        QTest::newRow("provider connects") << QStringList{QStringLiteral("socket")} << false;
    }

    void cage()
    {
        if (Sanitized)
            QSKIP("sanitizers cannot live in the cage");
        QFETCH(QStringList, act);
        QFETCH(bool, allowed);
        QProcess child;
        child.start(QStringLiteral(NARU_BINARY_DIR "/tests/evil_dimse"), act);
        QVERIFY(child.waitForFinished(5000 * NARU_TIME_FACTOR));
        const bool done = child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0;
        QCOMPARE(done, allowed);
        QVERIFY(child.exitCode() != 3 || child.exitStatus() != QProcess::NormalExit);
    }
};

QTEST_GUILESS_MAIN(DimseHostile)
#include "tst_dimse_hostile.moc"
