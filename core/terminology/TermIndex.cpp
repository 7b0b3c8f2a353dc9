#include "core/terminology/TermIndex.h"

#include "core/base/Oid.h"
#include "core/terminology/KeySpelling.h"
#include "core/terminology/Spelling.h"

#include <algorithm>
#include <unordered_map>

namespace naru::terminology {

namespace {
constexpr qsizetype maxQueryLength = 200;
constexpr int maxTokens = 8;
constexpr int maxLimit = 500;
// Coarse part of the score by MatchKind: code, name, code prefix, name start, word start, inside, initials,
// other mode.
constexpr int kindScore[] = {8000, 7000, 6000, 5000, 4000, 3000, 2500, 2000, 1000, 500};

enum class Source { Korean, Alias, English, Code };

struct Text {
    QByteArray bytes{};
    QString shown{};
    int term = 0;
    Source source = Source::Korean;
};

struct Suffix {
    int text = 0;
    int at = 0;
    Spelled::Start start = Spelled::Start::Inside;
};

struct Found {
    int score = -1;
    int text = -1;
    MatchKind kind = MatchKind::Inside;
};
using FoundByTerm = std::unordered_map<int, Found>;

QByteArrayView tail(const std::vector<Text> &texts, const Suffix &suffix)
{
    return QByteArrayView(texts[size_t(suffix.text)].bytes).sliced(suffix.at);
}
} // namespace

struct TermIndex::Data {
    std::vector<Concept> terms{};
    QHash<QString, int> byCode{};
    std::vector<Text> texts{}, initialTexts{};
    std::vector<Suffix> suffixes{}, initialSuffixes{}; // sorted by the bytes they point at

    static QString key(const QString &system, QStringView code)
    {
        const QString bare =
            system == base::oid("kcd").text() ? normaliseKcd(code) : code.trimmed().toString();
        return system + QLatin1Char(' ') + bare.toUpper();
    }

    void add(int term, const QString &shown, Source source)
    {
        if (shown.isEmpty())
            return;
        const int index = int(texts.size());
        const Spelled spelled = spell(shown);
        texts.push_back({spelled.bytes, shown, term, source});
        for (const Spelled::Position &position : spelled.positions) {
            const bool latinInside = position.start == Spelled::Start::Inside && source == Source::English;
            if (!latinInside && (source != Source::Code || position.at == 0))
                suffixes.push_back({index, position.at, position.start});
        }
        if (source == Source::English || source == Source::Code)
            return;
        const Spelled initials = spellInitials(shown);
        const int initialIndex = int(initialTexts.size());
        initialTexts.push_back({initials.bytes, shown, term, source});
        for (const Spelled::Position &position : initials.positions)
            initialSuffixes.push_back({initialIndex, position.at, position.start});
    }

    static void sort(const std::vector<Text> &texts, std::vector<Suffix> &suffixes)
    {
        std::sort(suffixes.begin(), suffixes.end(), [&](const Suffix &a, const Suffix &b) {
            const int order = tail(texts, a).compare(tail(texts, b));
            return order != 0 ? order < 0 : a.text != b.text ? a.text < b.text : a.at < b.at;
        });
    }

    // Every suffix that starts with `token`; `forced` overrides the kind (initials, other mode).
    void collect(const std::vector<Text> &from, const std::vector<Suffix> &in, const QByteArray &token,
        std::optional<MatchKind> forced, FoundByTerm &into) const
    {
        auto it = std::lower_bound(
            in.begin(), in.end(), token, [&](const Suffix &suffix, const QByteArray &wanted) {
                return tail(from, suffix).compare(wanted) < 0;
            });
        for (; it != in.end() && tail(from, *it).startsWith(token); ++it) {
            const Text &text = from[size_t(it->text)];
            const bool whole = it->at == 0 && text.bytes.size() == token.size();
            const Found found = rate(*it, text, whole, forced);
            Found &best = into[text.term];
            if (found.score > best.score)
                best = found;
        }
    }

    static Found rate(const Suffix &suffix, const Text &text, bool whole, std::optional<MatchKind> forced)
    {
        Found found;
        found.text = suffix.text;
        if (text.source == Source::Code)
            found.kind = whole ? MatchKind::CodeExact : MatchKind::CodePrefix;
        else if (whole)
            found.kind = MatchKind::NameExact;
        else if (suffix.start == Spelled::Start::Name)
            found.kind = MatchKind::NameStart;
        else
            found.kind = suffix.start == Spelled::Start::Word ? MatchKind::WordStart : MatchKind::Inside;
        found.score = kindScore[int(found.kind)];
        if (forced) { // keeps the finer order inside its own band
            found.score = kindScore[int(*forced)] + found.score / 20;
            found.kind = *forced;
        }
        found.score -= std::min<int>(int(text.shown.size()), 200) * 2 + int(suffix.start) * 10;
        found.score += text.source == Source::Korean ? 3 : text.source == Source::Alias ? 2 : 0;
        return found;
    }

    FoundByTerm findToken(const QString &token) const
    {
        FoundByTerm found;
        const QByteArray bytes = spell(token).bytes;
        collect(texts, suffixes, bytes, std::nullopt, found);
        if (token.size() >= 2)
            collectInitials(token, found);
        const QByteArray other = otherLayout(token);
        // Two keys of the wrong mode are noise; three are a syllable and more.
        if (other.size() >= 3)
            collect(texts, suffixes, other, MatchKind::OtherLayout, found);
        return found;
    }

    void collectInitials(const QString &token, FoundByTerm &found) const;
};

namespace {
// Consonants only, Latin letters and digits may stand among them: "ㄱㅎㅇ", "2ㅎㄷㄴ".
bool looksLikeInitials(const QString &token)
{
    bool jamo = false;
    for (const QChar c : token) {
        const bool consonant = c.unicode() >= 0x3131 && c.unicode() <= 0x314E;
        if (!consonant && !(c.unicode() < 0x80 && c.isLetterOrNumber()))
            return false;
        jamo = jamo || consonant;
    }
    return jamo;
}

// ㄱㅅ typed without a vowel in between arrives as the compound ㄳ from some input methods.
QString splitCompounds(const QString &token)
{
    static const QHash<QChar, QString> parts = {{u'ㄳ', QStringLiteral("ㄱㅅ")},
        {u'ㄵ', QStringLiteral("ㄴㅈ")}, {u'ㄶ', QStringLiteral("ㄴㅎ")}, {u'ㄺ', QStringLiteral("ㄹㄱ")},
        {u'ㄻ', QStringLiteral("ㄹㅁ")}, {u'ㄼ', QStringLiteral("ㄹㅂ")}, {u'ㄽ', QStringLiteral("ㄹㅅ")},
        {u'ㄾ', QStringLiteral("ㄹㅌ")}, {u'ㄿ', QStringLiteral("ㄹㅍ")}, {u'ㅀ', QStringLiteral("ㄹㅎ")},
        {u'ㅄ', QStringLiteral("ㅂㅅ")}};
    QString out;
    for (const QChar c : token)
        out += parts.contains(c) ? parts.value(c) : QString(c);
    return out;
}
} // namespace

void TermIndex::Data::collectInitials(const QString &token, FoundByTerm &found) const
{
    if (!looksLikeInitials(token))
        return;
    FoundByTerm initials;
    collect(initialTexts, initialSuffixes, spell(splitCompounds(token)).bytes, MatchKind::Initials, initials);
    for (const auto &[term, hit] : initials) {
        Found &best = found[term];
        if (hit.score > best.score) {
            best = hit;
            best.text = -2 - hit.text; // marks the other text list
        }
    }
}

TermIndex::TermIndex()
    : TermIndex(std::vector<Concept>{})
{
}
TermIndex::TermIndex(TermIndex &&) noexcept = default;
TermIndex &TermIndex::operator=(TermIndex &&) noexcept = default;
TermIndex::~TermIndex() = default;

TermIndex::TermIndex(std::vector<Concept> terms)
{
    auto data = std::make_unique<Data>();
    data->terms = std::move(terms);
    for (int i = 0; i < int(data->terms.size()); ++i) {
        const Concept &term = data->terms[size_t(i)];
        const QString key = Data::key(term.system, term.code);
        if (!data->byCode.contains(key))
            data->byCode.insert(key, i);
        data->add(i, term.code, Source::Code);
        data->add(i, term.ko, Source::Korean);
        data->add(i, term.en, Source::English);
        for (const QString &alias : term.aliases)
            data->add(i, alias, Source::Alias);
    }
    Data::sort(data->texts, data->suffixes);
    Data::sort(data->initialTexts, data->initialSuffixes);
    m_data = std::move(data);
}

std::vector<TermHit> TermIndex::search(QStringView query, const TermFilter &filter) const
{
    if (!m_data || query.size() > maxQueryLength)
        return {};
    FoundByTerm all;
    bool first = true;
    int tokens = 0;
    for (const QString &token : query.toString().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (spell(token).bytes.isEmpty())
            continue;
        if (++tokens > maxTokens)
            break;
        FoundByTerm found = m_data->findToken(token);
        if (first) {
            all = std::move(found);
            first = false;
            continue;
        }
        for (auto it = all.begin(); it != all.end();) {
            const auto other = found.find(it->first);
            if (other == found.end()) {
                it = all.erase(it);
                continue;
            }
            it->second.score = (it->second.score + other->second.score) / 2;
            ++it;
        }
    }
    std::vector<TermHit> hits;
    for (const auto &[index, found] : all) {
        const Concept &term = m_data->terms[size_t(index)];
        if ((!filter.systems.isEmpty() && !filter.systems.contains(term.system))
            || (!filter.categories.isEmpty() && !filter.categories.contains(term.category)))
            continue;
        const Text &text = found.text >= 0 ? m_data->texts[size_t(found.text)]
                                           : m_data->initialTexts[size_t(-2 - found.text)];
        TermHit hit;
        hit.term = term;
        hit.matched = text.shown;
        hit.kind = found.kind;
        hit.score = found.score;
        hits.push_back(std::move(hit));
    }
    std::sort(hits.begin(), hits.end(), [](const TermHit &a, const TermHit &b) {
        if (a.score != b.score)
            return a.score > b.score;
        if (a.term.ko.size() != b.term.ko.size())
            return a.term.ko.size() < b.term.ko.size();
        return a.term.system != b.term.system ? a.term.system < b.term.system : a.term.code < b.term.code;
    });
    if (int(hits.size()) > std::clamp(filter.limit, 1, maxLimit))
        hits.resize(size_t(std::clamp(filter.limit, 1, maxLimit)));
    return hits;
}

std::optional<Concept> TermIndex::show(const QString &system, QStringView code) const
{
    const auto it = m_data->byCode.constFind(Data::key(system, code));
    if (it == m_data->byCode.constEnd())
        return std::nullopt;
    return m_data->terms[size_t(it.value())];
}

int TermIndex::size() const
{
    return int(m_data->terms.size());
}

const std::vector<Concept> &TermIndex::terms() const
{
    return m_data->terms;
}

QHash<QString, int> TermIndex::counts() const
{
    QHash<QString, int> out;
    for (const Concept &term : m_data->terms)
        ++out[term.system];
    return out;
}

} // namespace naru::terminology
