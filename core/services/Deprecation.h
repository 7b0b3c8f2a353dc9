// Cancelling a document of ours on the exchange: from the document as sent to what the outbox freezes
// (ITI-57).
#pragma once

#include "core/services/Internals.h"

namespace naru::services {

// `document` is one we sent. Errors: AlreadyDeprecated, ConsentStays, NotOurs (the registry entry is not
// known), base.Invalid.
base::Result<OutboxId> queueDeprecation(
    Profile::Internals &in, const storage::StoredDocument &document, const QString &reason);

} // namespace naru::services
