// Storage commitment (PS3.4 annex J): an archive that answers for some of the images only. The job says so,
// names them, and sends them again when it is asked to.
#include "ImageFixture.h"
#include "core/services/PacsService.h"
#include "tests/core/imaging/dimse/Peer.h"

#include <QSet>

using namespace naru;
using namespace naru::services;
using namespace dimsetest;

namespace {
constexpr quint16 StoreRq = 0x0001, FindRq = 0x0020, EventRq = 0x0100, ActionRq = 0x0130;
const QByteArray model = "1.2.840.10008.1.20.1", modelInstance = "1.2.840.10008.1.20.1.1",
                 ct = "1.2.840.10008.5.1.4.1.1.2";

QByteArray sequenceItem(const QByteArray &body)
{
    return implicitElement(0xFFFEE000, body);
}

QByteArray named(const QByteArray &uid, int reason = -1)
{
    QByteArray out = element(0x00081150, "UI", ct) + element(0x00081155, "UI", uid);
    if (reason >= 0)
        out += element(0x00081197, "US", word(quint16(reason)));
    return sequenceItem(out);
}

// Every value of `tag` in an explicit little endian data set.
QByteArrayList valuesOf(const QByteArray &bytes, const QByteArray &tag)
{
    QByteArrayList out;
    for (qsizetype at = bytes.indexOf(tag + "UI"); at >= 0; at = bytes.indexOf(tag + "UI", at + 1)) {
        QByteArray value = bytes.mid(at + 8, quint8(bytes[at + 6]));
        while (value.endsWith('\0'))
            value.chop(1);
        out.append(value);
    }
    return out;
}

struct Archive {
    QSet<QByteArray> refuses{}; // with reason 0112
    QSet<QByteArray> forgets{}; // neither committed nor failed
    bool reports = true; // on the association that asked
    bool answersActions = true;
    QByteArrayList stored{}; // in the order they came
    QList<QByteArrayList> asked{}; // what it was to answer for
    QByteArray transaction{};
    Peer peer{[this](Talk &talk, int) { serve(talk); }};

    QByteArray report() const
    {
        QByteArray good, bad;
        for (const QByteArray &uid : asked.last()) {
            if (refuses.contains(uid))
                bad += named(uid, 0x0112);
            else if (!forgets.contains(uid))
                good += named(uid);
        }
        return element(0x00081195, "UI", transaction)
            + (bad.isEmpty() ? QByteArray() : element(0x00081198, "SQ", bad))
            + (good.isEmpty() ? QByteArray() : element(0x00081199, "SQ", good));
    }
    QByteArray reportCommand() const
    {
        return commandSet({{0x0002, model}, {0x0100, word(EventRq)}, {0x0110, word(7)}, {0x0800, word(1)},
            {0x1000, modelInstance}, {0x1002, word(refuses.isEmpty() ? 1 : 2)}});
    }
    void serve(Talk &talk)
    {
        if (!talk.accept())
            return;
        for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
            if (heard.field == FindRq) {
                talk.say(heard.context, answer(heard, 0xA700));
            } else if (heard.field == StoreRq) {
                const QByteArray body = talk.hear().body;
                stored.append(valuesOf(body, QByteArray("\x08\0\x18\0", 4)));
                talk.say(heard.context, answer(heard, 0));
            } else if (heard.field == ActionRq) {
                const QByteArray body = talk.hear().body;
                transaction = valuesOf(body, QByteArray("\x08\0\x95\x11", 4)).value(0);
                asked.append(valuesOf(body, QByteArray("\x08\0\x55\x11", 4)));
                if (!answersActions)
                    return; // hangs up
                talk.say(heard.context, answer(heard, 0));
                if (!reports)
                    return; // nobody waits for a report on an association that is over
                talk.say(heard.context, reportCommand(), report());
            }
        }
        talk.raw(pduOf(6, QByteArray(4, '\0')));
    }
};
} // namespace

class TestServicesPacsCommit : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ImageClinic> m{};
    std::unique_ptr<Archive> m_archive{};
    QString m_job{};

    PacsService &pacs() { return m->profile->pacs(); }
    PacsJob run()
    {
        const auto done = pacs().run(m_job);
        if (!done)
            qWarning("%s", qPrintable(done.error().toString()));
        return done ? *done : PacsJob{};
    }
    static QByteArray uid(int number) { return "2.25.100.1." + QByteArray::number(number); }

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<test::ImageClinic>();
        m_archive = std::make_unique<Archive>();
        QVERIFY(m->openOffline());
        QCOMPARE(m->import({m->series(QStringLiteral("ct"), 6)}).stored, 6);
        PacsNode node;
        node.name = QStringLiteral("house");
        node.host = QStringLiteral("127.0.0.1");
        node.port = m_archive->peer.port();
        node.aeTitle = QStringLiteral("HOUSE");
        node.ourAeTitle = QStringLiteral("CLINIC");
        node.commitment = true;
        node.associations = 1;
        QVERIFY(pacs().setNode(node).ok());
        m_job = pacs().send(m->study().key, node.name).valueOr({});
        QVERIFY(!m_job.isEmpty());
    }
    void cleanup()
    {
        m.reset();
        m_archive.reset();
    }

    void allAnsweredFor()
    {
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("done"));
        QCOMPARE(job.committed, 6);
        QVERIFY(job.notCommitted.isEmpty() && !job.awaitsReport);
        QCOMPARE(m_archive->asked.last().size(), 6);
    }

    void someRefusedGoAgain()
    {
        m_archive->refuses = {uid(2), uid(5)};
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("failed"));
        QCOMPARE(job.lastError, QStringLiteral("services.PacsNotCommitted"));
        QCOMPARE(job.total, 6);
        QCOMPARE(job.done, 4);
        QCOMPARE(job.failed, 2);
        QCOMPARE(job.committed, 4);
        QCOMPARE(job.notCommitted.keys().join(QLatin1Char(' ')), QStringLiteral("2.25.100.1.2 2.25.100.1.5"));
        QCOMPARE(job.notCommitted.first(), 0x0112);
        QVERIFY(m->acts(QStringLiteral("pacs.send")).contains(QStringLiteral("pacs.send minor")));
        QCOMPARE(*pacs().runDue(), 0); // a person decides
        m_archive->stored.clear();
        m_archive->refuses.clear();
        QVERIFY(pacs().retry(m_job).ok());
        const PacsJob again = run();
        QCOMPARE(pacsStateKey(again.state), QStringLiteral("done"));
        QCOMPARE(m_archive->stored, (QByteArrayList{uid(2), uid(5)})); // these and no others
        QCOMPARE(m_archive->asked.last(), (QByteArrayList{uid(2), uid(5)}));
        QCOMPARE(again.committed, 6);
        QVERIFY(again.notCommitted.isEmpty());
        QVERIFY(again.lastError.isEmpty());
    }

    void leftOutIsNotAnsweredFor()
    {
        m_archive->forgets = {uid(3)};
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("failed"));
        QCOMPARE(job.notCommitted.keys(), QStringList{QString::fromLatin1(uid(3))});
        QCOMPARE(job.notCommitted.first(), 0);
    }

    // The report comes a while later, on an association of its own, to the listener.
    void laterReport_data()
    {
        QTest::addColumn<bool>("good");
        QTest::newRow("all") << true;
        QTest::newRow("some") << false;
    }
    void laterReport()
    {
        QFETCH(bool, good);
        m_archive->reports = false;
        PacsListen listen;
        listen.aeTitle = QStringLiteral("CLINIC");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(pacs().setListenSettings(listen).ok());
        const int port = pacs().startListening().valueOr(0);
        QVERIFY(port > 0);
        PacsJob job = run();
        QVERIFY2(job.state == PacsJob::State::Done, qPrintable(job.message));
        QVERIFY(job.awaitsReport);
        QCOMPARE(job.committed, -1);
        if (!good)
            m_archive->refuses = {uid(6)};
        Caller caller(port);
        QCOMPARE(int(caller.talk().ask("CLINIC", "HOUSE", {model})), 2);
        caller.talk().say(1, m_archive->reportCommand(), m_archive->report());
        QCOMPARE(int(caller.talk().hearCommand().status), 0);
        caller.hangUp();
        job = *pacs().job(m_job);
        QVERIFY(!job.awaitsReport);
        QCOMPARE(pacsStateKey(job.state), good ? QStringLiteral("done") : QStringLiteral("failed"));
        QCOMPARE(job.committed, good ? 6 : 5);
        if (good)
            return;
        QCOMPARE(job.lastError, QStringLiteral("services.PacsNotCommitted"));
        QCOMPARE(job.notCommitted.value(QString::fromLatin1(uid(6))), 0x0112);
        m_archive->stored.clear();
        m_archive->refuses.clear();
        m_archive->reports = true;
        QVERIFY(pacs().retry(m_job).ok());
        QCOMPARE(pacsStateKey(run().state), QStringLiteral("done"));
        QCOMPARE(m_archive->stored, QByteArrayList{uid(6)});
    }

    // Broken off when it was asked: what was sent is not sent again, and it is asked again.
    void askedAgain()
    {
        m_archive->answersActions = false;
        const PacsJob broken = run();
        QCOMPARE(pacsStateKey(broken.state), QStringLiteral("queued"));
        m_archive->answersActions = true;
        m_archive->stored.clear();
        QVERIFY(pacs().retry(m_job).ok());
        const PacsJob job = run();
        QCOMPARE(pacsStateKey(job.state), QStringLiteral("done"));
        QCOMPARE(job.committed, 6);
        QVERIFY(m_archive->stored.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServicesPacsCommit)
#include "tst_services_pacs_commit.moc"
