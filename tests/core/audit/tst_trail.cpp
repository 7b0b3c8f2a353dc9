// The chain: whatever is done to the rows, verify() says so and names the first bad record.
#include "MemoryRows.h"

#include "core/audit/Delivery.h"
#include "core/audit/Errors.h"
#include "core/audit/EventBuilder.h"
#include "core/base/Errors.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace naru;
using audit::TrailRecord;
using test::MemoryRows;

namespace {
struct Sender final : audit::AuditSender {
    QList<QList<QByteArray>> batches{};
    int failAt = -1; // number of the batch that is not confirmed
    base::Status sendBatch(const QList<QByteArray> &lines, const base::WorkContext &) override
    {
        batches.push_back(lines);
        if (failAt >= 0 && batches.size() - 1 == failAt)
            return base::Error(base::errors::Io);
        return {};
    }
};

audit::AuditEvent event()
{
    audit::Session session;
    session.account = QStringLiteral("kim");
    session.host = QStringLiteral("pc1");
    return audit::EventBuilder(session).act(
        QStringLiteral("draft.create"), QStringLiteral("p1"), QStringLiteral("d1"));
}

void fill(MemoryRows &rows, int count)
{
    for (int i = 0; i < count; ++i)
        rows.add(QStringLiteral("patient.view"), event());
}
} // namespace

class TestTrail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void intact();
    void randomTampering();
    void rechainedWithTodaysKey();
    void truncationAgainstHeadAndAnchor();
    void rollbackAgainstAnchor();
    void stops();
    void deliversInBatches();
    void unconfirmedBatchIsSentAgainWhole();
};

void TestTrail::intact()
{
    MemoryRows rows;
    QCOMPARE(*audit::verify(rows), (audit::TrailVerdict{0, true, {}, {}}));
    fill(rows, 100);
    QCOMPARE(*audit::verify(rows), (audit::TrailVerdict{100, true, {}, {}}));
    QVERIFY(rows.markDelivered({5, 6}).ok());
    QVERIFY2(audit::verify(rows)->intact, "delivery is not part of the record");
}

void TestTrail::randomTampering()
{
    MemoryRows good;
    fill(good, 60);
    QRandomGenerator random(20261122);
    for (int round = 0; round < 2000; ++round) {
        MemoryRows rows;
        rows.records = good.records;
        rows.last = MemoryRows::copy(good.last);
        const int at = random.bounded(60);
        int expected = at + 1;
        TrailRecord &record = rows.records[at];
        switch (round % 12) {
        case 0:
            record.sealed[random.bounded(int(record.sealed.size()))] ^= char(1 << random.bounded(8));
            break;
        case 1:
            record.mac[random.bounded(32)] ^= char(1 << random.bounded(8));
            break;
        case 2:
            record.account = QStringLiteral("lee");
            break;
        case 3:
            record.recorded.chop(1);
            break;
        case 4:
            record.subject += QLatin1Char('x');
            break;
        case 5:
            record.outcome ^= 4;
            break;
        case 6: // text moved over a field border
            record.act += record.account;
            record.account.clear();
            break;
        case 7:
            rows.records.removeAt(at);
            break;
        case 8: { // two records change places and numbers
            const int other = (at + 1 + random.bounded(58)) % 60;
            std::swap(rows.records[at], rows.records[other]);
            std::swap(rows.records[at].sequence, rows.records[other].sequence);
            expected = qMin(at, other) + 1;
            break;
        }
        case 9: { // one record stands in for another
            const int other = (at + 1 + random.bounded(58)) % 60;
            const qint64 number = record.sequence;
            rows.records[at] = good.records[other];
            rows.records[at].sequence = number;
            break;
        }
        case 10: // the end cut off
            rows.records.resize(at);
            break;
        default: // renumbered after a deletion
            rows.records.removeAt(at);
            for (int i = at; i < rows.records.size(); ++i)
                --rows.records[i].sequence;
            break;
        }
        const auto verdict = audit::verify(rows);
        QVERIFY(verdict.ok());
        QVERIFY2(!verdict->intact, qPrintable(QStringLiteral("round %1 at %2").arg(round).arg(at)));
        QCOMPARE(*verdict->firstBad, qint64(expected));
    }
}

// Somebody who got hold of the key of the newest record rewrites an older one and all that follow.
void TestTrail::rechainedWithTodaysKey()
{
    MemoryRows rows;
    fill(rows, 30);
    const base::SecureBytes stolen = rows.last.key.clone();
    audit::TrailHead forged;
    forged.sequence = 9;
    forged.mac = rows.records[8].mac;
    forged.key = stolen.clone();
    rows.records[9].account = QStringLiteral("somebody else");
    for (int i = 9; i < 30; ++i)
        rows.records[i] = audit::chain(forged, rows.records[i]);
    rows.last = std::move(forged);
    const auto verdict = audit::verify(rows);
    QVERIFY(!verdict->intact);
    QCOMPARE(*verdict->firstBad, qint64(10));
}

void TestTrail::truncationAgainstHeadAndAnchor()
{
    MemoryRows rows;
    fill(rows, 20);
    const audit::TrailAnchor anchor{rows.last.sequence, rows.last.mac};
    rows.records.resize(15);
    QCOMPARE(*audit::verify(rows)->firstBad, qint64(16));
    rows.records.clear();
    QCOMPARE(*audit::verify(rows)->firstBad, qint64(1));
    MemoryRows fresh; // the whole trail replaced by a new, consistent one
    fill(fresh, 25);
    QVERIFY(audit::verify(fresh)->intact);
    fresh.records[4].sealed += ' ';
    QVERIFY(!audit::verify(fresh, {anchor})->intact);
}

void TestTrail::rollbackAgainstAnchor()
{
    MemoryRows rows;
    fill(rows, 20);
    MemoryRows old;
    old.records = rows.records;
    old.last = MemoryRows::copy(rows.last);
    fill(rows, 5);
    const audit::TrailAnchor newer{rows.last.sequence, rows.last.mac};
    QVERIFY2(audit::verify(old)->intact, "by itself an old copy looks fine");
    const auto verdict = audit::verify(old, {newer});
    QVERIFY(!verdict->intact);
    QCOMPARE(*verdict->firstBad, qint64(21));
    QCOMPARE(verdict->why, QStringLiteral("truncated"));
    QVERIFY(audit::verify(rows, {newer})->intact);
}

void TestTrail::stops()
{
    MemoryRows rows;
    fill(rows, 10);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(audit::verify(rows, {}, base::WorkContext(stop.get_token())).error().is(base::errors::Stopped));
}

void TestTrail::deliversInBatches()
{
    MemoryRows rows;
    fill(rows, 120);
    Sender sender;
    const auto report = audit::deliver(rows, sender, {}, {});
    QVERIFY(report.ok());
    QCOMPARE(report->delivered, 120);
    QCOMPARE(report->batches, 3);
    QCOMPARE(sender.batches[0].size(), 50);
    QCOMPARE(sender.batches[2].size(), 20);
    QVERIFY(sender.batches[1][0].contains("seq=\"51\""));
    QCOMPARE(audit::deliver(rows, sender, {}, {})->delivered, 0);
}

void TestTrail::unconfirmedBatchIsSentAgainWhole()
{
    MemoryRows rows;
    fill(rows, 120);
    Sender sender;
    sender.failAt = 1;
    const auto report = audit::deliver(rows, sender, {}, {});
    QVERIFY(report.error().is(audit::errors::NotDelivered));
    QVERIFY(report.error().has(base::errors::Io));
    QCOMPARE(rows.undelivered(1000)->size(), 70);
    sender.failAt = -1;
    QCOMPARE(audit::deliver(rows, sender, {}, {})->delivered, 70);
    QCOMPARE(sender.batches[2], sender.batches[1]); // the same lines with the same ids
}

QTEST_GUILESS_MAIN(TestTrail)
#include "tst_trail.moc"
