// ImageFacts as CBOR and back. Reading takes nothing for granted: a wrong type is an absent value, lists are
// bounded, numbers that a renderer divides by or allocates with are checked by usable().
#pragma once

#include "core/imaging/ImageFacts.h"

#include <QByteArray>

#include <optional>

namespace naru::imaging {

QByteArray toCbor(const ImageFacts &facts);
// Empty when it is no CBOR, and when the facts contradict themselves in a way that no decoder of ours would
// produce.
std::optional<ImageFacts> factsFromCbor(const QByteArray &cbor);

} // namespace naru::imaging
