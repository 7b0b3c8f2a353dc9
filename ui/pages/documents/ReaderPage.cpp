#include "ui/pages/documents/ReaderPage.h"

#include "core/base/Hangul.h"
#include "core/services/RecordService.h"
#include "ui/forms/PrintDocument.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/documents/DifferenceList.h"
#include "ui/pages/documents/EntryPane.h"
#include "ui/pages/documents/FindBar.h"
#include "ui/pages/documents/HonestyBar.h"
#include "ui/pages/documents/ReaderHead.h"
#include "ui/pages/documents/ReportImages.h"
#include "ui/pages/documents/SectionTree.h"
#include "ui/pages/documents/TrendSearch.h"
#include "ui/pages/documents/WarningList.h"
#include "ui/shell/Theme.h"
#include "ui/text/FieldTitles.h"
#include "ui/text/Words.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr qsizetype kMostRawCharacters = 200'000;
// In characters: what the panes need beside each other without breaking every cell of a table.
constexpr int kSectionsLeast = 18, kTextLeast = 58, kEntriesLeast = 30;
constexpr int kCodedTab = 2;
} // namespace

ReaderPage::ReaderPage(
    AppContext &context, const services::PatientKey &patient, const QString &documentId, QWidget *parent)
    : Page(context, parent)
    , m_patient(patient)
    , m_documentId(documentId)
{
    build();
    load();
}

ReaderPage::ReaderPage(AppContext &context, const QByteArray &bytes, QWidget *parent)
    : Page(context, parent)
    , m_looseBytes(bytes)
{
    build();
    load();
}

ReaderPage::~ReaderPage() = default;

Page *ReaderPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new ReaderPage(context, request.patient, request.object, parent);
    page->setRequest(request);
    return page;
}

void ReaderPage::build()
{
    Theme &theme = context().theme();
    setObjectName(QStringLiteral("reader"));
    m_strip = new MessageStrip(theme, this);
    m_jobLine = new JobLine(this);
    m_images = new ReportImages(context(), m_patient, this);
    m_head = new ReaderHead(theme, this);
    auto *layout = scrollingColumn(this, QStringLiteral("reader.scroll"));
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    m_honesty = new HonestyBar(context(), this);
    layout->addWidget(m_honesty);
    m_warnings = new WarningList(theme, context().korean(), this);
    layout->addWidget(m_warnings);
    layout->addWidget(m_strip);
    layout->addWidget(m_jobLine);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_sections = new SectionTree(theme, this);
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_findBar = new FindBar(theme, middle);
    m_findBar->hide();
    column->addWidget(m_findBar);
    m_stack = new QStackedWidget(middle);
    m_view = new CdaView(theme, context().korean(), m_stack);
    m_view->setObjectName(QStringLiteral("reader.view"));
    m_diff = new DifferenceList(theme, m_stack);
    m_raw = new QPlainTextEdit(m_stack);
    m_raw->setObjectName(QStringLiteral("reader.raw"));
    m_raw->setReadOnly(true);
    m_raw->setAccessibleName(tr("The document's raw text"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_diff);
    m_stack->addWidget(m_raw);
    column->addWidget(m_stack, 1);
    m_entries = new EntryPane(theme, this->context().language(), this);
    m_splitter->addWidget(m_sections);
    m_splitter->addWidget(middle);
    m_splitter->addWidget(m_entries);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setStretchFactor(2, 2);
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_sections->setMinimumWidth(character * 18);
    m_sections->setMaximumWidth(character * 32);
    entriesInPlace(true);
    m_splitter->setSizes({character * 26, character * 90, character * 40});
    m_splitter->setMinimumHeight(theme.rowHeight() * 8);
    layout->addWidget(m_splitter, 1);
    m_trend = new TrendChart(theme, this);
    m_trend->hide();
    layout->addWidget(m_trend);

    connect(m_head->views(), &QTabBar::currentChanged, this, &ReaderPage::showStyle);
    connect(m_head, &ReaderHead::replyWanted, this, &ReaderPage::reply);
    connect(m_head, &ReaderHead::imagesWanted, this, &ReaderPage::showImages);
    connect(m_images, &ReportImages::started, m_jobLine, &JobLine::follow);
    connect(m_images, &ReportImages::failed, this, [this](const base::Error &error) {
        m_strip->showError(error, context().language(), tr("The images could not be fetched"));
    });
    connect(m_head, &ReaderHead::printWanted, this, &ReaderPage::print);
    connect(m_head, &ReaderHead::compareWanted, this, [this](bool on) {
        if (on)
            compareVersions();
        else
            showStyle(m_head->views()->currentIndex());
    });
    connect(m_head, &ReaderHead::exportWanted, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Keep the original document"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("xml"));
        connect(dialog, &QFileDialog::fileSelected, this, &ReaderPage::exportTo);
        dialog->open();
    });
    connect(m_sections, &SectionTree::looked, m_view, &CdaView::goToSection);
    connect(m_sections, &SectionTree::entered, this, [this](int index) {
        m_view->goToSection(index);
        m_view->setFocus(Qt::TabFocusReason);
    });
    connect(m_view, &CdaView::sectionReached, this, &ReaderPage::sectionReached);
    connect(m_entries, &EntryPane::trendRequested, this, &ReaderPage::showTrend);
    connect(m_trend, &TrendChart::closeRequested, this, [this] {
        m_trend->hide();
        m_entries->list()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_findBar, &FindBar::textChanged, this, [this](const QString &text) {
        m_findBar->showMatches(m_view->matchCount(text));
        m_view->findText(text);
    });
    connect(m_findBar, &FindBar::nextWanted, this, &ReaderPage::findNext);
    connect(m_honesty, &HonestyBar::warningsRequested, m_warnings, &WarningList::toggle);
    auto *answer = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_R), this);
    answer->setContext(Qt::WidgetWithChildrenShortcut);
    connect(answer, &QShortcut::activated, this, &ReaderPage::reply);
}

void ReaderPage::load()
{
    auto profile = context().sharedProfile();
    const QString id = m_documentId;
    const QByteArray loose = m_looseBytes;
    auto *job = UiJob::start<LoadedDocument>(
        context().queue(), this,
        [profile, id, loose](const base::WorkContext &) { return loadDocument(*profile, id, loose); },
        [this](const base::Result<LoadedDocument> &result) {
            if (!result) {
                m_strip->showError(
                    result.error(), context().language(), tr("The document could not be opened"));
                Q_EMIT shown();
                return;
            }
            accept(*result);
        });
    m_jobLine->follow(job);
}

void ReaderPage::accept(const LoadedDocument &loaded)
{
    m_loaded = loaded;
    if (loaded.stored.row.manifest) {
        showManifest(loaded.stored.row);
        return;
    }
    if (!loaded.readable) {
        // Never missing: why it cannot be read, its raw text, and a way to keep it.
        m_strip->showError(
            loaded.why, context().language(), tr("This document cannot be read; its raw text is below"));
        m_raw->setPlainText(
            base::withVisibleControls(QString::fromUtf8(loaded.stored.bytes.left(kMostRawCharacters))));
        m_stack->setCurrentWidget(m_raw);
        m_honesty->hide();
        m_sections->hide();
        m_entries->hide();
        m_head->views()->hide();
        m_head->reply()->setEnabled(false);
        m_head->title()->setText(tr("Unreadable document"));
        Q_EMIT shown();
        return;
    }
    const clinical::Document &d = loaded.read.document;
    QStringList words{d.title.isEmpty() ? text::formName(d.form, context().language()) : d.title,
        d.effectiveTime.date().toString(Qt::ISODate), d.custodian.name, d.author.department.name,
        d.author.name};
    words.removeAll(QString());
    QString line = words.join(QStringLiteral("  "));
    if (!d.recipients.empty() && !d.recipients.front().institution.name.isEmpty())
        line += QStringLiteral(" → ") + d.recipients.front().institution.name;
    m_head->title()->setText(base::withVisibleControls(line));
    m_view->setDocumentToShow(loaded.read);
    m_honesty->show(loaded.read, loaded.stored, loaded.problems);
    m_warnings->setWarnings(loaded.problems, loaded.read.warnings, *m_view);
    m_head->compare()->setVisible(!d.replaces.isEmpty() || !loaded.stored.row.replaces.isEmpty());
    m_head->reply()->setVisible(!m_patient.isEmpty());
    offerImages();
    m_sections->setSections(m_view->sections());
    sectionReached(0);
    Q_EMIT titleChanged();
    Q_EMIT shown();
}

void ReaderPage::sectionReached(int index)
{
    if (index < 0 || index >= int(m_view->sections().size()))
        return;
    m_entries->setSection(m_view->sections()[size_t(index)].section);
    m_sections->follow(index);
}

QString ReaderPage::title() const
{
    return m_loaded.readable ? text::formName(m_loaded.read.document.form, context().language())
                             : tr("Document");
}

bool ReaderPage::mainAct()
{
    // Read, and on to the next new one, so that nobody has to walk back to a list.
    for (const services::DocumentRow &row : context().profile().records().arrivals()) {
        if (row.id != m_documentId && !row.seen) {
            context().openDocument(m_patient, row.id);
            return true;
        }
    }
    context().openHome();
    return true;
}

bool ReaderPage::nextGap()
{
    return m_stack->currentWidget() == m_diff ? m_diff->goToNext() : m_view->goToNextMismatch();
}

bool ReaderPage::otherView()
{
    m_head->views()->setCurrentIndex((m_head->views()->currentIndex() + 1) % m_head->views()->count());
    return true;
}

bool ReaderPage::refresh()
{
    load();
    return true;
}

bool ReaderPage::goToSection(int number)
{
    int seen = 0;
    for (size_t i = 0; i < m_view->sections().size(); ++i) {
        if (m_view->sections()[i].depth == 0 && ++seen == number) {
            m_head->views()->setCurrentIndex(
                m_head->views()->currentIndex() == kCodedTab ? 0 : m_head->views()->currentIndex());
            m_stack->setCurrentWidget(m_view);
            m_view->goToSection(int(i));
            m_view->setFocus(Qt::ShortcutFocusReason);
            return true;
        }
    }
    return false;
}

bool ReaderPage::find()
{
    m_findBar->open();
    return true;
}

bool ReaderPage::findNext()
{
    return m_view->findText(m_findBar->text());
}

bool ReaderPage::print()
{
    return m_loaded.readable
        && printDocument(context(), this, *m_view, m_loaded.stored.bytes, m_loaded.stored.sha256);
}

bool ReaderPage::stepBack()
{
    if (m_findBar->isVisible()) {
        m_findBar->hide();
        m_view->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m_trend->isVisible()) {
        m_trend->hide();
        return true;
    }
    if (m_stack->currentWidget() == m_diff) {
        showStyle(m_head->views()->currentIndex());
        return true;
    }
    return false;
}

bool ReaderPage::exportTo(const QString &path)
{
    if (!m_documentId.isEmpty()) { // recorded by the service
        const base::Status status = context().profile().records().exportTo(m_documentId, path);
        if (!status)
            m_strip->showError(status.error(), context().language(), tr("The original could not be kept"));
        else
            m_strip->show(MessageStrip::Kind::Ok, tr("The original bytes were kept."));
        return status.ok();
    }
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly)
        && file.write(m_loaded.stored.bytes) == m_loaded.stored.bytes.size() && file.commit();
}

void ReaderPage::reply()
{
    if (m_patient.isEmpty() || m_documentId.isEmpty() || !m_loaded.readable)
        return;
    const auto form = m_loaded.read.document.form == clinical::Form::Referral ? clinical::Form::Return
                                                                              : clinical::Form::Reply;
    context().newDocument(form, m_patient, m_documentId);
}

void ReaderPage::compareVersions()
{
    // The registry's word, else the document's own; foreign houses register root^extension, ours the root.
    const clinical::Identifier &own = m_loaded.read.document.replaces;
    QStringList candidates{
        m_loaded.stored.row.replaces, own.root + QLatin1Char('^') + own.extension, own.root};
    candidates.removeAll(QString());
    base::Result<std::vector<services::FieldDifference>> differences =
        context().profile().records().diff(candidates.value(0), m_documentId);
    for (int i = 1; i < candidates.size() && !differences; ++i)
        differences = context().profile().records().diff(candidates.at(i), m_documentId);
    if (!differences) {
        m_head->compare()->setChecked(false);
        m_strip->showError(
            differences.error(), context().language(), tr("The earlier version is not here to compare with"));
        return;
    }
    m_diff->setDifferences(text::titled(*differences, m_loaded.read.document.form, context().language()));
    m_stack->setCurrentWidget(m_diff);
    m_diff->setFocus(Qt::OtherFocusReason);
    m_head->compare()->setChecked(true);
}

void ReaderPage::showTrend(const clinical::Entry &entry)
{
    const auto question = trendQuestion(entry, m_loaded.read.document);
    if (!question)
        return;
    auto profile = context().sharedProfile();
    const services::PatientKey patient = m_patient;
    UiJob::start<Trend>(
        context().queue(), this,
        [profile, patient, wanted = *question](const base::WorkContext &work) -> base::Result<Trend> {
            return findTrend(*profile, patient, wanted, work);
        },
        [this](const base::Result<Trend> &result) {
            if (!result)
                return;
            m_trend->setTrend(*result);
            m_trend->show();
            m_trend->setFocus(Qt::OtherFocusReason);
        });
}

QList<QWidget *> ReaderPage::panes() const
{
    QWidget *shown = m_stack->currentWidget() == m_entries ? m_entries->list() : m_stack->currentWidget();
    QList<QWidget *> all{shown, m_sections, m_entriesBeside ? m_entries->list() : nullptr, m_trend};
    all.removeIf([](const QWidget *w) { return !w || w->isHidden() || w->focusPolicy() == Qt::NoFocus; });
    return all;
}

void ReaderPage::focusFirst()
{
    QWidget *shown = m_stack->currentWidget() == m_entries ? m_entries->list() : m_stack->currentWidget();
    shown->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> ReaderPage::keys() const
{
    return {{QStringLiteral("Ctrl+R"), tr("write an answer")},
        {QStringLiteral("Enter"), tr("trend of the chosen value")},
        {QStringLiteral("Ctrl+C"), tr("copy the row as text")},
        {QStringLiteral("Ctrl+Shift+C"), tr("copy the row as code")}};
}

void ReaderPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
}

void ReaderPage::showStyle(int tab)
{
    m_head->compare()->setChecked(false);
    if (!m_loaded.readable)
        return;
    if (tab == kCodedTab) {
        m_stack->setCurrentWidget(m_entries);
        (m_entries->list()->focusPolicy() == Qt::NoFocus ? static_cast<QWidget *>(m_head->views())
                                                         : m_entries->list())
            ->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_view->setStyleOfView(tab == 1 ? CdaView::Style::Authored : CdaView::Style::Reader);
    m_stack->setCurrentWidget(m_view);
}

// Too narrow for a pane of its own, the coded values are a view of the document like the others.
void ReaderPage::entriesInPlace(bool beside)
{
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_entries->setMinimumWidth(beside ? character * 26 : 0);
    m_entries->setMaximumWidth(beside ? character * 48 : QWIDGETSIZE_MAX);
    if (beside == m_entriesBeside)
        return;
    m_entriesBeside = beside;
    if (beside) {
        if (m_head->views()->currentIndex() == kCodedTab)
            m_head->views()->setCurrentIndex(0);
        m_head->views()->removeTab(kCodedTab);
        m_stack->removeWidget(m_entries);
        m_splitter->addWidget(m_entries);
    } else {
        m_stack->addWidget(m_entries);
        m_head->views()->addTab(tr("Coded values"));
    }
}

void ReaderPage::place()
{
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const bool readable = m_loaded.readable;
    entriesInPlace(width() >= character * (kSectionsLeast + kTextLeast + kEntriesLeast + 4));
    if (m_entriesBeside)
        m_entries->setVisible(readable);
    // Large type on a low screen: what the document's own head says again gives its room to the document.
    m_head->title()->setVisible(!readable || window()->height() >= fontMetrics().height() * 30);
    m_sections->setVisible(readable && width() >= character * (kSectionsLeast + kTextLeast + 4));
}

} // namespace naru::ui
