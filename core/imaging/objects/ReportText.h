// Structured reports and key object documents of anybody as lines to read (PS3.3 C.17.3): headings, what was
// found, numbers with their units, images referred to. Templates are not interpreted; nothing that has words
// is left out.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/References.h"

#include <optional>
#include <vector>

namespace naru::imaging {

struct ReportLine {
    int depth = 0; // of the tree; the title has 0
    bool heading = false; // a container
    QString name{}; // concept, may be empty
    QString value{};
    std::optional<ReferencedInstance> image{}; // that the line refers to
    friend bool operator==(const ReportLine &, const ReportLine &) = default;
};

// imaging.WrongObject without a content tree; imaging.TooLarge beyond 20,000 lines or 64 levels.
base::Result<std::vector<ReportLine>> reportLines(const DataSetValue &set);

} // namespace naru::imaging
