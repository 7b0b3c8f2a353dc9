// A submission sealed for the outbox: every retry sends the same payload bytes, the same identifiers and the
// same MIME boundary; only MessageID and security token change.
#pragma once

#include "core/base/Result.h"
#include "core/ihe/metadata/Metadata.h"
#include "core/net/MtomWriter.h"

namespace naru::ihe {

struct FrozenSubmission {
    struct Entry {
        QString entryUuid{};
        QString uniqueId{};
        QString hash{}; // SHA-1 hex
        qint64 size = 0;
        friend bool operator==(const Entry &, const Entry &) = default;
    };
    QString submissionSetUniqueId{};
    QString submissionSetUuid{};
    QString sourceId{};
    clinical::Identifier patientId{};
    std::vector<Entry> entries{};
    QByteArray boundary{};
    QByteArray body{}; // ProvideAndRegisterDocumentSetRequest
    std::vector<net::MtomAttachment> attachments{};

    // One file or blob: a JSON line with the identifiers and lengths, then the pieces, with a SHA-256 over
    // all of it.
    QByteArray toBytes() const;
    static base::Result<FrozenSubmission> fromBytes(const QByteArray &bytes); // ihe.Frozen
    QString sha256Hex() const; // of the payload and attachments
    friend bool operator==(const FrozenSubmission &, const FrozenSubmission &) = default;
};

} // namespace naru::ihe
