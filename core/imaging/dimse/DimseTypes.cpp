#include "core/imaging/dimse/DimseTypes.h"

#include <algorithm>

namespace naru::imaging::dimse {

// PS3.5 6.2: AE, 16 characters of the default repertoire without backslash and controls, not only spaces.
bool validAeTitle(const QString &title)
{
    return !title.trimmed().isEmpty() && title.size() <= 16
        && std::all_of(title.begin(), title.end(),
            [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F && c != QLatin1Char('\\'); });
}

// PS3.5 9.1, without its rule on leading zeros, which real devices break.
bool validUid(const QString &uid)
{
    if (uid.isEmpty() || uid.size() > 64 || !uid.front().isDigit() || !uid.back().isDigit())
        return false;
    QChar before = QLatin1Char('0');
    for (const QChar c : uid) {
        const bool digit = c >= QLatin1Char('0') && c <= QLatin1Char('9');
        if (!digit && (c != QLatin1Char('.') || before == QLatin1Char('.')))
            return false;
        before = c;
    }
    return true;
}

} // namespace naru::imaging::dimse
