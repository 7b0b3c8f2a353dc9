#include "ui/pages/patient/PatientPage.h"

#include "core/services/ImageService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/patient/DocumentTimeline.h"
#include "ui/pages/patient/HandOverNotes.h"
#include "ui/pages/patient/RecordView.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int NarrowUnits = 170; // below it the time line and the record take turns
} // namespace

Page *PatientPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    return new PatientPage(context, request.patient, parent);
}

PatientPage::PatientPage(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : Page(context, parent)
    , m_patient(patient)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("patient"));
    auto *column = scrollingColumn(this, QStringLiteral("patient.scroll"));
    followSpacing(theme, column, 3, 2);
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    m_notes = new HandOverNotes(context, this);
    column->addWidget(m_notes);
    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    m_timeline = new DocumentTimeline(context, this);
    m_record = new RecordView(context, this);
    m_splitter->addWidget(m_timeline);
    m_splitter->addWidget(m_record);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setSizes({theme.unit(64), theme.unit(160)});
    m_splitter->setMinimumHeight(theme.rowHeight() * 9);
    column->addWidget(m_splitter, 1);
    column->addWidget(makeFoot());
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Documents || change == services::Change::Patients)
            load();
        if (change == services::Change::Images)
            countImages();
    });
    connect(m_timeline, &DocumentTimeline::opened, this, &PatientPage::openCurrentDocument);
    connect(m_timeline, &DocumentTimeline::recordWanted, this, &PatientPage::otherView);
    connect(m_record, &RecordView::opened, this, &PatientPage::mainAct);
    connect(m_record, &RecordView::askWanted, this, [this] { this->context().openSearch(m_patient); });
    connect(m_record, &RecordView::timelineWanted, this, &PatientPage::otherView);
    connect(&theme, &Theme::changed, this, &PatientPage::place);
    load();
}

QWidget *PatientPage::makeFoot()
{
    Theme &theme = context().theme();
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_news = themedLabel(theme, {}, Theme::Face::Body, "textSecondary", bar);
    auto *news = pushButton(tr("New ones only"), QStringLiteral("patient.newOnly"), bar);
    news->setCheckable(true);
    connect(news, &QPushButton::toggled, m_timeline, &DocumentTimeline::setNewOnly);
    auto *fresh = pushButton(tr("New document (Ctrl+N)"), QStringLiteral("patient.new"), bar, "primary");
    auto *ask = pushButton(tr("Ask other institutions (Ctrl+Shift+F)"), QStringLiteral("patient.ask"), bar);
    auto *consent = pushButton(tr("Consent (F12)"), QStringLiteral("patient.consent"), bar);
    for (QWidget *widget : QList<QWidget *>{m_news, news, consent, ask, fresh})
        row->addWidget(widget);
    row->setRightFrom(2);
    if (context().hasPage(QStringLiteral("imaging"))) {
        m_images = pushButton(tr("Images (Alt+7)"), QStringLiteral("patient.images"), bar);
        row->addWidget(m_images);
        connect(m_images, &QPushButton::clicked, this, [this] { context().openImaging(m_patient); });
        countImages();
    }
    connect(fresh, &QPushButton::clicked, this, [this] {
        Q_EMIT context().openRequested({QStringLiteral("new"), m_patient, {}, {}});
    });
    connect(ask, &QPushButton::clicked, this, [this] { context().openSearch(m_patient); });
    connect(consent, &QPushButton::clicked, this, [this] { context().openConsent(m_patient); });
    return bar;
}

// What an archive sends appears here, whatever else is on the screen.
void PatientPage::countImages()
{
    m_countAgain = m_counting;
    if (!m_images || std::exchange(m_counting, true))
        return;
    UiJob::start<int>(
        context().queue(), this,
        [profile = context().sharedProfile(), key = m_patient](
            const base::WorkContext &) -> base::Result<int> {
            services::StudyFilter filter;
            filter.patientKey = key;
            return int(profile->images().studies(filter).size());
        },
        [this](const base::Result<int> &studies) {
            m_counting = false;
            const bool some = studies && *studies > 0;
            m_images->setText(some ? tr("Images: %1 (Alt+7)").arg(*studies) : tr("Images (Alt+7)"));
            m_images->setAccessibleName(m_images->text());
            if (std::exchange(m_countAgain, false))
                countImages();
        });
}

void PatientPage::load()
{
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    const auto profile = context().sharedProfile();
    const services::PatientKey key = m_patient;
    const text::Language language = context().language();
    UiJob::start<PatientRecord>(
        context().queue(), this,
        [profile, key, language](const base::WorkContext &) -> base::Result<PatientRecord> {
            return readPatientRecord(*profile, key, language);
        },
        [this](const base::Result<PatientRecord> &result) {
            m_loading = false;
            if (result)
                take(*result);
            else
                m_strip->showError(result.error(), context().language());
            if (std::exchange(m_again, false))
                load();
        });
}

void PatientPage::take(const PatientRecord &record)
{
    m_hasDocuments = !record.documents.empty();
    m_timeline->setDocuments(record.documents);
    const int fresh = m_timeline->newOnes();
    m_news->setText(
        fresh > 0 ? tr("New documents since the last look: %1").arg(fresh) : tr("No new documents"));
    m_record->setRecord(record);
    m_notes->show(record.notes);
    place();
    if (m_record->findField()->hasFocus() && m_record->findField()->text().isEmpty())
        focusFirst();
    if (!m_hasDocuments)
        m_strip->show(MessageStrip::Kind::Info,
            tr("There is no document of this patient here; only what the EMR handed over"),
            {{tr("Ask other institutions"), [this] { context().openSearch(m_patient); }}});
    else
        m_strip->clear();
}

void PatientPage::openCurrentDocument()
{
    if (const QString id = m_timeline->currentDocument(); !id.isEmpty())
        context().openDocument(m_patient, id);
}

QString PatientPage::title() const
{
    return tr("Overview");
}

bool PatientPage::mainAct()
{
    if (m_timeline->tree()->hasFocus()) {
        openCurrentDocument();
        return true;
    }
    const QString id = m_record->currentDocument();
    if (!id.isEmpty())
        context().openDocument(m_patient, id);
    return !id.isEmpty();
}

bool PatientPage::refresh()
{
    load();
    return true;
}

void PatientPage::bringRecord()
{
    m_timelineShown = false;
    place();
}

bool PatientPage::goToSection(int number)
{
    if (number == RecordKinds + 1 && context().hasPage(QStringLiteral("imaging"))) {
        context().openImaging(m_patient);
        return true;
    }
    if (number < 1 || number > RecordKinds)
        return false;
    bringRecord();
    m_record->showPart(number - 1);
    if (!m_record->currentTable()->isEmpty())
        m_record->currentTable()->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool PatientPage::nextGap()
{
    const RecordView::Place next = m_record->nextDecision();
    if (next.kind < 0)
        return false;
    bringRecord();
    m_record->showItem(next.kind, next.key);
    return true;
}

bool PatientPage::otherView()
{
    if (!m_hasDocuments)
        return false;
    if (m_narrow) {
        m_timelineShown = !m_timelineShown;
        place();
        (m_timelineShown ? static_cast<QWidget *>(m_timeline->tree()) : m_record->currentTable())
            ->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    if (m_timeline->tree()->hasFocus())
        m_record->currentTable()->setFocus(Qt::ShortcutFocusReason);
    else
        m_timeline->tree()->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool PatientPage::find()
{
    bringRecord();
    m_record->findField()->setFocus(Qt::ShortcutFocusReason);
    m_record->findField()->selectAll();
    return true;
}

bool PatientPage::stepBack()
{
    return m_notes->fold() || m_record->clearFind();
}

QList<QWidget *> PatientPage::panes() const
{
    QList<QWidget *> all{
        m_record->currentTable(), m_timeline->tree(), m_record->findField(), m_notes->list()};
    all.removeIf([](const QWidget *pane) { return !pane->isVisible(); });
    return all;
}

void PatientPage::focusFirst()
{
    if (m_timelineShown && m_narrow)
        m_timeline->tree()->setFocus(Qt::OtherFocusReason);
    else if (!m_record->currentTable()->isEmpty())
        m_record->currentTable()->setFocus(Qt::OtherFocusReason);
    else
        m_record->findField()->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> PatientPage::keys() const
{
    return {{QStringLiteral("Alt+1..6"), tr("Part of the record")},
        {QStringLiteral("Enter"), tr("Open the source document")},
        {QStringLiteral("F8"), tr("Next conflict or possible duplicate")},
        {QStringLiteral("F9"), tr("Time line or record")}};
}

// Large type: two panes of four lines each say less than one of eight.
void PatientPage::place()
{
    m_narrow = width() < context().theme().unit(NarrowUnits);
    m_timeline->toRecord()->setVisible(m_narrow);
    m_record->toTimeline()->setVisible(m_narrow && m_hasDocuments);
    m_timeline->setVisible(m_hasDocuments && (!m_narrow || m_timelineShown));
    m_record->setVisible(!m_hasDocuments || !m_narrow || !m_timelineShown);
}

void PatientPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
}

} // namespace naru::ui
