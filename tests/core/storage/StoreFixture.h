// A profile in a temporary folder, with a fixed key: the vault has tests of its own.
#pragma once

#include "core/audit/EventBuilder.h"
#include "core/base/Digest.h"
#include "core/storage/stores/Stores.h"

#include <QTemporaryDir>

namespace naru::test {

inline std::shared_ptr<const security::Sealer> fixedSealer(char fill = 'k')
{
    return *security::Sealer::fromKey(base::SecureBytes(QByteArray(32, fill)));
}

inline audit::AuditEvent event(const QString &act = QStringLiteral("document.queue"))
{
    audit::Session session;
    session.account = QStringLiteral("kim");
    session.host = QStringLiteral("pc1");
    return audit::EventBuilder(session).act(act, QStringLiteral("p1"), QStringLiteral("d1"));
}

inline storage::NewOutboxItem outboxItem(const QString &number)
{
    storage::NewOutboxItem item;
    item.kind = storage::OutboxKind::Referral;
    item.patientKey = QStringLiteral("p1");
    storage::FrozenDocument document;
    document.documentUniqueId = QStringLiteral("1.2.3.") + number;
    document.entryUuid = QStringLiteral("urn:uuid:") + number;
    document.mimeType = QStringLiteral("text/xml");
    document.bytes = "<ClinicalDocument/>";
    document.sha1 = base::sha1Hex(document.bytes);
    document.size = document.bytes.size();
    item.submission.documents.push_back(document);
    item.submission.submissionSetUniqueId = QStringLiteral("1.9.") + number;
    item.submission.submitObjectsRequest = "<lcm:SubmitObjectsRequest/>";
    item.submission.boundary = QStringLiteral("b1");
    item.submission.bodySha256 = QByteArray(32, 'h');
    return item;
}

} // namespace naru::test
