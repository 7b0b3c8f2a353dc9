#include "core/services/Search.h"

#include "core/jobs/RunAll.h"
#include "core/net/EndpointProbe.h"
#include "core/services/ConsentMapping.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Sending.h"

#include <QElapsedTimer>

#include <algorithm>
#include <set>

namespace naru::services {

namespace {
ihe::FindDocuments queryFor(
    const SearchRequest &request, const clinical::Identifier &exchangeId, const ihe::SiteProfile &site)
{
    ihe::FindDocuments find;
    find.patientId = exchangeId;
    if (request.includeDeprecated)
        find.status = {ihe::Availability::Approved, ihe::Availability::Deprecated};
    for (const QString &code : request.typeCodes) {
        const clinical::Form form = clinical::formFromKey(code); // a form's name is as good as its code
        for (auto it = site.codes.forms.cbegin(); it != site.codes.forms.cend(); ++it) {
            if (it->typeCode.code == code || (form != clinical::Form::Unknown && it.key() == code))
                find.typeCodes.push_back(it->typeCode);
        }
    }
    find.creation = {request.from, request.to};
    if (!request.author.isEmpty())
        find.authorPersons = QStringList{QLatin1Char('%') + request.author + QLatin1Char('%')};
    return find;
}

bool refusedForConsent(const base::Error &error)
{
    return !error.arguments.value(QStringLiteral("consent")).isEmpty();
}
} // namespace

void Search::prepareSources()
{
    for (const ihe::RepositoryEndpoint &repository : m.site.repositories) {
        SourceResult source;
        source.key = repository.id;
        source.name = repository.title.of(true);
        m_result.sources.push_back(source);
    }
    // Institutions asked for by name: who takes no part has nothing that could be found.
    for (const QString &oid : m_request.institutionOids) {
        SourceResult source;
        source.key = oid;
        const clinical::Institution *institution = m.directory.byOid(oid);
        source.name = institution ? institution->name : oid;
        if (!institution || !institution->exchanges)
            source.outcome = SourceOutcome::NotParticipating;
        m_result.sources.push_back(source);
    }
}

bool Search::consentAllows() const
{
    consent::ShareRequest request;
    request.programme = clinical::Programme::Exchange;
    request.today = m.today();
    return consent::mayShare(request, consentRecords(m, m_request.patient)).allowed;
}

void Search::settle(SourceResult &source, SourceOutcome outcome, const base::Error &error)
{
    if (source.outcome == SourceOutcome::NotParticipating)
        return;
    source.outcome = outcome;
    source.error = error;
}

void Search::tell()
{
    if (m_arrived)
        m_arrived(m_result);
}

void Search::askRegistry(const clinical::Identifier &exchangeId)
{
    QElapsedTimer timer;
    timer.start();
    const auto answer =
        m.caller->run<ihe::Iti18>(m.site.registry, queryFor(m_request, exchangeId, m.site).toQuery(), m_work);
    const std::lock_guard lock(m_mutex);
    if (!answer) {
        const SourceOutcome outcome =
            refusedForConsent(answer.error()) ? SourceOutcome::NoConsent : SourceOutcome::Failed;
        for (SourceResult &source : m_result.sources)
            settle(source, outcome, answer.error());
        m_result.offline = net::certainlyNotSent(answer.error());
        return;
    }
    bool strangers = false;
    for (const ihe::DocumentEntry &entry : answer->content.documents) {
        // A registry that lists another person's documents: none of them may be shown in this chart.
        if (!entry.patientId.isEmpty() && entry.patientId != exchangeId) {
            strangers = true;
            continue;
        }
        DocumentRow row = rowFromEntry(m, entry);
        if (row.form == clinical::Form::Consent || row.form == clinical::Form::Withdrawal)
            continue;
        const bool wantedPlace =
            m_request.institutionOids.isEmpty() || m_request.institutionOids.contains(row.institutionOid);
        if (wantedPlace)
            m_result.documents.push_back(row);
    }
    if (strangers)
        m_result.sources.push_back({QStringLiteral("registry"), m.site.registry.title.of(true),
            SourceOutcome::Failed, 0, base::Error(errors::OtherPatient), 0});
    addUnknownRepositories();
    for (SourceResult &source : m_result.sources) {
        source.milliseconds = timer.elapsed();
        source.count = int(std::count_if(
            m_result.documents.begin(), m_result.documents.end(), [&source](const DocumentRow &row) {
                return row.repositoryId == source.key || row.institutionOid == source.key;
            }));
        // An uncertain empty answer is not "nothing": the registry did not say so (field rule L12).
        if (source.key == QLatin1String("registry"))
            continue;
        if (source.count == 0 && answer->uncertain)
            settle(source, SourceOutcome::Failed,
                base::Error(errors::Refused, {}, {{QStringLiteral("codes"), answer->response.codes()}}));
        else if (source.outcome != SourceOutcome::Failed)
            settle(source, source.count > 0 ? SourceOutcome::Found : SourceOutcome::Nothing);
    }
    tell();
}

// Documents may lie where the site profile knows no way to: listed, with the reason why they cannot be
// fetched.
void Search::addUnknownRepositories()
{
    for (const DocumentRow &row : m_result.documents) {
        const bool known = std::any_of(m_result.sources.begin(), m_result.sources.end(),
            [&row](const SourceResult &source) { return source.key == row.repositoryId; });
        if (!known)
            m_result.sources.push_back({row.repositoryId, row.repositoryName, SourceOutcome::Failed, 0,
                base::Error(errors::NoRepository), 0});
    }
}

// A repository that is down does not hide its documents from the list, but whoever reads the list must know.
void Search::probeRepositories()
{
    std::vector<jobs::Work<int>> tasks;
    for (const ihe::RepositoryEndpoint &repository : m.site.repositories) {
        tasks.push_back([this, &repository](const base::WorkContext &work) -> base::Result<int> {
            net::ProbeTarget target;
            target.url = repository.url;
            target.identity = m.site.tls;
            target.timeoutSeconds = std::min(repository.timeoutSeconds, 10);
            const net::ProbeResult probe = net::probeEndpoint(target, work);
            for (const net::ProbeStep &step : probe.steps) {
                if (step.state != net::ProbeStep::State::Failed)
                    continue;
                const std::lock_guard lock(m_mutex);
                for (SourceResult &source : m_result.sources) {
                    if (source.key == repository.id)
                        settle(source, SourceOutcome::Failed, step.error);
                }
                tell();
                break;
            }
            return 0;
        });
    }
    (void)jobs::runAll<int>(tasks, 4, m_work); // what failed is in the rows
}

void Search::addLocal()
{
    std::set<QString> listed;
    const auto local = m.stores.documents->byPatient(m_request.patient);
    for (DocumentRow &row : m_result.documents) {
        listed.insert(row.id);
        for (const storage::StoredDocument &document : local ? *local : QList<storage::StoredDocument>()) {
            if (document.documentUniqueId == row.id) {
                row.local = true;
                row.seen = document.seen;
                row.sentByUs = document.direction == storage::StoredDocument::Direction::Sent;
            }
        }
    }
    if (m_result.offline) {
        for (const storage::StoredDocument &document : local ? *local : QList<storage::StoredDocument>()) {
            if (!listed.count(document.documentUniqueId))
                m_result.documents.push_back(rowFromStored(m, document));
        }
    }
    std::stable_sort(m_result.documents.begin(), m_result.documents.end(),
        [](const DocumentRow &a, const DocumentRow &b) { return b.created < a.created; });
}

base::Result<SearchResult> Search::run()
{
    const AuditSubject subject(m_request.patient);
    m_result.asked = m.clock->nowUtc();
    prepareSources();
    if (!consentAllows() && m_request.emergencyReason.isEmpty()) {
        for (SourceResult &source : m_result.sources)
            settle(source, SourceOutcome::NoConsent);
        m.record(m.events().act(QStringLiteral("query.iti18"), m_request.patient, {},
            audit::Outcome::MinorFailure, QLatin1String(errors::NoConsent.id)));
        addLocal();
        return m_result;
    }
    if (!m_request.emergencyReason.isEmpty())
        m.record(m.events().consent(
            QStringLiteral("consent.emergency"), m_request.patient, {}, m_request.emergencyReason));
    const auto exchangeId = exchangeIdOf(m, m_request.patient, m_work);
    if (!exchangeId) {
        for (SourceResult &source : m_result.sources)
            settle(source, SourceOutcome::Failed, exchangeId.error());
        m_result.offline = net::certainlyNotSent(exchangeId.error());
    } else {
        const std::vector<jobs::Work<int>> both{
            [this, &exchangeId](const base::WorkContext &) -> base::Result<int> {
                const AuditSubject inner(m_request.patient); // another thread
                askRegistry(*exchangeId);
                return 0;
            },
            [this](const base::WorkContext &) -> base::Result<int> {
                probeRepositories();
                return 0;
            }};
        (void)jobs::runAll<int>(both, 2, m_work);
    }
    addLocal();
    for (const SourceResult &source : m_result.sources) {
        const QString error =
            source.outcome == SourceOutcome::Failed ? QString::fromLatin1(source.error.code.id) : QString();
        (void)m.stores.documents->recordSearch(
            {m_request.patient, source.key, m_result.asked, error, source.count});
    }
    return m_result;
}

} // namespace naru::services
