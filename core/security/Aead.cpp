#include "core/security/Aead.h"

#include "core/security/Errors.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace naru::security {

namespace {
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char *bytesOf(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}
const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

// Fetched once: looking the cipher up by name costs more than sealing a small row.
const EVP_CIPHER *gcm()
{
    static EVP_CIPHER *const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return cipher;
}

[[noreturn]] void cannotSeal()
{
    std::fputs("encryption is not available\n", stderr);
    std::abort();
}

base::Result<base::SecureBytes> derive(const char *name, const OSSL_PARAM *parameters)
{
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
        EVP_KDF_fetch(nullptr, name, nullptr), EVP_KDF_free);
    if (!kdf)
        return base::Error(errors::KeyDerivation, QLatin1String(name));
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
        EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
    base::SecureBytes out(32);
    if (!context || EVP_KDF_derive(context.get(), out.data(), out.size(), parameters) != 1)
        return base::Error(errors::KeyDerivation, QLatin1String(name));
    return out;
}

OSSL_PARAM octets(const char *name, QByteArrayView value)
{
    static const char empty = 0;
    // OpenSSL takes non-const pointers here and does not write through them.
    char *data = const_cast<char *>(value.isEmpty() ? &empty : value.data());
    return OSSL_PARAM_construct_octet_string(name, data, std::size_t(value.size()));
}
} // namespace

QByteArray aeadSeal(
    const base::SecureBytes &key, const QByteArray &nonce, const QByteArray &aad, QByteArrayView plain)
{
    const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    QByteArray out(plain.size() + aeadTagSize, Qt::Uninitialized);
    int count = 0, tail = 0;
    if (!context || key.size() != 32 || nonce.size() != aeadNonceSize
        || EVP_EncryptInit_ex(context.get(), gcm(), nullptr, key.data(), bytesOf(QByteArrayView(nonce))) != 1
        || EVP_EncryptUpdate(context.get(), nullptr, &count, bytesOf(QByteArrayView(aad)), int(aad.size()))
            != 1
        || (!plain.isEmpty()
            && EVP_EncryptUpdate(context.get(), bytesOf(out), &count, bytesOf(plain), int(plain.size())) != 1)
        || EVP_EncryptFinal_ex(context.get(), bytesOf(out) + plain.size(), &tail) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, aeadTagSize, bytesOf(out) + plain.size())
            != 1)
        cannotSeal();
    return out;
}

std::optional<QByteArray> aeadOpen(
    const base::SecureBytes &key, const QByteArray &nonce, const QByteArray &aad, QByteArrayView sealed)
{
    if (sealed.size() < aeadTagSize || key.size() != 32 || nonce.size() != aeadNonceSize)
        return {};
    const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const QByteArrayView body = sealed.chopped(aeadTagSize);
    QByteArray tag = sealed.last(aeadTagSize).toByteArray();
    QByteArray out(body.size(), '\0');
    unsigned char none = 0;
    int count = 0, tail = 0;
    if (!context
        || EVP_DecryptInit_ex(context.get(), gcm(), nullptr, key.data(), bytesOf(QByteArrayView(nonce))) != 1
        || EVP_DecryptUpdate(context.get(), nullptr, &count, bytesOf(QByteArrayView(aad)), int(aad.size()))
            != 1
        || (!body.isEmpty()
            && EVP_DecryptUpdate(context.get(), bytesOf(out), &count, bytesOf(body), int(body.size())) != 1)
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, aeadTagSize, bytesOf(tag)) != 1
        || EVP_DecryptFinal_ex(context.get(), body.isEmpty() ? &none : bytesOf(out) + body.size(), &tail)
            != 1)
        return {};
    return out;
}

base::Result<base::SecureBytes> hkdf(
    const base::SecureBytes &key, const QByteArray &salt, const QByteArray &info)
{
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        octets(OSSL_KDF_PARAM_KEY, key.view()), octets(OSSL_KDF_PARAM_SALT, salt),
        octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
    return derive("HKDF", parameters);
}

base::Result<base::SecureBytes> scrypt(
    const base::SecureBytes &passphrase, const QByteArray &salt, quint64 n, quint32 r, quint32 p)
{
    std::uint64_t cost = n;
    std::uint64_t memory = 128 * n * r + 256 * quint64(r) * p + 4 * 1024 * 1024;
    const OSSL_PARAM parameters[] = {octets(OSSL_KDF_PARAM_PASSWORD, passphrase.view()),
        octets(OSSL_KDF_PARAM_SALT, salt), OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &cost),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory), OSSL_PARAM_construct_end()};
    return derive("SCRYPT", parameters);
}

} // namespace naru::security
