// vault.json as values. Internal to core/security.
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"
#include "core/security/KdfParameters.h"
#include "core/security/Users.h"

#include <vector>

namespace naru::security {

struct VaultSlot {
    User user{};
    KdfParameters kdf{};
    QByteArray salt{};
    QByteArray wrapped{}; // nonce | ciphertext of the DEK | tag
    QByteArray roleSeal{}; // the role under the DEK: what counts once unlocked

    base::Status wrap(
        const QString &vaultId, const base::SecureBytes &passphrase, const base::SecureBytes &dek);
    base::Result<base::SecureBytes> unwrap(const QString &vaultId, const base::SecureBytes &passphrase) const;
    QByteArray binding(const QString &vaultId) const; // authenticated with the wrapped key
};

struct VaultFile {
    static constexpr qint64 sizeLimit = 1024 * 1024;
    static constexpr std::size_t userLimit = 500;

    QString vaultId{};
    std::vector<VaultSlot> slots_{}; // "slots" is a word of Qt

    VaultSlot *find(const QString &name);
    QByteArray toBytes() const;
    static base::Result<VaultFile> parse(const QByteArray &bytes); // VaultBroken
};

} // namespace naru::security
