#include "ui/pages/patient/PatientPage.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/services/ComposeService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "ui/jobs/UiJob.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/TrendDelegate.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr int Kinds = 6;
constexpr int NarrowUnits = 170; // below it the time line and the record take turns

RowCell cell(const QString &text, const QString &role = {}, bool right = false, bool bold = false,
    const QString &tip = {})
{
    return {text, role, {}, right, bold, tip};
}

QString arrow(const QString &interpretation)
{
    if (interpretation.startsWith(QLatin1Char('H')))
        return QStringLiteral(" ▲");
    return interpretation.startsWith(QLatin1Char('L')) ? QStringLiteral(" ▼") : QString();
}

QString arrowRole(const QString &interpretation)
{
    if (interpretation.startsWith(QLatin1Char('H')))
        return QStringLiteral("high");
    return interpretation.startsWith(QLatin1Char('L')) ? QStringLiteral("low") : QString();
}

QString markKey(const services::DocumentRow &document)
{
    if (!document.problem.isEmpty())
        return QStringLiteral("unreadable");
    if (document.sentByUs)
        return QStringLiteral("sent");
    if (!document.local)
        return QStringLiteral("remote");
    return document.seen ? QStringLiteral("seen") : QStringLiteral("new");
}

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
    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeTimeline());
    m_splitter->addWidget(makeRecord());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setSizes({theme.unit(64), theme.unit(160)});
    m_splitter->setMinimumHeight(theme.rowHeight() * 9);
    column->addWidget(m_splitter, 1);
    column->addWidget(makeFoot());
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Documents || change == services::Change::Patients)
            load();
    });
    connect(&theme, &Theme::changed, this, [this] {
        fillTimeline();
        place();
    });
    load();
}

QWidget *PatientPage::makeTimeline()
{
    Theme &theme = context().theme();
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    followSpacing(theme, column, 0, 2);
    auto *bar = new QWidget(box);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(sectionTitle(theme, tr("Time line"), bar));
    m_toRecord = makeSwitch(QStringLiteral("patient.toRecord"), bar);
    row->addWidget(m_toRecord);
    m_form = new QComboBox(bar);
    m_form->setObjectName(QStringLiteral("patient.timeline.form"));
    m_form->setAccessibleName(tr("Kind of document"));
    m_institution = new QComboBox(bar);
    m_institution->setObjectName(QStringLiteral("patient.timeline.institution"));
    m_institution->setAccessibleName(tr("Institution"));
    for (QComboBox *combo : {m_form, m_institution}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        row->addWidget(combo);
        connect(combo, &QComboBox::activated, this, &PatientPage::fillTimeline);
    }
    m_form->addItem(tr("All kinds"));
    m_institution->addItem(tr("All institutions"));
    column->addWidget(bar);
    m_timeline = new QTreeWidget(box);
    m_timeline->setObjectName(QStringLiteral("patient.timeline"));
    m_timeline->setAccessibleName(tr("Time line of documents"));
    m_timeline->setHeaderHidden(true);
    m_timeline->setColumnCount(1);
    m_timeline->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_timeline->setTextElideMode(Qt::ElideRight);
    m_timeline->setUniformRowHeights(true);
    m_timeline->setMinimumWidth(theme.unit(40));
    m_timeline->setMinimumHeight(theme.rowHeight() * 5);
    connect(m_timeline, &QTreeWidget::itemActivated, this, &PatientPage::openCurrentDocument);
    column->addWidget(m_timeline, 1);
    return box;
}

QWidget *PatientPage::makeRecord()
{
    Theme &theme = context().theme();
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    followSpacing(theme, column, 0, 2);
    auto *bar = new QWidget(box);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(sectionTitle(theme, tr("Record"), bar));
    m_toTimeline = makeSwitch(QStringLiteral("patient.toTimeline"), bar);
    row->addWidget(m_toTimeline);
    row->addStretch();
    m_find = new HangulLineEdit(bar);
    m_find->setObjectName(QStringLiteral("patient.find"));
    m_find->setAccessibleName(tr("Find in the record"));
    m_find->setPlaceholderText(tr("Find in the record (Ctrl+F)"));
    m_find->setMaximumWidth(theme.unit(48));
    m_find->setMinimumWidth(theme.unit(24));
    row->addWidget(m_find, 4);
    column->addWidget(bar);
    m_tabs = new QTabWidget(box);
    m_tabs->setObjectName(QStringLiteral("patient.record"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the record"));
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    const QStringList names = {tr("Problems"), tr("Medication"), tr("Results"), tr("Allergies"),
        tr("Procedures"), tr("Vaccinations")};
    for (int i = 0; i < Kinds; ++i) {
        const bool lab = i == int(RecordKind::Labs);
        const QStringList columns = lab
            ? QStringList{tr("Test"), tr("Value"), tr("Unit"), tr("Reference"), tr("Trend"), tr("Date"),
                tr("Number"), tr("Source")}
            : QStringList{names.at(i), tr("Code"),
                i == int(RecordKind::Problems) ? tr("Note") : tr("Details"), tr("Date"), tr("Source")};
        m_tables[i] = new DataTable(theme, new RowModel(theme, columns),
            lab ? QList<int>{4, 2, 0, 0, 3, 0, 0, 3} : QList<int>{5, 0, 3, 0, 4}, names.at(i), m_tabs);
        m_tables[i]->setObjectName(QStringLiteral("patient.record.%1").arg(i + 1));
        m_tables[i]->setSpareColumns(lab ? QList<int>{6, 7, 3, 5} : QList<int>{4, 1});
        m_tables[i]->setEmptyState(tr("Nothing is known here yet"), tr("Ask other institutions"));
        connect(m_tables[i], &DataTable::emptyVerb, this, [this] { context().openSearch(m_patient); });
        connect(m_tables[i], &DataTable::currentIdChanged, this, &PatientPage::showDetail);
        connect(m_tables[i], &DataTable::opened, this, [this] { mainAct(); });
        connect(m_tables[i], &DataTable::typed, this, [this](const QString &text) {
            m_find->setFocus(Qt::OtherFocusReason);
            m_find->insert(text);
        });
        if (lab)
            m_tables[i]->setItemDelegateForColumn(4, new TrendDelegate(theme, m_tables[i]));
        m_tabs->addTab(m_tables[i], names.at(i));
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, &PatientPage::showDetail);
    connect(m_find, &HangulLineEdit::liveTextChanged, this, [this](const QString &text) {
        for (DataTable *table : m_tables)
            table->filter().setQuery(text);
    });
    connect(m_find, &HangulLineEdit::submitted, this, [this] {
        for (int i = 0; i < Kinds && currentTable()->isEmpty(); ++i)
            m_tabs->setCurrentIndex((m_tabs->currentIndex() + 1) % Kinds);
        currentTable()->setFocus(Qt::OtherFocusReason);
    });
    column->addWidget(m_tabs, 1);
    m_detail = secondary(theme, {}, box);
    m_detail->setObjectName(QStringLiteral("patient.detail"));
    m_detail->setMinimumHeight(theme.unit(10));
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_detail);
    return box;
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
    connect(news, &QPushButton::toggled, this, [this](bool on) {
        m_newOnly = on;
        fillTimeline();
    });
    auto *fresh = pushButton(tr("New document (Ctrl+N)"), QStringLiteral("patient.new"), bar, "primary");
    auto *ask = pushButton(tr("Ask other institutions (Ctrl+Shift+F)"), QStringLiteral("patient.ask"), bar);
    auto *consent = pushButton(tr("Consent (F12)"), QStringLiteral("patient.consent"), bar);
    for (QWidget *widget : QList<QWidget *>{m_news, news, consent, ask, fresh})
        row->addWidget(widget);
    row->setRightFrom(2);
    connect(fresh, &QPushButton::clicked, this, [this] {
        Q_EMIT context().openRequested({QStringLiteral("new"), m_patient, {}, {}});
    });
    connect(ask, &QPushButton::clicked, this, [this] { context().openSearch(m_patient); });
    connect(consent, &QPushButton::clicked, this, [this] { context().openConsent(m_patient); });
    return bar;
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
    UiJob::start<Snapshot>(
        context().queue(), this,
        [profile, key, language](const base::WorkContext &) -> base::Result<Snapshot> {
            Snapshot snapshot;
            snapshot.documents = profile->records().local(key);
            if (const auto content = profile->patients().handedOver(key))
                snapshot.sources.push_back({QStringLiteral("EMR"), {}, {}, *content});
            for (const services::DocumentRow &document : snapshot.documents) {
                if (!document.local || !document.problem.isEmpty())
                    continue;
                if (const auto content = profile->compose().contentOf(document.id))
                    snapshot.sources.push_back({text::formName(document.form, language) + QLatin1Char(' ')
                            + document.created.toIso().left(10),
                        document.id, document.created, *content});
            }
            for (int i = 0; i < Kinds; ++i)
                snapshot.items[i] = mergeRecord(snapshot.sources, RecordKind(i));
            return snapshot;
        },
        [this](const base::Result<Snapshot> &result) {
            m_loading = false;
            if (result)
                take(*result);
            else
                m_strip->showError(result.error(), context().language());
            if (std::exchange(m_again, false))
                load();
        });
}

void PatientPage::take(const Snapshot &snapshot)
{
    m_snapshot = snapshot;
    QStringList forms, institutions;
    int fresh = 0;
    for (const services::DocumentRow &document : snapshot.documents) {
        forms.append(text::formName(document.form, context().language()));
        institutions.append(document.institution);
        fresh += markKey(document) == QLatin1String("new") ? 1 : 0;
    }
    const auto fill = [](QComboBox *combo, QStringList values) {
        const QString before = combo->currentText();
        while (combo->count() > 1)
            combo->removeItem(1);
        values.removeDuplicates();
        values.removeAll(QString());
        combo->addItems(values);
        combo->setCurrentIndex(std::max(0, combo->findText(before)));
    };
    fill(m_form, forms);
    fill(m_institution, institutions);
    m_news->setText(
        fresh > 0 ? tr("New documents since the last look: %1").arg(fresh) : tr("No new documents"));
    fillTimeline();
    for (int i = 0; i < Kinds; ++i)
        fillTable(i);
    m_toTimeline->setText(tr("Time line %1 (F9)").arg(snapshot.documents.size()));
    m_toTimeline->setAccessibleName(m_toTimeline->text());
    place();
    if (m_find->hasFocus() && m_find->text().isEmpty())
        focusFirst();
    if (snapshot.documents.empty())
        m_strip->show(MessageStrip::Kind::Info,
            tr("There is no document of this patient here; only what the EMR handed over"),
            {{tr("Ask other institutions"), [this] { context().openSearch(m_patient); }}});
    else
        m_strip->clear();
    showDetail();
}

void PatientPage::fillTimeline()
{
    const QTreeWidgetItem *current = m_timeline->currentItem();
    const QString before = current ? current->data(0, Qt::UserRole).toString() : QString();
    m_timeline->clear();
    QTreeWidgetItem *year = nullptr, *select = nullptr;
    for (const services::DocumentRow &document : m_snapshot.documents) {
        const QString form = text::formName(document.form, context().language());
        const QString key = markKey(document);
        if ((m_form->currentIndex() > 0 && form != m_form->currentText())
            || (m_institution->currentIndex() > 0 && document.institution != m_institution->currentText())
            || (m_newOnly && key != QLatin1String("new")))
            continue;
        const QString iso = document.created.toIso();
        if (!year || year->text(0) != iso.left(4)) {
            year = new QTreeWidgetItem(m_timeline, {iso.isEmpty() ? tr("No date") : iso.left(4)});
            year->setFont(0, context().theme().font(Theme::Face::BodyBold));
            year->setExpanded(true);
        }
        const text::Word mark = text::word(QStringLiteral("mark"), key, context().language());
        QString line =
            QStringLiteral("%1 %2  %3  %4")
                .arg(mark.symbol, iso.mid(5, 5), form, base::withVisibleControls(document.institution));
        if (key == QLatin1String("new") || key == QLatin1String("unreadable")
            || key == QLatin1String("remote"))
            line += QStringLiteral("  ") + mark.word;
        auto *item = new QTreeWidgetItem(year, {line});
        item->setData(0, Qt::UserRole, document.id);
        item->setForeground(0,
            context().theme().color(
                mark.role == QLatin1String("textSecondary") ? QStringLiteral("text") : mark.role));
        item->setToolTip(0,
            document.problem.isEmpty() ? document.title
                                       : text::sentence(document.problem, context().language()));
        if (document.id == before)
            select = item;
        if (!select)
            select = item;
    }
    m_timeline->setFocusPolicy(select ? Qt::StrongFocus : Qt::NoFocus);
    if (select)
        m_timeline->setCurrentItem(select);
}

QString PatientPage::sourceNames(const RecordItem &item) const
{
    if (item.sources.empty())
        return {};
    QString names = m_snapshot.sources[item.sources.front()].label;
    if (item.sources.size() > 1)
        names += QLatin1Char(' ') + tr("+%1 more").arg(item.sources.size() - 1);
    return names;
}

void PatientPage::fillTable(int kind)
{
    const text::Language language = context().language();
    std::vector<ModelRow> rows;
    int conflicts = 0;
    for (const RecordItem &item : m_snapshot.items[kind]) {
        const QString mark = item.conflict ? QStringLiteral("conflict")
            : item.possible                ? QStringLiteral("possible")
                                           : QStringLiteral("problem");
        const text::Word word = text::word(QStringLiteral("record"), mark, language);
        conflicts += item.conflict ? 1 : 0;
        QString name = word.symbol + QLatin1Char(' ') + base::withVisibleControls(item.name);
        QString note = item.value;
        if (item.conflict)
            note = tr("%1 against %2").arg(item.value.isEmpty() ? item.code : item.value, item.other);
        else if (item.possible)
            note = word.word + QStringLiteral(": ") + item.other;
        else if (item.duplicates > 0)
            note = (note.isEmpty() ? QString() : note + QStringLiteral(" · "))
                + tr("folded %1").arg(item.duplicates);
        const QString role = item.conflict || item.possible ? word.role : QString();
        ModelRow row{item.key, {}, {}, false, false};
        const QString date = item.date.toIso().left(10);
        if (kind == int(RecordKind::Labs)) {
            row.cells = {cell(base::withVisibleControls(item.name), {}, false, true),
                cell(item.value + arrow(item.interpretation), arrowRole(item.interpretation), true),
                cell(item.unit), cell(item.range, QStringLiteral("textSecondary")),
                cell(TrendDelegate::encode(item.series)), cell(date, QStringLiteral("textSecondary")),
                cell(QString::number(std::max<std::size_t>(1, item.series.size())),
                    QStringLiteral("textSecondary"), true),
                cell(sourceNames(item), QStringLiteral("textSecondary"))};
        } else {
            row.cells = {cell(name, role, false, false, item.name),
                cell(item.code, QStringLiteral("textSecondary")), cell(note, role, false, false, note),
                cell(date, QStringLiteral("textSecondary")),
                cell(sourceNames(item), QStringLiteral("textSecondary"))};
        }
        rows.push_back(std::move(row));
    }
    const QString name = m_tables[kind]->accessibleName();
    m_tabs->setTabText(kind,
        QStringLiteral("%1 %2%3")
            .arg(name)
            .arg(rows.size())
            .arg(conflicts > 0 ? QStringLiteral(" !") : QString()));
    m_tables[kind]->setRows(std::move(rows));
}

DataTable *PatientPage::currentTable() const
{
    return m_tables[std::clamp(m_tabs->currentIndex(), 0, Kinds - 1)];
}

void PatientPage::showDetail()
{
    if (!m_detail)
        return;
    const QString id = currentTable()->currentId();
    for (const RecordItem &item : m_snapshot.items[std::clamp(m_tabs->currentIndex(), 0, Kinds - 1)]) {
        if (item.key != id)
            continue;
        QStringList parts{item.name};
        if (!item.code.isEmpty())
            parts.append(tr("code %1 %2").arg(item.code, base::oidTitle(item.system)).trimmed());
        if (!item.original.isEmpty() && item.original != item.name)
            parts.append(tr("original words “%1”").arg(item.original));
        if (!item.laboratory.isEmpty())
            parts.append(item.laboratory);
        QStringList sources;
        for (const std::size_t at : item.sources)
            sources.append(m_snapshot.sources[at].label);
        parts.append(tr("sources: %1").arg(sources.join(QStringLiteral(", "))));
        m_detail->setText(base::withVisibleControls(parts.join(QStringLiteral("  ·  "))));
        return;
    }
    m_detail->clear();
}

void PatientPage::openCurrentDocument()
{
    const QTreeWidgetItem *item = m_timeline->currentItem();
    const QString id = item ? item->data(0, Qt::UserRole).toString() : QString();
    if (!id.isEmpty())
        context().openDocument(m_patient, id);
}

QString PatientPage::title() const
{
    return tr("Overview");
}

bool PatientPage::mainAct()
{
    if (m_timeline->hasFocus()) {
        openCurrentDocument();
        return true;
    }
    const QString id = currentTable()->currentId();
    for (const RecordItem &item : m_snapshot.items[m_tabs->currentIndex()]) {
        if (item.key != id)
            continue;
        for (const std::size_t at : item.sources) {
            if (!m_snapshot.sources[at].documentId.isEmpty()) {
                context().openDocument(m_patient, m_snapshot.sources[at].documentId);
                return true;
            }
        }
    }
    return false;
}

bool PatientPage::refresh()
{
    load();
    return true;
}

bool PatientPage::goToSection(int number)
{
    if (number < 1 || number > Kinds)
        return false;
    m_timelineShown = false;
    place();
    m_tabs->setCurrentIndex(number - 1);
    if (!currentTable()->isEmpty())
        currentTable()->setFocus(Qt::ShortcutFocusReason);
    return true;
}

// F8: the next row that needs a human decision, through all parts of the record.
bool PatientPage::nextGap()
{
    for (int step = 0; step < Kinds; ++step) {
        const int kind = (m_tabs->currentIndex() + step) % Kinds;
        const QString after = step == 0 ? currentTable()->currentId() : QString();
        bool armed = after.isEmpty();
        for (const RecordItem &item : m_snapshot.items[kind]) {
            if (armed && (item.conflict || item.possible)) {
                m_timelineShown = false;
                place();
                m_tabs->setCurrentIndex(kind);
                m_tables[kind]->setCurrentId(item.key);
                m_tables[kind]->setFocus(Qt::ShortcutFocusReason);
                return true;
            }
            armed = armed || item.key == after;
        }
    }
    return false;
}

bool PatientPage::otherView()
{
    if (m_snapshot.documents.empty())
        return false;
    if (m_narrow) {
        m_timelineShown = !m_timelineShown;
        place();
        (m_timelineShown ? static_cast<QWidget *>(m_timeline) : currentTable())
            ->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    if (m_timeline->hasFocus())
        currentTable()->setFocus(Qt::ShortcutFocusReason);
    else
        m_timeline->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool PatientPage::find()
{
    m_timelineShown = false;
    place();
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
    return true;
}

bool PatientPage::stepBack()
{
    if (m_find->text().isEmpty())
        return false;
    m_find->clear();
    for (DataTable *table : m_tables)
        table->filter().setQuery({});
    return true;
}

QList<QWidget *> PatientPage::panes() const
{
    QList<QWidget *> all{currentTable(), m_timeline, m_find};
    all.removeIf([](const QWidget *pane) { return !pane->isVisible(); });
    return all;
}

void PatientPage::focusFirst()
{
    if (m_timelineShown && m_narrow)
        m_timeline->setFocus(Qt::OtherFocusReason);
    else if (!currentTable()->isEmpty())
        currentTable()->setFocus(Qt::OtherFocusReason);
    else
        m_find->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> PatientPage::keys() const
{
    return {{QStringLiteral("Alt+1..6"), tr("Part of the record")},
        {QStringLiteral("Enter"), tr("Open the source document")},
        {QStringLiteral("F8"), tr("Next conflict or possible duplicate")},
        {QStringLiteral("F9"), tr("Time line or record")}};
}

QPushButton *PatientPage::makeSwitch(const QString &name, QWidget *bar)
{
    auto *button = pushButton(tr("Record (F9)"), name, bar);
    connect(button, &QPushButton::clicked, this, &PatientPage::otherView);
    button->hide();
    return button;
}

// Large type: two panes of four lines each say less than one of eight.
void PatientPage::place()
{
    m_narrow = width() < context().theme().unit(NarrowUnits);
    const bool any = !m_snapshot.documents.empty();
    m_toRecord->setVisible(m_narrow);
    m_toTimeline->setVisible(m_narrow && any);
    m_splitter->widget(0)->setVisible(any && (!m_narrow || m_timelineShown));
    m_splitter->widget(1)->setVisible(!any || !m_narrow || !m_timelineShown);
}

void PatientPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
}

} // namespace naru::ui
