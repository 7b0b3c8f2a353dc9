// Audit record repository of the practice exchange (IHE ATNA ITI-20): syslog messages (RFC 5424) with octet
// counting over mutual TLS (RFC 5425), DICOM audit XML (PS3.15 A.5) inside, kept in SQLite. Own parser; knows
// nothing of core/audit. Made to be embedded: construct, start, read port(), stop. Its threads are its own.
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <memory>

namespace naru::practice {

struct AuditRepositoryConfig {
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 6514; // 0: any free port, see port()
    QString caFile{}; // PEM; clients must present a certificate of this CA
    QString certificateFile{}; // PEM, own chain
    QString keyFile{}; // PEM
    QString databasePath{}; // SQLite file, made when missing
    int maxMessageBytes = 1 << 20; // larger frames end the connection
    int maxConnections = 32;
    int idleSeconds = 300; // a silent connection is closed
};

struct AuditCounts {
    qint64 stored = 0; // distinct messages in the database
    qint64 duplicates = 0; // same stable UUID again: answered by silence, not stored twice
    qint64 malformed = 0; // kept in table `rejected` with the reason
};

class AuditRepository {
public:
    explicit AuditRepository(AuditRepositoryConfig config);
    ~AuditRepository(); // stops
    AuditRepository(const AuditRepository &) = delete;
    AuditRepository &operator=(const AuditRepository &) = delete;

    // Errors: base.Io (certificate, key, database, port); what = which.
    base::Status start();
    void stop(); // waits for its threads; may be called twice
    quint16 port() const; // bound port while running, else 0
    AuditCounts count() const;
    // Number of stored records with this EventID code (DICOM or IHE), "" for all.
    qint64 countEvent(const QString &eventId) const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace naru::practice
