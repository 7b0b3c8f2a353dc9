#include "core/terminology/index/SuffixArray.h"

#include <algorithm>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace naru::terminology {

using namespace layout;

namespace {
template <typename T> std::span<const T> as(std::span<const unsigned char> bytes)
{
    return {reinterpret_cast<const T *>(bytes.data()), bytes.size() / sizeof(T)};
}

std::uint64_t keyOf(const char *token, std::size_t size, unsigned char fill)
{
    unsigned char bytes[8];
    std::memset(bytes, fill, 8);
    std::memcpy(bytes, token, std::min<std::size_t>(size, 8));
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, 8);
    return __builtin_bswap64(value);
}
} // namespace

SuffixArray::SuffixArray(
    const std::span<const unsigned char> *sections, std::uint32_t terms, const ReadAhead *ahead)
    : m_ahead(ahead)
    , m_arena(sections[Arena].data())
    , m_limit(
          sections[Arena].size() > arenaPadding ? std::uint32_t(sections[Arena].size() - arenaPadding) : 0)
    , m_terms(terms)
    , m_termStart(as<std::uint32_t>(sections[TermStart]))
    , m_sample(as<std::uint32_t>(sections[Sample]))
    , m_position(as<std::uint32_t>(sections[Position]))
    , m_lists(as<std::uint32_t>(sections[WideLists]))
    , m_closed(as<std::uint32_t>(sections[Closed]))
    , m_plane(sections[Plane].data())
    , m_score(as<std::uint16_t>(sections[Score]).data())
    , m_blockMax(as<std::uint16_t>(sections[BlockMax]))
    , m_superMax(as<std::uint16_t>(sections[SuperMax]))
    , m_blockGroups(as<std::uint16_t>(sections[BlockGroups]))
    , m_keys(as<std::uint64_t>(sections[Keys]))
    , m_wide(as<WidePrefix>(sections[WideKeys]))
{
    m_size = std::uint32_t(m_position.size());
}

std::uint32_t SuffixArray::termAt(std::uint32_t position) const
{
    const std::uint32_t sample = position >> sampleShift;
    std::uint32_t low = sample < m_sample.size() ? std::min(m_sample[sample], m_terms - 1) : 0;
#ifdef __SSE2__
    // Mostly two or three start within a sample: those of eight are counted at once, without a guess that
    // fails.
    if (low + 9 < m_termStart.size()) {
        const __m128i turn = _mm_set1_epi32(std::int32_t(0x80000000U));
        const __m128i wanted = _mm_xor_si128(_mm_set1_epi32(std::int32_t(position)), turn);
        const auto *next = reinterpret_cast<const __m128i *>(m_termStart.data() + low + 1);
        const __m128i later =
            _mm_packs_epi32(_mm_cmpgt_epi32(_mm_xor_si128(_mm_loadu_si128(next), turn), wanted),
                _mm_cmpgt_epi32(_mm_xor_si128(_mm_loadu_si128(next + 1), turn), wanted));
        const auto mask = unsigned(_mm_movemask_epi8(later)); // two bits each
        if (mask != 0)
            return low + std::uint32_t(__builtin_ctz(mask)) / 2;
    }
#endif
    std::uint32_t high =
        sample + 1 < m_sample.size() ? std::min(m_sample[sample + 1], m_terms - 1) : m_terms - 1;
    // The last term that starts at or before the position.
    while (low < high) {
        const std::uint32_t middle = low + (high - low + 1) / 2;
        if (m_termStart[middle] <= position)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

void SuffixArray::termsAt(std::span<const std::uint32_t> ranks, std::uint32_t *terms) const
{
    std::uint32_t positions[termBatch];
    ranks = ranks.first(std::min<std::size_t>(ranks.size(), termBatch));
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        positions[i] = position(ranks[i]);
        const std::uint32_t sample = positions[i] >> sampleShift;
        if (sample < m_sample.size())
            __builtin_prefetch(&m_sample[sample]);
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const std::uint32_t sample = positions[i] >> sampleShift;
        if (sample < m_sample.size())
            __builtin_prefetch(&m_termStart[std::min(m_sample[sample], m_terms - 1)]);
    }
    for (std::size_t i = 0; i < ranks.size(); ++i)
        terms[i] = termAt(positions[i]);
}

void SuffixArray::termsOf(
    std::span<const std::uint32_t> ranks, std::uint32_t *positions, std::uint32_t *terms) const
{
    for (const std::uint32_t rank : ranks) {
        __builtin_prefetch(&m_position[rank]);
        if (m_ahead)
            m_ahead->ask(&m_position[rank]);
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        positions[i] = position(ranks[i]);
        __builtin_prefetch(m_arena + positions[i]);
        if (m_ahead)
            m_ahead->ask(m_arena + positions[i]);
        const std::uint32_t sample = positions[i] >> sampleShift;
        if (sample < m_sample.size())
            __builtin_prefetch(&m_sample[sample]);
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const std::uint32_t sample = positions[i] >> sampleShift;
        if (sample >= m_sample.size())
            continue;
        const std::uint32_t *start = &m_termStart[std::min(m_sample[sample], m_terms - 1)];
        __builtin_prefetch(start);
        if (m_ahead)
            m_ahead->ask(start);
    }
    for (std::size_t i = 0; i < ranks.size(); ++i)
        terms[i] = termAt(positions[i]);
}

void SuffixArray::prefetchStrings(std::uint32_t term) const
{
    const std::uint32_t from = strings(term).first;
    for (std::uint32_t line = 0; line < 3; ++line)
        __builtin_prefetch(m_arena + from + line * 64);
}

bool SuffixArray::askStrings(std::uint32_t term) const
{
    const auto [from, to] = strings(term);
    if (!m_ahead || from == to)
        return false;
    const bool text = m_ahead->ask(m_arena + from, to - from);
    const bool starts = m_ahead->ask(m_plane + (from >> 2), ((to - from) >> 2) + 1);
    return text || starts;
}

bool SuffixArray::askRange(RankRange range) const
{
    if (!m_ahead || range.empty())
        return false;
    const bool positions = m_ahead->ask(&m_position[range.from], range.size() * sizeof(std::uint32_t));
    const bool scores = m_ahead->ask(m_score + range.from, range.size() * sizeof(std::uint16_t));
    return positions || scores;
}

void SuffixArray::askTerms(std::span<const std::uint32_t> ranks) const
{
    for (const std::uint32_t rank : m_ahead ? ranks : ranks.first(0)) {
        const std::uint32_t sample = position(rank) >> sampleShift;
        if (sample < m_sample.size())
            m_ahead->ask(&m_termStart[std::min(m_sample[sample], m_terms - 1)], 4 * sizeof(std::uint32_t));
    }
}

std::pair<std::uint32_t, std::uint32_t> SuffixArray::strings(std::uint32_t term) const
{
    if (term >= m_terms || m_termStart.size() <= m_terms)
        return {0, 0};
    const std::uint32_t from = std::min(m_termStart[term], m_limit);
    return {from, std::clamp(m_termStart[term + 1], from, m_limit)};
}

RankRange SuffixArray::findIn(QByteArrayView token, RankRange in) const
{
    const auto size = std::size_t(token.size());
    if (m_size == 0 || size == 0 || size > longestToken)
        return {};
    const char *text = token.data();
    const auto lowBlock =
        std::lower_bound(m_keys.begin(), m_keys.end(), keyOf(text, size, 0)) - m_keys.begin();
    const auto highBlock =
        std::upper_bound(m_keys.begin(), m_keys.end(), keyOf(text, size, 0xFF)) - m_keys.begin();
    const auto first = std::uint32_t(std::max<std::ptrdiff_t>(lowBlock - 1, 0)) << blockShift;
    const auto last = std::min(m_size, std::uint32_t(highBlock) << blockShift);
    const auto lowEnd = size < 8 ? std::min(m_size, std::uint32_t(lowBlock) << blockShift) : last;
    std::uint32_t low = std::max(first, in.from), high = std::max(std::min(lowEnd, in.to), low);
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (compare(middle, text, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    RankRange out{low, low};
    const auto upper = std::uint32_t(std::max<std::ptrdiff_t>(highBlock - 1, 0)) << blockShift;
    std::uint32_t from = size < 8 ? std::max(low, upper) : low, to = std::max(std::min(last, in.to), from);
    while (from < to) {
        const std::uint32_t middle = from + (to - from) / 2;
        if (compare(middle, text, size) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    out.to = from;
    return out;
}

RankRange SuffixArray::whole(QByteArrayView token, RankRange in) const
{
    const auto size = std::size_t(token.size());
    std::uint32_t low = in.from, high = in.to;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (m_arena[position(middle) + size] == 0)
            low = middle + 1;
        else
            high = middle;
    }
    return {in.from, low};
}

RankRange SuffixArray::narrowed(RankRange in, std::uint32_t depth, unsigned char byte) const
{
    const auto bound = [&](std::uint32_t low, unsigned limit) {
        std::uint32_t high = in.to;
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            if (m_arena[position(middle) + depth] < limit)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    if (depth >= longestToken)
        return {};
    const std::uint32_t from = bound(in.from, byte);
    return {from, bound(from, unsigned(byte) + 1)};
}

RankRange SuffixArray::followed(RankRange in, std::uint32_t depth, QByteArrayView bytes) const
{
    const auto size = std::size_t(bytes.size());
    if (depth + size >= longestToken)
        return {};
    const auto bound = [&](std::uint32_t low, bool after) {
        std::uint32_t high = in.to;
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            const int order = std::memcmp(m_arena + position(middle) + depth, bytes.data(), size);
            if (order < 0 || (after && order == 0))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    const std::uint32_t from = bound(in.from, false);
    return {from, bound(from, true)};
}

std::span<const std::uint32_t> SuffixArray::closedIn(RankRange range) const
{
    const auto from = std::lower_bound(m_closed.begin(), m_closed.end(), range.from);
    const auto to = std::lower_bound(from, m_closed.end(), std::min(range.to, m_size));
    return {from, to};
}

std::span<const std::uint32_t> SuffixArray::best(QByteArrayView token) const
{
    if (token.isEmpty() || token.size() > 8)
        return {};
    const WidePrefix wanted{
        keyOf(token.data(), std::size_t(token.size()), 0), std::uint32_t(token.size()), 0};
    const auto it =
        std::lower_bound(m_wide.begin(), m_wide.end(), wanted, [](const WidePrefix &a, const WidePrefix &b) {
            return a.key != b.key ? a.key < b.key : a.length < b.length;
        });
    if (it == m_wide.end() || it->key != wanted.key || it->length != wanted.length
        || std::size_t(it->list) * listLength + listLength > m_lists.size())
        return {};
    return m_lists.subspan(std::size_t(it->list) * listLength, listLength);
}

std::uint32_t SuffixArray::rankOf(std::uint32_t position) const
{
    const char *text = reinterpret_cast<const char *>(m_arena + position);
    const auto size = std::min<std::size_t>(std::strlen(text), longestToken);
    const RankRange same = whole({text, qsizetype(size)}, find({text, qsizetype(size)}));
    for (std::uint32_t low = same.from, high = same.to; low < high;) {
        // Equal strings lie by score, then by position; the score of this one is not known, so look at all
        // runs of equal scores.
        const unsigned value = m_score[low];
        std::uint32_t from = low, to = high;
        while (from < to) {
            const std::uint32_t middle = from + (to - from) / 2;
            if (m_score[middle] >= value)
                from = middle + 1;
            else
                to = middle;
        }
        const auto begin = m_position.begin() + low, end = m_position.begin() + from;
        const auto it = std::lower_bound(begin, end, position);
        if (it != end && *it == position)
            return std::uint32_t(it - m_position.begin());
        low = from;
    }
    return m_size;
}

namespace {
constexpr std::uint32_t most = 1U << blockShift; // values of a block, blocks of a super-block
static_assert(most == 64 && superShift == 2 * blockShift);

// Which of `count` values are `value` (a bit each), and the best one below it.
struct Level {
    std::uint64_t same = 0;
    unsigned next = 0;
    bool more = false; // there is one below it
};
Level levelOf(const std::uint16_t *values, std::uint32_t count, unsigned value)
{
    Level out;
    std::uint32_t i = 0;
#ifdef __SSE2__
    // Unsigned numbers compare as signed ones when their highest bit is turned.
    const __m128i turn = _mm_set1_epi16(-0x8000), wanted = _mm_set1_epi16(std::int16_t(value ^ 0x8000U));
    __m128i best = turn, lower = _mm_setzero_si128();
    for (; i + 8 <= count; i += 8) {
        const __m128i eight =
            _mm_xor_si128(_mm_loadu_si128(reinterpret_cast<const __m128i *>(values + i)), turn);
        const __m128i same = _mm_cmpeq_epi16(eight, wanted), below = _mm_cmpgt_epi16(wanted, eight);
        out.same |= std::uint64_t(unsigned(_mm_movemask_epi8(_mm_packs_epi16(same, _mm_setzero_si128()))))
            << i;
        lower = _mm_or_si128(lower, below);
        best = _mm_max_epi16(best, _mm_or_si128(_mm_and_si128(below, eight), _mm_andnot_si128(below, turn)));
    }
    out.more = _mm_movemask_epi8(lower) != 0;
    std::uint16_t eight[8];
    _mm_storeu_si128(reinterpret_cast<__m128i *>(eight), _mm_xor_si128(best, turn));
    for (const std::uint16_t one : eight)
        out.next = std::max<unsigned>(out.next, one);
#endif
    for (; i < count; ++i) {
        if (values[i] == value) {
            out.same |= 1ULL << i;
        } else if (values[i] < value) {
            out.next = std::max<unsigned>(out.next, values[i]);
            out.more = true;
        }
    }
    return out;
}
} // namespace

BestFirst::BestFirst(const SuffixArray &array, RankRange range, std::uint16_t groups)
    : m_range(range)
    , m_array(array)
    , m_groups(groups)
{
    constexpr std::uint32_t block = 1U << blockShift, super = 1U << superShift;
    const auto up = [](std::uint32_t value, std::uint32_t to) { return (value + to - 1) / to * to; };
    const std::uint32_t firstBlock = std::min(up(range.from, block), range.to);
    const std::uint32_t lastBlock = std::max(range.to / block * block, firstBlock);
    m_heap.reserve(room);
    addPart(range.from, firstBlock);
    addPart(lastBlock, range.to);
    const std::uint32_t firstSuper = std::min(up(firstBlock, super), lastBlock);
    const std::uint32_t lastSuper = std::max(lastBlock / super * super, firstSuper);
    addBlocks(firstBlock, firstSuper);
    addBlocks(lastSuper, lastBlock);
    for (std::uint32_t at = firstSuper; at < lastSuper; at += super)
        push(m_array.superMax()[at >> superShift], at, Super);
    std::make_heap(m_heap.begin(), m_heap.end());
}

void BestFirst::push(unsigned value, std::uint32_t rank, Kind kind)
{
    m_heap.push_back((std::uint64_t(value) << 34) | (std::uint64_t(~rank) << 2 & 0x3FFFFFFFFULL) | kind);
}

void BestFirst::put(unsigned value, std::uint32_t rank, Kind kind)
{
    push(value, rank, kind);
    std::push_heap(m_heap.begin(), m_heap.end());
}

// A part of a block, at an end of the range.
void BestFirst::addPart(std::uint32_t from, std::uint32_t to)
{
    unsigned value = 0;
    for (std::uint32_t rank = from; rank < to; ++rank)
        value = std::max(value, m_array.scoreAt(rank));
    if (from < to)
        push(value, from, Block);
}

void BestFirst::addBlocks(std::uint32_t from, std::uint32_t to)
{
    for (std::uint32_t at = from; at < to; at += 1U << blockShift) {
        if ((m_array.blockGroups()[at >> blockShift] & m_groups) != 0)
            push(m_array.blockMax()[at >> blockShift], at, Block);
    }
}

void BestFirst::open(unsigned value, std::uint32_t rank, Kind kind)
{
    const std::uint32_t shift = kind == Block ? 0 : blockShift; // of what it consists of
    const std::uint32_t from = rank >> shift;
    const std::uint32_t end = std::min(m_range.to >> shift, (from / most + 1) * most);
    if (end <= from)
        return;
    const Level level =
        levelOf(kind == Block ? m_array.scores(rank) : m_array.blockMax().data() + from, end - from, value);
    for (std::uint64_t left = level.same; left != 0; left &= left - 1) {
        const std::uint32_t at = from + std::uint32_t(__builtin_ctzll(left));
        if (kind == Block)
            put(value, at, Suffix);
        else if ((m_array.blockGroups()[at] & m_groups) != 0)
            put(value, at << shift, Block);
    }
    if (level.more)
        put(level.next, rank, kind);
}

std::int64_t BestFirst::next()
{
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        const std::uint64_t top = m_heap.back();
        m_heap.pop_back();
        const auto rank = ~std::uint32_t(top >> 2);
        const auto kind = Kind(top & 3);
        if (kind == Suffix)
            return rank;
        open(unsigned(top >> 34), rank, kind);
    }
    return -1;
}

} // namespace naru::terminology
