// A synthetic CT series in one syntax, stored in a profile as an import stores it.
#pragma once

#include "core/services/Profile.h"

#include <QString>

namespace naru::bench {

enum class Coding : char { Raw, JpegLossless, Jpeg2000 };

// Writes `slices` files of 512 x 512, 16 bits, into `folder`.
void writeSeries(Coding coding, int slices, const QString &folder);
// A profile of its own in `folder`; null when it cannot be opened (said on stderr).
std::shared_ptr<services::Profile> benchProfile(const QString &folder);

} // namespace naru::bench
