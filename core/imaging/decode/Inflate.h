// Deflate (RFC 1951) with a limit on what comes out.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

namespace naru::imaging {

// Raw or, as some writers have it, with a zlib header. Stops with what is there when the input ends early.
// imaging.TooLarge above `limit` bytes, imaging.Malformed.
base::Result<QByteArray> inflateBytes(const QByteArray &packed, qint64 limit);

} // namespace naru::imaging
