#include "ui/pages/documents/EntryPane.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
// "E113 · KCD"; an unknown system shows its OID.
QString codeAndSystem(const clinical::CodedValue &value)
{
    const QString title = base::oidTitle(value.system);
    const QString system = title.isEmpty() ? value.system : title;
    return value.code.isEmpty() || system.isEmpty() ? value.code
                                                    : value.code + QStringLiteral(" · ") + system;
}
} // namespace

EntryPane::EntryPane(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_language(language)
    , m_title(new QLabel(tr("Coded values"), this))
    , m_list(new QTreeWidget(this))
    , m_detail(new QLabel(this))
{
    const int unit = theme.unit();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_title->setFont(theme.font(Theme::Face::BodyBold));
    m_title->setMargin(2 * unit);
    m_list->setObjectName(QStringLiteral("reader.entries"));
    m_list->setAccessibleName(tr("Coded values of this section"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Item"), tr("Value")});
    m_list->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_list->header()->setStretchLastSection(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIndentation(3 * unit);
    m_list->installEventFilter(this);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_detail->setMargin(2 * unit);
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setFocusPolicy(Qt::NoFocus);
    m_detail->setFont(theme.font(Theme::Face::Caption));
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_detail);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &EntryPane::showDetail);
    connect(m_list, &QTreeWidget::itemDoubleClicked, this, [this] {
        if (const clinical::Entry *entry = current())
            Q_EMIT trendRequested(*entry);
    });
}

void EntryPane::setSection(const clinical::Section *section)
{
    m_list->clear();
    m_entries.clear();
    if (section) {
        for (const clinical::Entry &entry : section->entries)
            add(entry, nullptr, 0);
    }
    m_list->expandAll();
    bool nested = false;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        nested = nested || m_list->topLevelItem(i)->childCount() > 0;
    m_list->setRootIsDecorated(nested);
    m_list->resizeColumnToContents(
        0); // the names get what they need, up to half the pane; the values have the rest
    m_list->setColumnWidth(
        0, qMin(m_list->columnWidth(0) + m_theme.unit(2), qMax(m_list->width(), m_theme.unit(56)) / 2));
    if (m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->setFocusPolicy(m_list->topLevelItemCount() > 0 ? Qt::StrongFocus : Qt::NoFocus);
    showDetail();
}

void EntryPane::add(const clinical::Entry &entry, void *parent, int depth)
{
    if (m_entries.size() > 3000 || depth > 12)
        return;
    // An act that is only the envelope of others (CONC and the like) says nothing to a doctor: its contents
    // take its place.
    const bool named =
        entry.children.size() == 1 && entry.children.front().code.code == entry.code.code; // a battery of one
    if (entry.value.isEmpty() && !entry.children.empty()
        && (named || entry.code.system == base::oid("actClass").text())) {
        for (const clinical::Entry &child : entry.children)
            add(child, parent, depth + 1);
        return;
    }
    auto *item =
        parent ? new QTreeWidgetItem(static_cast<QTreeWidgetItem *>(parent)) : new QTreeWidgetItem(m_list);
    item->setText(0,
        base::withVisibleControls(entry.code.text().isEmpty()
                ? worded(QStringLiteral("entry"), entry.kind, entry.kind)
                : worded(QStringLiteral("entry"), entry.code.code, entry.code.text())));
    item->setToolTip(0, item->text(0));
    QString value = entry.value + (entry.unit.isEmpty() ? QString() : QLatin1Char(' ') + entry.unit);
    if (entry.interpretation.startsWith(QLatin1Char('H')))
        value += QStringLiteral(" ▲");
    else if (entry.interpretation.startsWith(QLatin1Char('L')))
        value += QStringLiteral(" ▼");
    if (entry.negated)
        value = tr("not: %1").arg(value);
    item->setText(1, base::withVisibleControls(value.left(200)));
    item->setToolTip(1, item->text(1));
    item->setData(0, Qt::UserRole, int(m_entries.size()));
    m_entries.push_back(&entry);
    for (const clinical::Entry &child : entry.children)
        add(child, item, depth + 1);
}

QString EntryPane::worded(const QString &group, const QString &key, const QString &otherwise) const
{
    for (const text::Word &word : text::words(group, m_language)) {
        if (word.key == key)
            return word.word;
    }
    return otherwise;
}

const clinical::Entry *EntryPane::current() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    const int at = item ? item->data(0, Qt::UserRole).toInt() : -1;
    return at >= 0 && at < int(m_entries.size()) ? m_entries[size_t(at)] : nullptr;
}

QString EntryPane::rowText(const clinical::Entry &entry)
{
    QStringList parts{entry.code.text(), entry.value, entry.unit, entry.time.toDisplay()};
    parts.removeAll(QString());
    return parts.join(QLatin1Char('\t'));
}

QString EntryPane::codeText(const clinical::Entry &entry)
{
    const clinical::CodedValue &value = entry.valueCode.isEmpty() ? entry.code : entry.valueCode;
    return value.system + QLatin1Char('|') + value.code;
}

void EntryPane::showDetail()
{
    const clinical::Entry *entry = current();
    if (!entry) {
        m_detail->setText(tr("This section has no coded values; its text is what the author signed."));
        return;
    }
    QStringList lines;
    const auto line = [&](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines << label + QStringLiteral(": ") + base::withVisibleControls(value.left(400));
    };
    // What was found comes first: the code of a diagnosis is its value; its code only says "diagnosis".
    const auto coded = [&](const QString &label, const clinical::CodedValue &value) {
        line(label, codeAndSystem(value));
        line(tr("Name"), value.display);
        line(tr("Original words"), value.originalText);
        for (const clinical::CodedValue &translation : value.translations)
            line(tr("Also"), codeAndSystem(translation) + QLatin1Char(' ') + translation.text());
    };
    if (!entry->valueCode.isEmpty()) {
        coded(tr("Code"), entry->valueCode);
        line(tr("Kind"), entry->code.text() + QLatin1Char(' ') + codeAndSystem(entry->code));
    } else {
        coded(tr("Code"), entry->code);
    }
    line(tr("Time"),
        entry->time.toDisplay()
            + (entry->endTime.isNull() ? QString() : QStringLiteral(" – ") + entry->endTime.toDisplay()));
    line(tr("Reference"), entry->referenceRange);
    line(tr("State"), worded(QStringLiteral("entryState"), entry->status, entry->status));
    line(tr("No value because"), entry->nullFlavor);
    m_detail->setText(lines.join(QLatin1Char('\n')));
}

bool EntryPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const clinical::Entry *entry = current();
        if (!entry)
            return false;
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers() == Qt::NoModifier) {
                Q_EMIT trendRequested(*entry);
                return true;
            }
        } else if (key->matches(QKeySequence::Copy)) {
            QGuiApplication::clipboard()->setText(rowText(*entry));
            return true;
        } else if (key->key() == Qt::Key_C && key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
            QGuiApplication::clipboard()->setText(codeText(*entry));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
