#include "core/terminology/index/Marks.h"

#include "core/terminology/KeySpelling.h"

#include <algorithm>

namespace naru::terminology {

std::vector<TermMark> marksOf(QStringView shown, int from, int length, bool withoutBrackets, bool initials)
{
    std::vector<TermMark> out;
    char keys[16];
    int at = 0;
    const int to = from + length;
    for (qsizetype i = 0; i < shown.size() && at < to; ++i) {
        const char16_t c = shown[i].unicode();
        if (withoutBrackets && (c == u'(' || c == u'[')) {
            const qsizetype close = shown.indexOf(c == u'(' ? u')' : u']', i);
            if (close > 0) {
                i = close;
                continue;
            }
        }
        int count = keysOf(c, keys);
        if (initials && c >= 0xAC00 && c <= 0xD7A3)
            count = 1;
        if (c == u'?' && i > 0 && i + 1 < shown.size() && shown[i - 1].isLetter() && shown[i + 1].isLetter())
            count = 1;
        if (count == 0)
            continue;
        const int end = at + count;
        if (end > from && at < to) {
            const bool half = end > to;
            const bool joins = !out.empty() && out.back().from + out.back().length <= int(i)
                && std::all_of(shown.begin() + out.back().from + out.back().length, shown.begin() + i,
                    [](QChar between) { return between.isSpace(); });
            if (joins && !(withoutBrackets && out.back().from + out.back().length != int(i)))
                out.back().length = int(i) + 1 - out.back().from;
            else
                out.push_back({int(i), 1, false});
            out.back().half = half;
        }
        at = end;
    }
    return out;
}

void addMarks(std::vector<TermMark> &all, const std::vector<TermMark> &more)
{
    all.insert(all.end(), more.begin(), more.end());
    std::sort(all.begin(), all.end(), [](const TermMark &a, const TermMark &b) { return a.from < b.from; });
    std::vector<TermMark> out;
    for (const TermMark &mark : all) {
        if (!out.empty() && mark.from < out.back().from + out.back().length) {
            const int end = std::max(out.back().from + out.back().length, mark.from + mark.length);
            out.back().half = out.back().half && mark.half;
            out.back().length = end - out.back().from;
        } else {
            out.push_back(mark);
        }
    }
    all = std::move(out);
}

} // namespace naru::terminology
