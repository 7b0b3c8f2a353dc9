#include "ui/pages/archive/TransferList.h"

#include "core/base/Hangul.h"
#include "core/services/PacsService.h"
#include "core/services/PatientService.h"
#include "ui/pages/archive/FoundStudy.h"
#include "ui/pages/archive/Transfers.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

using services::PacsJob;

namespace {
// A failure is told from one that left something behind.
QString stateKey(const PacsJob &job)
{
    return job.state == PacsJob::State::Failed && job.done > 0 ? QStringLiteral("partly")
                                                               : services::pacsStateKey(job.state);
}
} // namespace

TransferList::TransferList(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_patient(patient)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("archive.transfers"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(sectionTitle(theme, tr("Fetched and sent"), bar));
    m_all = pushButton(tr("Of all patients"), QStringLiteral("archive.jobs.all"), bar);
    m_all->setCheckable(true);
    m_all->setVisible(!patient.isEmpty());
    m_open = pushButton(tr("Open the images"), QStringLiteral("archive.jobs.open"), bar);
    m_again = pushButton(tr("Try again"), QStringLiteral("archive.jobs.again"), bar);
    m_stop = pushButton(tr("Cancel (Delete)"), QStringLiteral("archive.jobs.stop"), bar);
    m_remove = pushButton(tr("Off the list"), QStringLiteral("archive.jobs.remove"), bar);
    for (QPushButton *button : {m_all, m_open, m_again, m_stop, m_remove})
        row->addWidget(button);
    row->setRightFrom(2);
    m_stop->setShortcut(QKeySequence(Qt::Key_Delete));
    column->addWidget(bar);
    m_table = new DataTable(theme,
        new RowModel(theme, {tr("Time"), tr("Direction"), tr("Study"), tr("Images"), tr("State")}),
        {0, 3, 4, 0, 5}, tr("Fetched and sent"), this);
    m_table->setObjectName(QStringLiteral("archive.jobs"));
    m_table->setSpareColumns({0});
    m_table->setEmptyState(tr("Nothing has been fetched or sent yet"));
    m_table->setMinimumHeight(theme.rowHeight() * 4);
    m_strip = new MessageStrip(theme, this); // above: a low window must not hide why
    m_strip->setObjectName(QStringLiteral("archive.jobs.strip"));
    column->addWidget(m_strip);
    column->addWidget(m_table, 1);
    connect(m_all, &QPushButton::toggled, this, &TransferList::show);
    connect(m_again, &QPushButton::clicked, this, &TransferList::again);
    connect(m_stop, &QPushButton::clicked, this, &TransferList::stop);
    connect(m_remove, &QPushButton::clicked, this, &TransferList::remove);
    const auto open = [this] {
        if (const PacsJob *job = current(); job && m_open->isVisibleTo(this))
            Q_EMIT opened(job->studyUid);
    };
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_table, &DataTable::opened, this, open);
    connect(m_table, &DataTable::currentIdChanged, this, &TransferList::showCurrent);
    show();
}

void TransferList::setJobs(std::vector<PacsJob> jobs, const std::vector<services::StudyRow> &stored,
    const QHash<QString, QString> &titles)
{
    m_jobs = std::move(jobs);
    m_stored = stored;
    m_titles = titles;
    show();
}

// A fetch knows its chart; a study that is sent is in one.
bool TransferList::concerns(const PacsJob &job) const
{
    if (m_patient.isEmpty() || m_all->isChecked() || job.patientKey == m_patient)
        return true;
    return std::any_of(m_stored.begin(), m_stored.end(), [this, &job](const services::StudyRow &row) {
        return row.studyUid == job.studyUid && row.patientKey == m_patient;
    });
}

QString TransferList::what(const PacsJob &job) const
{
    QStringList parts;
    const auto chart = m_context.profile().patients().get(job.patientKey);
    if (chart && job.patientKey != m_patient)
        parts.append(chart->name);
    const auto row = std::find_if(m_stored.begin(), m_stored.end(),
        [&job](const services::StudyRow &one) { return one.studyUid == job.studyUid; });
    if (row != m_stored.end()) {
        if (!chart && row->patientKey != m_patient)
            parts.append(personName(row->patientName));
        parts.append({row->modalities, dayText(row->date), row->description});
    } else {
        parts.append(m_titles.value(job.studyUid, tr("nothing of it is here yet")));
    }
    parts.removeAll(QString());
    return base::withVisibleControls(parts.join(QLatin1Char(' ')));
}

void TransferList::show()
{
    const text::Language language = m_context.language();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::vector<ModelRow> rows;
    for (const PacsJob &job : m_jobs) {
        if (!concerns(job))
            continue;
        const text::Word kind = text::word(QStringLiteral("pacsKind"), job.kind, language);
        const text::Word state = text::word(QStringLiteral("pacs"), stateKey(job), language);
        QString words = state.text();
        const QString reason = reasonOf(job, language);
        const bool waits = job.state == PacsJob::State::Queued && !reason.isEmpty();
        if (waits && job.nextAttempt.isValid())
            words += QStringLiteral(" · ") + tr("again at %1").arg(text::clock(job.nextAttempt));
        if (!reason.isEmpty() && (waits || job.state == PacsJob::State::Failed))
            words += QStringLiteral(" · ") + reason;
        if (job.state == PacsJob::State::Done && (job.committed >= 0 || job.awaitsReport))
            words += QStringLiteral(" · ")
                + (job.awaitsReport ? tr("storage not confirmed yet") : tr("storage confirmed"));
        if (job.conflicts > 0) // the viewer shows them as another study of the same day
            words += QStringLiteral(" · ") + tr("other images of known identifiers: %1").arg(job.conflicts);
        ModelRow row{job.id, {}, {}, false, false};
        row.cells = {
            tippedCell(text::shortDateTime(job.created, now), QStringLiteral("textSecondary"), job.created),
            tippedCell(kind.text() + QStringLiteral(" · ") + base::withVisibleControls(job.node)),
            tippedCell(what(job)),
            {job.total > 0 ? QStringLiteral("%1 / %2").arg(job.done).arg(job.total) : QStringLiteral("–"), {},
                job.done, true, false, {}},
            tippedCell(words, waits ? QStringLiteral("warn") : state.role)};
        rows.push_back(std::move(row));
    }
    m_table->setRows(std::move(rows));
    showCurrent();
}

const PacsJob *TransferList::current() const
{
    const QString id = m_table->currentId();
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [&id](const PacsJob &job) { return job.id == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

void TransferList::showCurrent()
{
    const PacsJob *job = current();
    const bool underWay = job && isUnderWay(*job);
    const bool stored =
        job && std::any_of(m_stored.begin(), m_stored.end(), [this, job](const services::StudyRow &row) {
            return row.studyUid == job->studyUid && row.patientKey == m_patient && !m_patient.isEmpty();
        });
    m_open->setVisible(stored);
    m_stop->setVisible(underWay);
    m_again->setVisible(job && job->state != PacsJob::State::Done && job->state != PacsJob::State::Running
        && !isOfAnother(*job));
    m_remove->setVisible(job && !underWay);
    const QString reason = job ? reasonOf(*job, m_context.language()) : QString();
    const bool failed = job && job->state == PacsJob::State::Failed;
    if (reason.isEmpty() || (!failed && job->state != PacsJob::State::Queued)) {
        m_strip->clear();
        return;
    }
    const QString advice = text::advice(job->lastError, m_context.language());
    m_strip->show(failed ? MessageStrip::Kind::Error : MessageStrip::Kind::Warn,
        failed ? tr("%1. To do: %2 (%3)").arg(reason, advice, job->lastError)
               : tr("%1. It is tried again by itself (%2)").arg(reason, job->lastError));
}

bool TransferList::again()
{
    const PacsJob *job = current();
    if (!job || m_again->isHidden())
        return false;
    if (const base::Status begun = startAgain(m_context, job->id); !begun)
        m_strip->showError(begun.error(), m_context.language(), tr("It could not be tried again"));
    return true;
}

void TransferList::stop()
{
    const PacsJob *job = current();
    if (!job || !isUnderWay(*job))
        return;
    if (const base::Status stopped = m_context.profile().pacs().stop(job->id); !stopped)
        m_strip->showError(stopped.error(), m_context.language(), tr("It could not be cancelled"));
}

void TransferList::remove()
{
    const PacsJob *job = current();
    if (!job || isUnderWay(*job))
        return;
    if (const base::Status removed = m_context.profile().pacs().removeJob(job->id); !removed)
        m_strip->showError(removed.error(), m_context.language(), tr("It could not be taken off the list"));
}

bool TransferList::nextTrouble()
{
    const auto &rows = m_table->rows().rowValues();
    const int count = int(rows.size()), at = m_table->rows().rowOf(m_table->currentId());
    for (int step = 1; step <= count; ++step) {
        const QString &id = rows[std::size_t((at + step) % count)].id;
        const auto job =
            std::find_if(m_jobs.begin(), m_jobs.end(), [&id](const PacsJob &one) { return one.id == id; });
        if (job == m_jobs.end() || job->state == PacsJob::State::Done || job->lastError.isEmpty())
            continue;
        m_table->setCurrentId(id);
        m_table->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    return false;
}

} // namespace naru::ui
