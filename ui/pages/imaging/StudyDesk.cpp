#include "ui/pages/imaging/StudyDesk.h"

#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/MemoryBudget.h"

#include <algorithm>
#include <numeric>

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

int OpenStudy::pictures() const
{
    return std::accumulate(stacks.begin(), stacks.end(), 0,
        [](int sum, const imaging::Stack &stack) { return sum + stack.size(); });
}

void StudyDesk::load()
{
    if (std::exchange(m_loading, true)) {
        m_again = true; // what changed since may not be in the list that is being read
        return;
    }
    UiJob::start<std::vector<services::StudyRow>>(
        m_queue, this, [source = m_source](const base::WorkContext &work) { return source->studies(work); },
        [this](const base::Result<std::vector<services::StudyRow>> &result) {
            m_loading = false;
            if (result)
                m_rows = *result;
            else
                Q_EMIT failed(result.error());
            const bool again = std::exchange(m_again, false);
            if (again)
                load();
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
    m_loader->expect(studyKey);
    read(studyKey, [this, studyKey](const OpenStudy &study) { take(studyKey, study); });
}

void StudyDesk::read(const QString &studyKey, const std::function<void(const OpenStudy &)> &done)
{
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
        [this, studyKey, done](const base::Result<OpenStudy> &result) {
            m_opening.removeAll(studyKey);
            if (result)
                done(*result);
            else
                Q_EMIT failed(result.error());
            m_loader->forgetExpected();
        });
}

void StudyDesk::grow(const QString &studyKey)
{
    if (!m_open.contains(studyKey) || m_opening.contains(studyKey))
        return; // when that is read, its row tells whether there is more
    read(studyKey, [this, studyKey](const OpenStudy &study) { merge(studyKey, study); });
}

namespace {

// Which open stack most pictures of a new one were in; -1: in none.
int grownFrom(const OpenStudy &read, const imaging::Stack &stack,
    const QHash<QPair<QString, int>, int> &places, const QList<StackProvider *> &left)
{
    QHash<int, int> counts;
    for (const imaging::SliceRef &slice : stack.slices) {
        const int from = places.value({read.instances[std::size_t(slice.instance)].handle, slice.frame}, -1);
        if (from >= 0 && left.value(from))
            ++counts[from];
    }
    int best = -1;
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it) {
        if (best < 0 || it.value() > counts.value(best))
            best = it.key();
    }
    return best;
}

} // namespace

// A provider stays the provider of what it showed: views, measurements and decoded pictures hang on it.
void StudyDesk::merge(const QString &studyKey, const OpenStudy &read)
{
    const services::StudyRow *known = row(studyKey);
    const auto study = m_open.value(studyKey);
    if (!known || !study || read.instances.size() <= study->instances.size())
        return;
    const int before = study->pictures();
    QHash<QPair<QString, int>, int> places;
    for (int i = 0; i < study->providers.size(); ++i) {
        for (const imaging::SliceRef &slice : study->providers[i]->stack().slices)
            places.insert({study->instances[std::size_t(slice.instance)].handle, slice.frame}, i);
    }
    QList<StackProvider *> left = std::exchange(study->providers, {});
    study->row = *known;
    study->instances = read.instances;
    study->stacks = read.stacks;
    study->notShown = read.notShown;
    for (const imaging::Stack &stack : study->stacks) {
        const int from = grownFrom(read, stack, places, left);
        StackProvider *provider = from < 0 ? nullptr : std::exchange(left[from], nullptr);
        if (provider)
            provider->extend(study->row, study->instances, stack);
        else
            provider = new StackProvider(*m_loader, study->row, study->instances, stack, this);
        study->providers.append(provider);
    }
    qDeleteAll(left); // two stacks that turned out to be one
    Q_EMIT studyGrown(studyKey, study->pictures() - before);
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
