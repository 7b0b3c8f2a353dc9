#include "ui/pages/documents/ReaderPage.h"

#include "core/base/Digest.h"
#include "core/base/Hangul.h"
#include "core/services/AuditService.h"
#include "core/services/ComposeService.h"
#include "core/services/RecordService.h"
#include "ui/forms/PrintDocument.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/documents/EntryPane.h"
#include "ui/pages/documents/HonestyBar.h"
#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeWidget>
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
    const int unit = theme.unit();
    setObjectName(QStringLiteral("reader"));
    m_strip = new MessageStrip(theme, this);
    m_jobLine = new JobLine(this);
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(theme.font(Theme::Face::SectionTitle));
    m_style = new QTabBar(this);
    m_style->setObjectName(QStringLiteral("reader.style"));
    m_style->setAccessibleName(tr("Kind of view (F9)"));
    m_style->setDrawBase(false);
    m_style->setExpanding(false);
    m_style->setUsesScrollButtons(false); // few short names: all of them or nothing
    m_style->addTab(tr("Read"));
    m_style->addTab(tr("As authored"));
    m_reply = new QPushButton(tr("Write an answer (Ctrl+R)"), this);
    m_print = new QPushButton(tr("Print"), this);
    m_export = new QPushButton(tr("Keep the original"), this);
    m_compare = new QPushButton(tr("Compare versions"), this);
    m_reply->setObjectName(QStringLiteral("reader.reply"));
    m_print->setObjectName(QStringLiteral("reader.print"));
    m_export->setObjectName(QStringLiteral("reader.export"));
    m_compare->setObjectName(QStringLiteral("reader.compare"));
    m_compare->setCheckable(true);
    m_compare->hide();
    auto *layout = scrollingColumn(this, QStringLiteral("reader.scroll"));
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QWidget(this);
    auto *flow = new FlowLayout(head);
    flow->setContentsMargins(4 * unit, 2 * unit, 4 * unit, unit);
    flow->setSpacing(3 * unit);
    for (QWidget *w : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_style),
             static_cast<QWidget *>(m_reply), static_cast<QWidget *>(m_print),
             static_cast<QWidget *>(m_export), static_cast<QWidget *>(m_compare)})
        flow->addWidget(w);
    layout->addWidget(head);
    m_honesty = new HonestyBar(context(), this);
    layout->addWidget(m_honesty);
    m_warnings = new QListWidget(this);
    m_warnings->setObjectName(QStringLiteral("reader.warningList"));
    m_warnings->setAccessibleName(tr("Warnings about this document"));
    m_warnings->setWordWrap(true);
    m_warnings->setMaximumHeight(theme.unit(34));
    m_warnings->hide();
    layout->addWidget(m_warnings);
    layout->addWidget(m_strip);
    layout->addWidget(m_jobLine);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_sections = new QTreeWidget(this);
    m_sections->setObjectName(QStringLiteral("reader.sections"));
    m_sections->setAccessibleName(tr("Sections"));
    m_sections->setColumnCount(1);
    m_sections->setHeaderHidden(true);
    m_sections->setFrameShape(QFrame::NoFrame);
    m_sections->setRootIsDecorated(false);
    m_sections->setIndentation(3 * unit);
    m_sections->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_findBar = new QWidget(middle);
    auto *findRow = new QHBoxLayout(m_findBar);
    findRow->setContentsMargins(3 * unit, unit, 3 * unit, unit);
    m_find = new HangulLineEdit(m_findBar);
    m_find->setObjectName(QStringLiteral("reader.find"));
    m_find->setAccessibleName(tr("Find in this document"));
    m_find->setPlaceholderText(tr("Find in this document"));
    m_findCount = new QLabel(m_findBar);
    findRow->addWidget(m_find, 1);
    findRow->addWidget(m_findCount);
    m_findBar->hide();
    column->addWidget(m_findBar);
    m_stack = new QStackedWidget(middle);
    m_view = new CdaView(theme, context().korean(), m_stack);
    m_view->setObjectName(QStringLiteral("reader.view"));
    m_diff = new QTreeWidget(m_stack);
    m_diff->setObjectName(QStringLiteral("reader.diff"));
    m_diff->setAccessibleName(tr("What changed between the versions"));
    m_diff->setRootIsDecorated(false);
    m_diff->setWordWrap(true);
    m_diff->setHeaderLabels({tr("Item"), tr("Earlier"), tr("This version")});
    m_diff->header()->setSectionResizeMode(QHeaderView::Stretch);
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

    connect(m_style, &QTabBar::currentChanged, this, &ReaderPage::showStyle);
    connect(m_reply, &QPushButton::clicked, this, &ReaderPage::reply);
    connect(m_print, &QPushButton::clicked, this, &ReaderPage::print);
    connect(m_compare, &QPushButton::clicked, this, [this](bool on) {
        if (on)
            compareVersions();
        else
            showStyle(m_style->currentIndex());
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Keep the original document"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("xml"));
        connect(dialog, &QFileDialog::fileSelected, this, &ReaderPage::exportTo);
        dialog->open();
    });
    connect(m_sections, &QTreeWidget::itemClicked, this,
        [this](QTreeWidgetItem *item) { m_view->goToSection(item->data(0, Qt::UserRole).toInt()); });
    connect(m_sections, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        m_view->goToSection(item->data(0, Qt::UserRole).toInt());
        m_view->setFocus(Qt::TabFocusReason);
    });
    connect(m_sections, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (item && m_sections->hasFocus())
            m_view->goToSection(item->data(0, Qt::UserRole).toInt());
    });
    connect(m_view, &CdaView::sectionReached, this, &ReaderPage::sectionReached);
    connect(m_entries, &EntryPane::trendRequested, this, &ReaderPage::showTrend);
    connect(m_trend, &TrendChart::closeRequested, this, [this] {
        m_trend->hide();
        m_entries->list()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_find, &HangulLineEdit::liveTextChanged, this, [this](const QString &text) {
        const int count = m_view->matchCount(text);
        m_findCount->setText(text.isEmpty() ? QString()
                : count > 0                 ? tr("%n found", nullptr, count)
                                            : tr("not in this document"));
        m_view->findText(text);
    });
    connect(m_find, &HangulLineEdit::submitted, this, &ReaderPage::findNext);
    connect(m_honesty, &HonestyBar::warningsRequested, this, [this] {
        m_warnings->setVisible(!m_warnings->isVisible());
        if (m_warnings->isVisible())
            m_warnings->setFocus(Qt::TabFocusReason);
    });
    auto *answer = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_R), this);
    answer->setContext(Qt::WidgetWithChildrenShortcut);
    connect(answer, &QShortcut::activated, this, &ReaderPage::reply);
}

void ReaderPage::load()
{
    auto profile = context().sharedProfile();
    const QString id = m_documentId;
    const QByteArray loose = m_looseBytes;
    auto *job = UiJob::start<Loaded>(
        context().queue(), this,
        [profile, id, loose](const base::WorkContext &) -> base::Result<Loaded> {
            Loaded loaded;
            if (loose.isEmpty()) {
                NARU_ASSIGN(loaded.stored, profile->records().stored(id));
            } else {
                loaded.stored.bytes = loose;
                loaded.stored.sha256 = base::sha256Hex(loose);
            }
            auto read = loose.isEmpty() ? profile->records().read(id) : services::readBytes(loose);
            if (!read) {
                loaded.readable = false;
                loaded.why = read.error();
                return loaded;
            }
            loaded.read = std::move(*read);
            loaded.problems = services::checkBytes(loaded.stored.bytes);
            return loaded;
        },
        [this](const base::Result<Loaded> &result) {
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

void ReaderPage::accept(const Loaded &loaded)
{
    m_loaded = loaded;
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
        m_style->hide();
        m_reply->setEnabled(false);
        m_title->setText(tr("Unreadable document"));
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
    m_title->setText(base::withVisibleControls(line));
    m_view->setDocumentToShow(loaded.read);
    m_honesty->show(loaded.read, loaded.stored, loaded.problems);
    m_warnings->clear();
    for (const clinical::RuleProblem &problem : loaded.problems) {
        if (problem.severity != clinical::RuleProblem::Severity::Information)
            m_warnings->addItem(
                (problem.severity == clinical::RuleProblem::Severity::Error ? QStringLiteral("! ")
                                                                            : QStringLiteral("? "))
                + (context().korean() ? problem.messageKo : problem.messageEn));
    }
    for (const clinical::ReadWarning &warning : loaded.read.warnings)
        m_warnings->addItem(m_view->warningWords(warning));
    if (m_warnings->count() > 0)
        m_warnings->setCurrentRow(0);
    m_compare->setVisible(!d.replaces.isEmpty() || !loaded.stored.row.replaces.isEmpty());
    m_reply->setVisible(!m_patient.isEmpty());
    fillSections();
    sectionReached(0);
    Q_EMIT titleChanged();
    Q_EMIT shown();
}

void ReaderPage::fillSections()
{
    m_sections->clear();
    int number = 0;
    for (size_t i = 0; i < m_view->sections().size(); ++i) {
        const CdaView::SectionRow &row = m_view->sections()[i];
        auto *item = new QTreeWidgetItem(m_sections);
        QString words = row.depth == 0 ? QStringLiteral("%1 %2").arg(++number).arg(row.title)
                                       : QString(row.depth * 3, QLatin1Char(' ')) + row.title;
        if (row.count > 0)
            words += QStringLiteral(" (%1)").arg(row.count);
        if (row.warnings > 0)
            words += QStringLiteral("  !");
        item->setText(0, words);
        item->setToolTip(
            0, row.warnings > 0 ? tr("%1: text and coded values differ").arg(row.title) : row.title);
        item->setData(0, Qt::UserRole, int(i));
        item->setSizeHint(0, QSize(0, context().theme().rowHeight()));
    }
    if (m_sections->topLevelItemCount() > 0)
        m_sections->setCurrentItem(m_sections->topLevelItem(0));
}

void ReaderPage::sectionReached(int index)
{
    if (index < 0 || index >= int(m_view->sections().size()))
        return;
    m_entries->setSection(m_view->sections()[size_t(index)].section);
    if (!m_sections->hasFocus() && index < m_sections->topLevelItemCount()) {
        const QSignalBlocker blocker(m_sections);
        m_sections->setCurrentItem(m_sections->topLevelItem(index));
    }
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
    if (m_stack->currentWidget() == m_diff) {
        const int at = m_diff->indexOfTopLevelItem(m_diff->currentItem());
        if (m_diff->topLevelItemCount() > 0)
            m_diff->setCurrentItem(m_diff->topLevelItem((at + 1) % m_diff->topLevelItemCount()));
        return m_diff->topLevelItemCount() > 0;
    }
    return m_view->goToNextMismatch();
}

bool ReaderPage::otherView()
{
    m_style->setCurrentIndex((m_style->currentIndex() + 1) % m_style->count());
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
            m_style->setCurrentIndex(m_style->currentIndex() == kCodedTab ? 0 : m_style->currentIndex());
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
    m_findBar->show();
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
    return true;
}

bool ReaderPage::findNext()
{
    return m_view->findText(m_find->liveText());
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
        showStyle(m_style->currentIndex());
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
        m_compare->setChecked(false);
        m_strip->showError(
            differences.error(), context().language(), tr("The earlier version is not here to compare with"));
        return;
    }
    m_diff->clear();
    for (const services::FieldDifference &difference : *differences) {
        auto *item = new QTreeWidgetItem(m_diff);
        item->setText(0, difference.field);
        item->setText(
            1, difference.before.isEmpty() ? tr("(none)") : base::withVisibleControls(difference.before));
        item->setText(
            2, difference.after.isEmpty() ? tr("(none)") : base::withVisibleControls(difference.after));
        const Theme &theme = context().theme();
        item->setBackground(1, theme.color("diffRemoved"));
        item->setBackground(2, theme.color(difference.before.isEmpty() ? "diffAdded" : "diffChanged"));
    }
    if (m_diff->topLevelItemCount() == 0)
        (new QTreeWidgetItem(m_diff))->setText(0, tr("Nothing differs."));
    m_diff->setCurrentItem(m_diff->topLevelItem(0));
    m_stack->setCurrentWidget(m_diff);
    m_diff->setFocus(Qt::OtherFocusReason);
    m_compare->setChecked(true);
}

void ReaderPage::showTrend(const clinical::Entry &entry)
{
    // The chosen row may be the group; its only value counts then.
    const clinical::Entry *chosen = &entry;
    while (chosen->value.isEmpty() && chosen->children.size() == 1)
        chosen = &chosen->children.front();
    bool numeric = false;
    chosen->value.toDouble(&numeric);
    if (!numeric)
        return;
    struct Wanted {
        QString code{}, name{}, unit{};
    } wanted{chosen->code.code, base::folded(chosen->code.text()), chosen->unit};
    Trend trend;
    trend.name = chosen->code.text();
    trend.unit = chosen->unit;
    QString range = chosen->referenceRange;
    auto profile = context().sharedProfile();
    const services::PatientKey patient = m_patient;
    const clinical::Content own = m_loaded.read.document.content;
    const QString ownTitle = m_loaded.read.document.title, ownId = m_documentId;
    const base::Timestamp ownTime =
        chosen->time.isNull() ? m_loaded.read.document.effectiveTime : chosen->time;
    TrendPoint self{
        ownTime.earliestUtc().toLocalTime(), chosen->value.toDouble(), chosen->value, ownTitle, {}};
    UiJob::start<Trend>(
        context().queue(), this,
        [profile, patient, wanted, trend, self, ownId, range](
            const base::WorkContext &work) -> base::Result<Trend> {
            Trend out = trend;
            parseRange(range, out.low, out.hasLow, out.high, out.hasHigh);
            out.points.push_back(self);
            if (patient.isEmpty())
                return out;
            for (const services::DocumentRow &row : profile->records().local(patient)) {
                if (work.stopRequested())
                    break;
                if (!row.local || !row.problem.isEmpty())
                    continue;
                const auto content = profile->compose().contentOf(row.id);
                if (!content)
                    continue;
                for (const clinical::LabResult &lab : content->labs) {
                    const bool same = (!wanted.code.isEmpty() && lab.code.code == wanted.code)
                        || (!wanted.name.isEmpty()
                            && (base::folded(lab.item) == wanted.name
                                || base::folded(lab.code.text()) == wanted.name));
                    bool ok = false;
                    const double value = lab.value.toDouble(&ok);
                    if (!same || !ok)
                        continue;
                    if (lab.unit != wanted.unit) { // never joined silently
                        ++out.otherUnits;
                        continue;
                    }
                    const base::Timestamp time = lab.time.isNull() ? row.created : lab.time;
                    TrendPoint point{time.earliestUtc().toLocalTime(), value, lab.value,
                        row.title + QLatin1Char(' ') + row.institution, lab.laboratory};
                    const auto twin = std::find_if(out.points.begin(), out.points.end(),
                        [&](const TrendPoint &p) { return p.when == point.when && p.text == point.text; });
                    if (twin == out.points.end())
                        out.points.push_back(point);
                }
            }
            return out;
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
    m_compare->setChecked(false);
    if (!m_loaded.readable)
        return;
    if (tab == kCodedTab) {
        m_stack->setCurrentWidget(m_entries);
        (m_entries->list()->focusPolicy() == Qt::NoFocus ? static_cast<QWidget *>(m_style)
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
        if (m_style->currentIndex() == kCodedTab)
            m_style->setCurrentIndex(0);
        m_style->removeTab(kCodedTab);
        m_stack->removeWidget(m_entries);
        m_splitter->addWidget(m_entries);
    } else {
        m_stack->addWidget(m_entries);
        m_style->addTab(tr("Coded values"));
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
    m_title->setVisible(!readable || window()->height() >= fontMetrics().height() * 30);
    m_sections->setVisible(readable && width() >= character * (kSectionsLeast + kTextLeast + 4));
}

} // namespace naru::ui
