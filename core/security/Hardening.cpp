#include "core/security/Hardening.h"

#include "core/base/Errors.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace naru::security {

base::Status hardenProcess()
{
    ::umask(077);
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0)
        return base::Error(base::errors::Io, QStringLiteral("setrlimit(RLIMIT_CORE)"));
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return base::Error(base::errors::Io, QStringLiteral("prctl(PR_SET_DUMPABLE)"));
    return {};
}

} // namespace naru::security
