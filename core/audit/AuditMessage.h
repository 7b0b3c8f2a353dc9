// AuditEvent <-> XML of DICOM PS3.15 A.5.1, element order of the schema; and the syslog line around it.
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Result.h"

namespace naru::audit {

// UTF-8 without line ends (some receivers split on them); with XML declaration. audit.Invalid names what is
// missing.
base::Result<QByteArray> toXml(const AuditEvent &event);

struct SyslogFacts {
    QString host{}; // HOSTNAME; "-" when empty
    QString application = QStringLiteral("naru");
    QString processId{};
    qint64 sequence = 0; // 0: none
    // SD-ID with a private enterprise number (RFC 5424 7.2.2). 32473 is the documentation number of RFC 5612:
    // a site with its own number configures it.
    QString structuredDataId = QStringLiteral("naru@32473");
};

// RFC 5424: <85>1 TIME HOST APP PROCID IHE+RFC-3881 [sd uuid="" seq=""][meta sequenceId=""] BOM XML. PRI 85 =
// facility 10 (security/authorization), severity 5 (notice). RFC 5425 framing belongs to the sender.
base::Result<QByteArray> toSyslog(const AuditEvent &event, const SyslogFacts &facts);

// Compact JSON for storage; lossless.
QByteArray toJson(const AuditEvent &event);
base::Result<AuditEvent> fromJson(const QByteArray &json);

} // namespace naru::audit
