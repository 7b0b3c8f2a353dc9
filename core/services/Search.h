// Asking the exchange for a patient's documents; of RecordService.
#pragma once

#include "core/ihe/iti18/Iti18.h"
#include "core/services/Internals.h"
#include "core/services/RecordService.h"

namespace naru::services {

class Search {
public:
    Search(Profile::Internals &internals, const SearchRequest &request, const base::WorkContext &work,
        const RecordService::Arrived &arrived)
        : m(internals)
        , m_request(request)
        , m_work(work)
        , m_arrived(arrived)
    {
    }
    base::Result<SearchResult> run();

private:
    void prepareSources();
    bool consentAllows() const;
    void askRegistry(const clinical::Identifier &exchangeId);
    void addUnknownRepositories();
    void probeRepositories();
    void settle(SourceResult &source, SourceOutcome outcome, const base::Error &error = {});
    void addLocal();
    void tell();

    Profile::Internals &m;
    const SearchRequest &m_request;
    const base::WorkContext &m_work;
    const RecordService::Arrived &m_arrived;
    std::mutex m_mutex{};
    SearchResult m_result{};
};

} // namespace naru::services
