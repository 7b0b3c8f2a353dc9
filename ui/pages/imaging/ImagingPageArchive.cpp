// The way to and from image archives: the study on screen is sent to one, and images that came in for nobody
// are given to this patient.
#include "core/base/Hangul.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/PacsService.h"
#include "core/services/PatientService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/pages/imaging/StudyList.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QBoxLayout>
#include <QMenu>

#include <chrono>
#include <thread>

namespace naru::ui {

using services::PacsJob;

namespace {

// The job is durable: whoever works on it, the background or this, it ends once.
base::Result<PacsJob> runToItsEnd(
    services::PacsService &pacs, const QString &id, const base::WorkContext &work)
{
    const auto told = [&work](const PacsJob &job) { work.report("images", job.done, job.total); };
    for (;;) {
        auto job = pacs.run(id, work, told);
        if (job || !job.error().is(services::errors::WorkerBusy))
            return job;
        const auto now = pacs.job(id);
        if (!now || (now->state != PacsJob::State::Running && now->state != PacsJob::State::Queued))
            return now;
        told(*now);
        if (work.stopRequested()) {
            (void)pacs.stop(id);
            return now;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
    }
}

} // namespace

bool ImagingPage::chooseArchive()
{
    const OpenStudy *open = study();
    if (!open || !m_desk->source().keeps())
        return false;
    const auto nodes = context().profile().pacs().nodes();
    if (nodes.empty()) {
        m_strip->show(MessageStrip::Kind::Info, tr("No image archive is set up"),
            {{tr("Settings"), [this] { context().openSettings(QStringLiteral("archives")); }}});
        return true;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("imaging.archives"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const services::PacsNode &node : nodes)
        menu->addAction(tr("Send to %1").arg(base::withVisibleControls(node.name)), this,
            [this, key = open->row.key, name = node.name] { sendToArchive(key, name); });
    menu->setActiveAction(menu->actions().constFirst());
    menu->popup(m_grid->active() ? m_grid->active()->mapToGlobal(QPoint(8, 8)) : mapToGlobal(QPoint(8, 8)));
    return true;
}

void ImagingPage::sendToArchive(const QString &studyKey, const QString &node, const QString &again)
{
    auto *job = UiJob::start<PacsJob>(
        context().queue(), this,
        [profile = context().sharedProfile(), studyKey, node, again](
            const base::WorkContext &work) -> base::Result<PacsJob> {
            QString id = again;
            if (id.isEmpty()) {
                NARU_ASSIGN(id, profile->pacs().send(studyKey, node));
            } else {
                NARU_TRY(profile->pacs().retry(id));
            }
            return runToItsEnd(profile->pacs(), id, work);
        },
        [this, studyKey, node](const base::Result<PacsJob> &result) {
            if (result)
                sentToArchive(*result, studyKey);
            else
                m_strip->showError(result.error(), context().language(),
                    tr("The images were not sent to %1").arg(base::withVisibleControls(node)));
        },
        tr("Sending the images"));
    m_parts->jobs->follow(job);
}

void ImagingPage::sentToArchive(const PacsJob &job, const QString &studyKey)
{
    const QString node = base::withVisibleControls(job.node);
    if (job.state == PacsJob::State::Done && job.failed == 0 && job.converted > 0) {
        m_strip->show(MessageStrip::Kind::Warn,
            tr("%n image(s) sent to %1", nullptr, job.done).arg(node) + QStringLiteral("; ")
                + tr("%n of them without their compression, which it does not take; no pixel was changed",
                    nullptr, job.converted));
        return;
    }
    if (job.state == PacsJob::State::Done && job.failed == 0) {
        m_strip->show(MessageStrip::Kind::Ok, tr("%n image(s) sent to %1", nullptr, job.done).arg(node));
        return;
    }
    const QString left = tr("%1 of %2 images were sent to %3").arg(job.done).arg(job.total).arg(node);
    m_strip->show(MessageStrip::Kind::Warn,
        job.lastError.isEmpty() ? left : left + QStringLiteral(" (") + job.lastError + QLatin1Char(')'),
        {{tr("Again"), [this, studyKey, name = job.node, id = job.id] {
              m_strip->clear();
              sendToArchive(studyKey, name, id);
          }}});
}

// What archives have sent for nobody whose chart is known: an identity that differs is said before it is
// taken.
bool ImagingPage::chooseUnmatched()
{
    if (m_parts->unmatched) {
        closeUnmatched();
        focusFirst();
        return true;
    }
    m_parts->unmatched = new StudyList(context().theme(), context().language(), this);
    StudyList *list = m_parts->unmatched;
    static_cast<QBoxLayout *>(layout())->insertWidget(2, list); // below what is said
    connect(list, &StudyList::chosen, this, [this](const services::StudyRow &row) { askToTake(row); });
    UiJob::start<std::vector<services::StudyRow>>(
        context().queue(), list,
        [profile = context().sharedProfile()](
            const base::WorkContext &) -> base::Result<std::vector<services::StudyRow>> {
            services::StudyFilter filter;
            filter.unmatched = true;
            return profile->images().studies(filter);
        },
        [list](const base::Result<std::vector<services::StudyRow>> &result) {
            list->setStudies(result.valueOr({}));
        });
    return true;
}

void ImagingPage::closeUnmatched()
{
    if (!m_parts->unmatched)
        return;
    m_parts->unmatched->hide();
    m_parts->unmatched->deleteLater(); // its own signal may be what is being answered
    m_parts->unmatched.clear();
}

void ImagingPage::askToTake(const services::StudyRow &row)
{
    const auto chart = context().profile().patients().get(m_patient);
    if (!chart)
        return;
    const PatientCheck check = checkPatient(row, *chart);
    const auto take = [this, key = row.key] {
        m_strip->clear();
        closeUnmatched();
        if (const base::Status done = context().profile().images().assign(key, m_patient); !done) {
            m_strip->showError(done.error(), context().language(), tr("The images could not be taken in"));
            return;
        }
        m_wanted = key;
        m_desk->load();
    };
    if (!check.isMismatch() && check.certain) {
        take();
        return;
    }
    m_strip->show(check.isMismatch() ? MessageStrip::Kind::Error : MessageStrip::Kind::Warn,
        check.isMismatch()
            ? tr("These images are of another person: %1. Different: %2. Do not use them for this patient.")
                  .arg(personOf(row), differencesOf(check.differing))
            : tr("The images do not say enough to tell whose they are. Compare before you use them."),
        {{tr("Into this chart all the same"), take}, {tr("Cancel"), [this] { m_strip->clear(); }}});
}

} // namespace naru::ui
