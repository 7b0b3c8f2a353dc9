#include "ui/pages/archive/ArchivePage.h"

#include "core/base/Hangul.h"
#include "core/services/ImageService.h"
#include "core/services/PacsService.h"
#include "core/services/PatientService.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/archive/QueryBar.h"
#include "ui/pages/archive/TransferList.h"
#include "ui/pages/archive/Transfers.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

Page *ArchivePage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new ArchivePage(context, request.patient, parent);
    page->setRequest(request);
    return page;
}

ArchivePage::ArchivePage(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : Page(context, parent)
    , m_patient(patient)
    , m_chart(context.profile().patients().get(patient).valueOr({}))
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("archive"));
    auto *column = scrollingColumn(this, QStringLiteral("archive.scroll"));
    followSpacing(theme, column, 3, 2);
    m_query = new QueryBar(context, m_chart, this);
    column->addWidget(m_query);
    m_strip = new MessageStrip(theme, this);
    m_strip->setObjectName(QStringLiteral("archive.strip"));
    m_line = new JobLine(this);
    column->addWidget(m_strip);
    column->addWidget(m_line);
    m_results = new DataTable(theme,
        new RowModel(theme,
            {tr("State"), tr("Patient, as the archive says"), tr("Date"), tr("Kind"), tr("Description"),
                tr("Images")}),
        {4, 6, 0, 0, 5, 0}, tr("Studies found"), this);
    m_results->setObjectName(QStringLiteral("archive.results"));
    m_results->setSpareColumns({5, 3});
    m_results->setMinimumHeight(theme.rowHeight() * 4);
    column->addWidget(m_results, 3);
    column->addWidget(makeFoot());
    m_transfers = new TransferList(context, patient, this);
    column->addWidget(m_transfers, 2);
    connect(m_query, &QueryBar::asked, this, &ArchivePage::ask);
    connect(m_results, &DataTable::currentIdChanged, this, &ArchivePage::showVerbs);
    connect(m_results, &DataTable::opened, this, [this] { mainAct(); });
    connect(m_results, &DataTable::emptyVerb, this, &ArchivePage::emptyVerb);
    connect(m_transfers, &TransferList::opened, this,
        [this](const QString &study) { this->context().openImaging(m_patient, study); });
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Pacs)
            loadNodes();
        if (change == services::Change::Pacs || change == services::Change::Images)
            loadLocal();
        if (change == services::Change::Patients) {
            m_chart = this->context().profile().patients().get(m_patient).valueOr(m_chart);
            showStudies();
        }
    });
    loadNodes();
    loadLocal();
}

QWidget *ArchivePage::makeFoot()
{
    Theme &theme = context().theme();
    auto *foot = new QWidget(this);
    auto *row = new FlowRow(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_total = themedLabel(theme, {}, Theme::Face::BodyBold, "text", foot);
    m_total->setObjectName(QStringLiteral("archive.total"));
    m_stop = pushButton(tr("Cancel fetching"), QStringLiteral("archive.stop"), foot);
    m_open = pushButton(tr("Open the images"), QStringLiteral("archive.open"), foot);
    m_fetch = pushButton(tr("Fetch (Enter)"), QStringLiteral("archive.fetch"), foot, "primary");
    for (QWidget *one : QList<QWidget *>{m_total, m_stop, m_open, m_fetch})
        row->addWidget(one);
    row->setRightFrom(1);
    connect(m_fetch, &QPushButton::clicked, this, &ArchivePage::mainAct);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const FoundStudy *study = current())
            context().openImaging(m_patient, study->said.studyUid);
    });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        const FoundStudy *study = current();
        const services::PacsJob *job = study ? jobOf(study->said.studyUid) : nullptr;
        if (job)
            (void)context().profile().pacs().stop(job->id);
    });
    return foot;
}

void ArchivePage::loadNodes()
{
    const auto nodes = context().profile().pacs().nodes();
    m_query->setNodes(nodes);
    m_query->setVisible(!nodes.empty());
    if (nodes.empty())
        m_results->setEmptyState(tr("No image archive is set up yet. Whoever runs it knows its address."),
            tr("Set up an archive"));
    else if (!m_asked)
        m_results->setEmptyState(
            tr("Ask the archive which studies it has of this patient."), tr("Search (F5)"));
    showVerbs();
}

void ArchivePage::emptyVerb()
{
    if (context().profile().pacs().nodes().empty())
        context().openSettings(QStringLiteral("archives"));
    else if (m_asked)
        askWider();
    else
        ask();
}

ArchivePage::Local ArchivePage::readLocal(services::Profile &profile)
{
    return {profile.images().studies(), profile.pacs().jobs()};
}

// News comes about once a second while images arrive: one reading at a time, and one more when something
// happened meanwhile.
void ArchivePage::loadLocal()
{
    if (m_reading && m_reading->isRunning()) {
        m_dirty = true;
        return;
    }
    m_dirty = false;
    m_reading = UiJob::start<Local>(
        context().queue(), this,
        [profile = context().sharedProfile()](
            const base::WorkContext &) -> base::Result<Local> { return readLocal(*profile); },
        [this](const base::Result<Local> &local) {
            m_reading.clear();
            if (local)
                take(*local);
            if (m_dirty)
                loadLocal();
        });
}

void ArchivePage::take(Local local)
{
    const std::vector<services::PacsJob> before = std::exchange(m_local, std::move(local)).jobs;
    QHash<QString, QString> titles;
    for (const services::PacsStudy &study : m_answer)
        titles.insert(study.studyUid,
            QStringList{study.modalities, dayText(study.date), study.description}.join(QLatin1Char(' ')));
    m_transfers->setJobs(m_local.jobs, m_local.stored, titles);
    showStudies();
    followJobs(before);
    warnOfStrangers();
}

void ArchivePage::ask()
{
    if (m_asking && m_asking->isRunning())
        return;
    services::PacsQuery query;
    QString fault;
    if (!m_query->read(query, fault)) {
        m_strip->show(MessageStrip::Kind::Warn, fault);
        return;
    }
    m_strip->clear();
    m_query->setAsking(true);
    const QString node = m_query->node();
    m_asking = UiJob::start<Answer>(
        context().queue(), this,
        [profile = context().sharedProfile(), node, query](
            const base::WorkContext &work) -> base::Result<Answer> {
            NARU_ASSIGN(const services::PacsFound found, profile->pacs().find(node, query, work));
            return Answer{found.studies, found.more, readLocal(*profile)};
        },
        [this, node](const base::Result<Answer> &answer) {
            m_query->setAsking(false);
            if (answer)
                show(*answer, node);
            else
                m_strip->showError(answer.error(), context().language(),
                    tr("%1 could not be asked").arg(base::withVisibleControls(node)),
                    {tr("Ask again"), [this] { ask(); }});
            Q_EMIT answered(bool(answer));
        },
        tr("Asking %1").arg(base::withVisibleControls(node)));
    m_line->follow(m_asking);
}

void ArchivePage::askWider()
{
    if (m_query->widen())
        ask();
    else
        m_query->focusFirst();
}

void ArchivePage::show(Answer answer, const QString &node)
{
    m_asked = true;
    m_node = node;
    m_answer = std::move(answer.studies);
    const QString wider = m_query->widerWords();
    m_results->setEmptyState(
        tr("%1 has no study that fits. Every hospital numbers its patients itself, and some write names in "
           "Latin letters.")
            .arg(base::withVisibleControls(node)),
        wider.isEmpty() ? tr("Change the search") : wider);
    m_total->setText(tr("%1 · studies: %2 · asked at %3")
                         .arg(base::withVisibleControls(node))
                         .arg(m_answer.size())
                         .arg(text::clock(QDateTime::currentDateTimeUtc())));
    take(std::move(answer.local));
    if (answer.more)
        m_strip->show(MessageStrip::Kind::Warn,
            tr("The archive has more than it says here. Narrow the search to see all of them."));
    if (!m_results->isEmpty())
        m_results->setFocus(Qt::OtherFocusReason);
}

QString ArchivePage::personLine(const services::PacsStudy &study) const
{
    const clinical::Sex sex = clinical::sexFromText(study.sex);
    QStringList parts{personName(study.patientName),
        sex == clinical::Sex::Unknown ? QString() : text::sexName(sex, context().language()),
        dayText(study.birthDate), study.patientId.isEmpty() ? QString() : QLatin1Char('#') + study.patientId};
    parts.removeAll(QString());
    return base::withVisibleControls(parts.join(QLatin1Char(' ')));
}

ModelRow ArchivePage::rowOf(const FoundStudy &study) const
{
    const text::Language language = context().language();
    const text::Word place = text::word(QStringLiteral("archived"), placeKey(study), language);
    QString state = place.text(), role = place.role;
    if (!study.differing.isEmpty()) {
        QStringList fields;
        for (const QString &field : study.differing)
            fields.append(text::word(QStringLiteral("differing"), field, language).word);
        state += QStringLiteral(": ") + fields.join(QStringLiteral(", "));
    }
    if (const services::PacsJob *job = jobOf(study.said.studyUid); job && !study.isOfAnother()) {
        const text::Word word =
            text::word(QStringLiteral("pacs"), services::pacsStateKey(job->state), language);
        state = word.text();
        role = word.role;
        if (job->total > 0) // the job tells once a second; what is stored may be more
            state += QStringLiteral(" %1 / %2")
                         .arg(qMin(job->total, qMax(job->done, study.said.here)))
                         .arg(job->total);
    } else if (study.place == FoundStudy::Place::Partly && !study.isOfAnother()) {
        state += QStringLiteral(" %1 / %2").arg(study.said.here).arg(study.said.instances);
    }
    const bool loud = study.isOfAnother();
    const auto plain = [](const QString &text) { return tippedCell(base::withVisibleControls(text)); };
    ModelRow row{study.said.studyUid, {}, {}, false, false};
    row.cells = {tippedCell(state, role),
        tippedCell(personLine(study.said), loud ? QStringLiteral("error") : QString()),
        tippedCell(dayText(study.said.date), {}, study.said.date + study.said.time),
        plain(study.said.modalities), plain(study.said.description),
        {study.said.instances < 0 ? QStringLiteral("–") : QString::number(study.said.instances), {},
            study.said.instances, true, false, {}}};
    row.cells[0].bold = row.cells[1].bold = loud;
    return row;
}

void ArchivePage::showStudies()
{
    m_studies.clear();
    std::vector<ModelRow> rows;
    for (const services::PacsStudy &said : m_answer) {
        FoundStudy study = judged(said, m_chart, m_patient, m_local.stored);
        const auto refused = [this, &said](const services::PacsJob &job) {
            return job.kind == QLatin1String("fetch") && job.node == m_node && job.studyUid == said.studyUid
                && job.patientKey == m_patient && !m_patient.isEmpty() && isOfAnother(job);
        };
        if (study.differing.isEmpty()
            && std::any_of(m_local.jobs.begin(), m_local.jobs.end(), refused)) // by what the images say
            study.differing.append(QStringLiteral("images"));
        m_studies.push_back(std::move(study));
        rows.push_back(rowOf(m_studies.back()));
    }
    m_results->setRows(std::move(rows));
    showVerbs();
}

const FoundStudy *ArchivePage::current() const
{
    const QString id = m_results->currentId();
    for (const FoundStudy &study : m_studies) {
        if (study.said.studyUid == id)
            return &study;
    }
    return nullptr;
}

} // namespace naru::ui
