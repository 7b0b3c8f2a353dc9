#include "core/terminology/ExpectedCodes.h"

#include "core/base/Oid.h"

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr int WholeKcdCode = 4; // characters from which further digits only refine it

QString plain(const QString &code)
{
    QString out;
    for (const QChar c : code) {
        if (c.isLetterOrNumber())
            out += c.toUpper();
    }
    return out;
}
} // namespace

ExpectedCodes::ExpectedCodes(const QString &list)
{
    for (const QString &part : list.split(QLatin1Char('|'))) {
        const QString written = part.trimmed();
        const QString letters = plain(written);
        if (!letters.isEmpty())
            m_codes.push_back({written, letters, written.endsWith(QLatin1Char('*'))});
    }
}

QStringList ExpectedCodes::written() const
{
    QStringList out;
    for (const Code &code : m_codes)
        out.append(code.written);
    return out;
}

bool ExpectedCodes::accept(const QString &system, const QString &code) const
{
    const QString found = plain(code);
    const bool kcd = system == base::oid("kcd").text();
    return std::any_of(m_codes.begin(), m_codes.end(), [&](const Code &one) {
        const bool refined = one.below || (kcd && one.plain.size() >= WholeKcdCode);
        return found == one.plain || (refined && found.startsWith(one.plain));
    });
}

int ExpectedCodes::rankIn(const std::vector<TermHit> &rows) const
{
    const auto right = std::find_if(rows.begin(), rows.end(),
        [this](const TermHit &hit) { return accept(hit.term.system, hit.term.code); });
    return right == rows.end() ? 0 : int(right - rows.begin()) + 1;
}

int ExpectedCodes::rankIn(const TermAnswer &answer) const
{
    return rankIn(answer.hits.empty() ? answer.similar : answer.hits);
}

} // namespace naru::terminology
