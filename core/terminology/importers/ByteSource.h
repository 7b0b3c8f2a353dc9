// Bytes that come one after the other: an entry of an archive as it unpacks, or a test.
#pragma once

#include "core/base/Result.h"

namespace naru::terminology::importing {

class ByteSource {
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;

    virtual base::Result<qint64> read(char *target, qint64 room) = 0; // 0 at the end
    virtual qint64 size() const = 0;
    virtual qint64 position() const = 0;
    virtual QString name() const = 0; // for errors
};

} // namespace naru::terminology::importing
