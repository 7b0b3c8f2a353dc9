// What is done with a study that an archive has: fetched into this chart, refused, opened; and what is said
// when a fetch ends.
#include "core/base/Hangul.h"
#include "core/services/ImageService.h"
#include "core/services/PacsService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/archive/ArchivePage.h"
#include "ui/pages/archive/QueryBar.h"
#include "ui/pages/archive/TransferList.h"
#include "ui/pages/archive/Transfers.h"
#include "ui/shell/AppContext.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/MessageStrip.h"

#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace naru::ui {

using services::PacsJob;
using Place = FoundStudy::Place;

namespace {

QString fieldsOf(const QStringList &differing, text::Language language)
{
    QStringList out;
    for (const QString &field : differing)
        out.append(text::word(QStringLiteral("differing"), field, language).word);
    return out.join(QStringLiteral(", "));
}

} // namespace

const PacsJob *ArchivePage::jobOf(const QString &studyUid) const
{
    for (const PacsJob &job : m_local.jobs) {
        if (job.kind == QLatin1String("fetch") && job.node == m_node && job.studyUid == studyUid
            && isUnderWay(job))
            return &job;
    }
    return nullptr;
}

void ArchivePage::showVerbs()
{
    const FoundStudy *study = current();
    const bool ours = study && !study->isOfAnother() && !m_patient.isEmpty();
    const bool whole = ours && study->place == Place::Here;
    m_stop->setVisible(study && jobOf(study->said.studyUid));
    m_open->setVisible(ours && study->place == Place::Partly); // the first image, while the rest arrives
    // Enter on somebody else's study says why not; no button promises it.
    m_fetch->setVisible(study && !study->isOfAnother() && (!m_stop->isVisibleTo(this) || whole));
    m_fetch->setText(whole                                               ? tr("Open the images (Enter)")
            : ours && study->place == Place::NoChart && study->isWhole() ? tr("Into this chart (Enter)")
                                                                         : tr("Fetch (Enter)"));
    m_fetch->setAccessibleName(m_fetch->text());
    m_total->setVisible(m_asked);
}

bool ArchivePage::mainAct()
{
    if (m_transfers->isAncestorOf(focusWidget()))
        return m_transfers->again();
    const FoundStudy *study = current();
    if (!study)
        return false;
    if (study->isOfAnother()) {
        refuse(*study);
        return true;
    }
    if (study->place == Place::Here || (study->place == Place::Partly && jobOf(study->said.studyUid))) {
        context().openImaging(m_patient, study->said.studyUid);
        return true;
    }
    if (jobOf(study->said.studyUid))
        return true; // it is on its way
    if (!study->certain && !m_patient.isEmpty())
        confirm(*study);
    else
        fetch(*study, m_patient);
    return true;
}

void ArchivePage::refuse(const FoundStudy &study)
{
    if (study.place == Place::OtherChart) {
        m_strip->show(MessageStrip::Kind::Error,
            tr("This study is in the chart of another patient: %1. It was not put into this one.")
                .arg(personLine(study.said)));
        return;
    }
    const QString sentence =
        tr("This study is of another person: %1. Different: %2. It was not fetched into this chart.")
            .arg(personLine(study.said), fieldsOf(study.differing, context().language()));
    if (study.place != Place::Nowhere) {
        m_strip->show(MessageStrip::Kind::Error, sentence);
        return;
    }
    // The archive may be wrong and the doctor right: then a person looks at the images before they are
    // anybody's.
    m_strip->show(MessageStrip::Kind::Error, sentence, {{tr("Fetch without a chart"), [this, study] {
                                                             m_strip->clear();
                                                             fetch(study, {});
                                                         }}});
}

void ArchivePage::confirm(const FoundStudy &study)
{
    m_strip->show(MessageStrip::Kind::Warn,
        tr("The archive does not say enough to tell whose study this is: %1. Compare before you fetch it.")
            .arg(personLine(study.said)),
        {{tr("It is this patient: fetch"),
             [this, study] {
                 m_strip->clear();
                 m_results->setFocus(Qt::OtherFocusReason);
                 fetch(study, m_patient);
             }},
            {tr("Leave it"), [this] {
                 m_strip->clear();
                 m_results->setFocus(Qt::OtherFocusReason);
             }}});
}

void ArchivePage::fetch(const FoundStudy &study, const services::PatientKey &into)
{
    m_strip->clear();
    if (study.place == Place::NoChart && study.isWhole() && !into.isEmpty()) { // nothing is left to fetch
        if (const base::Status done = context().profile().images().assign(study.studyKey, into); !done)
            m_strip->showError(
                done.error(), context().language(), tr("The images could not be put into this chart"));
        loadLocal();
        return;
    }
    const auto begun = startFetch(context(), m_node, study.said.studyUid, into);
    if (!begun)
        m_strip->showError(begun.error(), context().language(), tr("The study could not be fetched"));
    loadLocal();
}

// A fetch into this chart that was under way and is not any more.
void ArchivePage::followJobs(const std::vector<PacsJob> &before)
{
    for (const PacsJob &job : m_local.jobs) {
        const auto was = std::find_if(
            before.begin(), before.end(), [&job](const PacsJob &one) { return one.id == job.id; });
        if (was != before.end() && isUnderWay(*was) && !isUnderWay(job) && job.kind == QLatin1String("fetch")
            && job.patientKey == m_patient)
            ended(job);
    }
}

void ArchivePage::ended(const PacsJob &job)
{
    const text::Language language = context().language();
    const auto open = [this, uid = job.studyUid] { context().openImaging(m_patient, uid); };
    if (job.state == PacsJob::State::Done) {
        m_strip->show(MessageStrip::Kind::Ok,
            tr("%1 images came from %2").arg(job.done).arg(base::withVisibleControls(job.node)),
            {{tr("Open the images"), open}});
        return;
    }
    if (isOfAnother(job)) {
        m_strip->show(MessageStrip::Kind::Error,
            tr("The study was not put into this chart: %1. To do: %2 (%3)")
                .arg(reasonOf(job, language), text::advice(job.lastError, language), job.lastError));
        return;
    }
    if (job.state == PacsJob::State::Failed)
        m_strip->show(MessageStrip::Kind::Error,
            tr("The study could not be fetched: %1. To do: %2 (%3)")
                .arg(reasonOf(job, language), text::advice(job.lastError, language), job.lastError),
            {{tr("Try again"), [this, id = job.id] {
                  m_strip->clear();
                  (void)startAgain(context(), id);
              }}});
}

// The list of the archive agreed with the chart, and then the images say somebody else.
void ArchivePage::warnOfStrangers()
{
    for (const services::StudyRow &row : m_local.stored) {
        const bool asked = std::any_of(m_answer.begin(), m_answer.end(),
            [&row](const services::PacsStudy &one) { return one.studyUid == row.studyUid; });
        if (!asked || row.patientKey != m_patient || m_patient.isEmpty()
            || row.match != services::ImageMatch::Mismatch || m_strangers.contains(row.key))
            continue;
        m_strangers.append(row.key);
        m_strip->show(MessageStrip::Kind::Error,
            tr("These images are of another person: %1 %2. Different: %3. Do not use them for this patient.")
                .arg(base::withVisibleControls(personName(row.patientName)), dayText(row.birthDate),
                    fieldsOf(row.differing, context().language())),
            {{tr("Out of this chart"), [this, key = row.key] {
                  m_strip->clear();
                  if (const base::Status out = context().profile().images().assign(key, {}); !out)
                      m_strip->showError(out.error(), context().language(),
                          tr("The images could not be taken out of the chart"));
                  loadLocal();
              }}});
    }
}

QString ArchivePage::title() const
{
    return tr("Search an archive");
}

bool ArchivePage::refresh()
{
    if (m_query->isHidden())
        return false;
    ask();
    return true;
}

bool ArchivePage::find()
{
    if (m_query->isHidden())
        return false;
    m_query->focusFirst();
    return true;
}

bool ArchivePage::nextGap()
{
    return m_transfers->nextTrouble();
}

bool ArchivePage::goToSection(int number)
{
    QWidget *parts[] = {m_query->firstField(), m_results, m_transfers->table()};
    if (number < 1 || number > 3 || !parts[number - 1]->isVisible())
        return false;
    parts[number - 1]->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool ArchivePage::stepBack()
{
    if (m_asking && m_asking->isRunning()) {
        m_asking->cancel();
        return true;
    }
    if (!m_strip->isShowing())
        return false;
    m_strip->clear();
    if (!m_results->isEmpty())
        m_results->setFocus(Qt::OtherFocusReason);
    return true;
}

QList<QWidget *> ArchivePage::panes() const
{
    return {m_query->firstField(), m_results, m_transfers->table()};
}

void ArchivePage::focusFirst()
{
    if (!m_results->isEmpty())
        m_results->setFocus(Qt::OtherFocusReason);
    else if (!m_query->isHidden())
        m_query->focusFirst();
    else if (auto *verb = m_results->findChild<QPushButton *>())
        verb->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> ArchivePage::keys() const
{
    return {{QStringLiteral("F5"), tr("Ask the archive")}, {QStringLiteral("Enter"), tr("Fetch, then open")},
        {QStringLiteral("Ctrl+Enter"), tr("Fetch or open; in the list below: try again")},
        {QStringLiteral("Delete"), tr("Cancel a transfer")},
        {QStringLiteral("Alt+1..3"), tr("Search, studies, transfers")},
        {QStringLiteral("F8"), tr("Next transfer that failed")}};
}

} // namespace naru::ui
