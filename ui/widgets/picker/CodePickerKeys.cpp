// Keys of the picker. Digits are never shortcuts of their own: names (2형 당뇨병) and codes begin with them,
// so picking by number is Alt+1..9.
#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/PickerChips.h"
#include "ui/widgets/picker/PickerList.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace naru::ui {

bool CodePicker::overrides(QKeyEvent *event) const
{
    const int key = event->key();
    if (!listVisible())
        return key == Qt::Key_F2 && !m_edit->liveText().isEmpty();
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (key) {
    case Qt::Key_Escape:
    case Qt::Key_F2:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return !(event->modifiers() & Qt::ControlModifier);
    case Qt::Key_D:
        return (event->modifiers() & Qt::ControlModifier) && m_source->hasFavourites();
    case Qt::Key_Down:
        return alt && m_source->hasHierarchy();
    case Qt::Key_Left:
    case Qt::Key_Right:
        return alt && sidesOffered();
    default:
        return alt && key >= Qt::Key_1 && key <= Qt::Key_9;
    }
}

bool CodePicker::sidesOffered() const
{
    const CodeChoice *choice = current();
    if (m_view == View::Refine)
        return m_refined.sided && m_refined.coded.side.isEmpty();
    return m_view != View::Pasted && (!m_side.isEmpty() || (choice && choice->sided));
}

bool CodePicker::keyPressed(QKeyEvent *event)
{
    const int key = event->key();
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (pasteKey(event))
        return true;
    if (key == Qt::Key_F2 && !insideView()) {
        m_edit->commitThen([this] { takeFreeText(); });
        return true;
    }
    if (key == Qt::Key_Down && !listVisible()) {
        showList();
        return true;
    }
    if (key == Qt::Key_Backspace && m_edit->liveText().isEmpty() && !insideView()) {
        // A key that is held down has emptied the text; it must not go on with the values.
        if (!event->isAutoRepeat() && m_mode == Mode::Chips)
            m_chips->focusLast();
        else if (!event->isAutoRepeat() && m_mode == Mode::Adding)
            Q_EMIT backOut();
        return true;
    }
    return listVisible() && listKey(event, alt);
}

bool CodePicker::listKey(QKeyEvent *event, bool alt)
{
    const int key = event->key();
    if (m_view == View::Refine && refineKey(event, alt))
        return true;
    if (alt && altKey(key))
        return true;
    switch (key) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        m_list->move(key == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        m_list->move(key == Qt::Key_PageDown ? m_list->page() : -m_list->page());
        return true;
    case Qt::Key_Escape:
        if (!back())
            hideList();
        return true;
    case Qt::Key_Backspace:
        return insideView() && (back() || (hideList(), true));
    case Qt::Key_Left:
        if (m_view == View::Tree && !alt) {
            stepInTree(false);
            return true;
        }
        return m_view == View::Children && !alt && back();
    case Qt::Key_Right:
        if (m_view == View::Tree && !alt) {
            stepInTree(true);
            return true;
        }
        return false;
    case Qt::Key_Delete:
        if (m_view != View::Pasted)
            return false;
        dropPastedRow();
        return true;
    case Qt::Key_D:
        if (!(event->modifiers() & Qt::ControlModifier) || !m_source->hasFavourites())
            return false;
        toggleFavourite();
        return true;
    case Qt::Key_Tab:
        return !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) && tab();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return !(event->modifiers() & Qt::ControlModifier) && enter();
    default:
        return false;
    }
}

// Nothing here takes a key that could begin the next search: digits and letters go on to the editor.
bool CodePicker::refineKey(QKeyEvent *event, bool alt)
{
    const int key = event->key();
    if (alt && key >= Qt::Key_1 && key <= Qt::Key_9) {
        refine(key - Qt::Key_1);
        return true;
    }
    if (alt && (key == Qt::Key_Left || key == Qt::Key_Right))
        return refineSide(key == Qt::Key_Left ? QStringLiteral("left") : QStringLiteral("right"));
    if (alt || (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)))
        return false;
    switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        moveChip(1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Up:
        moveChip(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_edit->composing())
            return false;
        if (m_chip >= 0)
            refine(m_chip);
        else
            endRefine();
        return true;
    default:
        return false;
    }
}

bool CodePicker::altKey(int key)
{
    if (key >= Qt::Key_1 && key <= Qt::Key_9 && m_view != View::Pasted) {
        choose(key - Qt::Key_1);
        return true;
    }
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        toggleDetails();
        return true;
    case Qt::Key_Down:
        if (!m_source->hasHierarchy() || m_view == View::Pasted)
            return false;
        if (const CodeChoice *choice = current(); choice && choice->known)
            openTree(CodeChoice(*choice));
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        if (!sidesOffered())
            return false;
        // Each key is one side, on or off; both together are both.
        const QString side = key == Qt::Key_Left ? QStringLiteral("left") : QStringLiteral("right"),
                      other = key == Qt::Key_Left ? QStringLiteral("right") : QStringLiteral("left");
        const QString both = QStringLiteral("both");
        toggleSide(m_side == other ? both : m_side == both ? other : side);
        return true;
    }
    default:
        return false;
    }
}

bool CodePicker::enter()
{
    if (m_edit->composing()) { // closes the syllable; the next Enter chooses
        m_edit->commitThen([] {});
        return true;
    }
    if (m_view == View::Pasted) {
        choosePasted();
        return true;
    }
    const CodeChoice *choice = current();
    if (!choice || choice->similar || !choice->known)
        return true; // swallowed: an Enter that takes nothing must not submit the form either
    if (!stale() && choice->children > 0 && !choice->complete)
        openChildren(CodeChoice(*choice));
    else
        choose(m_list->current());
    return true;
}

// Adds and stays, where several may be added. With nothing typed Tab goes on as everywhere.
bool CodePicker::tab()
{
    const CodeChoice *choice = current();
    if (m_mode == Mode::Single || m_view == View::Pasted || !choice || choice->similar || !choice->known
        || (m_edit->liveText().trimmed().isEmpty() && !insideView()))
        return false;
    const int row = m_list->current();
    m_edit->commitThen([this, row] {
        const CodeChoice *still = current();
        if (!still || m_list->current() != row)
            return;
        if (!stale() && still->children > 0 && !still->complete)
            openChildren(CodeChoice(*still));
        else
            choose(row, true);
    });
    return true;
}

bool CodePicker::pasteKey(QKeyEvent *event)
{
    return event->matches(QKeySequence::Paste) && offerPasted(QGuiApplication::clipboard()->text());
}

} // namespace naru::ui
