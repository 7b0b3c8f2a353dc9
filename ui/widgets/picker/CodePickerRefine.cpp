// After the choice: chips that say the code more exactly. The code is in the record already; a chip takes its
// place there, Enter leaves it as it is, and whoever types on has never seen them.
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/PickerList.h"
#include "ui/widgets/picker/PickerWords.h"
#include "ui/widgets/picker/Qualifiers.h"

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int kMostChips = 24;
}

// `byCode`: also more exact codes; not for one that was just chosen out of these.
std::vector<CodeRefinement> CodePicker::refinementsOf(const CodeChoice &choice, bool byCode) const
{
    if (!m_refines || choice.code.isEmpty())
        return {};
    std::vector<CodeRefinement> codes =
        byCode ? m_source->refinements(choice) : std::vector<CodeRefinement>();
    const bool severity = std::any_of(codes.begin(), codes.end(),
        [](const CodeRefinement &one) { return one.axis == QLatin1String("severity"); });
    // Sides first: their numbers are the same for every code.
    std::vector<CodeRefinement> all = Qualifiers::offered(choice, severity);
    for (CodeRefinement &one : codes) {
        one.choice = Qualifiers::carried(choice, one.choice);
        all.push_back(std::move(one));
    }
    if (all.size() > size_t(kMostChips))
        all.resize(kMostChips);
    return all;
}

void CodePicker::openRefine(const CodeChoice &chosen, std::vector<CodeRefinement> more)
{
    m_refined = chosen;
    m_more = std::move(more);
    m_chip = -1;
    m_under.clear();
    m_rowsFor = m_edit->liveText().trimmed();
    const QString name = chosen.coded.text().isEmpty() ? chosen.title() : chosen.coded.text();
    present({View::Refine, {}, -1,
        tr("Chosen: %1 – more exactly?").arg((chosen.code + QLatin1Char(' ') + name).trimmed()), {}});
}

void CodePicker::refine(int index)
{
    if (index < 0 || index >= int(m_more.size()))
        return;
    const CodeChoice before = m_refined, after = m_more[size_t(index)].choice;
    const bool deferred = m_deferred;
    for (CodeChoice &chosen : m_chosen) {
        if (chosen.same(before))
            chosen = after;
    }
    if (m_mode == Mode::Single) {
        m_settingText = true;
        m_edit->setTextWhenIdle(shownAs(after));
        m_settingText = false;
    } else if (m_mode == Mode::Chips) {
        showChips();
    }
    m_refined = after;
    Q_EMIT refined(before, after);
    Q_EMIT edited();
    if (!listVisible() || m_view != View::Refine) // whoever listens has moved on
        return;
    auto more = refinementsOf(after, after.key == before.key);
    m_deferred = deferred;
    if (more.empty())
        endRefine();
    else
        openRefine(after, std::move(more));
}

// Used is what was meant in the end, not what it was called on the way there.
void CodePicker::remember()
{
    if (m_unremembered && m_source)
        m_source->used(m_refined);
    m_unremembered = false;
}

void CodePicker::endRefine()
{
    const bool deferred = m_deferred;
    const CodeChoice choice = m_refined;
    hideList();
    if (deferred)
        Q_EMIT picked(choice);
}

void CodePicker::moveChip(int by)
{
    m_chip = qBound(-1, m_chip + by, int(m_more.size()) - 1);
    currentMoved(-1);
}

// Alt with an arrow means the same before the choice and after it.
bool CodePicker::refineSide(const QString &side)
{
    const auto at = std::find_if(m_more.begin(), m_more.end(), [&](const CodeRefinement &one) {
        return one.axis == QLatin1String("side") && one.choice.coded.side == side;
    });
    if (at == m_more.end())
        return false;
    refine(int(at - m_more.begin()));
    return true;
}

QString CodePicker::spokenRefinements() const
{
    if (m_chip >= 0) {
        const CodeRefinement &one = m_more[size_t(m_chip)];
        return QStringLiteral("%1, %2, %3").arg(PickerWords::axis(one.axis), one.label, one.choice.code);
    }
    QStringList parts{m_title};
    for (const CodeRefinement &one : m_more)
        parts << one.label;
    return parts.join(QStringLiteral(", "));
}

} // namespace naru::ui
