// Checking received bytes against the registry's promise.
#pragma once

#include "core/ihe/metadata/Metadata.h"

namespace naru::ihe {

struct DeliveryCheck {
    enum class Verdict { Matches, NothingPromised, SizeDiffers, HashDiffers };
    Verdict verdict = Verdict::NothingPromised;
    // The hash slot holds Base64 instead of hex (seen in the field): accepted, but a deviation worth telling.
    bool base64Hash = false;
    friend bool operator==(const DeliveryCheck &, const DeliveryCheck &) = default;
};

// `sha1Hex` of the received bytes. Only those of hash and size that the entry carries are compared.
DeliveryCheck checkDelivery(const DocumentEntry &entry, qint64 receivedSize, const QString &sha1Hex);

} // namespace naru::ihe
