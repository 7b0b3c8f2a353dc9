// The three primitives of this room over OpenSSL 3: AES-256-GCM, HKDF-SHA256, scrypt. Internal to
// core/security.
#pragma once

#include "core/base/Result.h"
#include "core/base/SecureBytes.h"

#include <optional>

namespace naru::security {

constexpr int aeadNonceSize = 12;
constexpr int aeadTagSize = 16;

// ciphertext | tag. Ends the program when the library refuses to encrypt: nothing may be stored in the clear
// instead.
QByteArray aeadSeal(
    const base::SecureBytes &key, const QByteArray &nonce, const QByteArray &aad, QByteArrayView plain);
// Nothing when it is not authentic.
std::optional<QByteArray> aeadOpen(
    const base::SecureBytes &key, const QByteArray &nonce, const QByteArray &aad, QByteArrayView sealed);
base::Result<base::SecureBytes> hkdf(
    const base::SecureBytes &key, const QByteArray &salt, const QByteArray &info);
// 32 bytes; memory limit is what the parameters need plus a little.
base::Result<base::SecureBytes> scrypt(
    const base::SecureBytes &passphrase, const QByteArray &salt, quint64 n, quint32 r, quint32 p);

} // namespace naru::security
