#include "core/security/CertificateFacts.h"

#include "core/base/Digest.h"
#include "core/security/Errors.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QTimeZone>
#include <array>
#include <memory>

namespace naru::security {

namespace {
constexpr int certificateLimit = 100;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

QString bioText(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? QString::fromUtf8(data, size) : QString();
}

QString nameText(const X509_NAME *name)
{
    const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
    X509_NAME_print_ex(
        bio.get(), name, 0, (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT);
    return bioText(bio.get());
}

QString commonName(const X509_NAME *name)
{
    const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at < 0)
        return {};
    unsigned char *utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    const QString text = size > 0 ? QString::fromUtf8(reinterpret_cast<const char *>(utf8), size) : QString();
    OPENSSL_free(utf8);
    return text;
}

QDateTime moment(const ASN1_TIME *time)
{
    tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
        QTime(parts.tm_hour, parts.tm_min, qMin(parts.tm_sec, 59)), Qt::UTC);
}

QString serialText(const X509 *certificate)
{
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
    char *hex = number ? BN_bn2hex(number) : nullptr;
    const QString text = hex ? QString::fromLatin1(hex).toLower() : QString();
    OPENSSL_free(hex);
    BN_free(number);
    return text;
}

QString addressText(const ASN1_OCTET_STRING *address)
{
    const int size = ASN1_STRING_length(address);
    const unsigned char *bytes = ASN1_STRING_get0_data(address);
    QStringList parts;
    if (size == 4) {
        for (int i = 0; i < 4; ++i)
            parts << QString::number(bytes[i]);
        return parts.join(QLatin1Char('.'));
    }
    for (int i = 0; i + 1 < size; i += 2)
        parts << QString::number(bytes[i] << 8 | bytes[i + 1], 16);
    return parts.join(QLatin1Char(':'));
}

QStringList alternativeNames(const X509 *certificate)
{
    auto *names =
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    QStringList out;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names) && i < 1000; ++i) {
        int kind = 0;
        const void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &kind);
        if (kind == GEN_DNS) {
            const auto *text = static_cast<const ASN1_IA5STRING *>(value);
            out << QString::fromLatin1(
                reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)), ASN1_STRING_length(text));
        } else if (kind == GEN_IPADD) {
            out << addressText(static_cast<const ASN1_OCTET_STRING *>(value));
        }
    }
    GENERAL_NAMES_free(names);
    return out;
}

QString keyKind(const X509 *certificate)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (!key)
        return {};
    std::array<char, 64> group{};
    std::size_t size = 0;
    if (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1)
        return QStringLiteral("EC ") + QString::fromLatin1(group.data(), qsizetype(size));
    const char *name = EVP_PKEY_get0_type_name(key);
    return QStringLiteral("%1 %2").arg(QLatin1String(name ? name : "?")).arg(EVP_PKEY_get_bits(key));
}

CertificateFacts facts(X509 *certificate)
{
    CertificateFacts out;
    out.subject = nameText(X509_get_subject_name(certificate));
    out.issuer = nameText(X509_get_issuer_name(certificate));
    out.commonName = commonName(X509_get_subject_name(certificate));
    out.serialNumber = serialText(certificate);
    out.alternativeNames = alternativeNames(certificate);
    out.notBefore = moment(X509_get0_notBefore(certificate));
    out.notAfter = moment(X509_get0_notAfter(certificate));
    unsigned char *der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size > 0)
        out.sha256Fingerprint = base::sha256Hex(QByteArrayView(reinterpret_cast<const char *>(der), size));
    OPENSSL_free(der);
    out.keyKind = keyKind(certificate);
    out.selfSigned =
        X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
    return out;
}
} // namespace

base::Result<QList<CertificateFacts>> readCertificates(const QByteArray &pem)
{
    const Bio bio(
        BIO_new_mem_buf(pem.constData(), int(qMin(pem.size(), qsizetype(16 * 1024 * 1024)))), BIO_free);
    QList<CertificateFacts> out;
    while (bio && out.size() < certificateLimit) {
        const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free);
        if (!certificate) {
            // The end of the text says "no start line"; anything else is a certificate that does not parse.
            const bool atEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            ERR_clear_error();
            if (!atEnd)
                return base::Error(errors::CertificateBroken);
            break;
        }
        out.push_back(facts(certificate.get()));
    }
    if (out.isEmpty())
        return base::Error(errors::CertificateBroken);
    return out;
}

} // namespace naru::security
