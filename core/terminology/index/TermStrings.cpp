#include "core/terminology/index/TermStrings.h"

#include "core/base/Tsv.h"
#include "core/terminology/index/tables/stockheadsTable.h"
#include "core/terminology/index/tables/variantsTable.h"

#include <QHash>

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr qsizetype longestText = 400; // characters; names are far shorter
constexpr int mostVariants = 4; // of one name

const std::vector<QString> &stockHeads()
{
    static const std::vector<QString> rows = [] {
        std::vector<QString> out;
        const base::TsvTable table = base::TsvTable::parse(tables::stockheads);
        out.reserve(std::size_t(table.rowCount()));
        for (int row = 0; row < table.rowCount(); ++row)
            out.push_back(table.at(row, "phrase") + u' ');
        std::sort(out.begin(), out.end(), [](const QString &a, const QString &b) {
            return a.size() != b.size() ? a.size() > b.size() : a < b;
        });
        return out;
    }();
    return rows;
}

struct Variant {
    QString from{}, to{};
};
// Rules by the first letter of what they replace: most letters of most names begin none.
const QHash<QChar, std::vector<Variant>> &variants()
{
    static const QHash<QChar, std::vector<Variant>> rows = [] {
        QHash<QChar, std::vector<Variant>> out;
        const base::TsvTable table = base::TsvTable::parse(tables::variants);
        for (int row = 0; row < table.rowCount(); ++row) {
            const QString one = table.at(row, "one").toLower(), other = table.at(row, "other").toLower();
            out[one[0]].push_back({one, other});
            if (table.at(row, "way") == QLatin1String("both"))
                out[other[0]].push_back({other, one});
        }
        return out;
    }();
    return rows;
}

bool isBracket(QChar c)
{
    return c == u'(' || c == u'[';
}

// Behind brackets that the text opens with: "(급성) 기관지염".
qsizetype behindBrackets(QStringView text, qsizetype from)
{
    while (from < text.size()) {
        if (text[from].isSpace()) {
            ++from;
            continue;
        }
        if (!isBracket(text[from]))
            break;
        const qsizetype close = text.indexOf(text[from] == u'(' ? u')' : u']', from);
        if (close < 0)
            break;
        from = close + 1;
    }
    return from;
}

std::vector<IndexedString::Start> startsOf(
    const Spelled &spelled, bool wordsOnly, const std::vector<qsizetype> &names)
{
    std::vector<IndexedString::Start> out;
    out.reserve(spelled.positions.size());
    for (const Spelled::Position &position : spelled.positions) {
        StartClass begin = position.start == Spelled::Start::Name ? StartClass::Name
            : position.start == Spelled::Start::Word              ? StartClass::Word
                                                                  : StartClass::Inside;
        if (std::find(names.begin(), names.end(), position.text) != names.end())
            begin = StartClass::Name;
        if (!wordsOnly || begin != StartClass::Inside)
            out.push_back({position.at, begin});
    }
    return out;
}

// Where else than at its first letter a name begins: behind a stock phrase, behind leading brackets.
std::vector<qsizetype> nameStarts(QStringView text)
{
    std::vector<qsizetype> out;
    const qsizetype head = behindStockHead(text);
    if (head > 0)
        out.push_back(head);
    const qsizetype bare = behindBrackets(text, head);
    if (bare > head)
        out.push_back(bare);
    return out;
}

// Drops starts whose bytes to the end are also the end of `origin`, where they are starts already.
void dropCommonEnd(
    std::vector<IndexedString::Start> &starts, const QByteArray &bytes, const QByteArray &origin)
{
    qsizetype same = 0;
    while (same < bytes.size() && same < origin.size()
        && bytes[bytes.size() - 1 - same] == origin[origin.size() - 1 - same])
        ++same;
    const qsizetype first = bytes.size() - same;
    std::erase_if(
        starts, [first](const IndexedString::Start &start) { return start.at >= first && start.at > 0; });
}

class Collector {
public:
    explicit Collector(std::vector<IndexedString> &out)
        : m_out(out)
    {
    }

    void name(const QString &whole, TermHit::Source source, int number)
    {
        const QString text = whole.size() > longestText ? whole.left(longestText) : whole;
        if (!add(text, source, number, nullptr))
            return;
        const size_t origin = m_out.size() - 1;
        const QString bare = withoutBrackets(text);
        if (bare.size() != text.size())
            add(bare, source, number, &m_out[origin]);
        variantsOf(bare, source, number, origin);
    }

    void code(const QString &text)
    {
        IndexedString out;
        out.bytes = spell(text).bytes;
        out.source = TermHit::Source::Code;
        out.starts = {{0, StartClass::Name}};
        out.length = int(text.size()) / 2;
        if (!out.bytes.isEmpty())
            m_out.push_back(std::move(out));
    }

private:
    void variantsOf(const QString &bare, TermHit::Source source, int number, size_t origin)
    {
        const auto &rules = variants();
        const QString text = bare.toLower();
        int made = 0;
        for (qsizetype at = 0; at < text.size(); ++at) {
            const auto found = rules.constFind(text[at]);
            if (found == rules.constEnd())
                continue;
            for (const Variant &rule : *found) {
                if (made >= mostVariants)
                    return;
                if (!QStringView(text).sliced(at).startsWith(rule.from) || text.contains(rule.to))
                    continue;
                QString other = text;
                other.replace(rule.from, rule.to);
                made += add(other, source, number, &m_out[origin]) ? 1 : 0;
            }
        }
    }

    bool add(const QString &text, TermHit::Source source, int number, const IndexedString *origin)
    {
        const Spelled spelled = spell(text);
        if (spelled.bytes.isEmpty())
            return false;
        IndexedString out;
        const auto names = nameStarts(text);
        out.bytes = spelled.bytes;
        out.starts = startsOf(spelled, !spelled.hangul, names);
        out.source = source;
        out.number = number;
        out.derived = origin != nullptr;
        out.length = int(spelled.hangul ? text.size() : (text.size() + 1) / 2);
        if (spelled.hangul) {
            const Spelled initials = spellInitials(text);
            out.initials = initials.bytes;
            out.initialStarts = startsOf(initials, false, names);
        }
        if (origin) {
            dropCommonEnd(out.starts, out.bytes, origin->bytes);
            dropCommonEnd(out.initialStarts, out.initials, origin->initials);
            if (out.initials == origin->initials)
                out.initialStarts.clear();
            if (out.bytes == origin->bytes)
                return false;
        }
        m_out.push_back(std::move(out));
        return true;
    }

    std::vector<IndexedString> &m_out;
};
} // namespace

qsizetype behindStockHead(QStringView text)
{
    qsizetype at = 0;
    for (bool found = true; found;) {
        found = false;
        for (const QString &phrase : stockHeads()) {
            if (text.size() - at > phrase.size()
                && text.sliced(at, phrase.size()).compare(phrase, Qt::CaseInsensitive) == 0) {
                at += phrase.size();
                found = true;
                break;
            }
        }
    }
    return at;
}

QString withoutBrackets(const QString &text)
{
    if (!text.contains(u'(') && !text.contains(u'['))
        return text;
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isBracket(text[i])) {
            const qsizetype close = text.indexOf(text[i] == u'(' ? u')' : u']', i);
            if (close > 0) {
                i = close;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

std::vector<IndexedString> indexedStrings(const Concept &term, bool codes)
{
    std::vector<IndexedString> out;
    Collector collect(out);
    if (codes)
        collect.code(term.code);
    collect.name(term.ko, TermHit::Source::Korean, 0);
    collect.name(term.en, TermHit::Source::English, 0);
    const auto list = [&](const QStringList &texts, TermHit::Source source) {
        for (qsizetype i = 0; i < texts.size() && i < 255; ++i)
            collect.name(texts[i], source, int(i));
    };
    list(term.synonyms, TermHit::Source::Synonym);
    list(term.aliases, TermHit::Source::Alias);
    return out;
}

} // namespace naru::terminology
