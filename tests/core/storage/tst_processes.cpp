// Several processes on one profile, and processes that die in the middle of writing.
#include "StoreFixture.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace naru;

namespace {
storage::Stores openStores(const QString &folder)
{
    auto stores = storage::Stores::open(folder, test::fixedSealer());
    return stores ? *stores : storage::Stores{};
}

// Runs `body` in a child process; its return value is the exit status. The child never returns into Qt Test.
template <typename F> pid_t spawn(F &&body)
{
    const pid_t pid = ::fork();
    if (pid == 0)
        ::_exit(body());
    return pid;
}

int statusOf(pid_t pid)
{
    int status = -1;
    ::waitpid(pid, &status, 0);
    return status;
}
} // namespace

class TestProcesses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writersTakeTurns();
    void killedWhileWriting();
    void draftOfADeadEditorIsAnOrphan();
    void leaseEndsWithItsHolder();
};

void TestProcesses::writersTakeTurns()
{
    QTemporaryDir folder;
    QVERIFY(openStores(folder.path()).database);
    constexpr int children = 3, each = 60;
    QList<pid_t> pids;
    for (int child = 0; child < children; ++child) {
        pids << spawn([&] {
            storage::DatabaseOptions options;
            options.checkpointPages = 15; // many checkpoints, many chances to collide
            const auto stores = storage::Stores::open(folder.path(), test::fixedSealer(), {}, options);
            if (!stores)
                return 1;
            for (int i = 0; i < each; ++i) {
                if (!stores->outbox->enqueue(
                        test::outboxItem(QStringLiteral("%1.%2").arg(child).arg(i)), test::event()))
                    return 2;
            }
            return 0;
        });
    }
    for (const pid_t pid : pids)
        QCOMPARE(statusOf(pid), 0);
    const auto stores = openStores(folder.path());
    QCOMPARE(stores.outbox->list()->size(), children * each);
    QCOMPARE(*stores.audit->verify(), (audit::TrailVerdict{children * each, true, {}, {}}));
    QVERIFY(stores.database->check().ok());
}

void TestProcesses::killedWhileWriting()
{
    QTemporaryDir folder;
    QVERIFY(openStores(folder.path()).database);
    QRandomGenerator random(20261122);
    QElapsedTimer clock;
    clock.start();
    QStringList acknowledged;
    // Fifty kills, and as many more as it takes on a busy machine until there is enough to look for.
    for (int round = 0; round < 50 || (acknowledged.size() <= 50 && round < 1000); ++round) {
        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const pid_t pid = spawn([&] {
            const auto stores = openStores(folder.path());
            if (!stores.database)
                return 1;
            for (int i = 0;; ++i) {
                const auto id = stores.outbox->enqueue(
                    test::outboxItem(QStringLiteral("%1.%2").arg(round).arg(i)), test::event());
                if (!id)
                    return 2;
                storage::StoredDocument document;
                document.patientKey = QStringLiteral("p1");
                document.documentUniqueId = *id;
                // Only what has returned is promised.
                const QByteArray line = id->toLatin1() + '\n';
                if (::write(pipe[1], line.constData(), std::size_t(line.size())) != line.size()
                    || !stores.documents->put(document, QByteArray(3000, 'd')))
                    return 3;
            }
        });
        ::close(pipe[1]);
        ::usleep(useconds_t(random.bounded(2'000, 60'000)));
        ::kill(pid, SIGKILL);
        const int status = statusOf(pid);
        QVERIFY2(WIFSIGNALED(status), "the writer failed by itself");
        QFile out;
        QVERIFY(out.open(pipe[0], QIODevice::ReadOnly, QFile::AutoCloseHandle));
        for (const QByteArray &line : out.readAll().split('\n')) {
            if (!line.isEmpty())
                acknowledged << QString::fromLatin1(line);
        }
    }
    const auto stores = openStores(folder.path());
    QVERIFY(stores.database);
    QVERIFY(stores.database->check().ok());
    const auto items = *stores.outbox->list();
    QSet<QString> present;
    for (const storage::OutboxItem &item : items)
        present.insert(item.id);
    QVERIFY2(acknowledged.size() > 50, "the children got to write something");
    for (const QString &id : acknowledged)
        QVERIFY2(present.contains(id), "an acknowledged item is lost");
    const auto verdict = *stores.audit->verify();
    QVERIFY2(verdict.intact, qPrintable(verdict.why));
    QCOMPARE(verdict.records, qint64(items.size())); // each item with its record, no record without item
    const auto documents = *stores.documents->byPatient(QStringLiteral("p1"));
    for (const storage::StoredDocument &document : documents)
        QCOMPARE(
            stores.documents->bytes(document.id)->size(), 3000); // a row never names a missing or torn file
    QVERIFY(stores.documents->sweepOrphans(0).ok());
    qInfo("%lld items, %lld acknowledged, %lld ms", qint64(items.size()), qint64(acknowledged.size()),
        clock.elapsed());
}

void TestProcesses::draftOfADeadEditorIsAnOrphan()
{
    QTemporaryDir folder;
    const pid_t pid = spawn([&] {
        const auto stores = openStores(folder.path());
        const auto id = stores.drafts->create(
            QStringLiteral("kim"), QStringLiteral("p1"), clinical::Form::Referral, "{}");
        return id && stores.drafts->journal(*id, "{\"typed\":\"마지막 글자까지\"}") ? (::raise(SIGKILL), 0)
                                                                                    : 1;
    });
    QVERIFY(WIFSIGNALED(statusOf(pid)));
    const auto stores = openStores(folder.path());
    const auto orphans = *stores.drafts->orphans(QStringLiteral("kim"));
    QCOMPARE(orphans.size(), 1);
    QCOMPARE(orphans.first().pid, qint64(pid));
    QVERIFY(orphans.first().hasUnsaved());
    QVERIFY(stores.drafts->orphans(QStringLiteral("lee"))->isEmpty());
    QVERIFY(stores.drafts->open(orphans.first().id).ok());
    QVERIFY(stores.drafts->orphans()->isEmpty());
    QCOMPARE(stores.drafts->get(orphans.first().id)->journal, QByteArray("{\"typed\":\"마지막 글자까지\"}"));
}

void TestProcesses::leaseEndsWithItsHolder()
{
    QTemporaryDir folder;
    const auto stores = openStores(folder.path());
    int pipe[2];
    QCOMPARE(::pipe(pipe), 0);
    const pid_t pid = spawn([&] {
        const auto own = openStores(folder.path());
        const auto lease = storage::OutboxLease::acquire(*own.database);
        if (!lease || ::write(pipe[1], "x", 1) != 1)
            return 1;
        ::pause();
        return 0;
    });
    char ready = 0;
    QCOMPARE(::read(pipe[0], &ready, 1), ssize_t(1));
    QVERIFY(storage::OutboxLease::acquire(*stores.database).error().is(storage::errors::WorkerBusy));
    ::kill(pid, SIGKILL);
    (void)statusOf(pid);
    QVERIFY(storage::OutboxLease::acquire(*stores.database).ok());
    ::close(pipe[0]);
    ::close(pipe[1]);
}

QTEST_GUILESS_MAIN(TestProcesses)
#include "tst_processes.moc"
