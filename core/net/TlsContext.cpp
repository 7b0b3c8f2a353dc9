#include "core/net/TlsContext.h"

#include "core/net/Errors.h"

#include <QFile>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace naru::net {

namespace {
struct PemDeleter {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
using BioPtr = std::unique_ptr<BIO, PemDeleter>;
using X509Ptr = std::unique_ptr<X509, PemDeleter>;
using KeyPtr = std::unique_ptr<EVP_PKEY, PemDeleter>;

base::Error unusable(const char *what)
{
    return base::Error(errors::Identity,
        QString::fromLatin1(what) + QStringLiteral(": ") + opensslErrorText(),
        {{QStringLiteral("what"), QString::fromLatin1(what)},
            {QStringLiteral("sent"), QStringLiteral("no")}});
}

BioPtr reader(QByteArrayView bytes)
{
    return BioPtr(BIO_new_mem_buf(bytes.data(), int(bytes.size())));
}

bool addRoots(SSL_CTX *context, const TlsIdentity &identity)
{
    if (identity.caPem.isEmpty())
        return identity.caFile.isEmpty()
            ? SSL_CTX_set_default_verify_paths(context) == 1
            : SSL_CTX_load_verify_locations(context, QFile::encodeName(identity.caFile).constData(), nullptr)
                == 1;
    const BioPtr bio = reader(identity.caPem);
    int count = 0;
    while (X509Ptr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
        ++count;
    }
    ERR_clear_error(); // the end of the bundle is reported as an error
    return count > 0;
}

bool addCertificate(SSL_CTX *context, const TlsIdentity &identity)
{
    if (identity.certificatePem.isEmpty())
        return SSL_CTX_use_certificate_chain_file(
                   context, QFile::encodeName(identity.certificateFile).constData())
            == 1;
    const BioPtr bio = reader(identity.certificatePem);
    const X509Ptr leaf(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
        return false;
    while (X509Ptr next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
        SSL_CTX_add1_chain_cert(context, next.get());
    ERR_clear_error();
    return true;
}

bool addKey(SSL_CTX *context, const TlsIdentity &identity)
{
    if (!identity.keyPem)
        return SSL_CTX_use_PrivateKey_file(
                   context, QFile::encodeName(identity.keyFile).constData(), SSL_FILETYPE_PEM)
            == 1;
    const BioPtr bio = reader(identity.keyPem->view());
    const KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}
} // namespace

QString opensslErrorText()
{
    QString out;
    while (const unsigned long code = ERR_get_error()) {
        char text[256] = "";
        ERR_error_string_n(code, text, sizeof text);
        out += (out.isEmpty() ? QString() : QStringLiteral("; ")) + QString::fromLatin1(text);
    }
    return out;
}

base::Result<SslContextPtr> makeTlsContext(const TlsIdentity &identity)
{
    ERR_clear_error();
    SslContextPtr context(SSL_CTX_new(TLS_client_method()));
    if (!context)
        return unusable("TLS library");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (!addRoots(context.get(), identity))
        return unusable("CA file");
    if (identity.hasCertificate()) {
        if (!addCertificate(context.get(), identity))
            return unusable("certificate");
        if (!addKey(context.get(), identity))
            return unusable("key");
        if (SSL_CTX_check_private_key(context.get()) != 1)
            return unusable("key that does not belong to the certificate");
    }
    return context;
}

} // namespace naru::net
