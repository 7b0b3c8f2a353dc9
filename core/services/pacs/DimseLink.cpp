#include "core/services/pacs/DimseLink.h"

#include "core/base/Oid.h"
#include "core/imaging/dimse/DimseTeam.h"
#include "core/services/Errors.h"
#include "core/services/pacs/PacsNodes.h"

#include <chrono>
#include <thread>

namespace naru::services {

using namespace imaging::dimse;

namespace {
constexpr quint32 SopUid = 0x00080018, PatientId = 0x00100020, StudyUid = 0x0020000D, SeriesUid = 0x0020000E;

constexpr std::size_t FewInstances = 15; // go over one association
constexpr std::chrono::seconds ListedLater{1};

Limits limitsOf(int matches)
{
    Limits out;
    out.matches = matches;
    return out;
}
} // namespace

DimseLink::DimseLink(const PacsNode &node, int matches)
    : m_node(node)
    , m_limits(limitsOf(matches))
    , m_client(dimseNode(node), m_limits)
{
}

std::vector<PacsTestStep> DimseLink::test(const base::WorkContext &work)
{
    std::vector<PacsTestStep> out;
    for (const TestStep &step : m_client.test(work))
        out.push_back({step.step, step.ok, step.detail, step.error});
    return out;
}

base::Result<PacsLink::Found> DimseLink::find(const PacsQuery &query, const base::WorkContext &work)
{
    NARU_ASSIGN(const FindResult found, m_client.find(studyQuery(m_node, query), work));
    Found out{{}, found.more};
    for (const Match &match : found.matches)
        out.studies.push_back(studyOf(match));
    return out;
}

base::Result<std::vector<PacsInstance>> DimseLink::instances(
    const PacsStudy &study, const base::WorkContext &work)
{
    return listInstances(m_client, m_node, study, work);
}

base::Status DimseLink::retrieve(const PacsStudy &study, const Wanted &wanted, const Taken &taken,
    const Counted &counted, const base::WorkContext &work)
{
    Query query{modelOf(m_node), wanted.level, {{StudyUid, study.studyUid}}, m_node.characterSet};
    if (query.model == Model::Patient)
        query.keys.push_back({PatientId, study.patientId});
    if (!wanted.seriesUid.isEmpty())
        query.keys.push_back({SeriesUid, wanted.seriesUid});
    if (!wanted.uids.isEmpty())
        query.keys.push_back({SopUid, wanted.uids.join(QLatin1Char('\\'))});
    const auto receive = [&taken](const Received &one) {
        return taken(QByteArray(one.part10.constData(), one.part10.size()), one.sopUid);
    };
    const auto done = m_node.retrieve == QLatin1String("move")
        ? m_client.move(query, m_node.ourAeTitle, work, counted)
        : m_client.get(query, wanted.classes, receive, work, counted);
    if (!done)
        return done.error();
    counted(*done);
    return {};
}

// Asked twice, since some list a moment later than they answer.
QSet<QString> DimseLink::lost(
    const QString &studyUid, const QSet<QString> &sent, const base::WorkContext &work)
{
    QSet<QString> out;
    for (int look = 0; look < 2 && m_node.associations > 1 && !sent.isEmpty(); ++look) {
        if (look > 0)
            std::this_thread::sleep_for(ListedLater);
        const auto study = askStudy(*this, studyUid, work);
        const auto listed =
            study ? instances(*study, work) : base::Result<std::vector<PacsInstance>>(study.error());
        const bool empty = listed && listed->empty(); // it has the study and cannot say what is in it
        out =
            (listed && !empty) || (!study && study.error().is(errors::PacsNoStudy)) ? sent : QSet<QString>();
        for (std::size_t i = 0; listed && i < listed->size(); ++i)
            out.remove(listed->at(i).sopUid);
        if (out.isEmpty())
            break;
    }
    return out;
}

// What the archive said it stored and does not list goes again, over one association.
base::Status DimseLink::sendLost(const QString &studyUid, const std::vector<Instance> &instances,
    Outcomes &outcomes, const base::WorkContext &work)
{
    QSet<QString> told;
    for (const StoreOutcome &one : outcomes) {
        if (one.state != StoreOutcome::State::Failed)
            told.insert(one.sopUid);
    }
    const QSet<QString> gone = lost(studyUid, told, work);
    std::vector<Instance> again;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (gone.contains(outcomes[i].sopUid)) {
            again.push_back(instances[i]);
            places.push_back(i);
        }
    }
    if (again.empty())
        return {};
    NARU_ASSIGN(const Outcomes second, m_client.store(again, work));
    for (std::size_t i = 0; i < second.size(); ++i)
        outcomes[places[i]] = second[i];
    return {};
}

// Only an archive that lists what it has and answers for it (storage commitment) is trusted with several at
// once: dcmqrscp gives two files one name then, says success to both and lists both.
bool DimseLink::takesSeveral(const QString &studyUid, const base::WorkContext &work)
{
    PacsQuery query;
    query.studyUid = studyUid;
    return find(query, work) && m_client.offers(base::oid("sopCommitment").text(), work);
}

base::Result<PacsLink::Outcomes> DimseLink::store(const QString &studyUid,
    const std::vector<Instance> &instances, const Each &each, const base::WorkContext &work)
{
    const bool several =
        m_node.associations > 1 && instances.size() > FewInstances && takesSeveral(studyUid, work);
    NARU_ASSIGN(Outcomes outcomes,
        storeTogether(m_client.node(), m_limits, instances, work, each, several ? m_node.associations : 1));
    if (several)
        NARU_TRY(sendLost(studyUid, instances, outcomes, work));
    return outcomes;
}

base::Result<Commitment> DimseLink::commit(const QString &transaction, const std::vector<InstanceName> &names,
    int waitSeconds, const base::WorkContext &work)
{
    return m_client.commit(transaction, names, waitSeconds, work);
}

} // namespace naru::services
