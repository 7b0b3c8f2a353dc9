#include "ui/widgets/CodePicker.h"

#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/picker/PickerChips.h"
#include "ui/widgets/picker/PickerList.h"
#include "ui/widgets/picker/PickerMarks.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QFocusEvent>
#include <QLocale>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int kRows = 20;
constexpr int kNearest = 3;
constexpr int kShorterTries = 6; // each is a search of its own, within one key press
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
        m_edit->setTextWhenIdle(m_chosen.empty() ? QString() : m_chosen.front().title());
        m_settingText = false;
    }
    m_main = qBound(0, m_main, qMax(0, int(m_chosen.size()) - 1));
    if (m_mode == Mode::Chips)
        m_chips->setChips(m_chosen, m_main, m_mainMark);
}

// A chip may be the sender of the very call that changes them.
void CodePicker::chipsChanged()
{
    QTimer::singleShot(0, this, [this] { m_chips->setChips(m_chosen, m_main, m_mainMark); });
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
    connect(m_list, &PickerList::clicked, this, [this](int row) {
        if (m_view == View::Pasted)
            return;
        choose(row);
    });
}

void CodePicker::textChanged()
{
    if (m_settingText)
        return;
    if (m_mode == Mode::Single && !m_chosen.empty()) { // editing the shown name takes the choice back
        m_chosen.clear();
        Q_EMIT edited();
    }
    // A commit that leaves the screen as it is keeps the row somebody has moved to; so does the moment
    // between two syllables, which no one can see.
    if (listVisible() && m_view != View::Before && !m_again->isActive()
        && m_rowsFor == m_edit->liveText().trimmed()) {
        m_settle->stop();
        return;
    }
    if (m_edit->settling())
        m_settle->start();
    else
        search();
}

void CodePicker::search()
{
    m_settle->stop();
    m_again->stop();
    if (!m_source || !m_edit->hasFocus() || m_edit->isReadOnly()) {
        hideList();
        return;
    }
    const QString live = m_edit->liveText().trimmed();
    if (live.isEmpty()) {
        m_side.clear();
        m_rowsFor.clear();
        std::vector<CodeChoice> before = m_source->recents(kRows);
        m_under.clear();
        if (before.empty())
            hideList();
        else
            present({View::Before, std::move(before), m_source->firstBeforeTyping() ? 0 : -1, {},
                tr("Recent and frequent")});
        return;
    }
    CodeAnswer answer = m_source->ask(live, kRows);
    if (answer.pending) { // the old rows stay where they are; none of them can be chosen
        if (listVisible()) {
            m_list->setStale(true);
            m_list->setFooter(answer.status);
        } else {
            present({View::Matches, {}, -1, {}, answer.status});
            m_rowsFor = QString();
        }
        m_again->start();
        return;
    }
    m_under.clear();
    m_rowsFor = live;
    m_side = answer.side;
    if (!answer.rows.empty()) {
        const QLocale locale;
        QString count = tr("%n match(es)", nullptr, int(answer.rows.size()));
        if (int(answer.rows.size()) >= kRows)
            count = tr("first %n", nullptr, int(answer.rows.size()));
        if (const int total = m_source->total(); total > 0)
            count += QStringLiteral(" / ") + locale.toString(total);
        present({View::Matches, std::move(answer.rows), 0, {}, count});
        return;
    }
    if (answer.similar.empty()) {
        nearest(live);
        return;
    }
    for (CodeChoice &row : answer.similar) {
        row.similar = true;
        row.markedIn = row.ko.isEmpty() ? CodeChoice::Marked::En : CodeChoice::Marked::Ko;
        row.marks = differences(row.title(), live);
    }
    answer.similar.front().heading = tr("Perhaps? – only similar names, Enter takes none of them");
    present({View::Matches, std::move(answer.similar), -1, {}, tr("None found")});
}

// Nothing: the nearest three of a shorter text, in the section of what is only similar.
void CodePicker::nearest(const QString &live)
{
    std::vector<CodeChoice> near;
    QString shorter = live.left(40);
    for (int i = 0; i < kShorterTries && near.empty() && shorter.size() > 1; ++i) {
        shorter.chop(1);
        near = m_source->search(shorter, kNearest);
    }
    for (CodeChoice &row : near)
        row.similar = true;
    if (!near.empty())
        near.front().heading = tr("Perhaps? – only similar names, Enter takes none of them");
    present({View::Matches, std::move(near), -1, {}, tr("None found")});
}

void CodePicker::present(Shown shown)
{
    makeList();
    m_view = shown.view;
    m_title = shown.title;
    m_footer = shown.footer;
    m_list->setDetails({});
    m_list->setRows(std::move(shown.rows), shown.current, m_title);
    currentMoved(shown.current);
    if (!m_list->isVisible()) {
        m_list->show();
        watchAncestors(true);
    }
    m_list->raise();
}

bool CodePicker::back()
{
    if (m_under.empty())
        return false;
    Shown shown = std::move(m_under.back());
    m_under.pop_back();
    present(std::move(shown));
    return true;
}

// A key and what it does stay on one line.
static QString unbroken(const QString &hints)
{
    QStringList keys = hints.split(QStringLiteral("  "), Qt::SkipEmptyParts);
    for (QString &key : keys)
        key.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    return keys.join(QStringLiteral("  "));
}

void CodePicker::currentMoved(int row)
{
    const bool any = row >= 0 && row < m_model->rowCount();
    const CodeChoice *choice = any ? &m_model->rows()[size_t(row)] : nullptr;
    m_edit->setAccessibleDescription(choice ? PickerWords::spoken(*choice)
            : m_title.isEmpty()             ? m_footer
                                            : m_title);
    m_list->setSides(m_view != View::Pasted && (!m_side.isEmpty() || (choice && choice->sided)), m_side);
    if (m_details)
        m_list->setDetails(choice ? m_source->details(*choice) : std::vector<CodeDetail>());
    QStringList parts{m_footer, unbroken(keyHints())};
    parts.removeAll(QString());
    m_list->setFooter(parts.join(QStringLiteral("   ")));
    m_list->place(m_edit);
}

QString CodePicker::keyHints() const
{
    const CodeChoice *choice = m_list->current() >= 0 ? &m_model->rows()[size_t(m_list->current())] : nullptr;
    const QString gap = QStringLiteral("  ");
    switch (m_view) {
    case View::Pasted:
        return tr("Enter add all  Delete leave out  Esc cancel");
    case View::Children:
        return tr("Enter choose  Backspace back");
    case View::Tree:
        return tr("→ open  ← up  Enter choose  Esc back");
    default:
        break;
    }
    QStringList keys;
    if (choice && choice->similar)
        keys << tr("Alt+%1 takes this one").arg(qMin(9, m_list->current() + 1));
    else if (choice && choice->children > 0 && !choice->complete)
        keys << tr("Enter open the codes below");
    else if (choice)
        keys << tr("Enter choose");
    if (m_model->rowCount() > 0)
        keys << tr("Alt+1…9 choose directly");
    if (choice && m_mode != Mode::Single && m_view == View::Matches)
        keys << tr("Tab add and go on");
    if (choice && m_source->hasFavourites())
        keys << tr("Ctrl+D favourite");
    if (choice && m_source->hasHierarchy())
        keys << tr("Alt+↓ hierarchy");
    if (choice && m_source->hasFavourites())
        keys << tr("Alt+Enter details");
    if (m_source->freeTextAllowed() && m_view == View::Matches)
        keys << tr("F2 free text");
    return keys.join(gap);
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
    m_under.clear();
    m_view = View::Before;
    if (!m_list || m_list->isHidden())
        return;
    m_list->hide();
    m_details = false;
    m_edit->setAccessibleDescription({});
    watchAncestors(false);
}

// True while the rows belong to another text than the one on the screen.
bool CodePicker::stale() const
{
    return !insideView() && (m_again->isActive() || m_rowsFor != m_edit->liveText().trimmed());
}

// The side is a modifier of the record: a code for channels that carry one, and words for all the others.
CodeChoice CodePicker::withSide(CodeChoice choice) const
{
    static const QHash<QString, std::pair<QString, QString>> words{
        {QStringLiteral("left"), {QStringLiteral("왼쪽"), QStringLiteral("left")}},
        {QStringLiteral("right"), {QStringLiteral("오른쪽"), QStringLiteral("right")}},
        {QStringLiteral("both"), {QStringLiteral("양쪽"), QStringLiteral("both sides")}}};
    const auto found = words.constFind(m_side);
    if (found == words.cend() || choice.code.isEmpty())
        return choice;
    choice.coded.side = m_side;
    // Documents are Korean, whatever language the program speaks.
    choice.coded.originalText = choice.ko.isEmpty() ? choice.en + QStringLiteral(", ") + found->second
                                                    : found->first + QLatin1Char(' ') + choice.ko;
    return choice;
}

bool CodePicker::choose(int row, bool stay)
{
    if (row < 0 || row >= m_model->rowCount())
        return false;
    if (stale()) { // the key was meant for rows that are gone: show the right ones, take nothing
        search();
        return false;
    }
    CodeChoice choice = m_model->rows()[size_t(row)];
    if (!choice.known)
        return false;
    choice = withSide(std::move(choice));
    choice.heading.clear();
    choice.depth = 0;
    m_source->used(choice);
    if (!stay)
        hideList();
    m_settingText = true;
    if (m_mode == Mode::Single)
        m_edit->setTextWhenIdle(choice.title());
    else
        m_edit->setTextWhenIdle({});
    m_settingText = false;
    m_staying = stay;
    take(choice);
    m_staying = false;
    m_side.clear();
    if (stay)
        search();
    return true;
}

void CodePicker::take(const CodeChoice &choice)
{
    if (m_mode == Mode::Single) {
        m_chosen = {choice};
    } else if (m_mode == Mode::Chips) {
        if (std::none_of(m_chosen.begin(), m_chosen.end(),
                [&](const CodeChoice &other) { return other.same(choice); }))
            m_chosen.push_back(choice);
        m_chips->setChips(m_chosen, m_main, m_mainMark);
    }
    Q_EMIT picked(choice);
    Q_EMIT edited();
}

void CodePicker::takeFreeText()
{
    const QString text = m_edit->liveText().trimmed();
    if (text.isEmpty() || !m_source || !m_source->freeTextAllowed())
        return;
    hideList();
    m_settingText = true;
    CodeChoice choice;
    choice.ko = text;
    choice.coded.originalText = text;
    if (m_mode == Mode::Chips) {
        m_chosen.push_back(choice);
        m_chips->setChips(m_chosen, m_main, m_mainMark);
    } else if (m_mode == Mode::Single) {
        m_chosen = {choice};
    }
    if (m_mode != Mode::Single)
        m_edit->setTextWhenIdle({});
    m_settingText = false;
    Q_EMIT freeText(text);
    Q_EMIT edited();
}

void CodePicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_list)
        m_list->setFont(font());
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
                    if (m_edit->hasFocus())
                        showList();
                });
            break;
        case QEvent::FocusOut:
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
