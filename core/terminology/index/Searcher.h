// One search over one index: finds and orders matches; TermFile turns them into hits.
#pragma once

#include "core/terminology/index/DepartmentUse.h"
#include "core/terminology/index/IndexImage.h"
#include "core/terminology/index/Query.h"
#include "core/terminology/index/Usage.h"

#include <array>
#include <bitset>
#include <functional>

namespace naru::terminology {

// The order of kinds, finer than MatchKind; lower is better.
enum class Level : unsigned char {
    CodeExact = 1,
    NameExact, // of a code that may be used as it stands
    NameWhole, // of another one, or all that follows a stock phrase
    CodePrefix,
    NameStart,
    LayoutExact, // an alias typed in the other keyboard mode
    WordStart,
    Inside,
    InitialsWhole,
    InitialsStart,
    Initials, // from the start of a word
    InitialsInside,
    OtherLayout,
    OtherWord,
    OtherInside,
    OtherInitials,
    OtherInitialsWord,
    OtherInitialsInside,
    Similar,
    AxisString // whatever it matched: after all names
};
constexpr int levelShift = 25; // of the level in scoreOf()

MatchKind kindOf(Level level);

struct Match {
    std::uint32_t term = 0;
    std::uint32_t position = 0; // in the arena of `array`
    std::uint32_t rank = 0; // tie order
    std::uint16_t length = 0; // keys matched
    std::uint16_t value = 0; // static score, without the class of its start
    Level level = Level::Similar;
    MatchKind kind = MatchKind::Similar;
    IndexImage::Array array = IndexImage::NamesArray;
    bool retired = false, collapsed = false;
    int usage = 0; // rank of UsageIndex
    bool department = false; // one that TermFilter::department uses
    int score = 0; // scoreOf() of the finished match
};

// 31 bits, higher is better: not retired, level, usage, department, static score.
int scoreOf(const Match &match);
constexpr int lowestScore = -1;
// Below every score of `level` and above every one of the next level.
int justBelow(Level level);

// Terms already taken.
class TermSet {
public:
    TermSet()
        : m_slots(256, empty)
    {
    }
    bool insert(std::uint32_t term); // false: was there
    bool contains(std::uint32_t term) const;

private:
    static constexpr std::uint32_t empty = 0xFFFFFFFFU;
    std::size_t slot(std::uint32_t term) const { return (term * 2654435761U) & (m_slots.size() - 1); }
    void grow();
    std::vector<std::uint32_t> m_slots;
    std::size_t m_count = 0;
};

class Searcher {
public:
    Searcher(const IndexImage &image, const TermFilter &filter, const UsageIndex *usage);

    // Best first, at most filter.limit: the best of all there are (the exceptions are named in README.md).
    // Matches that score `floor` or less may be left out.
    std::vector<Match> search(const Query &query, int floor = lowestScore);
    // Similar spellings of a query that found nothing.
    std::vector<Match> similar(const Query &query);
    bool allowed(std::uint32_t term) const { return m_all || m_groups[m_image.group(term)]; }
    bool ofDepartment(std::uint32_t term) const;

    // For what is found in one index and has more words to be met in another.
    // The terms that `word` is met in literally, each with its best place: at most `most`, the best ones.
    std::vector<Match> placesOf(const QueryWord &word, std::uint32_t most) const;
    void prepare(const Query &query); // for bestOfWord()
    // The best match of a prepared word in one term.
    bool bestOfWord(std::size_t word, std::uint32_t term, Match &best) const
    {
        return bestInTerm(m_words[word], term, best, Level::CodeExact);
    }

private:
    struct Reading {
        QByteArrayView keys{};
        IndexImage::Array array = IndexImage::NamesArray;
        bool other = false; // typed in the other keyboard mode
        RankRange range{};
        // Of a word such as ㅎ글: its letters must fit as well.
        const std::vector<QueryWord::Piece> *pieces = nullptr;
    };

    // One way of reading a query: what it finds is put in order by itself and then merged.
    void pass(const std::function<void()> &read);
    bool full() const { return m_valid >= m_collect; }
    // Whether a match of this level can be of use.
    bool worth(Level level) const { return justBelow(level) + levelSpan > m_floor; }
    bool hopeless(const Match &match) const;
    void put(const Match &match);
    bool isRetired(const Match &match) const;
    void oneWord(const QueryWord &word, IndexImage::Array array);
    void literal(const Reading &reading);
    void wholeStrings(const Reading &reading, RankRange whole);
    void usedTerms(const Reading &reading);
    void endingTerms(const Reading &reading);
    void bestOf(const Reading &reading);
    bool takeSome(const Reading &reading, std::span<const std::uint32_t> ranks);
    bool take(const Reading &reading, std::uint32_t rank);
    bool take(const Reading &reading, std::uint32_t rank, std::uint32_t position, std::uint32_t own);
    Match match(const Reading &reading, std::uint32_t rank, std::uint32_t position, std::uint32_t term) const;
    Level levelOf(const Reading &reading, unsigned begin, std::uint32_t position, unsigned value) const;
    std::uint32_t representative(const Reading &reading, std::uint32_t position, std::uint32_t term) const;
    void initials(QByteArrayView keys, bool other);
    void otherExact(const QueryWord &word);
    void lostLetters(QByteArrayView keys);
    bool fits(const Reading &reading, std::uint32_t position, std::uint32_t term) const;
    bool matchesPieces(std::uint32_t position, const std::vector<QueryWord::Piece> &pieces) const;
    std::uint32_t sameString(std::uint32_t initialsPosition, std::uint32_t term,
        const std::vector<QueryWord::Piece> &pieces) const;

    void severalWords(const Query &query, IndexImage::Array array);
    std::vector<Reading> readingsOf(const QueryWord &word, IndexImage::Array array) const;
    // Looks no further once a match is as good as `enough`.
    bool bestInTerm(
        const std::vector<Reading> &readings, std::uint32_t term, Match &best, Level enough) const;
    bool hasAll(const std::vector<std::vector<Reading>> &words, std::uint32_t term) const;
    layout::SignEntry signOf(const std::vector<std::vector<Reading>> &words, std::size_t driver) const;
    void drive(
        const std::vector<std::vector<Reading>> &words, const Reading &driver, const layout::SignEntry &sign);
    // A place to look for the other words at: score and rank, best first, and its term.
    using Spot = std::pair<std::uint64_t, std::uint32_t>;
    std::vector<Spot> spots(const Reading &driver, const layout::SignEntry &sign) const;
    void askSigns(const SuffixArray &array, RankRange range) const;
    void askAhead(const std::vector<Spot> &heap) const;
    void driveWide(
        const std::vector<std::vector<Reading>> &words, const Reading &driver, const layout::SignEntry &sign);
    bool goesOn(const Reading &driver, std::uint32_t rank) const;
    Match boundOf(const Reading &driver, std::uint32_t rank) const;
    bool late(const Reading &driver, std::uint32_t rank, std::uint32_t term) const;
    static std::uint64_t placeOf(int score, std::uint32_t rank)
    {
        return std::uint64_t(score) << 32 | std::uint32_t(~rank);
    }
    void look(const std::vector<std::vector<Reading>> &words, const Reading &driver, std::uint32_t rank,
        std::uint32_t term);
    void usedTermsWith(const std::vector<std::vector<Reading>> &words, const std::vector<Reading> &rarest,
        const layout::SignEntry &sign);
    bool checkTerm(const std::vector<std::vector<Reading>> &words, std::uint32_t term, Match &all) const;
    void finish();

    const IndexImage &m_image;
    const TermFilter &m_filter;
    const UsageIndex *m_usage;
    std::bitset<256> m_groups{};
    std::uint16_t m_groupMask = 0;
    bool m_all = true;
    bool m_startsLater = false; // some terms are not valid yet on the day asked
    bool m_endsLater = false; // some terms with an end date are still valid
    std::size_t m_limit;
    std::size_t m_collect = 0; // more than m_limit when something but the static score orders them
    const DepartmentUse *m_department = nullptr;
    QDate m_day;

    static constexpr int levelSpan = 1 << levelShift; // scores of one level
    int m_floor = lowestScore;
    std::vector<Match> m_merged{}; // of earlier passes, in order
    std::vector<Match> m_found{};
    // Of m_found: valid ones that were met in order. Used and ending terms are looked at beside the order and
    // not counted.
    std::size_t m_valid = 0;
    std::vector<std::uint64_t> m_best{}; // several words: m_collect best places so far, the worst in front
    std::size_t m_misfits = 0; // met in order, but the letters of a mixed word are others
    std::size_t m_passedOver = 0; // met in order and not valid on the day
    TermSet m_seen{};
    std::vector<std::vector<Reading>> m_words{}; // prepared
    std::vector<std::size_t> m_checkOrder{}; // of the words of a query, in one term
    layout::FactEntry m_beginning{}; // of the words but the rarest: where a term met whole would begin
    Level m_bestLevel = Level::NameStart; // that a term with all words can have
    // Gone through for several words: one search has one budget.
    int m_looked = 0; // terms
    std::uint32_t m_scanned = 0; // suffixes
};

} // namespace naru::terminology
