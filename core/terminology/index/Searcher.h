// One search over one index: finds and orders matches; TermFile turns them into hits.
#pragma once

#include "core/terminology/index/DepartmentUse.h"
#include "core/terminology/index/Match.h"
#include "core/terminology/index/Query.h"
#include "core/terminology/index/TermSet.h"
#include "core/terminology/index/Usage.h"

#include <array>
#include <bitset>
#include <functional>

namespace naru::terminology {

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
    struct Band {
        unsigned from = 0, to = 0; // scores, without `to`
    };
    std::vector<Band> bandsOf(const Reading &driver) const;
    std::vector<Spot> spots(const Reading &driver, const layout::SignEntry &sign, Band band);
    bool lookAt(
        const std::vector<std::vector<Reading>> &words, const Reading &driver, std::vector<Spot> heap);
    void askSigns(const Reading &driver, Band band) const;
    void askAhead(const std::vector<Spot> &heap) const;
    void driveWide(
        const std::vector<std::vector<Reading>> &words, const Reading &driver, const layout::SignEntry &sign);
    bool goesOn(const Reading &driver, std::uint32_t rank) const;
    bool goesOn(const Reading &driver, std::uint32_t rank, unsigned value) const;
    Match boundOf(const Reading &driver, unsigned value) const;
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
    std::vector<std::uint32_t> m_late{}; // terms passed over before they stood in order
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
