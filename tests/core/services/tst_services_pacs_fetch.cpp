// Fetching from archives as they are: lists that are cut short, some images that do not come, breaks in the
// middle, "out of resources", other bytes under a known identifier. What is missing is named and can be
// fetched; nothing that is missing is called done.
#include "ImageFixture.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/PacsService.h"
#include "core/services/pacs/PacsDetails.h"
#include "tests/core/imaging/dimse/Peer.h"

#include <QSet>

#include <algorithm>

using namespace naru;
using namespace naru::services;
using namespace dimsetest;

namespace {
constexpr quint16 StoreRq = 0x0001, GetRq = 0x0010, FindRq = 0x0020, MoveRq = 0x0021;
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2", study = "2.25.100", series = "2.25.100.1";

// The values of UI attribute `tag` (as its bytes stand) in an explicit little endian identifier.
QByteArrayList valuesOf(const QByteArray &bytes, const QByteArray &tag)
{
    const qsizetype at = bytes.indexOf(tag + "UI");
    if (at < 0)
        return {};
    QByteArray value = bytes.mid(at + 8, quint8(bytes[at + 6]) + 256 * quint8(bytes[at + 7]));
    while (value.endsWith('\0'))
        value.chop(1);
    return value.isEmpty() ? QByteArrayList() : value.split('\\');
}

struct Archive {
    std::vector<test::TestInstance> has{};
    QSet<QByteArray> withholds{}; // says that it failed to send them
    bool namesThem = true;
    int lists = -1; // as many instances at most, without a word; -1: all
    quint16 listEnds = 0; // status at the end of a list of instances
    int counts = -1; // instances of the study, as it says; -1: says nothing
    quint16 refuses = 0; // status of C-GET and C-MOVE
    int breaksAfter = -1; // images
    QByteArrayList offersNot{}; // abstract syntaxes
    int storeAt = 0; // port of the place that C-MOVE sends to
    QList<QByteArrayList> asked{}; // UIDs of each C-GET or C-MOVE; empty: the whole
    Peer peer{[this](Talk &talk, int) { serve(talk); }};

    void serve(Talk &talk)
    {
        if (!talk.accept(offersNot))
            return;
        for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
            const QByteArray body = talk.hear().body;
            if (heard.field == FindRq)
                list(talk, heard, body);
            else if (!send(talk, heard, body))
                return;
        }
        talk.raw(pduOf(6, QByteArray(4, '\0')));
    }
    void list(Talk &talk, const Heard &heard, const QByteArray &body) const
    {
        const auto match = [&](const QByteArray &set) {
            talk.say(heard.context, answer(heard, 0xFF00, true), set);
        };
        quint16 end = 0;
        if (body.contains("IMAGE")) {
            const int most = lists < 0 ? int(has.size()) : lists;
            for (int i = 0; i < qMin(most, int(has.size())); ++i)
                match(element(0x00080016, "UI", ct) + element(0x00080018, "UI", has[std::size_t(i)].sopUid)
                    + element(0x0020000D, "UI", study) + element(0x0020000E, "UI", series));
            end = listEnds;
        } else if (body.contains("SERIES")) {
            match(element(0x0020000D, "UI", study) + element(0x0020000E, "UI", series));
        } else {
            match(element(0x0020000D, "UI", study)
                + (counts < 0 ? QByteArray() : element(0x00201208, "IS", QByteArray::number(counts))));
        }
        talk.say(heard.context, answer(heard, end));
    }
    static bool store(Talk &talk, quint8 context, const test::TestInstance &one)
    {
        talk.say(context,
            commandSet({{0x0002, ct}, {0x0100, word(StoreRq)}, {0x0110, word(9)}, {0x0700, word(0)},
                {0x0800, word(1)}, {0x1000, one.sopUid}}),
            one.dataSet());
        return talk.hearCommand().status == 0;
    }
    bool send(Talk &talk, const Heard &heard, const QByteArray &body)
    {
        asked.append(valuesOf(body, QByteArray("\x08\0\x18\0", 4)));
        if (refuses != 0) {
            talk.say(heard.context, answer(heard, refuses));
            return true;
        }
        std::unique_ptr<Caller> far;
        if (heard.field == MoveRq) {
            far = std::make_unique<Caller>(storeAt);
            far->talk().ask("CLINIC", "HOUSE", {ct});
        }
        quint16 good = 0, bad = 0;
        QByteArrayList failed;
        for (const test::TestInstance &one : has) {
            if (!asked.last().isEmpty() && !asked.last().contains(one.sopUid))
                continue;
            if (good == breaksAfter)
                return false; // hangs up
            const bool sent = !withholds.contains(one.sopUid)
                && (far ? store(far->talk(), 1, one) : store(talk, talk.contextOf(ct), one));
            ++(sent ? good : bad);
            if (!sent)
                failed.append(one.sopUid);
        }
        const bool data = bad > 0 && namesThem;
        talk.say(heard.context,
            answer(heard, bad > 0 ? 0xB000 : 0, data, {{0x1021, word(good)}, {0x1022, word(bad)}}),
            data ? element(0x00080058, "UI", failed.join('\\')) : QByteArray());
        return true;
    }
};
} // namespace

class TestServicesPacsFetch : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ImageClinic> m{};
    std::unique_ptr<Archive> m_archive{};
    QString m_job{};

    PacsService &pacs() { return m->profile->pacs(); }
    PacsNode node(const QString &retrieve = QStringLiteral("get"))
    {
        PacsNode out;
        out.name = QStringLiteral("house");
        out.host = QStringLiteral("127.0.0.1");
        out.port = m_archive->peer.port();
        out.aeTitle = QStringLiteral("HOUSE");
        out.ourAeTitle = QStringLiteral("CLINIC");
        out.retrieve = retrieve;
        return out;
    }
    PacsJob run()
    {
        const auto done = pacs().run(m_job);
        if (!done)
            qWarning("%s", qPrintable(done.error().toString()));
        return done ? *done : PacsJob{};
    }
    PacsJob again() { return pacs().retry(m_job) ? run() : PacsJob{}; }
    int here()
    {
        int out = 0;
        for (const StudyRow &row : m->images().studies())
            out += row.instances;
        return out;
    }
    static QByteArray uid(int number) { return series + '.' + QByteArray::number(number); }
    static QStringList names(const QByteArrayList &uids)
    {
        QStringList out;
        for (const QByteArray &one : uids)
            out.append(QString::fromLatin1(one));
        return out;
    }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<test::ImageClinic>();
        m_archive = std::make_unique<Archive>();
        for (int i = 0; i < 6; ++i)
            m_archive->has.push_back(test::slice(i));
        QVERIFY(m->openOffline());
        QVERIFY(pacs().setNode(node()).ok());
        m_job = pacs().fetch(node().name, QString::fromLatin1(study)).valueOr({});
        QVERIFY(!m_job.isEmpty());
    }
    void cleanup()
    {
        m.reset();
        m_archive.reset();
    }

    void whatFailedIsNamedAndFetched()
    {
        m_archive->withholds = {uid(2), uid(5)};
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("queued")); // by itself, later
        QCOMPARE(job.lastError, QStringLiteral("services.PacsIncomplete"));
        QVERIFY(job.nextAttempt > QDateTime::currentDateTimeUtc());
        QCOMPARE(job.done, 4);
        QCOMPARE(job.failed, 2);
        QCOMPARE(job.missing, names({uid(2), uid(5)}));
        m_archive->withholds.clear();
        m_archive->asked.clear();
        const PacsJob whole = again();
        QCOMPARE(pacsStateKey(whole.state), QStringLiteral("done"));
        QCOMPARE(m_archive->asked, QList<QByteArrayList>{QByteArrayList({uid(2), uid(5)})}); // no others
        QVERIFY(whole.missing.isEmpty());
        QCOMPARE(here(), 6);
    }

    // The same by C-MOVE: the images come on an association of the archive's own.
    void movedInPart()
    {
        PacsListen listen;
        listen.aeTitle = QStringLiteral("CLINIC");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(pacs().setListenSettings(listen).ok());
        QVERIFY(pacs().setNode(node(QStringLiteral("move"))).ok());
        m_archive->storeAt = pacs().startListening().valueOr(0);
        m_archive->withholds = {uid(6)};
        const PacsJob job = run();
        QCOMPARE(job.lastError, QStringLiteral("services.PacsIncomplete"));
        QCOMPARE(job.missing, names({uid(6)}));
        QCOMPARE(here(), 5);
        m_archive->withholds.clear();
        QCOMPARE(pacsStateKey(again().state), QStringLiteral("done"));
        QCOMPARE(m_archive->asked.last(), QByteArrayList{uid(6)});
        QCOMPARE(here(), 6);
    }

    // An archive that lists no instances and says nothing of their number: what it failed to send is missing.
    void withoutAnyList_data()
    {
        QTest::addColumn<bool>("names");
        QTest::newRow("names what failed") << true;
        QTest::newRow("only counts it") << false;
    }
    void withoutAnyList()
    {
        QFETCH(bool, names);
        m_archive->lists = 0;
        m_archive->namesThem = names;
        m_archive->withholds = {uid(3)};
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("queued"));
        QCOMPARE(job.lastError, QStringLiteral("services.PacsIncomplete"));
        QCOMPARE(job.done, 5);
        QCOMPARE(job.failed, 1);
        QCOMPARE(job.missing, names ? TestServicesPacsFetch::names({uid(3)}) : QStringList());
        m_archive->withholds.clear();
        QCOMPARE(pacsStateKey(again().state), QStringLiteral("done"));
        QCOMPARE(here(), 6);
    }

    // A list that ends early, with or without saying so, does not make the study shorter.
    void listCutShort_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("counts");
        QTest::newRow("without a word") << 0 << 6;
        QTest::newRow("out of resources") << 0xA700 << -1;
        QTest::newRow("with a warning") << 0xB000 << -1;
    }
    void listCutShort()
    {
        QFETCH(int, status);
        QFETCH(int, counts);
        m_archive->lists = 2;
        m_archive->listEnds = quint16(status);
        m_archive->counts = counts;
        const PacsJob job = run();
        QVERIFY2(job.state == PacsJob::State::Done, qPrintable(job.message));
        QCOMPARE(here(), 6);
        QCOMPARE(m_archive->asked, QList<QByteArrayList>{QByteArrayList()}); // the whole study
    }

    // A count that is older than the list keeps nobody from being done; one that fails still does.
    void countThatIsOld()
    {
        m_archive->counts = 9;
        const PacsJob job = run();
        QVERIFY2(job.state == PacsJob::State::Done, qPrintable(job.message));
        QCOMPARE(job.total, 6);
        QCOMPARE(here(), 6);
    }
    void countThatIsOldAndOneThatFails()
    {
        m_archive->counts = 9;
        m_archive->withholds = {uid(1)};
        const PacsJob job = run();
        QCOMPARE(job.lastError, QStringLiteral("services.PacsIncomplete"));
        QCOMPARE(job.missing, names({uid(1)}));
        QCOMPARE(job.total, 6);
    }

    void outOfResourcesIsOfTheMoment()
    {
        for (const quint16 status : {quint16(0xA701), quint16(0xA702)}) {
            m_archive->refuses = status;
            const PacsJob job = pacs().retry(m_job) ? run() : PacsJob{};
            QCOMPARE(pacsStateKey(job.state), QStringLiteral("queued"));
            QCOMPARE(job.lastError, QStringLiteral("dimse.Status"));
            QVERIFY2(job.message.contains(QString::number(status, 16).toUpper()), qPrintable(job.message));
        }
        m_archive->refuses = 0;
        QCOMPARE(pacsStateKey(again().state), QStringLiteral("done"));
    }
    void refusedForGood()
    {
        m_archive->refuses = 0xA900; // identifier does not match SOP class
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("failed"));
        QCOMPARE(job.lastError, QStringLiteral("dimse.Status"));
    }

    // No C-GET: tried again by itself it would be refused again. A person chooses the other way.
    void notOffered()
    {
        m_archive->offersNot = {"1.2.840.10008.5.1.4.1.2.2.3"};
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("failed"));
        QCOMPARE(job.lastError, QStringLiteral("dimse.Context"));
        QCOMPARE(job.reason.value(QStringLiteral("what")), QStringLiteral("C-GET"));
    }

    void brokenOffInTheMiddle()
    {
        m_archive->breaksAfter = 4;
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("queued"));
        QVERIFY2(job.lastError.startsWith(QLatin1String("dimse.")), qPrintable(job.lastError));
        QCOMPARE(here(), 4); // what came is kept
        QCOMPARE(job.done, 4);
        QCOMPARE(job.missing, names({uid(5), uid(6)}));
        m_archive->breaksAfter = -1;
        QCOMPARE(pacsStateKey(again().state), QStringLiteral("done"));
        QCOMPARE(m_archive->asked.last(), (QByteArrayList{uid(5), uid(6)}));
    }

    // One SOP instance UID with two contents: both are kept, the newcomer apart, and the job says so.
    void otherBytesAreKeptApartAndTold()
    {
        QCOMPARE(pacsStateKey(run().state), QStringLiteral("done"));
        QCOMPARE(pacs().job(m_job)->conflicts, 0);
        m_archive->has[0] = test::slice(0, {.shade = 3});
        m_archive->has.push_back(test::slice(6));
        m_archive->lists = 2; // so that the whole study is asked for
        m_archive->counts = 7;
        m_job = pacs().fetch(node().name, QString::fromLatin1(study)).valueOr({});
        const PacsJob job = run();
        QVERIFY2(job.state == PacsJob::State::Done, qPrintable(job.message));
        QCOMPARE(job.conflicts, 1);
        const auto all = m->images().studies();
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(here(), 8);
        QVERIFY(std::any_of(all.begin(), all.end(),
            [](const StudyRow &row) { return row.version == 2 && row.instances == 1; }));
    }

    // Spaces around a title mean nothing, neither in the settings nor from a caller.
    void titlesWithSpaces()
    {
        PacsNode spaced = node();
        spaced.aeTitle = QStringLiteral("HOUSE  ");
        spaced.ourAeTitle = QStringLiteral(" CLINIC");
        QVERIFY(pacs().setNode(spaced).ok());
        PacsListen listen;
        listen.aeTitle = QStringLiteral("CLINIC ");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(pacs().setListenSettings(listen).ok());
        const int port = pacs().startListening().valueOr(0);
        QVERIFY(port > 0);
        for (const QByteArray &calling :
            {QByteArray("HOUSE"), QByteArray("  HOUSE"), QByteArray("HOUSE").leftJustified(16, '\0')}) {
            Caller caller(port);
            QCOMPARE(int(caller.talk().ask("CLINIC", calling, {ct})), 2);
        }
        QCOMPARE(pacsStateKey(run().state), QStringLiteral("done"));
    }

    // What an error says beside its code is still there another day.
    void reasonIsKept()
    {
        base::Error error(imaging::dimse::errors::Timeout, {},
            {{QStringLiteral("node"), QStringLiteral("house")},
                {QStringLiteral("seconds"), QStringLiteral("30")},
                {QStringLiteral("step"), QStringLiteral("C-FIND")}});
        PacsDetails details;
        details.note(error);
        details.missing = QStringList{QStringLiteral("2.25.1")};
        const PacsDetails again = PacsDetails::fromJson(details.toJson());
        QCOMPARE(again.reason, error.arguments);
        QCOMPARE(again.missing, details.missing);
        details.note(base::Status());
        QVERIFY(details.reason.isEmpty() && details.message.isEmpty());
    }

    // More names than a report had room for once.
    void reportOfThousands()
    {
        constexpr int Many = 25'000;
        PacsDetails details;
        imaging::dimse::Commitment report;
        for (int i = 0; i < Many; ++i) {
            const QString uid = QStringLiteral("2.25.7.%1").arg(i);
            details.sent.insert(uid);
            if (i > 0)
                report.committed.push_back({QString::fromLatin1(ct), uid});
        }
        details.total = Many;
        details.take(report);
        QCOMPARE(details.committed, Many - 1);
        QCOMPARE(details.refused.keys(), QStringList{QStringLiteral("2.25.7.0")}); // left out is not answered
    }
};

QTEST_GUILESS_MAIN(TestServicesPacsFetch)
#include "tst_services_pacs_fetch.moc"
