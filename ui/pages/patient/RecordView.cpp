#include "ui/pages/patient/RecordView.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/TrendDelegate.h"

#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace naru::ui {

namespace {

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

} // namespace

RecordView::RecordView(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    column->addWidget(makeBar(theme));
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("patient.record"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the record"));
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    const QStringList names = {tr("Problems"), tr("Medication"), tr("Results"), tr("Allergies"),
        tr("Procedures"), tr("Vaccinations")};
    for (int kind = 0; kind < RecordKinds; ++kind) {
        m_tables[kind] = makeTable(kind, names.at(kind));
        m_tabs->addTab(m_tables[kind], names.at(kind));
    }
    connect(m_tabs, &QTabWidget::currentChanged, this, &RecordView::showDetail);
    connect(m_find, &HangulLineEdit::liveTextChanged, this, [this](const QString &text) {
        for (DataTable *table : m_tables)
            table->filter().setQuery(text);
    });
    connect(m_find, &HangulLineEdit::submitted, this, [this] {
        for (int i = 0; i < RecordKinds && currentTable()->isEmpty(); ++i)
            m_tabs->setCurrentIndex((m_tabs->currentIndex() + 1) % RecordKinds);
        currentTable()->setFocus(Qt::OtherFocusReason);
    });
    column->addWidget(m_tabs, 1);
    m_detail = secondary(theme, {}, this);
    m_detail->setObjectName(QStringLiteral("patient.detail"));
    m_detail->setMinimumHeight(theme.unit(10));
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_detail);
}

QWidget *RecordView::makeBar(Theme &theme)
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(sectionTitle(theme, tr("Record"), bar));
    m_toTimeline = pushButton(tr("Time line %1 (F9)").arg(0), QStringLiteral("patient.toTimeline"), bar);
    m_toTimeline->hide();
    connect(m_toTimeline, &QPushButton::clicked, this, &RecordView::timelineWanted);
    row->addWidget(m_toTimeline);
    row->addStretch();
    m_find = new HangulLineEdit(bar);
    m_find->setObjectName(QStringLiteral("patient.find"));
    m_find->setAccessibleName(tr("Find in the record"));
    m_find->setPlaceholderText(tr("Find in the record (Ctrl+F)"));
    m_find->setMaximumWidth(theme.unit(48));
    m_find->setMinimumWidth(theme.unit(24));
    row->addWidget(m_find, 4);
    return bar;
}

DataTable *RecordView::makeTable(int kind, const QString &name)
{
    Theme &theme = m_context.theme();
    const bool lab = kind == int(RecordKind::Labs);
    const QStringList columns = lab
        ? QStringList{tr("Test"), tr("Value"), tr("Unit"), tr("Reference"), tr("Trend"), tr("Date"),
            tr("Number"), tr("Source")}
        : QStringList{name, tr("Code"), kind == int(RecordKind::Problems) ? tr("Note") : tr("Details"),
            tr("Date"), tr("Source")};
    auto *table = new DataTable(theme, new RowModel(theme, columns),
        lab ? QList<int>{4, 2, 0, 0, 3, 0, 0, 3} : QList<int>{5, 0, 3, 0, 4}, name, m_tabs);
    table->setObjectName(QStringLiteral("patient.record.%1").arg(kind + 1));
    table->setSpareColumns(lab ? QList<int>{6, 7, 3, 5} : QList<int>{4, 1});
    table->setEmptyState(tr("Nothing is known here yet"), tr("Ask other institutions"));
    connect(table, &DataTable::emptyVerb, this, &RecordView::askWanted);
    connect(table, &DataTable::currentIdChanged, this, &RecordView::showDetail);
    connect(table, &DataTable::opened, this, &RecordView::opened);
    connect(table, &DataTable::typed, this, [this](const QString &text) {
        m_find->setFocus(Qt::OtherFocusReason);
        m_find->insert(text);
    });
    if (lab)
        table->setItemDelegateForColumn(4, new TrendDelegate(theme, table));
    return table;
}

void RecordView::setRecord(const PatientRecord &record)
{
    m_record = record;
    for (int kind = 0; kind < RecordKinds; ++kind)
        fillTable(kind);
    m_toTimeline->setText(tr("Time line %1 (F9)").arg(record.documents.size()));
    m_toTimeline->setAccessibleName(m_toTimeline->text());
    showDetail();
}

QString RecordView::sourceNames(const RecordItem &item) const
{
    if (item.sources.empty())
        return {};
    QString names = m_record.sources[item.sources.front()].label;
    if (item.sources.size() > 1)
        names += QLatin1Char(' ') + tr("+%1 more").arg(item.sources.size() - 1);
    return names;
}

void RecordView::fillTable(int kind)
{
    const text::Language language = m_context.language();
    std::vector<ModelRow> rows;
    int conflicts = 0;
    for (const RecordItem &item : m_record.items[kind]) {
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

int RecordView::currentKind() const
{
    return std::clamp(m_tabs->currentIndex(), 0, RecordKinds - 1);
}

DataTable *RecordView::currentTable() const
{
    return m_tables[currentKind()];
}

void RecordView::showDetail()
{
    if (!m_detail)
        return; // the tabs say so while the rest is being made
    const QString id = currentTable()->currentId();
    for (const RecordItem &item : m_record.items[currentKind()]) {
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
            sources.append(m_record.sources[at].label);
        parts.append(tr("sources: %1").arg(sources.join(QStringLiteral(", "))));
        m_detail->setText(base::withVisibleControls(parts.join(QStringLiteral("  ·  "))));
        return;
    }
    m_detail->clear();
}

void RecordView::showPart(int kind)
{
    m_tabs->setCurrentIndex(kind);
}

void RecordView::showItem(int kind, const QString &key)
{
    m_tabs->setCurrentIndex(kind);
    m_tables[kind]->setCurrentId(key);
    m_tables[kind]->setFocus(Qt::ShortcutFocusReason);
}

QString RecordView::currentDocument() const
{
    const QString id = currentTable()->currentId();
    for (const RecordItem &item : m_record.items[currentKind()]) {
        if (item.key != id)
            continue;
        for (const std::size_t at : item.sources) {
            if (!m_record.sources[at].documentId.isEmpty())
                return m_record.sources[at].documentId;
        }
    }
    return {};
}

RecordView::Place RecordView::nextDecision() const
{
    for (int step = 0; step < RecordKinds; ++step) {
        const int kind = (m_tabs->currentIndex() + step) % RecordKinds;
        const QString after = step == 0 ? currentTable()->currentId() : QString();
        bool armed = after.isEmpty();
        for (const RecordItem &item : m_record.items[kind]) {
            if (armed && (item.conflict || item.possible))
                return {kind, item.key};
            armed = armed || item.key == after;
        }
    }
    return {};
}

bool RecordView::clearFind()
{
    if (m_find->text().isEmpty())
        return false;
    m_find->clear();
    for (DataTable *table : m_tables)
        table->filter().setQuery({});
    return true;
}

} // namespace naru::ui
