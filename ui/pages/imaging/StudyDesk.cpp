#include "ui/pages/imaging/StudyDesk.h"

#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/MemoryBudget.h"

#include <algorithm>

namespace naru::ui {

StudyDesk::StudyDesk(jobs::JobQueue &queue, std::shared_ptr<StudySource> source, QObject *parent)
    : QObject(parent)
    , m_queue(queue)
    , m_source(std::move(source))
    , m_loader(new FrameLoader(queue, m_source, imageMemoryBudget(), this))
{
}

StudyDesk::~StudyDesk()
{
    for (const auto &study : std::as_const(m_open))
        qDeleteAll(study->providers);
}

void StudyDesk::load()
{
    if (std::exchange(m_loading, true))
        return;
    UiJob::start<std::vector<services::StudyRow>>(
        m_queue, this, [source = m_source](const base::WorkContext &work) { return source->studies(work); },
        [this](const base::Result<std::vector<services::StudyRow>> &result) {
            m_loading = false;
            if (result)
                m_rows = *result;
            else
                Q_EMIT failed(result.error());
            Q_EMIT studiesLoaded();
        });
}

const services::StudyRow *StudyDesk::row(const QString &studyKey) const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&](const services::StudyRow &row) { return row.key == studyKey; });
    return found == m_rows.end() ? nullptr : &*found;
}

const OpenStudy *StudyDesk::study(const QString &studyKey) const
{
    return m_open.value(studyKey).get();
}

void StudyDesk::open(const QString &studyKey)
{
    if (m_open.contains(studyKey)) {
        Q_EMIT studyOpened(studyKey);
        return;
    }
    if (m_opening.contains(studyKey) || !row(studyKey))
        return;
    m_opening.append(studyKey);
    UiJob::start<OpenStudy>(
        m_queue, this,
        [source = m_source, studyKey](const base::WorkContext &work) -> base::Result<OpenStudy> {
            OpenStudy read;
            NARU_ASSIGN(read.instances, source->instances(studyKey, work));
            read.stacks = imaging::buildStacks(read.instances);
            for (const imaging::InstanceRef &instance : read.instances)
                read.notShown += instance.facts && instance.facts->kind == imaging::Kind::Image ? 0 : 1;
            return read;
        },
        [this, studyKey](const base::Result<OpenStudy> &result) {
            m_opening.removeAll(studyKey);
            if (result)
                take(studyKey, *result);
            else
                Q_EMIT failed(result.error());
        });
}

void StudyDesk::take(const QString &studyKey, const OpenStudy &read)
{
    const services::StudyRow *known = row(studyKey);
    if (!known)
        return;
    auto study = std::make_shared<OpenStudy>(read);
    study->row = *known;
    for (const imaging::Stack &stack : study->stacks)
        study->providers.append(new StackProvider(*m_loader, study->row, study->instances, stack, this));
    m_open.insert(studyKey, study);
    Q_EMIT studyOpened(studyKey);
}

void StudyDesk::close(const QString &studyKey)
{
    if (const auto study = m_open.take(studyKey))
        qDeleteAll(study->providers);
}

StackProvider *StudyDesk::providerOf(int loaderStack) const
{
    for (const auto &study : m_open) {
        for (StackProvider *provider : study->providers) {
            if (provider->number() == loaderStack)
                return provider;
        }
    }
    return nullptr;
}

} // namespace naru::ui
