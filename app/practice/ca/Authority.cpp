#include "app/practice/ca/Authority.h"

#include "core/base/Errors.h"

#include <QFile>
#include <QSaveFile>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace naru::practice {

namespace {
template <auto f> struct Free {
    template <typename T> void operator()(T *object) const { f(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

base::Error io(const QString &what)
{
    return base::Error(base::errors::Io, what, {{QStringLiteral("what"), what}});
}

Key newKey()
{
    return Key(EVP_EC_gen("P-256"));
}

void addName(X509_NAME *name, const char *field, const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(utf8.constData()), int(utf8.size()), -1, 0);
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    if (extension)
        X509_add_ext(certificate, extension.get(), -1);
}

Certificate blank(EVP_PKEY *key, const QString &commonName, const QString &organisation, int days)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    unsigned char serial[16];
    RAND_bytes(serial, sizeof serial);
    serial[0] &= 0x7F;
    std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_time_adj_ex(X509_getm_notAfter(certificate.get()), days, 0, nullptr);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    addName(subject, "C", QStringLiteral("KR"));
    addName(subject, "O", organisation);
    addName(subject, "CN", commonName);
    return certificate;
}

bool save(const QString &path, const QByteArray &bytes, bool secret)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    if (secret)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return file.write(bytes) == bytes.size() && file.commit();
}

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

base::Status savePair(
    const QString &certificatePath, const QString &keyPath, X509 *certificate, EVP_PKEY *key)
{
    Bio pem(BIO_new(BIO_s_mem()));
    Bio secret(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(pem.get(), certificate);
    PEM_write_bio_PrivateKey(secret.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    if (!save(keyPath, contents(secret.get()), true))
        return io(keyPath);
    if (!save(certificatePath, contents(pem.get()), false))
        return io(certificatePath);
    return {};
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

base::Result<Authority> Authority::open(const QString &folder)
{
    Authority authority(folder);
    if (QFile::exists(authority.caFile()) && QFile::exists(authority.keyFile(QStringLiteral("ca"))))
        return authority;
    const Key key = newKey();
    if (!key)
        return io(QStringLiteral("CA key"));
    const Certificate ca =
        blank(key.get(), QStringLiteral("Naru practice exchange CA"), QStringLiteral("Naru"), 3650);
    X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
    addExtension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    addExtension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(ca.get(), ca.get(), NID_subject_key_identifier, "hash");
    if (!X509_sign(ca.get(), key.get(), EVP_sha256()))
        return io(QStringLiteral("CA signature"));
    NARU_TRY(savePair(authority.caFile(), authority.keyFile(QStringLiteral("ca")), ca.get(), key.get()));
    return authority;
}

base::Status Authority::ensure(
    const QString &name, const QString &commonName, const QString &organisation, bool server) const
{
    if (QFile::exists(certificateFile(name)) && QFile::exists(keyFile(name)))
        return {};
    const QByteArray caPem = readAll(caFile());
    const QByteArray caKeyPem = readAll(keyFile(QStringLiteral("ca")));
    Bio caBio(BIO_new_mem_buf(caPem.constData(), int(caPem.size())));
    Bio caKeyBio(BIO_new_mem_buf(caKeyPem.constData(), int(caKeyPem.size())));
    const Certificate ca(PEM_read_bio_X509(caBio.get(), nullptr, nullptr, nullptr));
    const Key caKey(PEM_read_bio_PrivateKey(caKeyBio.get(), nullptr, nullptr, nullptr));
    const Key key = newKey();
    if (!ca || !caKey || !key)
        return io(caFile());
    const Certificate certificate = blank(key.get(), commonName, organisation, 3650);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(ca.get()));
    addExtension(certificate.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE");
    addExtension(certificate.get(), ca.get(), NID_key_usage, "critical,digitalSignature");
    addExtension(certificate.get(), ca.get(), NID_ext_key_usage, server ? "serverAuth" : "clientAuth");
    addExtension(certificate.get(), ca.get(), NID_subject_key_identifier, "hash");
    addExtension(certificate.get(), ca.get(), NID_authority_key_identifier, "keyid");
    if (server)
        addExtension(certificate.get(), ca.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
    if (!X509_sign(certificate.get(), caKey.get(), EVP_sha256()))
        return io(certificateFile(name));
    return savePair(certificateFile(name), keyFile(name), certificate.get(), key.get());
}

} // namespace naru::practice
