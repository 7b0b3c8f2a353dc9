// What the picker asks its source for, and how the answer comes on the screen.
#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/PickerList.h"
#include "ui/widgets/picker/PickerMarks.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QLocale>
#include <QTimer>

namespace naru::ui {

namespace {
constexpr int kRows = 20;
constexpr int kNearest = 3;
constexpr int kShorterTries = 6; // each is a search of its own, within one key press
} // namespace

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
    if (answer.similar.size() > size_t(kNearest))
        answer.similar.resize(kNearest);
    for (CodeChoice &row : answer.similar) {
        row.similar = true;
        row.markedIn = row.ko.isEmpty() ? CodeChoice::Marked::En : CodeChoice::Marked::Ko;
        row.marks = differences(row.title(), live);
    }
    presentNearest(std::move(answer.similar));
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
    presentNearest(std::move(near));
}

// What to do stands first; what is only near stands apart.
void CodePicker::presentNearest(std::vector<CodeChoice> near)
{
    if (!near.empty())
        near.front().heading = tr("Perhaps? – only similar names, Enter takes none of them");
    present({View::Matches, std::move(near), -1,
        m_source->freeTextAllowed() ? tr("None – write it as free text (F2)") : tr("None"), {}});
}

void CodePicker::present(Shown shown)
{
    makeList();
    if (m_list->isHidden())
        makeRoom();
    m_view = shown.view;
    if (m_view != View::Refine) {
        remember();
        m_more.clear();
        m_chip = -1;
        m_deferred = false;
    }
    m_title = shown.title;
    m_footer = shown.footer;
    m_list->setDetails({});
    m_list->setRefinements(m_view == View::Refine ? m_more : std::vector<CodeRefinement>());
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
            : m_view == View::Refine        ? spokenRefinements()
            : m_title.isEmpty()             ? m_footer
                                            : m_title);
    m_list->setChip(m_chip);
    m_list->setSides(
        m_view != View::Pasted && m_view != View::Refine && (!m_side.isEmpty() || (choice && choice->sided)),
        m_side);
    if (!choice && m_view == View::Refine)
        choice = m_chip < 0 ? &m_refined : &m_more[size_t(m_chip)].choice;
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
    case View::Refine:
        return m_chip >= 0 ? tr("Enter choose  ← → move  Esc leave it so")
                           : tr("Alt+1…9 choose  ← → move  Enter leave it so  Tab go on");
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
    if (m_source->freeTextAllowed() && m_view == View::Matches && m_title.isEmpty())
        keys << tr("F2 free text");
    return keys.join(gap);
}

// True while the rows belong to another text than the one on the screen.
bool CodePicker::stale() const
{
    return !insideView() && (m_again->isActive() || m_rowsFor != m_edit->liveText().trimmed());
}

} // namespace naru::ui
