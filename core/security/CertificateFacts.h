// What people need to see of a certificate, and what a monitor warns about.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QStringList>

namespace naru::security {

struct CertificateFacts {
    QString subject{}; // RFC 2253, UTF-8: "CN=기관,O=..."
    QString issuer{};
    QString commonName{};
    QString serialNumber{}; // hex
    QStringList alternativeNames{}; // DNS and IP
    QDateTime notBefore{}; // UTC
    QDateTime notAfter{}; // UTC
    QString sha256Fingerprint{}; // 64 lower-case hex digits over DER
    QString keyKind{}; // "RSA 2048", "EC P-256"
    bool selfSigned = false; // subject and issuer are the same name

    qint64 daysLeft(const QDateTime &now) const { return now.daysTo(notAfter); }
    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

// All certificates of a PEM text in order; text between them is skipped; at most 100. CertificateBroken when
// there is none or one of them does not parse. Private keys in the same file are not looked at.
base::Result<QList<CertificateFacts>> readCertificates(const QByteArray &pem);

} // namespace naru::security
