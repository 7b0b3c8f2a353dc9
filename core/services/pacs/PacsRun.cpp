#include "core/services/pacs/PacsRun.h"

#include "core/base/Oid.h"
#include "core/imaging/dimse/DimseTeam.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/pacs/PacsNodes.h"

#include <QMap>

#include <chrono>

namespace naru::services {

using namespace imaging::dimse;

namespace {
constexpr quint32 SopUid = 0x00080018, PatientId = 0x00100020, StudyUid = 0x0020000D, SeriesUid = 0x0020000E;
constexpr qint64 TellEveryMs = 1000;
constexpr int UidsAQuery = 64;
constexpr int MostClasses = 6; // of one association with a context for each syntax
constexpr int MostInstances = 100'000;
constexpr int ReportSeconds = 5; // on the same association; later ones come to the listener

qint64 now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}
} // namespace

Node PacsRun::dimseNode(const PacsNode &node)
{
    return services::dimseNode(node);
}

Limits PacsRun::limits()
{
    Limits out;
    out.matches = MostInstances;
    return out;
}

void PacsRun::tell(bool force)
{
    if (const qint64 moment = now(); force || moment - m_told > TellEveryMs) {
        m_told = moment;
        if (m_progress)
            m_progress(m_details);
    }
}

// SOP instance UIDs of the study that are stored here.
QSet<QString> PacsRun::here() const
{
    QSet<QString> out;
    StudyFilter filter;
    filter.studyUid = m_details.studyUid;
    for (const StudyRow &study : m.images->studies(filter)) {
        for (const SeriesRow &series : m.images->series(study.key)) {
            for (const InstanceRow &instance : m.images->instances(series.key))
                out.insert(instance.sopUid);
        }
    }
    return out;
}

base::Status PacsRun::expect()
{
    NARU_ASSIGN(m_study, askStudy(m_client, m_node, m_details.studyUid, m_work));
    NARU_ASSIGN(m_expected, listInstances(m_client, m_node, m_study, m_work));
    for (const PacsInstance &one : m_expected)
        m_wanted.insert(one.sopUid);
    m_details.total = m_expected.empty() ? qMax(0, m_study.instances) : int(m_wanted.size());
    return {};
}

base::Status PacsRun::take(const Received &received)
{
    // A node may send only what it was asked for.
    if (!m_wanted.isEmpty() && !m_wanted.contains(received.sopUid))
        return imaging::dimse::errors::NotKept;
    const QByteArray copy(received.part10.constData(), received.part10.size());
    const auto ofThisStudy = [this](const imaging::ImageFacts &facts) -> base::Status {
        return facts.studyUid == m_details.studyUid ? base::Status()
                                                    : base::Status(imaging::dimse::errors::NotKept);
    };
    const auto kept =
        m.images->put(copy, QStringLiteral("pacs:") + m_node.name, false, m_details.patientKey, ofThisStudy);
    if (!kept) {
        if (m_refusal)
            m_refusal = kept.error();
        return kept.error();
    }
    ++m_details.done;
    tell();
    return {};
}

base::Status PacsRun::ask(
    Level level, const QString &seriesUid, const QStringList &uids, const QStringList &classes)
{
    Query query{modelOf(m_node), level, {{StudyUid, m_details.studyUid}}, {}};
    if (query.model == Model::Patient)
        query.keys.push_back({PatientId, m_study.patientId});
    if (!seriesUid.isEmpty())
        query.keys.push_back({SeriesUid, seriesUid});
    if (!uids.isEmpty())
        query.keys.push_back({SopUid, uids.join(QLatin1Char('\\'))});
    query.characterSet = m_node.characterSet;
    const auto counts = [this](const SubOperations &counted) {
        m_details.warnings = qMax(m_details.warnings, counted.warning);
        tell();
    };
    const auto done = m_node.retrieve == QLatin1String("move")
        ? m_client.move(query, m_node.ourAeTitle, m_work, counts)
        : m_client.get(
            query, classes, [this](const Received &one) { return take(one); }, m_work, counts);
    const base::Status flushed = m.images->flush();
    if (!done)
        return done.error();
    m_details.warnings = qMax(m_details.warnings, done->warning);
    return flushed;
}

// As few questions as the gaps allow: the study, whole series, single instances.
base::Status PacsRun::fetchMissing(const QSet<QString> &have)
{
    if (m_expected.empty())
        return ask(Level::Study, {}, {}, {});
    struct Gap {
        QStringList missing{};
        QStringList classes{};
        int all = 0;
    };
    QMap<QString, Gap> series;
    QStringList classes;
    bool nothing = true;
    for (const PacsInstance &one : m_expected) {
        Gap &gap = series[one.seriesUid];
        ++gap.all;
        if (have.contains(one.sopUid)) {
            nothing = false;
            continue;
        }
        gap.missing.append(one.sopUid);
        for (QStringList *list : {&gap.classes, &classes}) {
            if (validUid(one.sopClass) && !list->contains(one.sopClass))
                list->append(one.sopClass);
        }
    }
    if (nothing && classes.size() <= MostClasses)
        return ask(Level::Study, {}, {}, classes);
    for (auto it = series.cbegin(); it != series.cend(); ++it) {
        const Gap &gap = it.value();
        if (gap.missing.isEmpty())
            continue;
        if (gap.missing.size() == gap.all) {
            NARU_TRY(ask(Level::Series, it.key(), {}, gap.classes));
            continue;
        }
        for (qsizetype i = 0; i < gap.missing.size(); i += UidsAQuery)
            NARU_TRY(ask(Level::Image, it.key(), gap.missing.mid(i, UidsAQuery), gap.classes));
    }
    return {};
}

// What is stored decides, never what the node counted.
base::Status PacsRun::count(bool final)
{
    const QSet<QString> have = here();
    m_details.done = m_expected.empty() ? int(have.size()) : int((QSet<QString>(have) & m_wanted).size());
    const int missing = qMax(0, m_details.total - m_details.done);
    m_details.failed = final ? missing : 0;
    if (missing == 0)
        return {};
    base::Error error(errors::PacsIncomplete, {},
        {{QStringLiteral("missing"), QString::number(missing)},
            {QStringLiteral("total"), QString::number(m_details.total)}});
    if (!m_refusal)
        error.because(m_refusal.error());
    return error;
}

base::Status PacsRun::fetch(const Progress &progress, const Listening &listening)
{
    m_progress = progress;
    NARU_TRY(expect());
    if (count(false) && m_details.total > 0)
        return {};
    tell(true);
    std::shared_ptr<void> receiver;
    if (m_node.retrieve == QLatin1String("move"))
        receiver = listening();
    const base::Status asked = fetchMissing(here());
    const base::Status counted = count(bool(asked));
    tell(true);
    // All that was to come is here: how the node ended the conversation no longer matters.
    return counted || asked ? counted : asked;
}

base::Result<std::vector<Instance>> PacsRun::unsent()
{
    NARU_ASSIGN(const StudyRow study, m.images->study(m_details.studyKey));
    m_details.studyUid = study.studyUid;
    std::vector<Instance> out;
    m_details.total = 0;
    for (const SeriesRow &series : m.images->series(study.key)) {
        for (const InstanceRow &instance : m.images->instances(series.key)) {
            ++m_details.total;
            if (m_details.sent.contains(instance.sopUid))
                continue;
            out.push_back({instance.sopClass, instance.sopUid, instance.facts.transferSyntax,
                [this, key = instance.key]() -> base::Result<QByteArray> {
                    NARU_ASSIGN(const imaging::ImageSource source, m.images->source(key));
                    return source.bytes;
                }});
        }
    }
    return out;
}

base::Status PacsRun::commit(const std::vector<Instance> &instances)
{
    std::vector<InstanceName> names;
    names.reserve(instances.size());
    for (const Instance &one : instances)
        names.push_back({one.sopClass, one.sopUid});
    // Kept before it is asked: the report may come to another program of this profile, and at once.
    m_details.transaction = base::Oid::fromNewUuid().text();
    tell(true);
    NARU_ASSIGN(
        const Commitment report, m_client.commit(m_details.transaction, names, ReportSeconds, m_work));
    if (report.committed.empty() && report.failed.empty())
        return {};
    m_details.transaction.clear();
    m_details.committed = int(report.committed.size());
    return {};
}

base::Status PacsRun::send(const Progress &progress)
{
    m_progress = progress;
    NARU_ASSIGN(const std::vector<Instance> instances, unsent());
    m_details.done = int(m_details.sent.size());
    m_details.failed = 0;
    tell(true);
    const auto each = [this](const StoreOutcome &outcome) {
        if (outcome.state == StoreOutcome::State::Failed)
            return;
        m_details.sent.insert(outcome.sopUid);
        ++m_details.done;
        m_details.warnings += outcome.state == StoreOutcome::State::Warning;
        tell();
    };
    NARU_ASSIGN(const std::vector<StoreOutcome> outcomes,
        storeTogether(m_client.node(), limits(), instances, m_work, each));
    base::Error last;
    for (const StoreOutcome &outcome : outcomes) {
        if (outcome.state == StoreOutcome::State::Failed) {
            ++m_details.failed;
            last = outcome.error;
        }
    }
    tell(true);
    if (m_details.failed > 0) {
        // A node that is not there is that; images it refuses are these.
        if (m_details.failed == int(outcomes.size()) && last.code.exitStatus == 3)
            return last;
        base::Error error(errors::PacsNotSent, {},
            {{QStringLiteral("failed"), QString::number(m_details.failed)},
                {QStringLiteral("total"), QString::number(m_details.total)}});
        return error.because(last);
    }
    return m_node.commitment && !instances.empty() ? commit(instances) : base::Status();
}

} // namespace naru::services
