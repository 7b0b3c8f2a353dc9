// The embedded site profile of the practice exchange: its own OIDs and codes, and the copy written for
// clients.
#pragma once

#include "core/base/Result.h"

#include <QJsonObject>
#include <QStringList>

namespace naru::practice {

class Site {
public:
    static base::Result<Site> parse(const QByteArray &json);
    QString patientIdAuthority() const { return text({"patientIdAuthority"}); }
    QString receiverDevice() const { return text({"hl7v3", "receiverDevice"}); }
    QString policySystem() const { return text({"policySystem"}); }
    QString sourceIdRoot() const { return text({"sourceIdRoot"}); }
    QString clinicOid() const { return text({"clinic", "oid"}); }
    QString clinicName() const { return text({"clinic", "name"}); }
    QStringList repositories() const;
    QString imagingSource() const; // Retrieve Location UID
    bool partialConsent() const { return at({"consent", "partial"}).toBool(); }
    QJsonObject codes() const { return m_root.value(QStringLiteral("codes")).toObject(); }
    // What clients load: real ports, certificate files beside it.
    QByteArray published(int port, int auditPort) const;

private:
    QJsonValue at(std::initializer_list<const char *> path) const;
    QString text(std::initializer_list<const char *> path) const { return at(path).toString(); }
    QJsonObject m_root{};
};

} // namespace naru::practice
