// From a row to a value: a code, a code with its side, or the doctor's own words.
#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/Qualifiers.h"

#include <algorithm>

namespace naru::ui {

// A qualifier shows in the words: 왼쪽 상세불명의 노년백내장.
QString CodePicker::shownAs(const CodeChoice &choice) const
{
    return choice.qualified() ? choice.coded.text() : choice.title();
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
    if (!m_side.isEmpty())
        choice = Qualifiers::applied(choice, m_side, choice.coded.severity);
    choice.heading.clear();
    choice.depth = 0;
    auto more = refinementsOf(choice, m_view != View::Children);
    if (more.empty())
        m_source->used(choice);
    if (!stay || !more.empty())
        hideList();
    m_settingText = true;
    m_edit->setTextWhenIdle(m_mode == Mode::Single ? shownAs(choice) : QString());
    m_settingText = false;
    m_side.clear();
    m_staying = stay;
    take(choice, !more.empty());
    m_staying = false;
    if (!m_edit->hasFocus()) { // whoever listens has moved on
        if (!more.empty())
            m_source->used(choice);
        return true;
    }
    if (!more.empty()) {
        m_unremembered = true;
        openRefine(choice, std::move(more));
        m_deferred = m_mode == Mode::Single;
    } else if (stay) {
        search();
    }
    return true;
}

void CodePicker::take(const CodeChoice &choice, bool moreToSay)
{
    if (m_mode == Mode::Single) {
        m_chosen = {choice};
    } else if (m_mode == Mode::Chips) {
        if (std::none_of(m_chosen.begin(), m_chosen.end(),
                [&](const CodeChoice &other) { return other.same(choice); }))
            m_chosen.push_back(choice);
        showChips();
    }
    if (m_mode != Mode::Single || !moreToSay || !m_edit->hasFocus())
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
        showChips();
    } else if (m_mode == Mode::Single) {
        m_chosen = {choice};
    }
    if (m_mode != Mode::Single)
        m_edit->setTextWhenIdle({});
    m_settingText = false;
    Q_EMIT freeText(text);
    Q_EMIT edited();
}

} // namespace naru::ui
