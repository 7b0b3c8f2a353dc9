// AES-256-GCM envelopes for everything that identifies a patient. The place a value belongs to (table, row,
// column, version) is authenticated with it, so a ciphertext that is copied to another row, column or table
// does not open. Each purpose has its own subkey (HKDF-SHA256, RFC 5869). Thread-safe: const after
// construction.
//
// Envelope: 0x01 | nonce 12 | ciphertext | tag 16. Random nonces; SP 800-38D allows 2^32 a key.
// Blob: "NRC1" | salt 32 | chunks of 64 KiB + tag 16. Key = HKDF(subkey, salt), nonce = chunk index; index
// and "this is the last" are authenticated, so chunks cannot be cut off, repeated or reordered.
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"

#include <QByteArray>
#include <QString>
#include <memory>
#include <vector>

class QIODevice;

namespace naru::security {

enum class Purpose {
    Records,
    Documents,
    Drafts,
    Audit,
    AuditKeys,
    ResidentNumbers,
    BlindIndex,
    Users,
    Outbox,
    Images
};

struct SealPlace {
    QString table{};
    QString row{}; // primary key as text
    QString column{};
    int version = 1;
};

class Sealer {
public:
    static constexpr qsizetype chunkSize = 64 * 1024;

    static base::Result<std::shared_ptr<const Sealer>> fromKey(const base::SecureBytes &dek); // 32 bytes
    ~Sealer();
    Sealer(const Sealer &) = delete;
    Sealer &operator=(const Sealer &) = delete;

    QByteArray seal(Purpose purpose, const SealPlace &place, QByteArrayView plain) const;
    base::Result<QByteArray> open(
        Purpose purpose, const SealPlace &place, QByteArrayView sealed) const; // SealBroken

    base::Result<QByteArray> sealChunks(Purpose purpose, const SealPlace &place, QByteArrayView plain) const;
    base::Result<QByteArray> openChunks(Purpose purpose, const SealPlace &place, QByteArrayView sealed) const;
    // The same through devices, one chunk in memory at a time. What `out` holds is worthless unless this
    // succeeds.
    base::Status sealStream(Purpose purpose, const SealPlace &place, QIODevice &in, QIODevice &out) const;
    base::Status openStream(Purpose purpose, const SealPlace &place, QIODevice &in, QIODevice &out) const;

    // For lookups by equality without revealing the value: HMAC-SHA256 (32 bytes) of field and value under a
    // key of its own. The caller normalises first (NFC, case).
    QByteArray blindIndex(QStringView field, QStringView value) const;
    // 32 bytes for another construction (the audit chain's seed).
    base::SecureBytes deriveKey(Purpose purpose, QByteArrayView label) const;

private:
    Sealer() = default;
    const base::SecureBytes &key(Purpose purpose) const;
    std::vector<base::SecureBytes> m_keys{}; // by Purpose
};

} // namespace naru::security
