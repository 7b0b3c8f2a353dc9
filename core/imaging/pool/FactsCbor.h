// ImageFacts as CBOR and back. Reading takes nothing for granted: a wrong type is an absent value, lists are
// bounded, numbers that a renderer divides by or allocates with are checked by usable().
#pragma once

#include "core/imaging/ImageFacts.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace naru::imaging {

QByteArray toCbor(const ImageFacts &facts);

// The texts of the facts read last, by key: those of a series have nearly all in common and share them, a
// third of their memory.
class FactsTexts {
public:
    QString of(qint64 key, QByteArrayView utf8);

private:
    struct Text {
        QByteArray utf8{};
        QString text{};
    };
    std::array<Text, 64> m_texts{};
};

// Empty when it is no CBOR, and when the facts contradict themselves in a way that no decoder of ours would
// produce.
// `texts`: of others that were read before, on this thread.
std::optional<ImageFacts> factsFromCbor(const QByteArray &cbor, FactsTexts *texts = nullptr);

} // namespace naru::imaging
