#include "core/security/Vault.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/security/DurableFile.h"
#include "core/security/Errors.h"
#include "core/security/VaultFile.h"

#include <QDir>

#include <algorithm>

namespace naru::security {

namespace {
constexpr int lockWaitMilliseconds = 15'000; // several processes may each derive a key
constexpr qint64 longestLockOut = 24LL * 60 * 60 * 1000;

QString vaultPath(const QString &folder)
{
    return folder + QStringLiteral("/vault.json");
}

base::Result<FileLock> vaultLock(const QString &folder)
{
    return FileLock::acquire(folder + QStringLiteral("/vault.lock"), lockWaitMilliseconds);
}

base::Error broken(const char *what)
{
    return base::Error(errors::VaultBroken, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

bool validName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char('.') || c == QLatin1Char('-')
            || c == QLatin1Char('_');
    });
}

int characters(const base::SecureBytes &utf8)
{
    return int(std::count_if(
        utf8.data(), utf8.data() + utf8.size(), [](unsigned char byte) { return (byte & 0xC0) != 0x80; }));
}

SealPlace rolePlace(const QString &user)
{
    return {QStringLiteral("vault"), user, QStringLiteral("role")};
}
} // namespace

Vault::Vault(QString folder, VaultOptions options)
    : m_folder(std::move(folder))
    , m_options(std::move(options))
{
}

Vault::~Vault() = default;

QDateTime Vault::now() const
{
    return m_options.clock ? m_options.clock->nowUtc() : base::SystemClock().nowUtc();
}

bool Vault::exists(const QString &folder)
{
    return QFile::exists(vaultPath(folder));
}

base::Result<std::unique_ptr<Vault>> Vault::create(
    const QString &folder, User first, const base::SecureBytes &passphrase, const VaultOptions &options)
{
    if (!QDir().mkpath(folder))
        return base::Error(
            base::errors::Io, QStringLiteral("mkpath"), {{QStringLiteral("what"), QDir(folder).dirName()}});
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    NARU_ASSIGN(const FileLock turn, vaultLock(folder));
    if (exists(folder))
        return base::Error(errors::VaultExists);
    std::unique_ptr<Vault> vault(new Vault(folder, options));
    if (!validName(first.name))
        return base::Error(errors::UserNameInvalid);
    NARU_TRY(vault->checkPassphrase(passphrase));
    first.role = Role::Admin;
    QByteArray random = base::randomBytes(32);
    const base::SecureBytes dek{QByteArrayView(random)};
    random.fill('\0');
    vault->m_vaultId = QString::fromLatin1(base::randomBytes(16).toHex());
    NARU_ASSIGN(const auto sealer, Sealer::fromKey(dek));
    NARU_ASSIGN(VaultSlot slot, vault->makeSlot(first, passphrase, dek, *sealer));
    VaultFile file;
    file.vaultId = vault->m_vaultId;
    file.slots_.push_back(std::move(slot));
    NARU_TRY(vault->write(file));
    vault->begin(dek, sealer, first);
    return vault;
}

base::Result<std::unique_ptr<Vault>> Vault::open(const QString &folder, const VaultOptions &options)
{
    if (!exists(folder))
        return base::Error(errors::VaultMissing);
    std::unique_ptr<Vault> vault(new Vault(folder, options));
    NARU_ASSIGN(const VaultFile file, vault->read());
    vault->m_vaultId = file.vaultId;
    return vault;
}

base::Result<VaultFile> Vault::read() const
{
    NARU_ASSIGN(const QByteArray bytes, readFile(vaultPath(m_folder), VaultFile::sizeLimit));
    return VaultFile::parse(bytes);
}

base::Status Vault::write(const VaultFile &file) const
{
    return replaceFile(vaultPath(m_folder), file.toBytes());
}

std::shared_ptr<const Vault::Session> Vault::session() const
{
    const std::lock_guard turn(m_mutex);
    return m_session;
}

void Vault::begin(const base::SecureBytes &dek, std::shared_ptr<const Sealer> sealer, const User &user)
{
    auto fresh = std::make_shared<const Session>(Session{dek.clone(), std::move(sealer), user});
    const std::lock_guard turn(m_mutex);
    m_session = std::move(fresh);
}

void Vault::lock()
{
    const std::lock_guard turn(m_mutex);
    m_session.reset();
}

std::optional<User> Vault::currentUser() const
{
    const auto now = session();
    return now ? std::optional(now->user) : std::nullopt;
}

base::Result<std::shared_ptr<const Sealer>> Vault::sealer() const
{
    const auto now = session();
    if (!now)
        return base::Error(errors::NotUnlocked);
    return now->sealer;
}

base::Status Vault::checkPassphrase(const base::SecureBytes &passphrase) const
{
    const bool oneByte = std::all_of(passphrase.data(), passphrase.data() + passphrase.size(),
        [&](unsigned char byte) { return byte == *passphrase.data(); });
    if (characters(passphrase) < m_options.minimumPassphraseLength || oneByte)
        return base::Error(errors::WeakPassphrase, {},
            {{QStringLiteral("minimum"), QString::number(m_options.minimumPassphraseLength)}});
    return {};
}

base::Result<VaultSlot> Vault::makeSlot(const User &user, const base::SecureBytes &passphrase,
    const base::SecureBytes &dek, const Sealer &sealer) const
{
    VaultSlot slot;
    slot.user = user;
    slot.user.failedAttempts = 0;
    slot.user.lockedUntil = {};
    slot.kdf = m_options.kdf;
    NARU_TRY(slot.wrap(m_vaultId, passphrase, dek));
    slot.roleSeal = sealer.seal(Purpose::Users, rolePlace(user.name), roleKey(user.role).toUtf8());
    return slot;
}

base::Result<base::SecureBytes> Vault::prove(
    VaultFile &file, const QString &name, const base::SecureBytes &passphrase)
{
    VaultSlot *slot = file.find(name);
    if (!slot) {
        VaultSlot nobody; // the same work, so that the time does not tell which names exist
        nobody.kdf = m_options.kdf;
        (void)nobody.unwrap(file.vaultId, passphrase);
        return base::Error(errors::WrongPassphrase);
    }
    const QDateTime moment = now();
    if (slot->user.lockedUntil.isValid() && moment < slot->user.lockedUntil)
        return base::Error(
            errors::LockedOut, {}, {{QStringLiteral("until"), slot->user.lockedUntil.toString(Qt::ISODate)}});
    auto dek = slot->unwrap(file.vaultId, passphrase);
    if (!dek && !dek.error().is(errors::WrongPassphrase))
        return dek; // no memory for the KDF is not a wrong guess
    if (!dek) {
        const int failures = ++slot->user.failedAttempts;
        if (failures >= m_options.failuresBeforeLockOut) {
            const int doublings = std::min(failures - m_options.failuresBeforeLockOut, 20);
            slot->user.lockedUntil =
                moment.addMSecs(std::min(m_options.lockOutMilliseconds << doublings, longestLockOut));
        }
        NARU_TRY(write(file));
        return dek;
    }
    if (slot->user.failedAttempts != 0 || slot->user.lockedUntil.isValid()) {
        slot->user.failedAttempts = 0;
        slot->user.lockedUntil = {};
        NARU_TRY(write(file));
    }
    return dek;
}

base::Result<User> Vault::unlock(const QString &user, const base::SecureBytes &passphrase)
{
    NARU_ASSIGN(const FileLock turn, vaultLock(m_folder));
    NARU_ASSIGN(VaultFile file, read());
    NARU_ASSIGN(const base::SecureBytes dek, prove(file, user, passphrase));
    NARU_ASSIGN(const auto sealer, Sealer::fromKey(dek));
    VaultSlot *slot = file.find(user);
    const auto role = sealer->open(Purpose::Users, rolePlace(user), slot->roleSeal);
    if (!role)
        return broken("role").because(role.error());
    slot->user.role = roleFromKey(QString::fromUtf8(*role));
    begin(dek, sealer, slot->user);
    return slot->user;
}

base::Result<QList<User>> Vault::users() const
{
    NARU_ASSIGN(VaultFile file, read());
    const auto opened = session();
    QList<User> out;
    for (VaultSlot &slot : file.slots_) {
        if (opened) {
            const auto role = opened->sealer->open(Purpose::Users, rolePlace(slot.user.name), slot.roleSeal);
            if (!role)
                return broken("role").because(role.error());
            slot.user.role = roleFromKey(QString::fromUtf8(*role));
        }
        out.push_back(slot.user);
    }
    return out;
}

base::Result<std::shared_ptr<const Vault::Session>> Vault::requireAdministrator() const
{
    const auto opened = session();
    if (!opened)
        return base::Error(errors::NotUnlocked);
    // Asked anew each time: the role may have been taken away by another process since.
    NARU_ASSIGN(const QList<User> all, users());
    for (const User &user : all) {
        if (user.name == opened->user.name && user.role == Role::Admin)
            return opened;
    }
    return base::Error(errors::NotPermitted);
}

base::Status Vault::addUser(const User &user, const base::SecureBytes &passphrase)
{
    NARU_ASSIGN(const FileLock turn, vaultLock(m_folder));
    NARU_ASSIGN(const auto opened, requireAdministrator());
    if (!validName(user.name))
        return base::Error(errors::UserNameInvalid);
    NARU_TRY(checkPassphrase(passphrase));
    NARU_ASSIGN(VaultFile file, read());
    if (file.find(user.name))
        return base::Error(errors::UserExists);
    if (file.slots_.size() >= VaultFile::userLimit)
        return base::Error(base::errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("users")}});
    NARU_ASSIGN(VaultSlot slot, makeSlot(user, passphrase, opened->dek, *opened->sealer));
    file.slots_.push_back(std::move(slot));
    return write(file);
}

base::Status Vault::removeUser(const QString &name)
{
    NARU_ASSIGN(const FileLock turn, vaultLock(m_folder));
    if (const auto allowed = requireAdministrator(); !allowed)
        return allowed.error();
    NARU_ASSIGN(const QList<User> all, users());
    const auto others = std::count_if(all.begin(), all.end(),
        [&](const User &user) { return user.role == Role::Admin && user.name != name; });
    if (others == 0)
        return base::Error(errors::LastAdministrator);
    NARU_ASSIGN(VaultFile file, read());
    if (std::erase_if(file.slots_, [&](const VaultSlot &slot) { return slot.user.name == name; }) == 0)
        return base::Error(errors::UserUnknown);
    return write(file);
}

base::Status Vault::setRole(const QString &name, Role role)
{
    NARU_ASSIGN(const FileLock turn, vaultLock(m_folder));
    NARU_ASSIGN(const auto opened, requireAdministrator());
    NARU_ASSIGN(const QList<User> all, users());
    const auto others = std::count_if(all.begin(), all.end(),
        [&](const User &user) { return user.role == Role::Admin && user.name != name; });
    if (role != Role::Admin && others == 0)
        return base::Error(errors::LastAdministrator);
    NARU_ASSIGN(VaultFile file, read());
    VaultSlot *slot = file.find(name);
    if (!slot)
        return base::Error(errors::UserUnknown);
    slot->user.role = role;
    slot->roleSeal = opened->sealer->seal(Purpose::Users, rolePlace(name), roleKey(role).toUtf8());
    return write(file);
}

base::Status Vault::changePassphrase(
    const QString &name, const base::SecureBytes &oldPassphrase, const base::SecureBytes &newPassphrase)
{
    NARU_TRY(checkPassphrase(newPassphrase));
    NARU_ASSIGN(const FileLock turn, vaultLock(m_folder));
    NARU_ASSIGN(VaultFile file, read());
    NARU_ASSIGN(const base::SecureBytes dek, prove(file, name, oldPassphrase));
    VaultSlot *slot = file.find(name);
    slot->kdf = m_options.kdf;
    NARU_TRY(slot->wrap(file.vaultId, newPassphrase, dek));
    return write(file);
}

base::Status Vault::resetPassphrase(const QString &name, const base::SecureBytes &newPassphrase)
{
    NARU_TRY(checkPassphrase(newPassphrase));
    NARU_ASSIGN(const FileLock turn, vaultLock(m_folder));
    NARU_ASSIGN(const auto opened, requireAdministrator());
    NARU_ASSIGN(VaultFile file, read());
    VaultSlot *slot = file.find(name);
    if (!slot)
        return base::Error(errors::UserUnknown);
    slot->kdf = m_options.kdf;
    slot->user.failedAttempts = 0;
    slot->user.lockedUntil = {};
    NARU_TRY(slot->wrap(file.vaultId, newPassphrase, opened->dek));
    return write(file);
}

} // namespace naru::security
