#include "core/services/pacs/PacsRun.h"

#include "core/base/Oid.h"
#include "core/imaging/dimse/DimseTeam.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/images/ImageDetails.h"
#include "core/services/pacs/PacsConvert.h"
#include "core/services/pacs/PacsNodes.h"

#include <QMap>

#include <chrono>

namespace naru::services {

using namespace imaging::dimse;

namespace {
constexpr qint64 TellEveryMs = 1000;
constexpr int UidsAQuery = 64;
constexpr int MostClasses = 6; // of one association with a context for each syntax
constexpr qsizetype MostNamed = 1000; // of what did not come
constexpr int ReportSeconds = 5; // on the same association; later ones come to the listener

qint64 now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}
} // namespace

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

// Instances of the study in versions of their own: other bytes came under their SOP instance UIDs.
int PacsRun::apart() const
{
    StudyFilter filter;
    filter.studyUid = m_details.studyUid;
    int out = 0;
    for (const StudyRow &study : m.images->studies(filter))
        out += study.version > 1 ? study.instances : 0;
    return out;
}

base::Status PacsRun::expect()
{
    NARU_ASSIGN(m_study, askStudy(*m_link, m_details.studyUid, m_work));
    NARU_ASSIGN(m_expected, m_link->instances(m_study, m_work));
    for (const PacsInstance &one : m_expected)
        m_wanted.insert(one.sopUid);
    // Some archives cut the list of a long series short without a word. Then the whole study is asked for,
    // and what comes of it is not held against that list.
    m_partlyListed = !m_expected.empty() && int(m_wanted.size()) < m_study.instances;
    if (m_partlyListed) {
        m_expected.clear();
        m_wanted.clear();
    }
    m_details.total = m_expected.empty() ? qMax(0, m_study.instances) : int(m_wanted.size());
    return {};
}

// A chart that was named takes nobody else's images, whatever the archive's list said of them.
base::Status PacsRun::ofThisPatient(const StudyRow &images) const
{
    if (!m_chart)
        return {};
    const QStringList differing = differencesFrom(*m_chart, images);
    return differing.isEmpty() ? base::Status()
                               : base::Error(errors::ImagesOfAnother, {},
                                   {{QStringLiteral("fields"), differing.join(QStringLiteral(", "))}});
}

base::Status PacsRun::take(const QByteArray &part10, const QString &sopUid)
{
    // A node may send only what it was asked for.
    if (!sopUid.isEmpty() && !m_wanted.isEmpty() && !m_wanted.contains(sopUid))
        return imaging::dimse::errors::NotKept;
    const auto asked = [this](const imaging::ImageFacts &facts) -> base::Status {
        if (facts.studyUid != m_details.studyUid || (!m_wanted.isEmpty() && !m_wanted.contains(facts.sopUid)))
            return imaging::dimse::errors::NotKept;
        return ofThisPatient(studyFromFacts(facts, {}));
    };
    const auto kept =
        m.images->put(part10, QStringLiteral("pacs:") + m_node.name, false, m_details.patientKey, asked);
    if (!kept) {
        if (m_refusal)
            m_refusal = kept.error();
        return kept.error();
    }
    m_details.done += kept->state != PutOutcome::State::Known;
    tell();
    return {};
}

void PacsRun::counted(const SubOperations &now)
{
    constexpr int Pending = 0xFF00;
    m_details.warnings = qMax(m_details.warnings, now.warning);
    if ((now.status & Pending) != Pending) { // of the last answer
        m_withheld += now.failed;
        m_withheldUids += QSet<QString>(now.failedUids.begin(), now.failedUids.end());
    }
    tell();
}

base::Status PacsRun::ask(const PacsLink::Wanted &wanted)
{
    const auto told = [this](const SubOperations &now) { counted(now); };
    const auto taken = [this](
                           const QByteArray &part10, const QString &sopUid) { return take(part10, sopUid); };
    const base::Status asked = m_link->retrieve(m_study, wanted, taken, told, m_work);
    const base::Status flushed = m.images->flush();
    return asked ? flushed : asked;
}

// As few questions as the gaps allow: the study, whole series, single instances.
base::Status PacsRun::fetchMissing(const QSet<QString> &have)
{
    if (m_expected.empty())
        return ask({Level::Study, {}, {}, {}});
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
        return ask({Level::Study, {}, {}, classes});
    for (auto it = series.cbegin(); it != series.cend(); ++it) {
        const Gap &gap = it.value();
        if (gap.missing.isEmpty())
            continue;
        if (m_link->asksWhole(gap.missing.size(), gap.all)) {
            NARU_TRY(ask({Level::Series, it.key(), {}, gap.classes}));
            continue;
        }
        for (qsizetype i = 0; i < gap.missing.size(); i += UidsAQuery)
            NARU_TRY(ask({Level::Image, it.key(), gap.missing.mid(i, UidsAQuery), gap.classes}));
    }
    return {};
}

// By name, so that somebody can ask the archive for them.
void PacsRun::noteMissing(const QSet<QString> &have)
{
    QSet<QString> missing = (m_expected.empty() ? m_withheldUids : m_wanted) - have;
    QStringList named(missing.begin(), missing.end());
    named.sort();
    m_details.missing = named.mid(0, MostNamed);
}

// What is stored decides, never what the node counted.
base::Status PacsRun::count(bool final)
{
    const QSet<QString> have = here();
    m_details.done = m_expected.empty() ? int(have.size()) : int((QSet<QString>(have) & m_wanted).size());
    if (final && m_expected.empty() && (m_partlyListed || m_withheld > 0)) {
        // Its own count of the study may be old: what it failed to send is missing, or else what it counts.
        const int said = m_partlyListed ? 0 : m_details.total;
        m_details.total = qMax(said, m_details.done + m_withheld);
    }
    noteMissing(have);
    m_details.conflicts = qMax(0, apart() - m_apartBefore);
    const int missing = qMax(0, m_details.total - m_details.done);
    m_details.failed = final ? missing : 0;
    if (missing == 0)
        return {};
    if (!m_refusal && m_refusal.error().is(errors::ImagesOfAnother))
        return m_refusal; // asking again would not change whose they are
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
    if (!m_details.patientKey.isEmpty()) {
        NARU_ASSIGN(m_chart, m.patient(m_details.patientKey));
    }
    m_apartBefore = apart() - m_details.conflicts;
    NARU_TRY(expect());
    if (count(false) && m_details.total > 0)
        return intoChart();
    tell(true);
    std::shared_ptr<void> receiver;
    if (m_node.web.isEmpty() && m_node.retrieve == QLatin1String("move"))
        receiver = listening();
    const base::Status asked = fetchMissing(here());
    const base::Status counted = count(bool(asked));
    tell(true);
    NARU_TRY(intoChart());
    // All that was to come is here: how the node ended the conversation no longer matters.
    return counted || asked ? counted : asked;
}

// What was here before, or came to the listener (C-MOVE), knows nothing of the chart that was named.
base::Status PacsRun::intoChart()
{
    if (!m_chart)
        return {};
    StudyFilter filter;
    filter.studyUid = m_details.studyUid;
    for (const StudyRow &row : m.images->studies(filter)) {
        if (row.patientKey == m_details.patientKey)
            continue;
        if (!row.patientKey.isEmpty())
            return base::Error(errors::ImageOtherChart);
        NARU_TRY(ofThisPatient(row));
        NARU_TRY(m.images->assign(row.key, m_details.patientKey));
    }
    return {};
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
            m_names.push_back({instance.sopClass, instance.sopUid});
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

// Also what an earlier run sent and was killed before it could ask.
base::Status PacsRun::commit()
{
    std::vector<InstanceName> names;
    for (const InstanceName &one : m_names) {
        if (m_details.sent.contains(one.sopUid) && !m_details.confirmed.contains(one.sopUid))
            names.push_back(one);
    }
    if (names.empty())
        return {};
    // Kept before it is asked: the report may come to another program of this profile, and at once.
    m_details.transaction = base::Oid::fromNewUuid().text();
    tell(true);
    NARU_ASSIGN(const Commitment report, m_link->commit(m_details.transaction, names, ReportSeconds, m_work));
    if (!report.committed.empty() || !report.failed.empty())
        m_details.take(report);
    return {};
}

base::Status PacsRun::send(const Progress &progress)
{
    m_progress = progress;
    const QSet<QString> lost = m_link->lost(m_details.studyUid, m_details.sent, m_work);
    m_details.sent -= lost;
    m_details.confirmed -= lost;
    NARU_ASSIGN(const std::vector<Instance> instances, unsent());
    m_details.done = int(m_details.sent.size());
    m_details.failed = 0;
    tell(true);
    const auto each = [this](const StoreOutcome &outcome) {
        if (outcome.state == StoreOutcome::State::Failed)
            return;
        m_details.sent.insert(outcome.sopUid);
        m_details.refused.remove(outcome.sopUid);
        ++m_details.done;
        m_details.warnings += outcome.state == StoreOutcome::State::Warning;
        tell();
    };
    const auto store = [this](const std::vector<Instance> &some, const PacsConvert::Each &told) {
        return m_link->store(m_details.studyUid, some, told, m_work);
    };
    NARU_ASSIGN(std::vector<StoreOutcome> outcomes, store(instances, each));
    PacsConvert convert(m, m_work);
    NARU_ASSIGN(const int converted, convert.sendRefused(instances, outcomes, store, each));
    m_details.converted += converted;
    base::Error last;
    for (const StoreOutcome &outcome : outcomes) {
        if (outcome.state == StoreOutcome::State::Failed) {
            ++m_details.failed;
            last = outcome.error;
            m_details.done -= m_details.sent.remove(outcome.sopUid); // told as stored once, and lost
            m_details.confirmed.remove(outcome.sopUid);
        }
    }
    tell(true);
    if (m_details.failed > 0) {
        // A node that is not there is that; images it refuses are these.
        if (m_details.failed == int(outcomes.size()) && last.code.exitStatus == 3)
            return last;
        const QString status = last.arguments.value(QStringLiteral("status"));
        base::Error error(errors::PacsNotSent,
            status.isEmpty() ? QString() : QStringLiteral("status ") + status,
            {{QStringLiteral("failed"), QString::number(m_details.failed)},
                {QStringLiteral("total"), QString::number(m_details.total)}});
        return error.because(last);
    }
    return m_node.commitment ? commit() : base::Status();
}

} // namespace naru::services
