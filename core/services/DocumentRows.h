// Between registry metadata, stored documents and the rows of the door.
#pragma once

#include "core/ihe/metadata/Metadata.h"
#include "core/services/Internals.h"

namespace naru::services {

DocumentRow rowFromEntry(const Profile::Internals &in, const ihe::DocumentEntry &entry);
DocumentRow rowFromStored(const Profile::Internals &in, const storage::StoredDocument &document);
QByteArray rowToJson(const DocumentRow &row);

// Of a document that came for a patient. One differing field may be a slip of the other side's desk; name and
// birth date together are another person.
bool namesSomebodyElse(const clinical::Patient &known, const clinical::Patient &named);
base::Status storeSent(Profile::Internals &in, const storage::OutboxItem &item,
    const storage::FrozenDocument &document, const OutboxFacts &facts, const QString &repository);
base::Status settleConsent(
    Profile::Internals &in, const storage::OutboxItem &item, storage::ConsentRecord::State state);
base::Status markDeprecated(Profile::Internals &in, const QString &documentId);

} // namespace naru::services
