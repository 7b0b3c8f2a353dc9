#include "core/imaging/dimse/DimseTeam.h"
#include "core/imaging/dimse/Errors.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace naru::imaging::dimse {

namespace {
constexpr std::size_t LeastShare = 8; // fewer are sent before another association is up

struct Share {
    std::vector<std::size_t> places{}; // in the whole
    std::vector<Instance> instances{};
    base::Result<std::vector<StoreOutcome>> outcomes = base::Error(errors::Stopped);
};

// Neighbours are alike in size: dealt out one by one, the shares end together.
std::vector<Share> dealt(const std::vector<Instance> &instances, std::size_t count)
{
    std::vector<Share> out(count);
    for (std::size_t i = 0; i < instances.size(); ++i) {
        Share &share = out[i % count];
        share.places.push_back(i);
        share.instances.push_back(instances[i]);
    }
    return out;
}

void carry(const Node &node, const Limits &limits, std::vector<Share> &shares, const base::WorkContext &work,
    const Client::Each &each, int attempts)
{
    std::mutex mutex;
    const auto one = [&](const StoreOutcome &outcome) {
        const std::lock_guard lock(mutex);
        if (each)
            each(outcome);
    };
    std::vector<std::jthread> threads;
    threads.reserve(shares.size());
    for (Share &share : shares)
        threads.emplace_back([&] {
            Client client(node, limits);
            share.outcomes = client.store(share.instances, work, one, attempts);
        });
}
} // namespace

base::Result<std::vector<StoreOutcome>> storeTogether(const Node &node, const Limits &limits,
    const std::vector<Instance> &instances, const base::WorkContext &work, const Client::Each &each,
    int associations, int attempts)
{
    const std::size_t most = std::size_t(std::max(1, associations));
    const std::size_t count = std::clamp(instances.size() / LeastShare, std::size_t(1), most);
    std::vector<Share> shares = dealt(instances, count);
    carry(node, limits, shares, work, each, attempts);
    std::vector<StoreOutcome> out(instances.size());
    std::vector<Instance> left;
    std::vector<std::size_t> places;
    bool some = false;
    for (const Share &share : shares) {
        if (!share.outcomes)
            return share.outcomes.error();
        for (std::size_t i = 0; i < share.places.size(); ++i) {
            out[share.places[i]] = share.outcomes->at(i);
            some = some || out[share.places[i]].status >= 0;
            if (mayRepeat(out[share.places[i]])) {
                left.push_back(share.instances[i]);
                places.push_back(share.places[i]);
            }
        }
    }
    // Nobody was let in, or one association has tried it all: more of the same is no help.
    if (left.empty() || !some || count == 1)
        return out;
    Client client(node, limits);
    NARU_ASSIGN(const std::vector<StoreOutcome> again, client.store(left, work, each, attempts));
    for (std::size_t i = 0; i < again.size(); ++i)
        out[places[i]] = again[i];
    return out;
}

} // namespace naru::imaging::dimse
