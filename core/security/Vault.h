// Keys at rest. One random data key (DEK, 256 bits) a profile; each user has a slot in vault.json that holds
// the DEK sealed under scrypt(passphrase). The file is replaced atomically (write, fsync, rename, fsync of
// the folder) under an OFD lock, so two processes on one profile neither lose a user nor a failed attempt.
// Thread-safe: what an unlocking made is one value that is exchanged whole.
#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/security/KdfParameters.h"
#include "core/security/Sealer.h"
#include "core/security/Users.h"

#include <QList>
#include <memory>
#include <mutex>
#include <optional>

namespace naru::security {

struct VaultFile;
struct VaultSlot;

struct VaultOptions {
    KdfParameters kdf{};
    int failuresBeforeLockOut = 5;
    qint64 lockOutMilliseconds = 5 * 60 * 1000; // doubled with each further failure, at most a day
    int minimumPassphraseLength = 8; // characters; no composition rule (KISA, NIST SP 800-63B)
    base::ClockPtr clock{}; // the system's when empty
};

class Vault {
public:
    static bool exists(const QString &folder); // <folder>/vault.json
    // Makes the folder (0700), the DEK and the first user, who is an administrator whatever `first.role`
    // says; unlocked.
    static base::Result<std::unique_ptr<Vault>> create(const QString &folder, User first,
        const base::SecureBytes &passphrase, const VaultOptions &options = {});
    // Locked. VaultMissing, VaultBroken.
    static base::Result<std::unique_ptr<Vault>> open(const QString &folder, const VaultOptions &options = {});
    ~Vault();
    Vault(const Vault &) = delete;
    Vault &operator=(const Vault &) = delete;

    // Takes the time of the KDF. WrongPassphrase (also for unknown names, after the same time), LockedOut,
    // VaultBroken.
    base::Result<User> unlock(const QString &user, const base::SecureBytes &passphrase);
    void lock(); // wipes the DEK here; a Sealer handed out before lives as long as its holders
    bool isUnlocked() const { return bool(session()); }
    std::optional<User> currentUser() const;
    base::Result<std::shared_ptr<const Sealer>> sealer() const; // NotUnlocked

    // Names, roles and failure counts; roles are proved only for the unlocked vault (they are sealed under
    // the DEK).
    base::Result<QList<User>> users() const;
    // The following need an unlocked vault; all but changePassphrase of oneself need an administrator.
    base::Status addUser(const User &user, const base::SecureBytes &passphrase);
    base::Status removeUser(const QString &name);
    base::Status setRole(const QString &name, Role role);
    // One's own passphrase, proved by the old one. Works on a locked vault too.
    base::Status changePassphrase(
        const QString &name, const base::SecureBytes &oldPassphrase, const base::SecureBytes &newPassphrase);
    // An administrator gives a user a new passphrase and clears the lock-out.
    base::Status resetPassphrase(const QString &name, const base::SecureBytes &newPassphrase);

    const QString &folder() const { return m_folder; }
    const QString &vaultId() const
    {
        return m_vaultId;
    } // random, stable; names the profile in the audit trail

private:
    struct Session {
        base::SecureBytes dek{};
        std::shared_ptr<const Sealer> sealer{};
        User user{};
    };
    Vault(QString folder, VaultOptions options);
    std::shared_ptr<const Session> session() const; // null while locked
    void begin(const base::SecureBytes &dek, std::shared_ptr<const Sealer> sealer, const User &user);
    base::Result<VaultFile> read() const;
    base::Status write(const VaultFile &file) const;
    base::Result<VaultSlot> makeSlot(const User &user, const base::SecureBytes &passphrase,
        const base::SecureBytes &dek, const Sealer &sealer) const;
    base::Status checkPassphrase(const base::SecureBytes &passphrase) const;
    base::Result<std::shared_ptr<const Session>> requireAdministrator() const;
    base::Result<base::SecureBytes> prove(
        VaultFile &file, const QString &name, const base::SecureBytes &passphrase);
    QDateTime now() const;

    QString m_folder{};
    QString m_vaultId{};
    VaultOptions m_options{};
    mutable std::mutex m_mutex{}; // of m_session alone
    std::shared_ptr<const Session> m_session{};
};

} // namespace naru::security
