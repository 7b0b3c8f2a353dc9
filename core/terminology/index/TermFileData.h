// What a TermFile holds, for the searches of this room that go over several files at once.
#pragma once

#include "core/terminology/index/IndexImage.h"
#include "core/terminology/index/TermFile.h"
#include "core/terminology/index/Usage.h"

namespace naru::terminology {

struct TermFile::Data {
    std::unique_ptr<IndexImage> image{};
    UsageCache usage{};
};

} // namespace naru::terminology
