#include "ui/widgets/picker/PickerList.h"

#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/IdentityBanner.h"
#include "ui/widgets/picker/ChoiceDelegate.h"
#include "ui/widgets/picker/PickerRefine.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr int kVisibleRows = 8;
constexpr int kFewLines = 8; // of rows: three or four of them
constexpr int kCharacters = 84; // wide enough for a long Korean name beside its code

QLabel *label(QWidget *parent, const char *name, QPalette::ColorRole role)
{
    auto *made = new QLabel(parent);
    made->setObjectName(QLatin1String(name));
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setForegroundRole(role);
    made->setMargin(made->fontMetrics().height() / 4);
    made->setIndent(made->margin()); // where the rows begin
    return made;
}

} // namespace

PickerList::PickerList(CodeChoiceModel *model, QWidget *window)
    : QFrame(window)
    , m_model(model)
    , m_delegate(new ChoiceDelegate(*model, this))
    , m_title(label(this, "codePicker.title", QPalette::Text))
    , m_list(new QListView(this))
    , m_details(label(this, "codePicker.details", QPalette::Text))
    , m_refine(new PickerRefine(this))
    , m_sides(makeSides())
    , m_footer(label(this, "codePicker.footer", QPalette::PlaceholderText))
{
    setObjectName(QStringLiteral("codePicker.list"));
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::Box);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title->setAutoFillBackground(true);
    m_title->setBackgroundRole(QPalette::Window);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(m_delegate);
    m_list->setModel(model);
    m_list->setAccessibleName(tr("Matches"));
    m_details->setAutoFillBackground(true);
    m_details->setBackgroundRole(QPalette::Window);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget *part :
        std::initializer_list<QWidget *>{m_title, m_list, m_refine, m_details, m_sides, m_footer})
        layout->addWidget(part);
    layout->setStretch(1, 1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_details, m_sides})
        part->hide();
    connect(m_refine, &PickerRefine::clicked, this, &PickerList::refineClicked);
    connect(
        m_list, &QListView::clicked, this, [this](const QModelIndex &index) { Q_EMIT clicked(index.row()); });
    hide();
}

QWidget *PickerList::makeSides()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    const int unit = qMax(3, fontMetrics().height() / 4);
    layout->setContentsMargins(2 * unit, unit, 2 * unit, 0);
    layout->setSpacing(unit);
    for (const char *side : {"left", "right", "both"}) {
        auto *button = new QPushButton(PickerWords::side(QLatin1String(side)), row);
        button->setObjectName(QStringLiteral("codePicker.side.%1").arg(QLatin1String(side)));
        button->setProperty("side", QLatin1String(side));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::NoFocus);
        connect(
            button, &QPushButton::clicked, this, [this, side] { Q_EMIT sideClicked(QLatin1String(side)); });
        layout->addWidget(button);
    }
    auto *keys = label(row, "codePicker.sideKeys", QPalette::PlaceholderText);
    keys->setText(tr("Alt+← left, Alt+→ right, both for both sides"));
    layout->addWidget(keys, 1);
    return row;
}

void PickerList::setRows(std::vector<CodeChoice> rows, int current, const QString &title)
{
    m_delegate->setStale(false);
    m_model->setRows(std::move(rows));
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    select(current);
}

void PickerList::setStale(bool stale)
{
    m_delegate->setStale(stale);
    m_list->viewport()->update();
}

void PickerList::setFooter(const QString &text)
{
    m_footer->setText(text);
}

void PickerList::setDetails(const std::vector<CodeDetail> &details)
{
    QStringList lines;
    for (const CodeDetail &detail : details)
        lines << detail.label + QStringLiteral(": ") + detail.text;
    m_details->setText(lines.join(QLatin1Char('\n')));
    m_details->setVisible(!lines.isEmpty());
}

void PickerList::setRefinements(const std::vector<CodeRefinement> &refinements)
{
    m_refine->setFont(font());
    m_refine->setRefinements(refinements);
}

void PickerList::setChip(int index)
{
    m_refine->setCurrent(index);
}

void PickerList::setSides(bool visible, const QString &active)
{
    m_sides->setVisible(visible);
    for (QPushButton *button : m_sides->findChildren<QPushButton *>())
        button->setChecked(button->property("side").toString() == active);
}

int PickerList::naturalHeight(int width, int most) const
{
    m_delegate->setWidth(width);
    int height = 0;
    for (int row = 0; row < qMin(m_model->rowCount(), kVisibleRows); ++row) {
        const int more = m_delegate->rowHeight(row, m_list->font());
        if (height + more > most && row > 0)
            break;
        height += more;
    }
    return height;
}

// Whose record this is stays in sight: nothing lies over the patient's banner while there is room elsewhere.
int PickerList::topOfRoom()
{
    if (!m_banner || !m_banner->isVisible()) {
        m_banner = nullptr;
        for (IdentityBanner *banner : parentWidget()->findChildren<IdentityBanner *>()) {
            if (banner->isVisible())
                m_banner = banner;
        }
    }
    return m_banner ? m_banner->mapTo(parentWidget(), QPoint(0, m_banner->height())).y() : 0;
}

void PickerList::place(const QWidget *anchor)
{
    QWidget *root = parentWidget();
    m_footer->setVisible(!m_footer->text().isEmpty());
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const QPoint below = anchor->mapTo(root, QPoint(0, anchor->height() + 1));
    const int width = qMin(qMax(anchor->width(), digit * kCharacters), root->width() - 2 * digit);
    const int left = qBound(0, below.x(), root->width() - width);
    const int frame = 2 * frameWidth();
    int extra = frame;
    for (QLabel *part : {m_title, m_details, m_footer}) {
        if (!part->isHidden())
            extra += part->heightForWidth(width - frame);
    }
    if (!m_refine->isHidden())
        extra += m_refine->heightForWidth(width - frame);
    if (!m_sides->isHidden())
        extra += m_sides->layout()->hasHeightForWidth()
            ? m_sides->layout()->totalHeightForWidth(width - frame)
            : m_sides->sizeHint().height();
    const int spaceBelow = root->height() - below.y() - 1;
    const int spaceAbove = anchor->mapTo(root, QPoint(0, 0)).y() - 1 - topOfRoom();
    const bool any = m_model->rowCount() > 0;
    m_list->setVisible(any);
    int rows = any ? naturalHeight(width - frame, 1 << 20) : 0;
    // Rows before keys, which are on the key sheet too.
    if (qMin(rows, kFewLines * fontMetrics().height()) + extra > qMax(spaceBelow, spaceAbove)
        && !m_footer->isHidden()) {
        extra -= m_footer->heightForWidth(width - frame);
        m_footer->hide();
    }
    const bool under = spaceBelow >= rows + extra || spaceBelow >= spaceAbove;
    const int space = under ? spaceBelow : spaceAbove;
    bool scrolls = m_model->rowCount() > kVisibleRows;
    if (any && rows + extra > space) {
        rows = naturalHeight(width - frame, qMax(0, space - extra));
        scrolls = true;
    }
    if (any && scrolls) // what a scroll bar takes is no room for names
        rows = naturalHeight(
            width - frame - m_list->verticalScrollBar()->sizeHint().width(), qMax(0, space - extra));
    const int height = qMin(rows + extra, qMax(space, extra));
    setGeometry(
        left, under ? qMax(0, below.y()) : qMax(0, below.y() - anchor->height() - height - 2), width, height);
    m_list->setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_page = qMax(1, rows / qMax(1, any ? m_delegate->rowHeight(0, m_list->font()) : 1) - 1);
    m_list->doItemsLayout();
    if (current() >= 0)
        m_list->scrollTo(m_list->currentIndex());
    else
        m_list->scrollToTop();
}

int PickerList::current() const
{
    return m_list->currentIndex().row();
}

void PickerList::setCurrent(int row)
{
    select(row);
    Q_EMIT currentChanged(row);
}

void PickerList::select(int row)
{
    const QModelIndex index = row >= 0 ? m_model->index(row) : QModelIndex();
    m_list->setCurrentIndex(index);
    if (!index.isValid())
        m_list->clearSelection();
    announce(row);
}

void PickerList::move(int by)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int now = current();
    setCurrent(now < 0 ? (by > 0 ? 0 : count - 1) : qBound(0, now + by, count - 1));
}

// Focus stays in the editor, so the view itself says nothing: tell who listens which row is meant.
void PickerList::announce(int row)
{
    if (!QAccessible::isActive() || row < 0)
        return;
    QAccessibleEvent selection(m_list, QAccessible::Selection);
    selection.setChild(row);
    QAccessible::updateAccessibility(&selection);
    QAccessibleEvent active(m_list, QAccessible::ActiveDescendantChanged);
    active.setChild(row);
    QAccessible::updateAccessibility(&active);
}

void PickerList::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_list) {
        const int margin = fontMetrics().height() / 4;
        for (QLabel *part : findChildren<QLabel *>())
            part->setMargin(margin), part->setIndent(margin);
    }
}

} // namespace naru::ui
