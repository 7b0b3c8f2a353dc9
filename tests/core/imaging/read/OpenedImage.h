// An instance whose facts have been to the parent and back.
#pragma once

#include "core/imaging/pool/FactsCbor.h"
#include "tests/core/imaging/read/TestImage.h"

namespace naru::imaging::test {

// Null when it cannot be read, or when what was read does not survive the way to the parent.
inline std::unique_ptr<Instance> opened(const QByteArray &bytes)
{
    auto result = openBytes(bytes);
    if (!result) {
        qWarning("%s", result.error().code.id);
        return nullptr;
    }
    const auto travelled = factsFromCbor(toCbor((*result)->facts()));
    if (!travelled || !(*travelled == (*result)->facts())) {
        qWarning("facts do not travel");
        return nullptr;
    }
    return std::move(result).value();
}

} // namespace naru::imaging::test
