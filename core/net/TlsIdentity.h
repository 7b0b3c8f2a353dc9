// Whom we trust and who we are on a TLS connection. Files or PEM in memory; memory wins when both are set.
// The private key is shared, never copied, and wiped with its last owner.
#pragma once

#include "core/base/SecureBytes.h"

#include <QByteArray>
#include <QString>
#include <memory>

namespace naru::net {

struct TlsIdentity {
    QString
        caFile{}; // PEM bundle; the only roots that are trusted. Empty (with caPem empty): the system's roots
    QByteArray caPem{};
    QString certificateFile{}; // PEM, leaf first; empty: no client certificate
    QByteArray certificatePem{};
    QString keyFile{}; // PEM, PKCS#8 or traditional, not encrypted
    std::shared_ptr<const base::SecureBytes> keyPem{};

    bool hasCertificate() const { return !certificateFile.isEmpty() || !certificatePem.isEmpty(); }
    friend bool operator==(const TlsIdentity &, const TlsIdentity &) = default;
};

} // namespace naru::net
