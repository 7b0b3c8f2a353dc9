#include "ui/widgets/CodePicker.h"

#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/picker/PickerChips.h"
#include "ui/widgets/picker/PickerList.h"

#include <QFocusEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int kRoomLines = 14; // eight of rows, title and keys
constexpr int kAgainMs = 100;
constexpr int kSettleMs = 12; // within a frame; ibus sends what follows in the same moment
} // namespace

CodePicker::CodePicker(Mode mode, QWidget *parent)
    : QWidget(parent)
    , m_mode(mode)
    , m_edit(new HangulLineEdit(this))
    , m_chips(new PickerChips(this))
    , m_model(new CodeChoiceModel(this))
    , m_settle(new QTimer(this))
    , m_again(new QTimer(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height() / 4);
    layout->addWidget(m_chips);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);
    m_edit->installEventFilter(this);
    m_edit->setPasteTaker([this](const QString &text) {
        if (!offerPasted(text))
            return false;
        m_edit->setFocus(Qt::OtherFocusReason); // the list answers to the editor's keys
        return true;
    });
    m_again->setSingleShot(true);
    m_again->setInterval(kAgainMs);
    connect(m_again, &QTimer::timeout, this, &CodePicker::search);
    m_settle->setSingleShot(true);
    m_settle->setInterval(kSettleMs);
    connect(m_settle, &QTimer::timeout, this, &CodePicker::search);
    connect(m_edit, &HangulLineEdit::liveTextChanged, this, &CodePicker::textChanged);
    connect(m_chips, &PickerChips::leaveRequested, m_edit, qOverload<>(&QWidget::setFocus));
    connect(m_chips, &PickerChips::removeRequested, this, [this](int index) {
        if (index < 0 || index >= int(m_chosen.size()))
            return;
        m_chosen.erase(m_chosen.begin() + index);
        m_main = qBound(0, m_main > index ? m_main - 1 : m_main, qMax(0, int(m_chosen.size()) - 1));
        m_edit->setFocus();
        chipsChanged();
    });
    connect(m_chips, &PickerChips::mainRequested, this, [this](int index) {
        if (!m_mainMark)
            return;
        m_main = index;
        chipsChanged();
        QTimer::singleShot(0, this, [this, index] { m_chips->focusChip(index); });
    });
    connect(m_chips, &PickerChips::moveRequested, this, [this](int index, int by) {
        const int to = index + by;
        if (to < 0 || to >= int(m_chosen.size()))
            return;
        std::swap(m_chosen[size_t(index)], m_chosen[size_t(to)]);
        if (qMin(index, to) == 0) // the first one is the main diagnosis
            m_main = 0;
        else if (m_main == index || m_main == to)
            m_main = m_main == index ? to : index;
        chipsChanged();
        QTimer::singleShot(0, this, [this, to] { m_chips->focusChip(to); });
    });
}

CodePicker::~CodePicker()
{
    remember();
    delete m_list;
}

void CodePicker::setSource(std::shared_ptr<CodeSource> source)
{
    m_source = std::move(source);
}

void CodePicker::setLabel(const QString &label)
{
    m_edit->setAccessibleName(label);
    setAccessibleName(label);
}

void CodePicker::setReadOnly(bool on)
{
    m_edit->setReadOnly(on);
    m_edit->setFocusPolicy(on ? Qt::TabFocus : Qt::StrongFocus);
    m_chips->setEnabled(!on);
    if (on)
        hideList();
}

void CodePicker::setMainMarkVisible(bool on)
{
    m_mainMark = on;
}

void CodePicker::setChosen(const std::vector<CodeChoice> &choices)
{
    m_chosen = choices;
    if (m_mode == Mode::Single) {
        if (m_chosen.size() > 1)
            m_chosen.resize(1);
        m_settingText = true;
        m_edit->setTextWhenIdle(m_chosen.empty() ? QString() : shownAs(m_chosen.front()));
        m_settingText = false;
    }
    m_main = qBound(0, m_main, qMax(0, int(m_chosen.size()) - 1));
    if (m_mode == Mode::Chips)
        showChips();
}

void CodePicker::showChips()
{
    m_chips->setChips(m_chosen, m_main, m_mainMark);
}

// A chip may be the sender of the very call that changes them.
void CodePicker::chipsChanged()
{
    QTimer::singleShot(0, this, &CodePicker::showChips);
    Q_EMIT edited();
}

bool CodePicker::listVisible() const
{
    return m_list && m_list->isVisible();
}

std::vector<CodeChoice> CodePicker::rows() const
{
    return m_model->rows();
}

int CodePicker::currentRow() const
{
    return listVisible() ? m_list->current() : -1;
}

const CodeChoice *CodePicker::current() const
{
    const int row = currentRow();
    return row >= 0 && row < m_model->rowCount() ? &m_model->rows()[size_t(row)] : nullptr;
}

void CodePicker::makeList()
{
    if (m_list && m_list->parentWidget() == window())
        return;
    delete m_list;
    m_list = new PickerList(m_model, window());
    m_list->setFont(font());
    connect(m_list, &PickerList::currentChanged, this, &CodePicker::currentMoved);
    connect(m_list, &PickerList::sideClicked, this, &CodePicker::toggleSide);
    connect(m_list, &PickerList::refineClicked, this, &CodePicker::refine);
    connect(m_list, &PickerList::clicked, this, [this](int row) {
        if (m_view == View::Pasted)
            return;
        choose(row);
    });
}

void CodePicker::watchAncestors(bool on)
{
    for (const QPointer<QObject> &object : m_watched) {
        if (object)
            object->removeEventFilter(this);
    }
    m_watched.clear();
    if (!on)
        return;
    for (QWidget *w = parentWidget(); w; w = w->isWindow() ? nullptr : w->parentWidget()) {
        w->installEventFilter(this);
        m_watched.emplace_back(w);
    }
}

void CodePicker::showList()
{
    if (m_mode == Mode::Single && !m_chosen.empty())
        return;
    search();
}

void CodePicker::hideList()
{
    m_settle->stop();
    m_again->stop();
    remember();
    m_under.clear();
    m_more.clear();
    m_chip = -1;
    m_deferred = false;
    m_view = View::Before;
    if (!m_list || m_list->isHidden())
        return;
    m_list->hide();
    m_details = false;
    m_edit->setAccessibleDescription({});
    watchAncestors(false);
}

void CodePicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_list)
        m_list->setFont(font());
}

// A value that was added above pushes the editor on, out of a pane that scrolls.
void CodePicker::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    if (m_edit->hasFocus())
        QTimer::singleShot(0, this, &CodePicker::keepInSight);
}

void CodePicker::keepInSight()
{
    for (QWidget *w = parentWidget(); w; w = w->isWindow() ? nullptr : w->parentWidget()) {
        if (auto *pane = qobject_cast<QScrollArea *>(w); pane && m_edit->hasFocus())
            pane->ensureWidgetVisible(m_edit, 0, m_edit->height());
    }
    if (listVisible()) {
        makeRoom();
        m_list->place(m_edit);
    }
}

// In a low window or at a large zoom the form gives way when the list opens: the field goes to the top of its
// pane, so that there are some rows to see below it.
void CodePicker::makeRoom()
{
    const int wanted = kRoomLines * fontMetrics().height();
    const QWidget *root = window();
    for (QWidget *w = parentWidget(); w; w = w->isWindow() ? nullptr : w->parentWidget()) {
        auto *pane = qobject_cast<QScrollArea *>(w);
        if (!pane)
            continue;
        const int top = pane->viewport()->mapTo(root, QPoint()).y(), at = m_edit->mapTo(root, QPoint()).y();
        const int below = root->height() - at - m_edit->height();
        if (qMax(at - top, below) < wanted && at > top)
            pane->verticalScrollBar()->setValue(
                pane->verticalScrollBar()->value() + at - top - m_edit->height() / 2);
        return;
    }
}

bool CodePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit) {
        switch (event->type()) {
        case QEvent::ShortcutOverride:
            if (overrides(static_cast<QKeyEvent *>(event))) {
                event->accept();
                return true;
            }
            break;
        case QEvent::KeyPress:
            if (!m_edit->isReadOnly() && keyPressed(static_cast<QKeyEvent *>(event)))
                return true;
            break;
        case QEvent::FocusIn:
            if (static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason)
                QTimer::singleShot(0, this, [this] {
                    if (m_edit->hasFocus() && !(listVisible() && insideView())) // a menu may have pasted
                        showList();
                });
            break;
        case QEvent::FocusOut:
            // Who looks something up in another window finds a question where it was. (A menu's window may
            // take the activation with it for a moment, too.)
            if (static_cast<QFocusEvent *>(event)->reason() == Qt::ActiveWindowFocusReason
                && (insideView() || m_view == View::Refine))
                break;
            hideList();
            break;
        default:
            break;
        }
        return QWidget::eventFilter(watched, event);
    }
    if (listVisible() && (event->type() == QEvent::Move || event->type() == QEvent::Resize))
        m_list->place(m_edit);
    else if (listVisible() && event->type() == QEvent::Hide)
        hideList();
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
