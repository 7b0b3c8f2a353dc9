// The indexes over what ships with the program: the starter terms and the alias table. Making them takes some
// tenths of a second; a store keeps them beside its releases so that the next start maps them.
#pragma once

#include "core/terminology/index/TermFile.h"

namespace naru::terminology {

struct BuiltinTerms {
    std::shared_ptr<const TermFile> starter{};
    std::shared_ptr<const TermFile> aliases{};

    static const BuiltinTerms &inMemory(); // made once per process
    // From <folder>/builtin-<sum of the tables>-*.index, written there when they are missing. In memory when
    // the folder cannot be made or written.
    static BuiltinTerms in(const QString &folder);
};

} // namespace naru::terminology
