// From a row to a value: a code, a code with its side, or the doctor's own words.
#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/PickerChips.h"

#include <QHash>

#include <algorithm>

namespace naru::ui {

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

} // namespace naru::ui
