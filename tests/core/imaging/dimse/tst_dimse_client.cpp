// The asker against a peer that behaves: echo, answers in Korean, counts, statuses, and sending that goes on
// after a break.
#include "Peer.h"

#include "core/imaging/dimse/DimseTeam.h"
#include "core/imaging/dimse/Errors.h"

#include <QMutex>
#include <QTest>

#include <algorithm>

using namespace naru::imaging::dimse;
using namespace dimsetest;

namespace {
const QByteArray findStudy = "1.2.840.10008.5.1.4.1.2.2.1", getStudy = "1.2.840.10008.5.1.4.1.2.2.3",
                 ct = "1.2.840.10008.5.1.4.1.1.2";

Query studies()
{
    return {Model::Study, Level::Study, {{0x00100010, QStringLiteral("*")}, {0x0020000D, {}}},
        QStringLiteral("ISO_IR 192")};
}

QByteArray storeRequest(const QByteArray &uid, quint16 id)
{
    return commandSet({{0x0002, ct}, {0x0100, word(1)}, {0x0110, word(id)}, {0x0700, word(0)},
        {0x0800, word(1)}, {0x1000, uid}});
}

std::vector<Instance> manyInstances(int count)
{
    std::vector<Instance> out;
    for (int i = 1; i <= count; ++i)
        out.push_back(toSend("2.25.11." + QByteArray::number(i), 2000));
    return out;
}

// Accepts an association and all it brings; counts by UID.
void takeAll(Talk &talk, QMutex &mutex, QMap<QByteArray, int> &taken)
{
    if (!talk.accept())
        return;
    for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
        const qsizetype at = heard.body.indexOf("2.25.11.");
        const QByteArray rest = heard.body.mid(at);
        {
            const QMutexLocker lock(&mutex);
            ++taken[rest.left(rest.indexOf('\0') < 0 ? rest.size() : rest.indexOf('\0'))];
        }
        talk.say(heard.context, answer(heard, 0));
    }
    talk.raw(pduOf(6, QByteArray(4, '\0')));
}

QByteArray dataSetOf(const QByteArray &file)
{
    return file.mid(file.indexOf(element(0x00080005, "CS", "ISO_IR 192")));
}
} // namespace

class DimseClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void echo()
    {
        Peer peer([](Talk &talk, int) {
            if (talk.accept()) {
                const Heard heard = talk.hearCommand();
                talk.say(heard.context, answer(heard, 0));
                talk.releaseIfAsked();
            }
        });
        Client client(nodeAt(peer.port()), quickLimits());
        QVERIFY(client.echo().ok());
        QVERIFY(client.echo().ok()); // the same child again
        const std::vector<TestStep> steps = client.test();
        QCOMPARE(steps.back().step, QStringLiteral("echo"));
        QVERIFY(steps.back().ok);
    }

    void testNamesTheStep()
    {
        Node node = nodeAt(1);
        QCOMPARE(Client(node, quickLimits()).test().back().step, QStringLiteral("tcp"));
        node.host = QStringLiteral("no-such-host.invalid");
        QCOMPARE(Client(node, quickLimits()).test().back().step, QStringLiteral("dns"));
        node.calledAe = QStringLiteral("MUCH TOO LONG A TITLE");
        QCOMPARE(Client(node, quickLimits()).test().back().step, QStringLiteral("settings"));
    }

    void koreanAnswers()
    {
        Peer peer([](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            talk.say(heard.context, answer(heard, 0xFF00, true),
                element(0x00080005, "CS", "\\ISO 2022 IR 149")
                    + element(0x00100010, "PN", "Hong^Gildong==\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf")
                    + element(0x0020000D, "UI", "2.25.7"));
            talk.say(heard.context, answer(heard, 0xFF01, true),
                element(0x00080005, "CS", "ISO_IR 192") + element(0x00100010, "PN", "김^영희")
                    + element(0x0020000D, "UI", "../2.25.8"));
            talk.say(heard.context, answer(heard, 0));
            talk.releaseIfAsked();
        });
        const auto found = Client(nodeAt(peer.port()), quickLimits()).find(studies());
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QCOMPARE(found->matches.size(), std::size_t(2));
        QCOMPARE(found->matches[0].value(0x00100010), QStringLiteral("Hong^Gildong==홍^길동"));
        QCOMPARE(found->matches[0].value(0x0020000D), QStringLiteral("2.25.7"));
        QCOMPARE(found->matches[1].value(0x00100010), QStringLiteral("김^영희"));
        QVERIFY(!found->matches[1].contains(0x0020000D)); // no UID, so no answer
        QVERIFY(!found->more);
    }

    void refusedStatusIsNamed()
    {
        Peer peer([](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            talk.say(heard.context, answer(heard, 0xA700, false, {{0x0902, "out of memory"}}));
            talk.releaseIfAsked();
        });
        const auto found = Client(nodeAt(peer.port()), quickLimits()).find(studies());
        QVERIFY(!found.ok());
        QVERIFY(found.error().is(errors::Status));
        QCOMPARE(found.error().arguments.value(QStringLiteral("status")), QStringLiteral("A700"));
        QCOMPARE(found.error().arguments.value(QStringLiteral("step")), QStringLiteral("C-FIND"));
        QCOMPARE(found.error().arguments.value(QStringLiteral("node")), QStringLiteral("peer"));
    }

    // The bytes of the question as they go out, in both writings of Korean; '*' and '?' are no part of it.
    void koreanQuestions_data()
    {
        QTest::addColumn<QString>("characterSet");
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("UTF-8") << QStringLiteral("ISO_IR 192") << QByteArray("ISO_IR 192")
                               << QByteArray("*홍*길?*");
        QTest::newRow("KS X 1001") << QStringLiteral("ISO 2022 IR 149") << QByteArray("\\ISO 2022 IR 149")
                                   << QByteArray("*\x1b$)C\xc8\xab*\xb1\xe6?*");
    }
    void koreanQuestions()
    {
        QFETCH(QString, characterSet);
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, name);
        QByteArray asked;
        Peer peer([&asked](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            asked = talk.hear().body;
            talk.say(heard.context, answer(heard, 0));
            talk.releaseIfAsked();
        });
        Query query = studies();
        query.characterSet = characterSet;
        query.keys.front().value = QStringLiteral("*홍*길?*");
        QCOMPARE(query.keys.front().tag, 0x00100010U);
        const auto found = Client(nodeAt(peer.port()), quickLimits()).find(query);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QVERIFY2(asked.contains(element(0x00080005, "CS", declared)), asked.toHex(' '));
        QVERIFY2(asked.contains(element(0x00100010, "PN", name)), asked.toHex(' '));
    }

    void destinationUnknown()
    {
        Peer peer([](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            talk.say(heard.context, answer(heard, 0xA801));
            talk.releaseIfAsked();
        });
        const auto moved = Client(nodeAt(peer.port()), quickLimits()).move(studies(), QStringLiteral("NARU"));
        QVERIFY(!moved.ok());
        QVERIFY2(moved.error().is(errors::Destination), qPrintable(moved.error().toString()));
        QCOMPARE(moved.error().arguments.value(QStringLiteral("title")), QStringLiteral("NARU"));
        QCOMPARE(moved.error().arguments.value(QStringLiteral("node")), QStringLiteral("peer"));
    }

    // Bytes unchanged, counts as the node says, the answer as the receiver decides.
    void getsInstances()
    {
        std::vector<quint16> told;
        Peer peer([&told](Talk &talk, int) {
            if (!talk.accept())
                return;
            const Heard heard = talk.hearCommand();
            talk.hear();
            for (quint16 i = 0; i < 3; ++i) {
                const QByteArray uid = "2.25.3." + QByteArray::number(i);
                talk.say(talk.contextOf(ct), storeRequest(uid, quint16(100 + i)), dataSetOf(instance(uid)));
                told.push_back(talk.hearCommand().status);
            }
            talk.say(heard.context,
                answer(heard, 0xB000, true, {{0x1021, word(2)}, {0x1022, word(1)}, {0x1023, word(0)}}),
                element(0x00080058, "UI", "2.25.3.1"));
            talk.releaseIfAsked();
        });
        std::vector<QByteArray> came;
        const auto receive = [&came](const Received &one) -> naru::base::Status {
            if (one.sopUid == QLatin1String("2.25.3.1"))
                return errors::NotKept;
            came.push_back(QByteArray(one.part10.constData(), one.part10.size()));
            return {};
        };
        Client client(nodeAt(peer.port()), quickLimits());
        const auto done = client.get(studies(), {QString::fromLatin1(ct)}, receive);
        QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().toString()));
        QCOMPARE(told, (std::vector<quint16>{0, 0xA700, 0}));
        QCOMPARE(done->completed, 2);
        QCOMPARE(done->failed, 1);
        QCOMPARE(done->status, 0xB000);
        QCOMPARE(done->failedUids, QStringList{QStringLiteral("2.25.3.1")});
        QCOMPARE(came.size(), std::size_t(2));
        QCOMPARE(came[1].mid(128, 4), QByteArray("DICM"));
        QVERIFY(came[1].endsWith(dataSetOf(instance("2.25.3.2"))));
    }

    // Stored, with a warning, refused for good, refused for now and then taken: each is told as what it is.
    void storeTellsEachOutcome()
    {
        std::atomic<int> refusals{0};
        Peer peer([&refusals](Talk &talk, int) {
            if (!talk.accept())
                return;
            for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
                const bool first = heard.body.contains("2.25.9.4") && refusals++ == 0;
                const quint16 status = heard.body.contains("2.25.9.2") ? 0xB007
                    : heard.body.contains("2.25.9.3")                  ? 0xC000
                    : first                                            ? 0xA700
                                                                       : 0;
                talk.say(heard.context, answer(heard, status));
            }
            talk.raw(pduOf(6, QByteArray(4, '\0')));
        });
        Client client(nodeAt(peer.port()), quickLimits());
        const auto outcomes =
            client.store({toSend("2.25.9.1"), toSend("2.25.9.2"), toSend("2.25.9.3"), toSend("2.25.9.4")});
        QVERIFY(outcomes.ok());
        using State = StoreOutcome::State;
        QCOMPARE(int(outcomes->at(0).state), int(State::Stored));
        QCOMPARE(int(outcomes->at(1).state), int(State::Warning));
        QCOMPARE(int(outcomes->at(2).state), int(State::Failed));
        QCOMPARE(outcomes->at(2).status, 0xC000);
        QCOMPARE(int(outcomes->at(3).state), int(State::Stored));
    }

    // The node vanishes in the middle: what it has taken is not sent again, the rest is.
    void storeGoesOnAfterABreak()
    {
        std::atomic<int> taken{0};
        Peer peer([&taken](Talk &talk, int visit) {
            if (!talk.accept())
                return;
            int here = 0;
            for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
                if (visit == 0 && here++ == 3)
                    return; // closes in mid-association
                talk.say(heard.context, answer(heard, 0));
                ++taken;
            }
            talk.raw(pduOf(6, QByteArray(4, '\0')));
        });
        std::vector<Instance> instances;
        for (int i = 0; i < 10; ++i)
            instances.push_back(toSend("2.25.10." + QByteArray::number(i + 1), 100'000));
        Client client(nodeAt(peer.port()), quickLimits());
        const auto outcomes = client.store(instances);
        QVERIFY(outcomes.ok());
        for (const StoreOutcome &one : *outcomes)
            QCOMPARE(int(one.state), int(StoreOutcome::State::Stored));
        QCOMPARE(taken.load(), 10);
        QCOMPARE(peer.visits(), 2);
    }

    // Three associations to a node that serves one after the other: each instance once, each outcome in its
    // place.
    void teamStoresEachOnce()
    {
        QMutex mutex;
        QMap<QByteArray, int> taken;
        Peer peer([&](Talk &talk, int) { takeAll(talk, mutex, taken); });
        const std::vector<Instance> instances = manyInstances(40);
        int told = 0;
        const auto outcomes = storeTogether(
            nodeAt(peer.port()), quickLimits(), instances, {}, [&told](const StoreOutcome &) { ++told; });
        QVERIFY2(outcomes.ok(), outcomes ? "" : qPrintable(outcomes.error().toString()));
        for (std::size_t i = 0; i < instances.size(); ++i) {
            QCOMPARE(outcomes->at(i).sopUid, instances[i].sopUid);
            QCOMPARE(int(outcomes->at(i).state), int(StoreOutcome::State::Stored));
        }
        QCOMPARE(taken.size(), 40);
        QCOMPARE(*std::max_element(taken.cbegin(), taken.cend()), 1);
        QCOMPARE(told, 40);
        QCOMPARE(peer.visits(), 3);
    }

    // A node that grants one association at a time: what the others were to carry goes over one.
    void teamOfOneWhereNoMoreAreGranted()
    {
        constexpr int Attempts = 3, Others = UsualAssociations - 1;
        QMutex mutex;
        QMap<QByteArray, int> taken;
        Peer peer([&](Talk &talk, int visit) {
            if (visit >= 1 && visit <= Attempts * Others) {
                quint8 type = 0;
                talk.pdu(&type);
                talk.raw(pduOf(3, QByteArray("\0\2\3\1", 4))); // transient: temporary congestion
                return;
            }
            takeAll(talk, mutex, taken);
        });
        const std::vector<Instance> instances = manyInstances(30);
        const auto outcomes =
            storeTogether(nodeAt(peer.port()), quickLimits(), instances, {}, {}, UsualAssociations, Attempts);
        QVERIFY(outcomes.ok());
        for (const StoreOutcome &one : *outcomes)
            QCOMPARE(int(one.state), int(StoreOutcome::State::Stored));
        QCOMPARE(taken.size(), 30);
        QCOMPARE(*std::max_element(taken.cbegin(), taken.cend()), 1);
    }

    // A node that takes associations and then says nothing costs a few waits, not one for each instance.
    void silentNodeIsGivenUp()
    {
        Peer peer([](Talk &talk, int) {
            if (talk.accept())
                talk.read(1 << 24);
        });
        Limits limits = quickLimits();
        Client client(nodeAt(peer.port()), limits);
        const auto outcomes = client.store(manyInstances(20), {}, {}, 1);
        QVERIFY(outcomes.ok());
        QVERIFY(peer.visits() <= 2);
        for (const StoreOutcome &one : *outcomes) {
            QCOMPARE(int(one.state), int(StoreOutcome::State::Failed));
            QVERIFY(one.error.is(errors::Timeout));
        }
    }

    void stopIsPrompt()
    {
        Peer peer([](Talk &talk, int) {
            talk.accept();
            talk.hear();
            talk.read(1 << 20);
        });
        std::stop_source stop;
        std::jthread later([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            stop.request_stop();
        });
        Limits limits = quickLimits();
        limits.answerSeconds = 30;
        const auto echoed =
            Client(nodeAt(peer.port()), limits).echo(naru::base::WorkContext(stop.get_token()));
        QVERIFY(!echoed.ok());
        QVERIFY(echoed.error().is(errors::Stopped));
    }
};

QTEST_GUILESS_MAIN(DimseClient)
#include "tst_dimse_client.moc"
