// Certificates made for one test run: an authority, a server (127.0.0.1 and localhost), a client, and a
// stranger's authority.
#pragma once

#include "core/base/SecureBytes.h"
#include "core/net/TlsIdentity.h"

#include <QByteArray>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace naru::test {

struct KeyAndCertificate {
    EVP_PKEY *key = nullptr;
    X509 *certificate = nullptr;

    QByteArray certificatePem() const
    {
        BIO *bio = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(bio, certificate);
        return taken(bio);
    }
    QByteArray keyPem() const
    {
        BIO *bio = BIO_new(BIO_s_mem());
        PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
        return taken(bio);
    }

private:
    static QByteArray taken(BIO *bio)
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        const QByteArray out(data, int(size));
        BIO_free(bio);
        return out;
    }
};

// Leaks on purpose: the certificates live as long as the test program.
inline KeyAndCertificate makeCertificate(const char *name, const KeyAndCertificate *issuer, const char *san)
{
    KeyAndCertificate out;
    out.key = EVP_EC_gen("P-256");
    out.certificate = X509_new();
    X509 *x = out.certificate;
    static long serial = 1;
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(x), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600 * 24);
    X509_set_pubkey(x, out.key);
    X509_NAME *subject = X509_get_subject_name(x);
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(issuer ? issuer->certificate : x));
    const auto extend = [&](int nid, const char *value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer ? issuer->certificate : x, x, nullptr, nullptr, 0);
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
        X509_add_ext(x, extension, -1);
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
    if (!issuer)
        extend(NID_key_usage, "critical,keyCertSign,cRLSign");
    if (san)
        extend(NID_subject_alt_name, san);
    X509_sign(x, issuer ? issuer->key : out.key, EVP_sha256());
    return out;
}

struct TestCertificates {
    KeyAndCertificate authority = makeCertificate("Naru test CA", nullptr, nullptr);
    KeyAndCertificate server = makeCertificate("server", &authority, "IP:127.0.0.1,DNS:localhost");
    KeyAndCertificate wrongName = makeCertificate("other", &authority, "DNS:other.example");
    KeyAndCertificate client = makeCertificate("clinic", &authority, nullptr);
    KeyAndCertificate stranger = makeCertificate("Stranger CA", nullptr, nullptr);
    KeyAndCertificate strangersClient = makeCertificate("clinic", &stranger, nullptr);

    net::TlsIdentity identity() const { return identityOf(authority, &client); }
    net::TlsIdentity identityOf(const KeyAndCertificate &root, const KeyAndCertificate *own) const
    {
        net::TlsIdentity out;
        out.caPem = root.certificatePem();
        if (own) {
            out.certificatePem = own->certificatePem();
            out.keyPem = std::make_shared<const base::SecureBytes>(QByteArrayView(own->keyPem()));
        }
        return out;
    }
    static const TestCertificates &instance()
    {
        static const TestCertificates all;
        return all;
    }
};

} // namespace naru::test
