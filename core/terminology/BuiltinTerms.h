// The indexes over what ships with the program: the starter terms and the alias table. Making them takes some
// tenths of a second; a store keeps them beside its releases so that the next start maps them.
#pragma once

#include "core/terminology/index/TermFile.h"

namespace naru::terminology {

struct BuiltinTerms {
    std::shared_ptr<const TermFile> starter{};
    std::shared_ptr<const TermFile> aliases{};

    static const BuiltinTerms &inMemory(); // made once per process
    // From <folder>/builtin-<sum of the tables>-*.index. What is missing there is written for the next start
    // and in memory in this one; so is everything when the folder cannot be made or written.
    static BuiltinTerms in(const QString &folder);
};

} // namespace naru::terminology
