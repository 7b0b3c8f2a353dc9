#include "ui/pages/patient/DocumentTimeline.h"

#include "core/base/Hangul.h"
#include "ui/pages/patient/PatientRecord.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/Parts.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace naru::ui {

namespace {

// What is behind the first entry; the choice stays where it was when it is still there.
void offer(QComboBox *combo, QStringList values)
{
    const QString before = combo->currentText();
    while (combo->count() > 1)
        combo->removeItem(1);
    values.removeDuplicates();
    values.removeAll(QString());
    combo->addItems(values);
    combo->setCurrentIndex(std::max(0, combo->findText(before)));
}

} // namespace

DocumentTimeline::DocumentTimeline(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(sectionTitle(theme, tr("Time line"), bar));
    m_toRecord = pushButton(tr("Record (F9)"), QStringLiteral("patient.toRecord"), bar);
    m_toRecord->hide();
    connect(m_toRecord, &QPushButton::clicked, this, &DocumentTimeline::recordWanted);
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
        connect(combo, &QComboBox::activated, this, &DocumentTimeline::fill);
    }
    m_form->addItem(tr("All kinds"));
    m_institution->addItem(tr("All institutions"));
    column->addWidget(bar);
    m_tree = new QTreeWidget(this);
    m_tree->setObjectName(QStringLiteral("patient.timeline"));
    m_tree->setAccessibleName(tr("Time line of documents"));
    m_tree->setHeaderHidden(true);
    m_tree->setColumnCount(1);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setUniformRowHeights(true);
    m_tree->setMinimumWidth(theme.unit(40));
    m_tree->setMinimumHeight(theme.rowHeight() * 5);
    connect(m_tree, &QTreeWidget::itemActivated, this, &DocumentTimeline::opened);
    column->addWidget(m_tree, 1);
    connect(&theme, &Theme::changed, this, &DocumentTimeline::fill);
}

void DocumentTimeline::setDocuments(const std::vector<services::DocumentRow> &documents)
{
    m_documents = documents;
    QStringList forms, institutions;
    for (const services::DocumentRow &document : documents) {
        forms.append(documentKind(document, m_context.language()));
        institutions.append(document.institution);
    }
    offer(m_form, forms);
    offer(m_institution, institutions);
    fill();
}

void DocumentTimeline::setNewOnly(bool on)
{
    m_newOnly = on;
    fill();
}

int DocumentTimeline::newOnes() const
{
    return int(
        std::count_if(m_documents.begin(), m_documents.end(), [](const services::DocumentRow &document) {
            return documentMark(document) == QLatin1String("new");
        }));
}

QString DocumentTimeline::currentDocument() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString();
}

void DocumentTimeline::fill()
{
    const QTreeWidgetItem *current = m_tree->currentItem();
    const QString before = current ? current->data(0, Qt::UserRole).toString() : QString();
    m_tree->clear();
    QTreeWidgetItem *year = nullptr, *select = nullptr;
    for (const services::DocumentRow &document : m_documents) {
        const QString form = documentKind(document, m_context.language());
        const QString key = documentMark(document);
        if ((m_form->currentIndex() > 0 && form != m_form->currentText())
            || (m_institution->currentIndex() > 0 && document.institution != m_institution->currentText())
            || (m_newOnly && key != QLatin1String("new")))
            continue;
        const QString iso = document.created.toIso();
        if (!year || year->text(0) != iso.left(4)) {
            year = new QTreeWidgetItem(m_tree, {iso.isEmpty() ? tr("No date") : iso.left(4)});
            year->setFont(0, m_context.theme().font(Theme::Face::BodyBold));
            year->setExpanded(true);
        }
        const text::Word mark = text::word(QStringLiteral("mark"), key, m_context.language());
        QString line =
            QStringLiteral("%1 %2  %3  %4")
                .arg(mark.symbol, iso.mid(5, 5), form, base::withVisibleControls(document.institution));
        if (key == QLatin1String("new") || key == QLatin1String("unreadable")
            || key == QLatin1String("remote"))
            line += QStringLiteral("  ") + mark.word;
        auto *item = new QTreeWidgetItem(year, {line});
        item->setData(0, Qt::UserRole, document.id);
        item->setForeground(0,
            m_context.theme().color(
                mark.role == QLatin1String("textSecondary") ? QStringLiteral("text") : mark.role));
        item->setToolTip(0,
            document.problem.isEmpty() ? document.title
                                       : text::sentence(document.problem, m_context.language()));
        if (document.id == before)
            select = item;
        if (!select)
            select = item;
    }
    m_tree->setFocusPolicy(select ? Qt::StrongFocus : Qt::NoFocus);
    if (select)
        m_tree->setCurrentItem(select);
}

} // namespace naru::ui
