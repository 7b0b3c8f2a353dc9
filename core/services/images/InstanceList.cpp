#include "core/services/images/InstanceList.h"

#include "core/imaging/pool/FactsCbor.h"
#include "core/services/images/ImageDetails.h"

#include <algorithm>
#include <thread>
#include <tuple>

namespace naru::services {

namespace {
// `convert` makes a row of instance `i`, given what this thread has read before.
template <typename Row, typename Convert>
std::vector<Row> converted(
    const storage::ImageStore &store, QList<storage::ImageInstance> sealed, const Convert &convert)
{
    constexpr std::size_t Worthwhile = 50; // rows a thread, of 4 us each
    const std::size_t count = std::size_t(sealed.size());
    std::vector<Row> out(count);
    storage::ImageInstance *const rows = sealed.data();
    const auto part = [&](std::size_t from, std::size_t to) {
        imaging::FactsTexts texts;
        for (std::size_t i = from; i < to; ++i) {
            if (!store.open(rows[i]))
                rows[i].details.clear();
            out[i] = convert(rows[i], texts);
        }
    };
    const std::size_t threads = std::clamp<std::size_t>(
        count / Worthwhile, 1, std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < threads; ++i)
            others.emplace_back(part, count * i / threads, count * (i + 1) / threads);
        part(0, count / threads);
    }
    return out;
}

// As they come, unless they share a number or are of the time before it was a column.
template <typename Row, typename Facts> void sort(std::vector<Row> &rows, const Facts &factsOf)
{
    const auto before = [&](const Row &a, const Row &b) {
        const imaging::ImageFacts &f = factsOf(a), &g = factsOf(b);
        return std::tie(f.instanceNumber, f.sopUid) < std::tie(g.instanceNumber, g.sopUid);
    };
    if (!std::is_sorted(rows.begin(), rows.end(), before))
        std::stable_sort(rows.begin(), rows.end(), before);
}

QList<storage::ImageInstance> sealedOf(const storage::ImageStore &store, const QString &seriesKey)
{
    auto sealed = store.sealedInstances(seriesKey);
    return sealed ? std::move(*sealed) : QList<storage::ImageInstance>();
}
} // namespace

std::vector<InstanceRow> instanceRows(const storage::ImageStore &store, const QString &seriesKey)
{
    auto out = converted<InstanceRow>(store, sealedOf(store, seriesKey),
        [](const storage::ImageInstance &row, imaging::FactsTexts &) { return instanceRow(row); });
    sort(out, [](const InstanceRow &row) -> const imaging::ImageFacts & { return row.facts; });
    return out;
}

std::vector<imaging::InstanceRef> instanceRefs(const storage::ImageStore &store, const QString &seriesKey)
{
    auto out = converted<imaging::InstanceRef>(
        store, sealedOf(store, seriesKey), [](const storage::ImageInstance &row, imaging::FactsTexts &texts) {
            auto facts = imaging::factsFromCbor(row.details, &texts);
            return imaging::InstanceRef{std::make_shared<const imaging::ImageFacts>(
                                            facts ? std::move(*facts) : imaging::ImageFacts()),
                row.key};
        });
    sort(out, [](const imaging::InstanceRef &row) -> const imaging::ImageFacts & { return *row.facts; });
    return out;
}

} // namespace naru::services
