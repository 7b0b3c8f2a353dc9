// A file that is replaced as a whole: after a power cut either the old or the new one is there.
#pragma once

#include "core/base/Result.h"

#include <QString>

#include <functional>

namespace naru::terminology {

bool writeAll(int file, const char *bytes, std::size_t size);
// `write` puts the bytes into an open file (true: all of them) under a temporary name; then sync, rename,
// sync of the folder.
base::Status replaceFile(const QString &path, const std::function<bool(int file)> &write);

} // namespace naru::terminology
