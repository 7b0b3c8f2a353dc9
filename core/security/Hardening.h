// What a process that holds keys does first.
#pragma once

#include "core/base/Result.h"

namespace naru::security {

// No core files (RLIMIT_CORE 0), no ptrace and no /proc/self/mem for others of the same user (PR_SET_DUMPABLE
// 0), new files for the owner alone (umask 077). Children inherit the limit and the umask, not the dumpable
// flag.
base::Status hardenProcess();

} // namespace naru::security
