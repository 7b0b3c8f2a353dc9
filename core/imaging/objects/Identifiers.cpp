#include "core/imaging/objects/Identifiers.h"
#include "core/imaging/objects/Attributes.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace naru::imaging {

namespace {
constexpr int MaximumDepth = 64;
constexpr int LongNumber = 5; // digits that may be somebody's number

// Numbers and addresses of the patient, the visit and the order (PS3.3 C.2, C.3).
constexpr std::array personal{attr::PatientId, 0x00101000u, 0x00101001u, 0x00101005u, 0x00101040u,
    0x00101060u, 0x00102154u, 0x00102155u, 0x00101090u, 0x00101050u, attr::Accession, 0x00380010u,
    0x00380060u, 0x00380300u, 0x00380400u, 0x00402016u, 0x00402017u, 0x00401001u, 0x00321033u};

bool isLatin(const QString &word)
{
    return std::all_of(word.begin(), word.end(), [](QChar c) { return c.unicode() < 0x250; });
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber();
}

bool containsWord(const QString &text, const QString &word)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        if ((at == 0 || !isWordCharacter(text[at - 1]))
            && (end >= text.size() || !isWordCharacter(text[end])))
            return true;
    }
    return false;
}
} // namespace

Identifiers::Identifiers(const DataSetValue &set)
{
    collect(set, 0);
}

void Identifiers::collect(const DataSetValue &set, int depth)
{
    if (depth > MaximumDepth)
        return;
    for (const DataElement &element : set.elements()) {
        const bool listed = std::find(personal.begin(), personal.end(), element.tag) != personal.end();
        for (const QString &text : element.texts) {
            if (element.vr == vrOf("PN"))
                addName(text);
            else if (listed)
                add(text);
        }
        for (const DataSetValue &item : element.items)
            collect(item, depth + 1);
    }
}

void Identifiers::addName(const QString &name)
{
    for (const QString &group : name.split(QLatin1Char('='))) {
        QString joined = group;
        add(joined.remove(QLatin1Char('^')).remove(QLatin1Char(' ')));
        QString spaced = group;
        add(spaced.replace(QLatin1Char('^'), QLatin1Char(' ')).simplified());
        for (const QString &component : group.split(QLatin1Char('^'))) {
            for (const QString &word : component.split(QLatin1Char(' ')))
                add(word);
        }
    }
}

void Identifiers::add(const QString &word)
{
    const QString clean = word.trimmed().toLower();
    // Shorter ones are initials, or words of every report.
    const qsizetype least = isLatin(clean) ? 3 : 2;
    if (clean.size() >= least)
        m_words.insert(clean);
}

bool Identifiers::areIn(const QString &text) const
{
    const QString lower = text.toLower();
    QString packed = lower;
    packed.remove(QLatin1Char(' ')).remove(QLatin1Char('^'));
    return std::any_of(m_words.begin(), m_words.end(), [&lower, &packed](const QString &word) {
        constexpr qsizetype Distinct = 6; // long enough not to stand inside another word by chance
        if (!isLatin(word) || word.size() >= Distinct)
            return lower.contains(word) || packed.contains(word);
        return containsWord(lower, word);
    });
}

bool Identifiers::looksLikeOne(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\d{%1,}|\\d{2,4}[-./년 ]+\\d{1,2}[-./월 ]+\\d{1,2}|\\d{6}-?[1-8]|@")
            .arg(LongNumber));
    return pattern.match(text).hasMatch();
}

} // namespace naru::imaging
