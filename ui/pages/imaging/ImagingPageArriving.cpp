// Images that come while the page is open: the rest of a study from the exchange, which the page asks for
// itself, and what an archive sends. Stacks grow in place; the picture that is looked at stays.
#include "core/base/Errors.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/imaging/StackSync.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/ImageFetches.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <algorithm>

namespace naru::ui {

using services::ImageFetchReport;
using services::ImageFetchRequest;

// A letter asks for another study while this page shows one.
void ImagingPage::requested()
{
    const QString wanted = request().object;
    if (wanted.isEmpty())
        return;
    m_wanted = wanted;
    if (m_desk->source().keeps())
        showWanted();
    if (!m_desk->isLoading())
        m_desk->load();
}

const services::StudyRow *ImagingPage::rowNamed(const QString &keyOrUid) const
{
    const auto &rows = m_desk->rows();
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const services::StudyRow &row) {
        return !keyOrUid.isEmpty() && (row.key == keyOrUid || row.studyUid == keyOrUid);
    });
    return found == rows.end() ? nullptr : &*found;
}

bool ImagingPage::showWanted()
{
    const services::StudyRow *row = rowNamed(m_wanted);
    if (!row)
        return false;
    m_wanted.clear();
    if (row->key != m_study || !study())
        showStudy(row->key);
    return true;
}

void ImagingPage::watchFetches()
{
    ImageFetches &fetches = context().imageFetches();
    connect(
        &fetches, &ImageFetches::started, this, [this](const ImageFetchRequest &, UiJob *) { tellFetch(); });
    connect(&fetches, &ImageFetches::arrived, this,
        [this](const ImageFetchRequest &, const ImageFetchReport &) { tellFetch(); });
    connect(&fetches, &ImageFetches::ended, this,
        [this](const ImageFetchRequest &request, const ImageFetchReport &report, const base::Error *error) {
            const OpenStudy *open = study();
            tellFetch();
            tellNone();
            const QString about = report.studyUid.isEmpty() ? request.studyUid : report.studyUid;
            if (!open || about != open->row.studyUid)
                return;
            readMeasurements();
            readKeyImages(m_study);
            if (error)
                tellMissing(report, *error);
        });
}

// Not all came: how many are missing, where that is known.
void ImagingPage::tellMissing(const ImageFetchReport &report, const base::Error &error)
{
    const bool stopped = error.is(base::errors::Stopped); // no fault: it was asked for
    if (report.expected == 0 && !stopped)
        return;
    const int here = report.known + report.stored;
    const auto again = [this] {
        m_strip->clear();
        fetchRest(true);
    };
    if (stopped) {
        m_strip->show(MessageStrip::Kind::Warn,
            report.expected > 0
                ? tr("Stopped: %1 of %2 images are here").arg(here).arg(report.expected)
                : tr("Stopped before it was known whether more images of this study are there"),
            {{tr("Fetch the rest"), again}});
        return;
    }
    m_strip->showError(error, context().language(),
        tr("Only %1 of %2 images are here").arg(here).arg(report.expected), {tr("Again"), again});
}

// What a fetch that was cut has left, and what the exchange has had since.
void ImagingPage::fetchRest(bool again)
{
    const OpenStudy *open = study();
    if (!open || !open->row.source.startsWith(QLatin1String("exchange:")))
        return;
    ImageFetches &fetches = context().imageFetches();
    const QString uid = open->row.studyUid;
    const ImageFetchReport *before = fetches.report(uid);
    if (!again && before && before->error && !fetches.running(uid))
        tellMissing(*before, *before->error); // it ended before the study was open here
    if (!again && (fetches.running(uid) || fetches.report(uid) || m_parts->asked.contains(uid)))
        return;
    m_parts->asked.append(uid);
    fetches.fetch({.patient = m_patient, .studyUid = uid});
}

bool ImagingPage::isFetching() const
{
    const OpenStudy *open = study();
    return open && context().imageFetches().running(open->row.studyUid);
}

void ImagingPage::tellFetch()
{
    const OpenStudy *open = study();
    UiJob *job = open ? context().imageFetches().running(open->row.studyUid) : nullptr;
    if (job != m_parts->followed) {
        m_parts->followed = job;
        m_parts->fetchLine->follow(job);
    }
    tellMarks();
}

// While two studies are compared: which of them this is, whatever was put into the view since.
QString ImagingPage::captionOf(const Viewport &view) const
{
    const OpenStudy *of = view.provider() && !m_prior.isEmpty() && m_desk->study(m_prior)
        ? m_desk->study(view.provider()->studyKey())
        : nullptr;
    if (!of)
        return {};
    return (of->row.key == m_prior ? tr("Earlier %1") : tr("Current %1")).arg(dicomDate(of->row.date));
}

// Beside the counter of each view: whether it is a key image, and in a low view how many are still to come.
void ImagingPage::tellMarks()
{
    QString coming;
    const OpenStudy *open = study();
    if (m_low && isFetching()) {
        if (const ImageFetchReport *report = context().imageFetches().report(open->row.studyUid))
            coming = tr("%1 / %2 arrived").arg(report->known + report->stored).arg(report->expected);
    }
    for (Viewport *view : m_grid->views()) {
        const bool key = view->image().facts && m_parts->keyImages.contains(view->image().place());
        QStringList marks = {key ? tr("★ key image") : QString(), coming};
        marks.removeAll(QString());
        view->setMarks(marks.join(QStringLiteral("  ")));
        view->setCaption(captionOf(*view));
        view->setAlarm(view->provider() ? m_parts->alarms.value(view->provider()->studyKey()) : QString());
    }
}

void ImagingPage::followArrivals()
{
    for (const QString &key : {m_study, m_prior}) {
        const services::StudyRow *row = m_desk->row(key);
        const OpenStudy *open = m_desk->study(key);
        if (row && open && row->instances > int(open->instances.size()))
            m_desk->grow(key);
    }
}

StackProvider *ImagingPage::holderOf(const ShownImage &image) const
{
    for (const QString &key : {m_study, m_prior}) {
        const OpenStudy *open = image.key.isEmpty() ? nullptr : m_desk->study(key);
        for (StackProvider *provider : open ? open->providers : QList<StackProvider *>()) {
            if (provider->indexOf(image.key, image.frame) >= 0)
                return provider;
        }
    }
    return nullptr;
}

// The same pictures under their new numbers.
void ImagingPage::keepPictures()
{
    for (Viewport *view : m_grid->views()) {
        const ShownImage was = view->image();
        if (!view->provider())
            view->setProvider(holderOf(was)); // its stack became part of another
        const auto *stack = qobject_cast<const StackProvider *>(view->provider());
        const int index = stack ? stack->indexOf(was.key, was.frame) : -1;
        if (index >= 0)
            view->setIndex(index);
        if (view->provider())
            Q_EMIT view->provider()->countChanged(); // said aloud under the new number
    }
}

void ImagingPage::studyGrown(const QString &studyKey, int newPictures)
{
    if (studyKey != m_study && studyKey != m_prior)
        return;
    const bool more = m_series->count() != shownStacks();
    keepPictures();
    listSeries();
    readMeasurements(studyKey); // reports, states and key objects come like pictures
    readKeyImages(studyKey);
    // Until somebody has touched it, a study that is being fetched hangs as if it were whole.
    if (more && !m_touched && !m_ownLayout && m_prior.isEmpty() && isFetching())
        hang();
    m_sync->join();
    activeChanged();
    followArrivals();
    // The last of what was fetched is listed after the fetch has ended.
    const OpenStudy *open = m_desk->study(studyKey);
    const ImageFetchReport *asked = context().imageFetches().report(open->row.studyUid);
    if (newPictures <= 0 || isFetching() || (asked && int(open->instances.size()) <= asked->expected))
        return;
    m_parts->news += newPictures;
    const QString said = tr("%n more image(s) of this study have arrived", nullptr, m_parts->news);
    const bool planes = m_parts->volumes && m_parts->volumes->isOpen();
    if (planes)
        m_strip->show(MessageStrip::Kind::Info, said, {{tr("Cut the planes again"), [this] { refresh(); }}});
    else
        context().showToast(said);
}

int ImagingPage::shownStacks() const
{
    int count = 0;
    for (const QString &key : {m_study, m_prior}) {
        if (const OpenStudy *open = key.isEmpty() ? nullptr : m_desk->study(key))
            count += int(open->providers.size());
    }
    return count;
}

} // namespace naru::ui
