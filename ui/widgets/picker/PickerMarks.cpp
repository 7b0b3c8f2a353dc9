#include "ui/widgets/picker/PickerMarks.h"

#include "core/base/Hangul.h"

#include <algorithm>

namespace naru::ui {

namespace {

bool isJamo(QChar c)
{
    return c.unicode() >= 0x3131 && c.unicode() <= 0x3163;
}

bool isSyllable(QChar c)
{
    return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3;
}

bool skipped(QChar c)
{
    return c.isSpace() || c.isPunct();
}

// Of the last character of a query: how much of `text` from `at` its keys reach; 0 when they are not there.
CodeMark keyReach(const QString &text, int at, QChar last)
{
    const QString wanted = base::keysFromHangul(QString(last));
    QString keys;
    int end = at;
    while (end < text.size() && keys.size() < wanted.size()) {
        if (!skipped(text.at(end)))
            keys += base::keysFromHangul(QString(text.at(end)));
        ++end;
    }
    return keys.startsWith(wanted) ? CodeMark{at, end - at, true} : CodeMark{};
}

// `query` without blanks against `text` from `start`.
std::vector<CodeMark> matchAt(const QString &text, int start, const QString &query)
{
    std::vector<CodeMark> marks;
    const auto cover = [&](int from, int length, bool half) {
        if (!marks.empty() && marks.back().half == half && marks.back().from + marks.back().length == from)
            marks.back().length += length;
        else
            marks.push_back({from, length, half});
    };
    int at = start;
    for (int i = 0; i < query.size(); ++i) {
        while (at < text.size() && skipped(text.at(at)) && at > start)
            ++at;
        if (at >= text.size())
            return {};
        const QChar wanted = query.at(i), here = text.at(at);
        if (wanted.toCaseFolded() == here.toCaseFolded()) {
            cover(at++, 1, false);
            continue;
        }
        if (isJamo(wanted) && base::choseong(QString(here)) == QString(wanted)) {
            cover(at++, 1, true);
            continue;
        }
        if (i + 1 < query.size() || !(isSyllable(wanted) || isJamo(wanted)))
            return {};
        const CodeMark half = keyReach(text, at, wanted);
        if (half.length == 0)
            return {};
        cover(half.from, half.length, true);
    }
    return marks;
}

QString bare(const QString &query)
{
    QString out;
    for (const QChar c : query) {
        if (!skipped(c))
            out += c;
    }
    return out;
}

} // namespace

std::vector<CodeMark> marksIn(const QString &text, const QString &query)
{
    const QString wanted = bare(query);
    if (wanted.isEmpty())
        return {};
    for (int start = 0; start < text.size(); ++start) {
        if (skipped(text.at(start)))
            continue;
        if (auto marks = matchAt(text, start, wanted); !marks.empty())
            return marks;
    }
    return {};
}

void markMatch(CodeChoice &row, const QString &query)
{
    using Marked = CodeChoice::Marked;
    const QString slip = base::hangulFromKeys(query);
    for (const QString &reading : {query, slip}) {
        for (const auto &[where, text] :
            {std::pair{Marked::Ko, &row.ko}, std::pair{Marked::Matched, &row.matched},
                std::pair{Marked::En, &row.en}, std::pair{Marked::Code, &row.code}}) {
            if (auto marks = marksIn(*text, reading); !marks.empty()) {
                row.markedIn = where;
                row.marks = std::move(marks);
                return;
            }
        }
        if (slip == query)
            return;
    }
}

std::vector<CodeMark> differences(const QString &text, const QString &query)
{
    // The longest common subsequence over short strings: names and queries are bounded by 200 characters.
    const QString wanted = bare(query).left(60).toCaseFolded();
    const QString name = text.left(200);
    const int rows = int(wanted.size()), columns = int(name.size());
    if (rows == 0 || columns == 0)
        return {};
    std::vector<int> table(size_t((rows + 1) * (columns + 1)), 0);
    const auto cell = [&](int r, int c) -> int & {
        return table[size_t(r) * size_t(columns + 1) + size_t(c)];
    };
    for (int r = rows - 1; r >= 0; --r) {
        for (int c = columns - 1; c >= 0; --c)
            cell(r, c) = wanted.at(r) == name.at(c).toCaseFolded() ? cell(r + 1, c + 1) + 1
                                                                   : std::max(cell(r + 1, c), cell(r, c + 1));
    }
    std::vector<bool> common(size_t(columns), false);
    int first = columns, last = -1;
    for (int r = 0, c = 0; r < rows && c < columns;) {
        if (wanted.at(r) == name.at(c).toCaseFolded()) {
            common[size_t(c)] = true;
            first = std::min(first, c), last = std::max(last, c);
            ++r, ++c;
        } else if (cell(r + 1, c) >= cell(r, c + 1)) {
            ++r;
        } else {
            ++c;
        }
    }
    if (last < 0)
        return {};
    // The window is as long as the query: one syllable more at an end that did not match there.
    const int missing = std::max(0, rows - cell(0, 0));
    if (last - first + 1 < rows) {
        last = std::min(columns - 1, last + missing);
        first = std::max(0, std::min(first, last - rows + 1));
    }
    std::vector<CodeMark> marks;
    for (int c = first; c <= last; ++c) {
        if (common[size_t(c)] || skipped(name.at(c)))
            continue;
        if (!marks.empty() && marks.back().from + marks.back().length == c)
            ++marks.back().length;
        else
            marks.push_back({c, 1, false});
    }
    return marks;
}

} // namespace naru::ui
