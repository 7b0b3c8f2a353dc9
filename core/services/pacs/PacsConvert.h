// The second and third try of a study that an archive does not take as it is stored: the same instances
// without compression, explicit little endian and, for those it refuses as well, implicit. What was sent so
// is counted.
#pragma once

#include "core/base/WorkContext.h"
#include "core/imaging/dimse/DimseTypes.h"
#include "core/services/Internals.h"

#include <functional>
#include <map>
#include <mutex>

namespace naru::services {

class PacsConvert {
public:
    using Each = std::function<void(const imaging::dimse::StoreOutcome &)>;
    using Send = std::function<base::Result<std::vector<imaging::dimse::StoreOutcome>>(
        const std::vector<imaging::dimse::Instance> &instances, const Each &each)>;

    PacsConvert(Profile::Internals &internals, const base::WorkContext &work)
        : m(internals)
        , m_work(work)
    {
    }
    // `outcomes` of `instances`, in their order: those whose transfer syntax was not accepted are sent again
    // and their outcomes replaced. How many the archive took converted.
    base::Result<int> sendRefused(const std::vector<imaging::dimse::Instance> &instances,
        std::vector<imaging::dimse::StoreOutcome> &outcomes, const Send &send, const Each &each);

private:
    imaging::dimse::Instance convertedTo(
        const QString &syntax, const imaging::dimse::Instance &instance, std::size_t index);
    Profile::Internals &m;
    const base::WorkContext &m_work;
    std::mutex m_mutex{};
    std::map<std::size_t, base::Error> m_failures{}; // of converting, by instance
};

} // namespace naru::services
