#include "ui/pages/archive/QueryBar.h"

#include "core/base/Hangul.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/Parts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>

namespace naru::ui {

namespace {

// The last day that is meant: "2026" is all of it.
QDate lastDay(const base::Timestamp &when)
{
    const QDate first = when.date();
    if (when.precision() == base::Timestamp::Precision::Year)
        return QDate(first.year(), 12, 31);
    return when.precision() == base::Timestamp::Precision::Month
        ? QDate(first.year(), first.month(), 1).addMonths(1).addDays(-1)
        : first;
}

} // namespace

QueryBar::QueryBar(AppContext &context, const clinical::Patient &chart, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_number(chart.localId.extension)
    , m_person(chart.name)
    , m_born(chart.birthDate.date().toString(QStringLiteral("yyyy-MM-dd")))
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("archive.query"));
    auto *row = new FlowRow(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_node = new QComboBox(this);
    m_node->setObjectName(QStringLiteral("archive.node"));
    m_node->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_node->view()->setAccessibleName(tr("Archive"));
    row->addWidget(labelled(theme, tr("Archive"), m_node, this));
    m_id = field(QStringLiteral("id"), tr("Patient number"), 27);
    m_name = field(QStringLiteral("name"), tr("Name"), 21);
    m_birth = field(QStringLiteral("birth"), tr("Date of birth"), 18);
    m_from = field(QStringLiteral("from"), tr("Study from"), 18);
    m_to = field(QStringLiteral("to"), tr("Study to"), 18);
    m_modality = new QComboBox(this);
    m_modality->setObjectName(QStringLiteral("archive.modality"));
    m_modality->view()->setAccessibleName(tr("Kind"));
    m_modality->addItem(tr("All kinds"));
    for (const text::Word &word : text::words(QStringLiteral("modality"), context.language()))
        m_modality->addItem(
            word.word.contains(word.key) ? word.word : word.key + QLatin1Char(' ') + word.word, word.key);
    row->addWidget(labelled(theme, tr("Kind"), m_modality, this));
    m_ask = pushButton(tr("Search (F5)"), QStringLiteral("archive.ask"), this, "primary");
    row->addWidget(labelled(theme, QStringLiteral(" "), m_ask, this));
    connect(m_ask, &QPushButton::clicked, this, &QueryBar::asked);
    m_id->setText(m_number);
    if (m_number.isEmpty())
        (void)widen();
}

HangulLineEdit *QueryBar::field(const QString &name, const QString &label, double units)
{
    auto *edit = new HangulLineEdit(this);
    edit->setObjectName(QStringLiteral("archive.") + name);
    edit->setFixedWidth(m_context.theme().unit(units));
    if (name == QLatin1String("from") || name == QLatin1String("to"))
        edit->setPlaceholderText(tr("any"));
    edit->setLengthLimit(64);
    layout()->addWidget(labelled(m_context.theme(), label, edit, this));
    connect(edit, &HangulLineEdit::submitted, this, &QueryBar::asked);
    connect(&m_context.theme(), &Theme::changed, edit,
        [this, edit, units] { edit->setFixedWidth(m_context.theme().unit(units)); });
    return edit;
}

void QueryBar::setNodes(const std::vector<services::PacsNode> &nodes)
{
    const QString before = node();
    m_node->clear();
    for (const services::PacsNode &one : nodes)
        m_node->addItem(base::withVisibleControls(one.name), one.name);
    m_node->setCurrentIndex(qMax(0, m_node->findData(before)));
}

QString QueryBar::node() const
{
    return m_node->currentData().toString();
}

bool QueryBar::readDay(HangulLineEdit *field, bool last, QString &out, QString &fault)
{
    const QString typed = field->text().trimmed();
    if (typed.isEmpty())
        return true;
    const auto when = base::Timestamp::parseAny(typed);
    if (!when || !when->date().isValid()) {
        fault = tr("%1: write the date as 2026-11-20").arg(field->accessibleName());
        field->setFocus(Qt::OtherFocusReason);
        field->selectAll();
        return false;
    }
    out = (last ? lastDay(*when) : when->date()).toString(QStringLiteral("yyyyMMdd"));
    return true;
}

bool QueryBar::read(services::PacsQuery &query, QString &fault)
{
    query.patientId = m_id->text().trimmed();
    query.name = m_name->text().trimmed();
    query.modality = m_modality->currentData().toString();
    if (!readDay(m_birth, false, query.birthDate, fault) || !readDay(m_from, false, query.from, fault)
        || !readDay(m_to, true, query.to, fault))
        return false;
    if (!query.from.isEmpty() && !query.to.isEmpty() && query.from > query.to) {
        fault = tr("The first day is after the last");
        m_from->setFocus(Qt::OtherFocusReason);
        return false;
    }
    // Everybody's studies are no answer to a question about one patient.
    if (query.patientId.isEmpty() && query.name.isEmpty() && query.birthDate.isEmpty()) {
        fault = tr("Say whose studies: number, name or date of birth");
        m_id->setFocus(Qt::OtherFocusReason);
        return false;
    }
    return true;
}

QueryBar::Wider QueryBar::wider() const
{
    if (m_person.isEmpty() && m_born.isEmpty())
        return Wider::None;
    const bool byNumber = !m_id->text().trimmed().isEmpty();
    const bool byName = !m_name->text().trimmed().isEmpty();
    if (byNumber || (!byName && m_birth->text().trimmed().isEmpty()))
        return Wider::NameAndBirth;
    return byName && !m_born.isEmpty() ? Wider::BirthAlone : Wider::None;
}

QString QueryBar::widerWords() const
{
    switch (wider()) {
    case Wider::NameAndBirth:
        return tr("By name and date of birth");
    case Wider::BirthAlone:
        return tr("By date of birth alone");
    default:
        return {};
    }
}

bool QueryBar::widen()
{
    const Wider next = wider();
    if (next == Wider::None)
        return false;
    m_id->clear();
    m_name->setText(next == Wider::NameAndBirth ? m_person : QString());
    m_birth->setText(m_born);
    return true;
}

void QueryBar::setAsking(bool on)
{
    m_ask->setEnabled(!on);
}

void QueryBar::focusFirst()
{
    firstField()->setFocus(Qt::OtherFocusReason);
}

QWidget *QueryBar::firstField() const
{
    return m_number.isEmpty() ? m_name : m_id;
}

} // namespace naru::ui
