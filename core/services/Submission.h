// From a document and its bytes to what the outbox freezes: XDS metadata from the site's codes, MIME parts,
// identifiers.
#pragma once

#include "core/ihe/iti41/Iti41.h"
#include "core/services/Internals.h"

#include <optional>

namespace naru::services {

struct SubmissionPlan {
    clinical::Document document{};
    bool withDocument = true; // false: manifests alone; `document` says whose they are and from whom
    QByteArray bytes{};
    clinical::Identifier exchangeId{};
    QString replacesUuid{}; // entryUUID of the document it replaces; empty when none
    base::Timestamp submitted{};
    struct Manifest {
        ManifestFacts facts{};
        QByteArray bytes{};
        QString entryUuid{}; // as below
    };
    std::vector<Manifest> manifests{}; // XDS-I.b: in the same submission set (IHE RAD TF-2 4.68)
    QString entryUuid{}, setUuid{}, setUniqueId{}; // fixed earlier (a pending item); empty: drawn now
};

base::Result<ihe::FrozenSubmission> freeze(const ihe::SiteProfile &site, const SubmissionPlan &plan);
// The outbox's own form of the same, with display facts; and back.
// A pending item: documents and ids are fixed, the request follows once the patient's exchange id is known.
storage::FrozenSubmission pendingForOutbox(const storage::FrozenSubmission &complete);
// Its request, with the ids and bytes that were sealed.
base::Result<storage::FrozenSubmission> completePending(const ihe::SiteProfile &site,
    const storage::FrozenSubmission &pending, const clinical::Identifier &exchangeId);
base::Result<storage::FrozenSubmission> forOutbox(
    const ihe::SiteProfile &site, const ihe::FrozenSubmission &frozen, const OutboxFacts &facts);
// Where an item goes: to its repository's address for ITI-41, a cancellation to the registry; nothing when
// the site no longer names it.
std::optional<ihe::Endpoint> destinationOf(
    const ihe::SiteProfile &site, storage::OutboxKind kind, const QString &repository);
ihe::FrozenSubmission fromOutbox(const storage::FrozenSubmission &stored);

} // namespace naru::services
