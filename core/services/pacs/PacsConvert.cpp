#include "core/services/pacs/PacsConvert.h"

#include "core/base/Oid.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/objects/Decompress.h"
#include "core/services/ImageService.h"

namespace naru::services {

using namespace imaging::dimse;

namespace {
bool isRefusedSyntax(const StoreOutcome &outcome, const QString &offered)
{
    return outcome.state == StoreOutcome::State::Failed && outcome.error.is(imaging::dimse::errors::Context)
        && offered != base::oid("tsImplicitLE").text(); // there is nothing plainer
}
} // namespace

// Bytes are called for when the instance is due, on the threads of the associations.
Instance PacsConvert::convertedTo(const QString &syntax, const Instance &instance, std::size_t index)
{
    Instance out = instance;
    out.transferSyntax = syntax;
    out.bytes = [this, syntax, index, stored = instance.bytes]() -> base::Result<QByteArray> {
        const auto bytes = [&]() -> base::Result<QByteArray> {
            NARU_ASSIGN(const QByteArray whole, stored());
            NARU_ASSIGN(imaging::DecoderPool * pool, m.images->pool());
            return imaging::decompressed(*pool, {.path = {}, .bytes = whole}, syntax, m_work);
        }();
        if (!bytes) {
            const std::lock_guard lock(m_mutex);
            m_failures[index] = bytes.error();
        }
        return bytes;
    };
    return out;
}

base::Result<int> PacsConvert::sendRefused(const std::vector<Instance> &instances,
    std::vector<StoreOutcome> &outcomes, const Send &send, const Each &each)
{
    int converted = 0;
    for (const char *name : {"tsExplicitLE", "tsImplicitLE"}) {
        const QString syntax = base::oid(name).text();
        std::vector<std::size_t> places;
        std::vector<Instance> again;
        for (std::size_t i = 0; i < instances.size(); ++i) {
            if (!isRefusedSyntax(outcomes[i], instances[i].transferSyntax)
                || instances[i].transferSyntax == syntax)
                continue;
            places.push_back(i);
            again.push_back(convertedTo(syntax, instances[i], i));
        }
        if (again.empty())
            continue;
        NARU_ASSIGN(const std::vector<StoreOutcome> now, send(again, each));
        for (std::size_t i = 0; i < places.size() && i < now.size(); ++i) {
            StoreOutcome &outcome = outcomes[places[i]];
            outcome = now[i];
            converted += outcome.state != StoreOutcome::State::Failed;
            const auto failure = m_failures.find(places[i]);
            if (outcome.state == StoreOutcome::State::Failed && failure != m_failures.end())
                outcome.error = failure->second; // of the image, not of the node
        }
    }
    return converted;
}

} // namespace naru::services
