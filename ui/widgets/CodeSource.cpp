#include "ui/widgets/CodeSource.h"

#include "core/base/Hangul.h"
#include "ui/widgets/picker/PickerMarks.h"

#include <algorithm>

namespace naru::ui {

namespace {

// 0: no match; higher is better.
int quality(const CodeChoice &row, const QString &folded, const QString &slip, const QString &consonants)
{
    const QString ko = base::folded(row.ko), en = base::folded(row.en), code = base::folded(row.code);
    if (!folded.isEmpty()) {
        if (code == folded || ko == folded || en == folded)
            return 6;
        if (ko.startsWith(folded) || code.startsWith(folded))
            return 5;
        if (en.startsWith(folded))
            return 4;
    }
    if (!consonants.isEmpty()) {
        const QString initials = base::choseong(ko);
        if (initials.startsWith(consonants))
            return 4;
        if (initials.contains(consonants))
            return 2;
    }
    if (!slip.isEmpty() && ko.startsWith(slip))
        return 3;
    if (!folded.isEmpty() && (ko.contains(folded) || en.contains(folded)))
        return 2;
    return 0;
}

} // namespace

CodeAnswer CodeSource::ask(const QString &query, int limit)
{
    CodeAnswer answer;
    answer.rows = search(query, limit);
    for (CodeChoice &row : answer.rows) {
        if (row.markedIn == CodeChoice::Marked::Nothing)
            markMatch(row, query);
    }
    return answer;
}

std::vector<CodeChoice> ListSource::search(const QString &query, int limit)
{
    const QString folded = base::folded(query);
    const QString slip = base::folded(base::hangulFromKeys(query));
    const QString consonants = base::isChoseongOnly(folded) ? folded : QString();
    std::vector<std::pair<int, const CodeChoice *>> ranked;
    for (const CodeChoice &row : m_rows) {
        if (const int score = quality(row, folded, slip, consonants); score > 0)
            ranked.emplace_back(score, &row);
    }
    std::stable_sort(
        ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<CodeChoice> found;
    for (const auto &[score, row] : ranked) {
        if (int(found.size()) >= limit)
            break;
        found.push_back(*row);
    }
    return found;
}

std::vector<CodeChoice> ListSource::recents(int limit)
{
    std::vector<CodeChoice> rows(
        m_rows.begin(), m_rows.begin() + std::min<qsizetype>(limit, qsizetype(m_rows.size())));
    const auto last =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const CodeChoice &c) { return c.key == m_lastKey; });
    if (last != m_rows.end()) {
        std::erase_if(rows, [&](const CodeChoice &c) { return c.key == m_lastKey; });
        rows.insert(rows.begin(), *last);
        rows.front().recent = true;
    }
    return rows;
}

void ListSource::used(const CodeChoice &choice)
{
    m_lastKey = choice.key;
}

} // namespace naru::ui
