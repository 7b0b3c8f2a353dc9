// What archives do besides what they should: names whose character set is not said, lists too long for them,
// contexts that they refuse, reports of thousands, silence while they move.
#include "Peer.h"

#include "core/imaging/dimse/DimseClient.h"
#include "core/imaging/dimse/Errors.h"

#include <QTest>

using namespace naru::imaging::dimse;
using namespace dimsetest;

namespace {
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2";

Query studies()
{
    return {Model::Study, Level::Study, {{0x00100010, QStringLiteral("*")}, {0x0020000D, {}}},
        QStringLiteral("ISO_IR 192")};
}

QByteArray reportCommand()
{
    return commandSet({{0x0002, "1.2.840.10008.1.20.1"}, {0x0100, word(0x0100)}, {0x0110, word(7)},
        {0x0800, word(1)}, {0x1000, "1.2.840.10008.1.20.1.1"}, {0x1002, word(1)}});
}

// A report of transaction 2.25.99.
QByteArray wideSequence(quint32 tag, const QByteArray &items)
{
    return element(0x00081195, "UI", "2.25.99") + element(tag, "SQ", items);
}
} // namespace

class DimseArchives : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // What some archives write for ISO 2022 IR 149, and answers whose set is not said.
    void koreanAnswersOddlyDeclared_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("name");
        const QByteArray bare = "\xc8\xab^\xb1\xe6\xb5\xbf",
                         escaped = "\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf";
        QTest::newRow("ISO_IR 149") << QByteArray("ISO_IR 149") << bare;
        QTest::newRow("without escapes") << QByteArray("\\ISO 2022 IR 149") << bare;
        QTest::newRow("first of all") << QByteArray("ISO 2022 IR 149") << escaped;
        QTest::newRow("UTF-8") << QByteArray("ISO_IR 192") << QByteArray("홍^길동");
        QTest::newRow("EUC-KR, not said") << QByteArray() << bare;
        QTest::newRow("escapes, not said") << QByteArray() << escaped;
        QTest::newRow("UTF-8, not said") << QByteArray() << QByteArray("홍^길동");
        QTest::newRow("EUC-KR, called UTF-8") << QByteArray("ISO_IR 192") << bare;
        QTest::newRow("EUC-KR, called Latin") << QByteArray("ISO_IR 100") << bare;
    }
    void koreanAnswersOddlyDeclared()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, name);
        Peer peer([&](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            talk.say(heard.context, answer(heard, 0xFF00, true),
                (declared.isEmpty() ? QByteArray() : element(0x00080005, "CS", declared))
                    + element(0x00100010, "PN", name) + element(0x0020000D, "UI", "2.25.7"));
            talk.say(heard.context, answer(heard, 0));
            talk.releaseIfAsked();
        });
        const auto found = Client(nodeAt(peer.port()), quickLimits()).find(studies());
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->matches.size(), std::size_t(1));
        QCOMPARE(found->matches[0].value(0x00100010), QStringLiteral("홍^길동"));
    }

    // Some end a list that is too long for them with a warning, or in the middle: its beginning is an answer,
    // and it is said that there is more.
    void listsThatEndWithARemark_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("warning") << 0xB000;
        QTest::newRow("out of resources") << 0xA700;
        QTest::newRow("cancelled by itself") << 0xFE00;
    }
    void listsThatEndWithARemark()
    {
        QFETCH(int, status);
        Peer peer([status](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            for (const char *uid : {"2.25.1", "2.25.2", "2.25.3"})
                talk.say(heard.context, answer(heard, 0xFF00, true), element(0x0020000D, "UI", uid));
            talk.say(heard.context, answer(heard, quint16(status)));
            talk.releaseIfAsked();
        });
        const auto found = Client(nodeAt(peer.port()), quickLimits()).find(studies());
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->matches.size(), std::size_t(3));
        QVERIFY(found->more);
    }

    // More than ten thousand: those that fit are shown, C-CANCEL is sent, and it is said that there are more.
    void thousandsOfMatches()
    {
        constexpr int Many = 12'000, Most = 2000;
        std::atomic<bool> cancelled{false};
        Peer peer([&cancelled](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            std::jthread ear([&] { cancelled = talk.hearCommand().field == 0x0FFF; });
            for (int i = 0; i < Many && !cancelled; ++i)
                talk.say(heard.context, answer(heard, 0xFF00, true),
                    element(0x0020000D, "UI", "2.25." + QByteArray::number(i)));
            ear.join();
            talk.say(heard.context, answer(heard, 0xFE00));
            talk.releaseIfAsked();
        });
        Limits limits = quickLimits();
        limits.matches = Most;
        Client client(nodeAt(peer.port()), limits);
        const auto found = client.find(studies());
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->matches.size(), std::size_t(Most));
        QVERIFY(found->more);
        QVERIFY(cancelled);
    }

    // Of two kinds of image the node takes one: the other is told as what it is, and not tried again.
    void someContextsRefused()
    {
        const QByteArray mr = "1.2.840.10008.5.1.4.1.1.4";
        Peer peer([&mr](Talk &talk, int) {
            if (!talk.accept({mr}))
                return;
            for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand())
                talk.say(heard.context, answer(heard, 0));
            talk.raw(pduOf(6, QByteArray(4, '\0')));
        });
        Instance other = toSend("2.25.12.2");
        other.sopClass = QString::fromLatin1(mr);
        const auto outcomes = Client(nodeAt(peer.port()), quickLimits())
                                  .store({toSend("2.25.12.1"), other, toSend("2.25.12.3")});
        QVERIFY(outcomes.ok());
        QCOMPARE(int(outcomes->at(0).state), int(StoreOutcome::State::Stored));
        QCOMPARE(int(outcomes->at(1).state), int(StoreOutcome::State::Failed));
        QVERIFY2(outcomes->at(1).error.is(errors::Context), qPrintable(outcomes->at(1).error.toString()));
        QCOMPARE(int(outcomes->at(2).state), int(StoreOutcome::State::Stored));
        QCOMPARE(peer.visits(), 1);
    }

    // Storage commitment of a study of thousands: one question, one report, every name in it.
    void commitsThousands()
    {
        constexpr int Many = 12'000;
        std::atomic<int> asked{0};
        Peer peer([&asked](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            QByteArray body;
            while (!body.endsWith("2.25.13." + QByteArray::number(Many) + '\0')) {
                const Heard part = talk.hear();
                if (part.type != 4)
                    return;
                body += part.body;
            }
            QByteArray items;
            for (qsizetype at = body.indexOf("2.25.13."); at >= 0; at = body.indexOf("2.25.13.", at + 1)) {
                QByteArray uid = body.mid(at, body.indexOf('\0', at) - at);
                uid = uid.left(uid.indexOf('\xfe') < 0 ? uid.size() : uid.indexOf('\xfe'));
                ++asked;
                items += implicitElement(
                    0xFFFEE000, element(0x00081150, "UI", ct) + element(0x00081155, "UI", uid));
            }
            talk.say(heard.context, answer(heard, 0));
            talk.say(heard.context, reportCommand(), wideSequence(0x00081199, items));
            talk.hearCommand();
            talk.releaseIfAsked();
        });
        std::vector<InstanceName> names;
        for (int i = 1; i <= Many; ++i)
            names.push_back({QString::fromLatin1(ct), QStringLiteral("2.25.13.%1").arg(i)});
        Limits limits = quickLimits();
        limits.answerSeconds = 20;
        const auto report = Client(nodeAt(peer.port()), limits).commit(QStringLiteral("2.25.99"), names, 20);
        QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().toString()));
        QCOMPARE(asked.load(), Many);
        QCOMPARE(report->committed.size(), names.size());
        QVERIFY(report->failed.empty());
        QVERIFY(report->committed == names);
    }

    // An archive may move without a word until it is done; one that never is has a limit, and it is named.
    void movesInSilence_data()
    {
        QTest::addColumn<int>("patience");
        QTest::newRow("as long as it takes") << 20;
        QTest::newRow("too long") << 1;
    }
    void movesInSilence()
    {
        QFETCH(int, patience);
        Peer peer([patience](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            if (patience == 1) {
                talk.hear(); // until the other side gives up
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1300)); // longer than quickLimits() wait
            talk.say(heard.context, answer(heard, 0, false, {{0x1021, word(3)}, {0x1022, word(0)}}));
            talk.releaseIfAsked();
        });
        Limits limits = quickLimits();
        limits.moveSeconds = patience;
        const auto moved = Client(nodeAt(peer.port()), limits).move(studies(), QStringLiteral("NARU"));
        if (patience > 1) {
            QVERIFY2(moved.ok(), moved ? "" : qPrintable(moved.error().toString()));
            QCOMPARE(moved->completed, 3);
            return;
        }
        QVERIFY(!moved.ok());
        QVERIFY2(moved.error().is(errors::Timeout), qPrintable(moved.error().toString()));
        QCOMPARE(moved.error().arguments.value(QStringLiteral("seconds")), QStringLiteral("1"));
        QCOMPARE(moved.error().arguments.value(QStringLiteral("step")), QStringLiteral("C-MOVE"));
    }
};

QTEST_GUILESS_MAIN(DimseArchives)
#include "tst_dimse_archives.moc"
