// From a document and its bytes to what the outbox freezes: XDS metadata from the site's codes, MIME parts, identifiers.
#pragma once

#include "core/ihe/iti41/Iti41.h"
#include "core/services/Internals.h"

namespace naru::services {

struct SubmissionPlan {
    clinical::Document document{};
    QByteArray bytes{};
    clinical::Identifier exchangeId{};
    QString replacesUuid{}; // entryUUID of the document it replaces; empty when none
    base::Timestamp submitted{};
};

base::Result<ihe::FrozenSubmission> freeze(const ihe::SiteProfile &site, const SubmissionPlan &plan);
// The outbox's own form of the same, with display facts; and back.
base::Result<storage::FrozenSubmission> forOutbox(const ihe::SiteProfile &site, const ihe::FrozenSubmission &frozen, const OutboxFacts &facts);
ihe::FrozenSubmission fromOutbox(const storage::FrozenSubmission &stored);

} // namespace naru::services
