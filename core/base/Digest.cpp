#include "core/base/Digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>

namespace naru::base {

namespace {
QByteArray digest(const EVP_MD *kind, QByteArrayView bytes)
{
    QByteArray out(EVP_MD_get_size(kind), Qt::Uninitialized);
    unsigned int size = 0;
    EVP_Digest(bytes.data(), std::size_t(bytes.size()), reinterpret_cast<unsigned char *>(out.data()), &size,
        kind, nullptr);
    return out;
}
} // namespace

QByteArray sha1(QByteArrayView bytes)
{
    return digest(EVP_sha1(), bytes);
}

QByteArray sha256(QByteArrayView bytes)
{
    return digest(EVP_sha256(), bytes);
}

QString sha1Hex(QByteArrayView bytes)
{
    return QString::fromLatin1(sha1(bytes).toHex());
}

QString sha256Hex(QByteArrayView bytes)
{
    return QString::fromLatin1(sha256(bytes).toHex());
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView bytes)
{
    QByteArray out(32, Qt::Uninitialized);
    unsigned int size = 0;
    // To HMAC() a null key means "the one of last time" and fails.
    const bool done = HMAC(EVP_sha256(), key.isEmpty() ? "" : key.data(), int(key.size()),
        reinterpret_cast<const unsigned char *>(bytes.data()), std::size_t(bytes.size()),
        reinterpret_cast<unsigned char *>(out.data()), &size);
    if (!done) { // an authentication code that is not one must not leave this function
        std::fputs("HMAC is not available\n", stderr);
        std::abort();
    }
    return out;
}

QByteArray randomBytes(int count)
{
    QByteArray out(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(out.data()), count) != 1) {
        std::fputs("no secure random numbers\n", stderr);
        std::abort();
    }
    return out;
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), std::size_t(a.size())) == 0;
}

} // namespace naru::base
