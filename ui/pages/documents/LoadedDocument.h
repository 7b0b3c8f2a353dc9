// A stored document on its way to the reader: its bytes, what was read from them and what the rules say; or
// why they cannot be read.
#pragma once

#include "core/services/Types.h"

namespace naru::services {
class Profile;
}

namespace naru::ui {

struct LoadedDocument {
    clinical::ReadDocument read{};
    services::Stored stored{};
    std::vector<clinical::RuleProblem> problems{};
    bool readable = true;
    base::Error why{};
};

// By its id, or `loose` bytes that are no document of the profile. Takes a while: for a job.
base::Result<LoadedDocument> loadDocument(
    services::Profile &profile, const QString &id, const QByteArray &loose);

} // namespace naru::ui
