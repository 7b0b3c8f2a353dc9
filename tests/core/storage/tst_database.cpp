// The database below the stores: migrations, nesting, damage.
#include "StoreFixture.h"

#include <QtTest>

using namespace naru;
using storage::Database;
using storage::DatabaseOptions;

class TestDatabase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pragmas();
    void migratesInOneStepWithBackup();
    void failedMigrationLeavesTheOldSchema();
    void newerFileIsRefused();
    void nestedTransactions();
    void hooksRunAfterCommitOnly();
    void backupIsConsistent();
    void notADatabase();
    void checkpointsKeepTheLogSmall();
};

void TestDatabase::pragmas()
{
    QTemporaryDir folder;
    const auto database = *Database::open(folder.path());
    const QList<std::pair<const char *, const char *>> wanted{{"PRAGMA journal_mode", "wal"},
        {"PRAGMA synchronous", "2"}, {"PRAGMA temp_store", "2"}, {"PRAGMA foreign_keys", "1"},
        {"PRAGMA trusted_schema", "0"}, {"PRAGMA secure_delete", "1"}, {"PRAGMA wal_autocheckpoint", "0"}};
    for (const auto &[sql, value] : wanted) {
        auto row = database->prepare(sql);
        QVERIFY(*row->step());
        QCOMPARE(row->text(0), QString::fromLatin1(value));
    }
    QVERIFY(database->check().ok());
}

void TestDatabase::migratesInOneStepWithBackup()
{
    QTemporaryDir folder;
    DatabaseOptions options;
    options.migrations = {{1, "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (7)"}};
    QCOMPARE((*Database::open(folder.path(), options))->schemaVersion(), 1);
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("backup/naru-1.db"))));
    options.migrations.append({2, "ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = 'new'"});
    options.migrations.append({3, "CREATE TABLE b (z INTEGER) STRICT"});
    const auto database = *Database::open(folder.path(), options);
    QCOMPARE(database->schemaVersion(), 3);
    auto row = database->prepare("SELECT x, y FROM a");
    QVERIFY(*row->step());
    QCOMPARE(row->text(1), QStringLiteral("new"));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("backup/naru-1.db"))));
}

void TestDatabase::failedMigrationLeavesTheOldSchema()
{
    QTemporaryDir folder;
    DatabaseOptions options;
    options.migrations = {{1, "CREATE TABLE a (x INTEGER) STRICT"}};
    (void)*Database::open(folder.path(), options);
    options.migrations.append({2, "CREATE TABLE b (y INTEGER) STRICT"});
    options.migrations.append({3, "CREATE TABLE c (broken"});
    QVERIFY(!Database::open(folder.path(), options).ok());
    options.migrations.resize(1);
    const auto database = *Database::open(folder.path(), options);
    QCOMPARE(database->schemaVersion(), 1);
    QVERIFY2(!database->prepare("SELECT * FROM b").ok(), "version 2 did not stay");
}

void TestDatabase::newerFileIsRefused()
{
    QTemporaryDir folder;
    QVERIFY((*Database::open(folder.path()))->execute("PRAGMA user_version=999").ok());
    QVERIFY(Database::open(folder.path()).error().is(storage::errors::Newer));
}

void TestDatabase::nestedTransactions()
{
    QTemporaryDir folder;
    const auto database = *Database::open(folder.path());
    const storage::SettingsStore settings(database);
    storage::SettingsStore writer(database);
    QVERIFY(database
                ->inTransaction([&]() -> base::Status {
                    NARU_TRY(writer.set(QStringLiteral("outer"), QStringLiteral("1")));
                    const auto inner = database->inTransaction([&]() -> base::Status {
                        NARU_TRY(writer.set(QStringLiteral("inner"), QStringLiteral("1")));
                        return base::Error(storage::errors::NotFound);
                    });
                    return inner.ok() ? base::Error(storage::errors::Failed) : base::Status();
                })
                .ok());
    QCOMPARE(*settings.get(QStringLiteral("outer")), QStringLiteral("1"));
    QCOMPARE(*settings.get(QStringLiteral("inner"), QStringLiteral("none")), QStringLiteral("none"));
    QVERIFY(!database
                 ->inTransaction([&]() -> base::Status {
                     NARU_TRY(writer.set(QStringLiteral("outer"), QStringLiteral("2")));
                     return base::Error(storage::errors::NotFound);
                 })
                 .ok());
    QCOMPARE(*settings.get(QStringLiteral("outer")), QStringLiteral("1"));
    QVERIFY(!database->isInTransaction());
}

void TestDatabase::hooksRunAfterCommitOnly()
{
    QTemporaryDir folder;
    const auto database = *Database::open(folder.path());
    int ran = 0;
    (void)database->inTransaction([&]() -> base::Status {
        database->afterCommit([&] { ++ran; });
        return base::Error(storage::errors::NotFound);
    });
    QCOMPARE(ran, 0);
    QVERIFY(database
                ->inTransaction([&]() -> base::Status {
                    database->afterCommit([&] { ran += database->isInTransaction() ? 100 : 1; });
                    return {};
                })
                .ok());
    QCOMPARE(ran, 1);
}

void TestDatabase::backupIsConsistent()
{
    QTemporaryDir folder, other;
    const auto database = *Database::open(folder.path());
    storage::SettingsStore settings(database);
    QVERIFY(settings.set(QStringLiteral("k"), QStringLiteral("v")).ok());
    QVERIFY(database->backupTo(other.filePath(QStringLiteral("naru.db"))).ok());
    QVERIFY(settings.set(QStringLiteral("k"), QStringLiteral("later")).ok());
    const auto copy = *Database::open(other.path());
    QVERIFY(copy->check().ok());
    QCOMPARE(*storage::SettingsStore(copy).get(QStringLiteral("k")), QStringLiteral("v"));
}

void TestDatabase::notADatabase()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("naru.db")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    QVERIFY(Database::open(folder.path()).error().is(storage::errors::Broken));
}

void TestDatabase::checkpointsKeepTheLogSmall()
{
    QTemporaryDir folder;
    DatabaseOptions options;
    options.checkpointPages = 20;
    const auto database = *Database::open(folder.path(), options);
    storage::SettingsStore settings(database);
    for (int i = 0; i < 100; ++i)
        QVERIFY(settings.set(QStringLiteral("k%1").arg(i), QString(2000, QLatin1Char('v'))).ok());
    QVERIFY(QFileInfo(folder.filePath(QStringLiteral("naru.db-wal"))).size() < 60 * 4096);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
