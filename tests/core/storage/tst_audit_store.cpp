// The audit trail in its database: somebody with an SQLite shell is found out.
#include "StoreFixture.h"

#include "core/audit/Delivery.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace naru;

namespace {
struct Sender final : audit::AuditSender {
    int lines = 0;
    base::Status sendBatch(const QList<QByteArray> &batch, const base::WorkContext &) override
    {
        lines += int(batch.size());
        return {};
    }
};
} // namespace

class TestAuditStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void appendListOpen();
    void tamperingInTheFile_data();
    void tamperingInTheFile();
    void oldCopyPutBack();
    void anchorFileTouched();
    void purgeKeepsTheChain();
    void deliveryThroughTheStore();
    void verifySpeed();

private:
    void fill(int count)
    {
        QVERIFY(m_stores.database
                    ->inTransaction([&]() -> base::Status {
                        for (int i = 0; i < count; ++i)
                            NARU_TRY(m_stores.audit->append(test::event()));
                        return {};
                    })
                    .ok());
    }
    void reopen()
    {
        m_stores = {};
        m_stores = *storage::Stores::open(m_folder->path(), test::fixedSealer());
    }
    std::unique_ptr<QTemporaryDir> m_folder{};
    storage::Stores m_stores{};
};

void TestAuditStore::init()
{
    m_stores = {};
    m_folder = std::make_unique<QTemporaryDir>();
    reopen();
}

void TestAuditStore::appendListOpen()
{
    QCOMPARE(*m_stores.audit->verify(), (audit::TrailVerdict{0, true, {}, {}}));
    const audit::AuditEvent first = test::event(QStringLiteral("document.open"));
    QCOMPARE(*m_stores.audit->append(first), qint64(1));
    QCOMPARE(*m_stores.audit->append(test::event(QStringLiteral("login"))), qint64(2));
    QVERIFY2(!m_stores.audit->append(first).ok(), "the same event twice");
    storage::AuditFilter filter;
    QCOMPARE(m_stores.audit->list(filter)->first().act, QStringLiteral("login"));
    filter.act = QStringLiteral("document.*");
    const auto found = *m_stores.audit->list(filter);
    QCOMPARE(found.size(), 1);
    QCOMPARE(*m_stores.audit->open(found.first()), first);
    filter = {};
    filter.from = first.time.addDays(1);
    QVERIFY(m_stores.audit->list(filter)->isEmpty());
    filter = {};
    filter.beforeSequence = 2;
    QCOMPARE(m_stores.audit->list(filter)->size(), 1);
    reopen();
    QCOMPARE(*m_stores.audit->append(test::event()), qint64(3));
    QCOMPARE(*m_stores.audit->verify(), (audit::TrailVerdict{3, true, {}, {}}));
}

void TestAuditStore::tamperingInTheFile_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("bad");
    const auto row = [](const char *what, const char *sql, int bad) {
        QTest::newRow(what) << QString::fromLatin1(sql) << bad;
    };
    row("edited account", "UPDATE audit SET account = 'lee' WHERE sequence = 7", 7);
    row("edited time", "UPDATE audit SET recorded = '2020-01-01T00:00:00.000Z' WHERE sequence = 3", 3);
    row("edited payload",
        "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE sequence = 1) WHERE sequence = 9", 9);
    row("deleted", "DELETE FROM audit WHERE sequence = 5", 5);
    row("first deleted", "DELETE FROM audit WHERE sequence = 1", 1);
    row("truncated", "DELETE FROM audit WHERE sequence > 15", 16);
    row("emptied", "DELETE FROM audit", 1);
    row("emptied with ends", "DELETE FROM audit; DELETE FROM audit_end", 1);
    row("ends deleted", "DELETE FROM audit_end", 1);
    row("head put back",
        "DELETE FROM audit WHERE sequence > 15; UPDATE audit_end SET sequence = 15, mac = (SELECT mac FROM "
        "audit WHERE sequence = 15) WHERE which = 'head'",
        0);
    row("renumbered",
        "DELETE FROM audit WHERE sequence = 5; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 5",
        5);
}

void TestAuditStore::tamperingInTheFile()
{
    QFETCH(QString, sql);
    QFETCH(int, bad);
    fill(20);
    QVERIFY(m_stores.audit->saveAnchor().ok());
    QVERIFY(m_stores.audit->verify()->intact);
    QVERIFY(m_stores.database->execute(sql.toUtf8().constData()).ok());
    const auto verdict = m_stores.audit->verify();
    QVERIFY(verdict.ok());
    QVERIFY(!verdict->intact);
    QCOMPARE(*verdict->firstBad, qint64(bad));
}

void TestAuditStore::oldCopyPutBack()
{
    fill(10);
    const QString copy = m_folder->filePath(QStringLiteral("copy.db"));
    QVERIFY(m_stores.database->backupTo(copy).ok());
    fill(40);
    m_stores = {}; // writes the anchor
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(m_folder->filePath(QStringLiteral("naru.db") + QLatin1String(suffix)));
    QVERIFY(QFile::copy(copy, m_folder->filePath(QStringLiteral("naru.db"))));
    reopen();
    const auto verdict = *m_stores.audit->verify();
    QVERIFY(!verdict.intact);
    QCOMPARE(*verdict.firstBad, qint64(11));
    QCOMPARE(verdict.why, QStringLiteral("truncated"));
    // The evidence survives further work on the old copy.
    fill(200);
    QVERIFY(!m_stores.audit->saveAnchor().ok());
    reopen();
    QVERIFY(!m_stores.audit->verify()->intact);
}

void TestAuditStore::anchorFileTouched()
{
    fill(5);
    QVERIFY(m_stores.audit->saveAnchor().ok());
    const auto anchor = *m_stores.audit->currentAnchor();
    QFile file(m_folder->filePath(QStringLiteral("audit.head")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(20);
    file.write("?");
    file.close();
    QVERIFY(!m_stores.audit->verify()->intact);
    QVERIFY(QFile::remove(file.fileName()));
    QVERIFY(m_stores.audit->verify({anchor})->intact);
    QVERIFY(!m_stores.audit->verify({{anchor.sequence, QByteArray(32, 'x')}})->intact);
}

void TestAuditStore::purgeKeepsTheChain()
{
    const QDateTime now(QDate(2026, 11, 22), QTime(9, 0), Qt::UTC);
    for (const int daysAgo : {900, 800, 732, 700, 10}) {
        audit::AuditEvent event = test::event();
        event.time = now.addDays(-daysAgo);
        QVERIFY(m_stores.audit->append(event).ok());
    }
    QCOMPARE(*m_stores.audit->purge(now), qint64(0)); // not delivered: nothing may go
    QVERIFY(m_stores.audit->markDelivered({1, 2, 3, 4, 5}).ok());
    QCOMPARE(*m_stores.audit->purge(now), qint64(3));
    QCOMPARE(*m_stores.audit->verify(), (audit::TrailVerdict{2, true, {}, {}}));
    QCOMPARE(*m_stores.audit->append(test::event()), qint64(6));
    QVERIFY(m_stores.audit->verify()->intact);
    QVERIFY(m_stores.database->execute("DELETE FROM audit WHERE sequence = 4").ok());
    QCOMPARE(*m_stores.audit->verify()->firstBad, qint64(4));
}

void TestAuditStore::deliveryThroughTheStore()
{
    fill(70);
    Sender sender;
    QCOMPARE(audit::deliver(*m_stores.audit, sender, {}, {})->delivered, 70);
    QCOMPARE(sender.lines, 70);
    QCOMPARE(m_stores.audit->counts()->undelivered, 0);
    QVERIFY(m_stores.audit->verify()->intact);
}

// 100,000 records in at most 2 s without optimisation (about a year of a busy clinic).
void TestAuditStore::verifySpeed()
{
    constexpr int count = 100'000;
    // Written past append(), which seals and commits one by one; the chain is the same.
    auto head = m_stores.audit->head();
    audit::TrailRecord record;
    record.sealed = QByteArray(1200, 's');
    record.recorded = QStringLiteral("2026-11-22T09:00:00.000Z");
    record.account = record.place = record.subject = record.act = QStringLiteral("x");
    QVERIFY(
        m_stores.database
            ->inTransaction([&]() -> base::Status {
                NARU_TRY(m_stores.audit->append(test::event()));
                head = m_stores.audit->head();
                NARU_ASSIGN(storage::Statement row,
                    m_stores.database->prepare("INSERT INTO audit VALUES (?,?,?,?,?,?,?,?,?,?,1)"));
                for (int i = 1; i < count; ++i) {
                    record.uuid = QString::number(i);
                    const audit::TrailRecord next = audit::chain(*head, record);
                    row.bindAll(next.sequence, next.uuid, next.recorded, next.act, next.account, next.place,
                        next.subject, next.outcome, next.sealed, next.mac);
                    NARU_TRY(row.run());
                    row.reset();
                }
                const QByteArray key = test::fixedSealer()->seal(security::Purpose::AuditKeys,
                    {QStringLiteral("audit"), QStringLiteral("head%1").arg(count), QStringLiteral("key")},
                    head->key.view());
                NARU_ASSIGN(storage::Statement end,
                    m_stores.database->prepare(
                        "UPDATE audit_end SET sequence = ?, mac = ?, sealed_key = ? WHERE which = 'head'"));
                return end.bindAll(head->sequence, head->mac, key).run();
            })
            .ok());
    QElapsedTimer clock;
    clock.start();
    const auto verdict = *m_stores.audit->verify();
    const qint64 elapsed = clock.elapsed();
    QVERIFY2(verdict.intact, qPrintable(verdict.why));
    QCOMPARE(verdict.records, qint64(count));
    qInfo("%d records in %lld ms", count, elapsed);
    QVERIFY2(elapsed <= 2000 * NARU_TIME_FACTOR, "verify is too slow");
}

QTEST_GUILESS_MAIN(TestAuditStore)
#include "tst_audit_store.moc"
