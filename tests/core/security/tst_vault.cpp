// The vault from its users' side: wrong passphrases, lock-out, roles, damage, two processes' worth of
// objects.
#include "core/security/Errors.h"
#include "core/security/Vault.h"

#include <QtTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace naru;
using base::SecureBytes;
using security::Role;
using security::User;
using security::Vault;

namespace {
SecureBytes pass(const char *text)
{
    return SecureBytes(QByteArrayView(text));
}
const security::SealPlace place{QStringLiteral("t"), QStringLiteral("r"), QStringLiteral("c")};
} // namespace

class TestVault : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void createAndUnlock();
    void everyThreadSeesOneSession();
    void wrongPassphraseAndUnknownUserLookAlike();
    void lockOutGrowsAndEnds();
    void lockOutIsSeenByOtherProcesses();
    void usersShareOneKey();
    void rolesCannotBeEdited();
    void staffMayNotManage();
    void lastAdministratorStays();
    void changeAndResetPassphrase();
    void weakPassphrases();
    void damagedFiles_data();
    void damagedFiles();
    void slotOfAnotherUser();
    void lockForgets();

private:
    security::VaultOptions options() const
    {
        security::VaultOptions out;
        out.kdf.n = 1024;
        out.clock = m_clock;
        return out;
    }
    std::unique_ptr<Vault> make()
    {
        auto vault = Vault::create(m_folder->path(),
            {QStringLiteral("kim"), QStringLiteral("김원장"), QStringLiteral("12345")},
            pass("four words are enough"), options());
        return vault ? std::move(*vault) : nullptr;
    }
    std::unique_ptr<Vault> reopen()
    {
        auto vault = Vault::open(m_folder->path(), options());
        return vault ? std::move(*vault) : nullptr;
    }
    QString file() const { return m_folder->filePath(QStringLiteral("vault.json")); }
    QByteArray contents() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    void replace(const QByteArray &bytes)
    {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
        out.write(bytes);
    }
    std::unique_ptr<QTemporaryDir> m_folder{};
    std::shared_ptr<base::ManualClock> m_clock{};
};

void TestVault::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_shared<base::ManualClock>(QDateTime(QDate(2026, 11, 22), QTime(9, 0), Qt::UTC));
}

void TestVault::createAndUnlock()
{
    QVERIFY(!Vault::exists(m_folder->path()));
    QVERIFY(Vault::open(m_folder->path()).error().is(security::errors::VaultMissing));
    auto vault = make();
    QVERIFY(vault && vault->isUnlocked());
    QCOMPARE(vault->currentUser()->role, Role::Admin);
    const QByteArray sealed = (*vault->sealer())->seal(security::Purpose::Records, place, "x");
    QVERIFY(Vault::create(m_folder->path(), {QStringLiteral("b")}, pass("another one here"), options())
                .error()
                .is(security::errors::VaultExists));
    auto again = reopen();
    QVERIFY(again && !again->isUnlocked());
    QVERIFY(again->sealer().error().is(security::errors::NotUnlocked));
    const auto user = again->unlock(QStringLiteral("kim"), pass("four words are enough"));
    QVERIFY(user.ok());
    QCOMPARE(user->displayName, QStringLiteral("김원장"));
    QCOMPARE(*(*again->sealer())->open(security::Purpose::Records, place, sealed), QByteArray("x"));
    QCOMPARE(again->vaultId(), vault->vaultId());
    QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
    QVERIFY(!contents().contains("four words"));
}

// The lock page unlocks on one thread while others ask who is there; run under TSan too.
void TestVault::everyThreadSeesOneSession()
{
    QVERIFY(make());
    auto vault = reopen();
    std::atomic_bool going = true;
    std::atomic_int wrong = 0, seen = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (going) {
                const auto user = vault->currentUser();
                const auto users = vault->users();
                const auto sealer = vault->sealer();
                wrong += int(user && user->name != QStringLiteral("kim")) + int(!users)
                    + int(!sealer && !sealer.error().is(security::errors::NotUnlocked));
                seen += int(user.has_value());
            }
        });
    }
    for (int round = 0; round < 20 || (seen == 0 && round < 500); ++round) {
        const auto unlocked = vault->unlock(QStringLiteral("kim"), pass("four words are enough"));
        wrong += int(!unlocked);
        std::this_thread::yield();
        vault->lock();
    }
    going = false;
    for (std::thread &each : readers)
        each.join();
    QCOMPARE(wrong.load(), 0);
    QVERIFY(seen > 0);
}

void TestVault::wrongPassphraseAndUnknownUserLookAlike()
{
    QVERIFY(make());
    auto vault = reopen();
    const auto wrong = vault->unlock(QStringLiteral("kim"), pass("four words are enougH"));
    const auto nobody = vault->unlock(QStringLiteral("lee"), pass("four words are enough"));
    QVERIFY(wrong.error().is(security::errors::WrongPassphrase));
    QVERIFY(nobody.error().is(security::errors::WrongPassphrase));
    QVERIFY(!vault->isUnlocked());
}

void TestVault::lockOutGrowsAndEnds()
{
    QVERIFY(make());
    auto vault = reopen();
    const QString kim = QStringLiteral("kim");
    for (int i = 0; i < 5; ++i)
        QVERIFY(vault->unlock(kim, pass("wrong wrong")).error().is(security::errors::WrongPassphrase));
    // Now even the right one is refused, until the time is over.
    const auto locked = vault->unlock(kim, pass("four words are enough"));
    QVERIFY(locked.error().is(security::errors::LockedOut));
    QVERIFY(locked.error().arguments.contains(QStringLiteral("until")));
    m_clock->advance(5 * 60 * 1000);
    QVERIFY(vault->unlock(kim, pass("wrong again")).error().is(security::errors::WrongPassphrase));
    m_clock->advance(5 * 60 * 1000);
    QVERIFY2(
        vault->unlock(kim, pass("four words are enough")).error().is(security::errors::LockedOut), "doubled");
    m_clock->advance(5 * 60 * 1000);
    QVERIFY(vault->unlock(kim, pass("four words are enough")).ok());
    QCOMPARE(vault->users()->first().failedAttempts, 0);
}

void TestVault::lockOutIsSeenByOtherProcesses()
{
    QVERIFY(make());
    auto one = reopen();
    auto two = reopen();
    for (int i = 0; i < 5; ++i)
        (void)(i % 2 ? one : two)->unlock(QStringLiteral("kim"), pass("wrong wrong"));
    QVERIFY(one->unlock(QStringLiteral("kim"), pass("four words are enough"))
                .error()
                .is(security::errors::LockedOut));
    QVERIFY(two->unlock(QStringLiteral("kim"), pass("four words are enough"))
                .error()
                .is(security::errors::LockedOut));
}

void TestVault::usersShareOneKey()
{
    auto vault = make();
    const QByteArray sealed = (*vault->sealer())->seal(security::Purpose::Records, place, "shared");
    QVERIFY(vault->addUser({QStringLiteral("박간호"), {}, {}, Role::Staff}, pass("another passphrase")).ok());
    QVERIFY(vault->addUser({QStringLiteral("박간호")}, pass("another passphrase"))
                .error()
                .is(security::errors::UserExists));
    QVERIFY(vault->addUser({QStringLiteral("a/b")}, pass("another passphrase"))
                .error()
                .is(security::errors::UserNameInvalid));
    auto other = reopen();
    QCOMPARE(other->unlock(QStringLiteral("박간호"), pass("another passphrase"))->role, Role::Staff);
    QCOMPARE(*(*other->sealer())->open(security::Purpose::Records, place, sealed), QByteArray("shared"));
    QVERIFY(vault->removeUser(QStringLiteral("박간호")).ok());
    QVERIFY(!reopen()->unlock(QStringLiteral("박간호"), pass("another passphrase")).ok());
    QVERIFY(vault->removeUser(QStringLiteral("박간호")).error().is(security::errors::UserUnknown));
}

void TestVault::rolesCannotBeEdited()
{
    auto vault = make();
    QVERIFY(vault->addUser({QStringLiteral("lee"), {}, {}, Role::Staff}, pass("another passphrase")).ok());
    replace(contents().replace("\"staff\"", "\"admin\""));
    auto other = reopen();
    QCOMPARE(other->unlock(QStringLiteral("lee"), pass("another passphrase"))->role, Role::Staff);
    QVERIFY(other->setRole(QStringLiteral("lee"), Role::Admin).error().is(security::errors::NotPermitted));
    // The administrator's sealed role copied over the staff's.
    QJsonObject root = QJsonDocument::fromJson(contents()).object();
    QJsonArray users = root.value(QLatin1String("users")).toArray();
    QJsonObject second = users[1].toObject();
    second.insert(QStringLiteral("roleSeal"), users[0].toObject().value(QLatin1String("roleSeal")));
    users[1] = second;
    root.insert(QStringLiteral("users"), users);
    replace(QJsonDocument(root).toJson());
    QVERIFY(reopen()
                ->unlock(QStringLiteral("lee"), pass("another passphrase"))
                .error()
                .is(security::errors::VaultBroken));
}

void TestVault::staffMayNotManage()
{
    auto vault = make();
    QVERIFY(vault->addUser({QStringLiteral("doc"), {}, {}, Role::Doctor}, pass("another passphrase")).ok());
    auto other = reopen();
    QVERIFY(other->addUser({QStringLiteral("x")}, pass("another passphrase"))
                .error()
                .is(security::errors::NotUnlocked));
    QVERIFY(other->unlock(QStringLiteral("doc"), pass("another passphrase")).ok());
    QVERIFY(other->addUser({QStringLiteral("x")}, pass("another passphrase"))
                .error()
                .is(security::errors::NotPermitted));
    QVERIFY(other->removeUser(QStringLiteral("kim")).error().is(security::errors::NotPermitted));
    QVERIFY(other->resetPassphrase(QStringLiteral("kim"), pass("taken over now"))
                .error()
                .is(security::errors::NotPermitted));
}

void TestVault::lastAdministratorStays()
{
    auto vault = make();
    QVERIFY(vault->removeUser(QStringLiteral("kim")).error().is(security::errors::LastAdministrator));
    QVERIFY(
        vault->setRole(QStringLiteral("kim"), Role::Doctor).error().is(security::errors::LastAdministrator));
    QVERIFY(vault->addUser({QStringLiteral("two"), {}, {}, Role::Admin}, pass("another passphrase")).ok());
    QVERIFY(vault->setRole(QStringLiteral("kim"), Role::Doctor).ok());
    // One's own power is gone at once.
    QVERIFY(vault->setRole(QStringLiteral("kim"), Role::Admin).error().is(security::errors::NotPermitted));
}

void TestVault::changeAndResetPassphrase()
{
    auto vault = make();
    const QString kim = QStringLiteral("kim");
    QVERIFY(vault->changePassphrase(kim, pass("not the old one"), pass("brand new phrase"))
                .error()
                .is(security::errors::WrongPassphrase));
    QVERIFY(vault->changePassphrase(kim, pass("four words are enough"), pass("brand new phrase")).ok());
    QVERIFY(!reopen()->unlock(kim, pass("four words are enough")).ok());
    QVERIFY(reopen()->unlock(kim, pass("brand new phrase")).ok());
    QVERIFY(vault->addUser({QStringLiteral("lee")}, pass("another passphrase")).ok());
    auto guess = reopen();
    for (int i = 0; i < 6; ++i)
        (void)guess->unlock(QStringLiteral("lee"), pass("wrong wrong"));
    QVERIFY(vault->resetPassphrase(QStringLiteral("lee"), pass("given by the admin")).ok());
    QVERIFY2(
        reopen()->unlock(QStringLiteral("lee"), pass("given by the admin")).ok(), "reset ends the lock-out");
}

void TestVault::weakPassphrases()
{
    for (const char *weak : {"", "short", "1234567", "aaaaaaaaaaaa", "가나다라마바사"})
        QVERIFY2(Vault::create(m_folder->path(), {QStringLiteral("kim")}, pass(weak), options())
                     .error()
                     .is(security::errors::WeakPassphrase),
            weak);
    QVERIFY(!Vault::exists(m_folder->path()));
}

void TestVault::damagedFiles_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("not-json") << QByteArray("{") << QByteArray("<");
    QTest::newRow("future-format") << QByteArray("\"format\": 1") << QByteArray("\"format\": 2");
    QTest::newRow("huge-kdf") << QByteArray("\"n\": 1024") << QByteArray("\"n\": 1099511627776");
    QTest::newRow("odd-kdf") << QByteArray("\"n\": 1024") << QByteArray("\"n\": 1023");
    QTest::newRow("negative-kdf") << QByteArray("\"n\": 1024") << QByteArray("\"n\": -1024");
    QTest::newRow("zero-r") << QByteArray("\"r\": 8") << QByteArray("\"r\": 0");
    QTest::newRow("no-users") << QByteArray("\"users\"") << QByteArray("\"losers\"");
    QTest::newRow("no-key") << QByteArray("\"key\"") << QByteArray("\"kex\"");
}

void TestVault::damagedFiles()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QVERIFY(make());
    QVERIFY(contents().contains(from));
    replace(contents().replace(from, to));
    QVERIFY(Vault::open(m_folder->path(), options()).error().is(security::errors::VaultBroken));
}

void TestVault::slotOfAnotherUser()
{
    auto vault = make();
    QVERIFY(vault->addUser({QStringLiteral("lee")}, pass("another passphrase")).ok());
    // Renaming a slot in the file does not make its passphrase open another account.
    replace(contents().replace("\"kim\"", "\"tmp\"").replace("\"lee\"", "\"kim\""));
    QVERIFY(reopen()
                ->unlock(QStringLiteral("kim"), pass("another passphrase"))
                .error()
                .is(security::errors::WrongPassphrase));
}

void TestVault::lockForgets()
{
    auto vault = make();
    vault->lock();
    QVERIFY(!vault->isUnlocked());
    QVERIFY(!vault->currentUser());
    QVERIFY(vault->addUser({QStringLiteral("x")}, pass("another passphrase"))
                .error()
                .is(security::errors::NotUnlocked));
    QVERIFY(vault->unlock(QStringLiteral("kim"), pass("four words are enough")).ok());
}

QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
