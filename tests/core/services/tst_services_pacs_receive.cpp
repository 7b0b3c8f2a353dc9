// What comes from the network when things go wrong: a full disc, senders that break off or send the same at
// once, other bytes under a known identifier, a port that is taken, callers that are not let in.
#include "ImageFixture.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/PacsService.h"
#include "tests/core/imaging/dimse/Peer.h"

#include <QScopeGuard>

#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <thread>
#include <unistd.h>

using namespace naru;
using namespace naru::services;
using namespace dimsetest;

namespace {
std::atomic<int> writesLeft{-1}; // into sealed image files; -1: no end of them
} // namespace

// In front of the C library's: image files end where a full disc would end them.
extern "C" ssize_t write(int descriptor, const void *bytes, size_t size)
{
    using Write = ssize_t (*)(int, const void *, size_t);
    static const auto real = reinterpret_cast<Write>(::dlsym(RTLD_NEXT, "write"));
    if (writesLeft.load() >= 0) {
        char link[64], path[512];
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        const ssize_t length = ::readlink(link, path, sizeof path - 1);
        const bool image = QByteArrayView(path, qMax<qsizetype>(0, length)).contains("/data/images/");
        if (image && writesLeft.fetch_sub(1) <= 0) {
            writesLeft = 0;
            errno = ENOSPC;
            return -1;
        }
    }
    return real(descriptor, bytes, size);
}

namespace {
constexpr quint16 StoreRq = 0x0001;
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2", echo = "1.2.840.10008.1.1";

PacsNode nodeOf(const char *name, const char *title, int port = 104)
{
    PacsNode node;
    node.name = QLatin1String(name);
    node.host = QStringLiteral("127.0.0.1");
    node.port = port;
    node.aeTitle = QLatin1String(title);
    node.ourAeTitle = QStringLiteral("CLINIC");
    return node;
}

QByteArray request(const QByteArray &uid)
{
    return commandSet({{0x0002, ct}, {0x0100, word(StoreRq)}, {0x0110, word(1)}, {0x0700, word(0)},
        {0x0800, word(1)}, {0x1000, uid}});
}
} // namespace

class TestServicesPacsReceive : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ImageClinic> m{}; // receives
    int m_port = 0;

    PacsService &pacs() { return m->profile->pacs(); }
    int here() { return m->images().studies().empty() ? 0 : m->images().studies().front().instances; }
    // What a sender is told of one instance.
    int stored(const test::TestInstance &one, const QByteArray &calling = "CLINIC")
    {
        Caller caller(m_port);
        if (caller.talk().ask("HOUSE", calling, {one.sopClass()}) != 2)
            return -1;
        caller.talk().say(1, request(one.sopUid), one.dataSet());
        return caller.talk().hearCommand().status;
    }
    // A clinic with `count` slices whose archive is `m`.
    std::unique_ptr<test::ImageClinic> sender(int count, const char *title)
    {
        auto out = std::make_unique<test::ImageClinic>();
        if (!out->openOffline() || out->import({out->series(QStringLiteral("ct"), count)}).stored != count)
            return {};
        PacsNode house = nodeOf("house", "HOUSE", m_port);
        house.ourAeTitle = QLatin1String(title);
        return out->profile->pacs().setNode(house) ? std::move(out) : nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<test::ImageClinic>();
        QVERIFY(m->openOffline());
        PacsListen listen;
        listen.aeTitle = QStringLiteral("HOUSE");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(pacs().setListenSettings(listen).ok());
        QVERIFY(pacs().setNode(nodeOf("clinic", "CLINIC")).ok());
        QVERIFY(pacs().setNode(nodeOf("second", "SECOND")).ok());
        m_port = pacs().startListening().valueOr(0);
        QVERIFY(m_port > 0);
    }
    void cleanup()
    {
        writesLeft = -1;
        m.reset();
    }

    void fullDisc()
    {
        const auto roomAgain = qScopeGuard([] { writesLeft = -1; });
        QCOMPARE(stored(test::slice(0)), 0);
        writesLeft = 0;
        QCOMPARE(stored(test::slice(1)), 0xA700); // out of resources: try again
        QCOMPARE(here(), 1);
        QVERIFY(pacs().arrivals().failed == 1);
        writesLeft = -1;
        QCOMPARE(stored(test::slice(1)), 0);
        QCOMPARE(here(), 2);
    }

    // In the middle of a study: what was told as stored is there, the rest comes when there is room.
    void fullDiscWithinAStudy()
    {
        const auto roomAgain = qScopeGuard([] { writesLeft = -1; });
        const auto clinic = sender(8, "CLINIC");
        QVERIFY(clinic);
        PacsService &sends = clinic->profile->pacs();
        const auto id = sends.send(clinic->study().key, QStringLiteral("house"));
        QVERIFY(id.ok());
        writesLeft = 9; // some sealed files
        const auto broken = sends.run(*id);
        QVERIFY(broken.ok());
        QCOMPARE(pacsStateKey(broken->state), QStringLiteral("queued")); // tried again by itself
        QVERIFY2(broken->done > 0 && broken->done < 8, qPrintable(QString::number(broken->done)));
        QCOMPARE(here(), broken->done); // no more and no less than was told
        QVERIFY2(broken->message.contains(QStringLiteral("A700")), qPrintable(broken->message));
        writesLeft = -1;
        QVERIFY(sends.retry(*id).ok());
        const auto whole = sends.run(*id);
        QVERIFY(whole.ok());
        QCOMPARE(pacsStateKey(whole->state), QStringLiteral("done"));
        QCOMPARE(here(), 8);
    }

    // Cut off in the data set: nothing of it is kept, and nobody else notices.
    void breaksOffWithinADataSet()
    {
        const QByteArray set = test::slice(0).dataSet();
        for (const bool aborts : {true, false}) {
            Caller caller(m_port);
            QCOMPARE(int(caller.talk().ask("HOUSE", "CLINIC", {ct})), 2);
            caller.talk().say(1, request(test::slice(0).sopUid));
            caller.talk().data(1, set.left(set.size() / 2), false);
            if (aborts)
                caller.talk().raw(pduOf(7, QByteArray(4, '\0')));
            caller.hangUp();
        }
        QTRY_VERIFY(m->acts(QStringLiteral("pacs.receive")).size() == 2);
        QCOMPARE(here(), 0);
        for (const QString &act : m->acts(QStringLiteral("pacs.receive")))
            QCOMPARE(act, QStringLiteral("pacs.receive minor"));
        QCOMPARE(stored(test::slice(0)), 0);
        QCOMPARE(here(), 1);
    }

    void twoSendTheSameStudy()
    {
        const auto first = sender(12, "CLINIC"), second = sender(12, "SECOND");
        QVERIFY(first && second);
        std::array<QString, 2> states{};
        {
            std::vector<std::jthread> both;
            int place = 0;
            for (test::ImageClinic *one : {first.get(), second.get()}) {
                both.emplace_back([one, &state = states[std::size_t(place++)]] {
                    PacsService &sends = one->profile->pacs();
                    const auto id = sends.send(one->study().key, QStringLiteral("house"));
                    const auto ran = id ? sends.run(*id) : base::Result<PacsJob>(id.error());
                    state = ran ? pacsStateKey(ran->state) : QString();
                });
            }
        }
        for (const QString &state : states)
            QCOMPARE(state, QStringLiteral("done"));
        QCOMPARE(m->images().studies().size(), std::size_t(1));
        QCOMPARE(here(), 12); // each once
        QCOMPARE(pacs().arrivals().kept, 24);
    }

    // The same identifier with other pixels: both are kept, apart, and the first is what it was.
    void otherBytesUnderAKnownIdentifier()
    {
        QCOMPARE(stored(test::slice(0)), 0);
        const QString first = m->study().key;
        QCOMPARE(stored(test::slice(0, {.shade = 3})), 0);
        const auto all = m->images().studies();
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(m->images().study(first)->instances, 1);
        QCOMPARE(m->images().study(first)->version, 1);
        QCOMPARE(all[0].version + all[1].version, 3);
        QCOMPARE(stored(test::slice(0, {.shade = 3})), 0); // once more: known
        QCOMPARE(m->images().studies().size(), std::size_t(2));
    }

    void noImageAtAll()
    {
        Caller caller(m_port);
        QCOMPARE(int(caller.talk().ask("HOUSE", "CLINIC", {ct})), 2);
        caller.talk().say(1, request("2.25.9"), QByteArray(500, '\x7F'));
        const int status = caller.talk().hearCommand().status;
        QVERIFY2(status == 0xC000, qPrintable(QString::number(status, 16))); // never again, please
        QCOMPARE(here(), 0);
    }

    void portThatIsTaken()
    {
        test::ImageClinic other;
        QVERIFY(other.openOffline());
        PacsListen listen = pacs().listenSettings();
        listen.port = m_port;
        QVERIFY(other.profile->pacs().setListenSettings(listen).ok());
        const auto taken = other.profile->pacs().startListening();
        QVERIFY(!taken.ok() && taken.error().is(imaging::dimse::errors::Listen));
        QCOMPARE(taken.error().arguments.value(QStringLiteral("port")), QString::number(m_port));
        QVERIFY(!taken.error().arguments.value(QStringLiteral("why")).isEmpty());
        QVERIFY(!other.profile->pacs().isListening());
        // Free again the moment the other ends, with connections that are still closing.
        QCOMPARE(stored(test::slice(0)), 0);
        pacs().stopListening();
        QCOMPARE(other.profile->pacs().startListening().valueOr(0), m_port);
        other.profile->pacs().stopListening();
        listen.port = 0;
        QCOMPARE(pacs().setListenSettings(listen).ok(), true);
        m_port = pacs().startListening().valueOr(0);
        QCOMPARE(stored(test::slice(1)), 0);
    }

    // PS3.8 9.3.4: permanent, by the service user, and which of the two titles it was.
    void titlesThatAreNotKnown()
    {
        QByteArray why;
        QCOMPARE(int(Caller(m_port).talk().ask("SOMEBODY", "CLINIC", {echo}, &why)), 3);
        QCOMPARE(why, QByteArray("\0\1\1\7", 4));
        QCOMPARE(int(Caller(m_port).talk().ask("HOUSE", "STRANGER", {echo}, &why)), 3);
        QCOMPARE(why, QByteArray("\0\1\1\3", 4));
        QCOMPARE(int(Caller(m_port).talk().ask("HOUSE", "CLINIC", {echo}, &why)), 2);
    }

    // Eight at once; the ninth is told that there is no room for now, and gets in when one has left.
    void asManyAsThereIsRoomFor()
    {
        std::vector<std::unique_ptr<Caller>> callers;
        for (int i = 0; i < 8; ++i) {
            callers.push_back(std::make_unique<Caller>(m_port));
            QCOMPARE(int(callers.back()->talk().ask("HOUSE", "CLINIC", {echo})), 2);
        }
        QByteArray why;
        QCOMPARE(int(Caller(m_port).talk().ask("HOUSE", "CLINIC", {echo}, &why)), 3);
        QCOMPARE(why, QByteArray("\0\2\3\2", 4)); // transient: local limit exceeded
        const auto clinic = sender(1, "CLINIC");
        QVERIFY(clinic);
        const auto steps = clinic->profile->pacs().test(QStringLiteral("house"));
        QVERIFY(steps && !steps->back().ok && steps->back().error.is(imaging::dimse::errors::Busy));
        callers.pop_back();
        bool in = false;
        QTRY_VERIFY((in = in || Caller(m_port).talk().ask("HOUSE", "CLINIC", {echo}) == 2));
    }
};

QTEST_GUILESS_MAIN(TestServicesPacsReceive)
#include "tst_services_pacs_receive.moc"
