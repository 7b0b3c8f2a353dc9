// Words that mix initials with syllables.
#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/Searcher.h"

namespace naru::terminology {

namespace {
bool syllableBegins(const unsigned char *at)
{
    return isConsonantKey(char(at[0])) && isVowelKey(char(at[1]));
}

// Behind the syllable, letter or digit at `at`.
const unsigned char *nextLetter(const unsigned char *at)
{
    if (!isHangulKey(char(*at)))
        return at + 1;
    ++at;
    while (isVowelKey(char(*at)))
        ++at;
    while (isConsonantKey(char(*at)) && !syllableBegins(at))
        ++at;
    return at;
}
} // namespace

bool Searcher::matchesPieces(std::uint32_t position, const std::vector<QueryWord::Piece> &pieces) const
{
    const unsigned char *at = m_image.array(IndexImage::NamesArray).bytes(position);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const QueryWord::Piece &piece = pieces[i];
        if (*at == 0 || std::memcmp(at, piece.keys.constData(), std::size_t(piece.keys.size())) != 0)
            return false;
        if (i + 1 == pieces.size())
            return true;
        const unsigned char *next = nextLetter(at);
        if (!piece.initial && next != at + piece.keys.size())
            return false;
        at = next;
    }
    return true;
}

// The name behind a string of initials, at the same syllable, if the letters fit there; 0 otherwise.
std::uint32_t Searcher::sameString(
    std::uint32_t initialsPosition, std::uint32_t term, const std::vector<QueryWord::Piece> &pieces) const
{
    const SuffixArray &initials = m_image.array(IndexImage::InitialsArray);
    std::uint32_t start = initialsPosition;
    while (start > 1 && initials.bytes(start)[-1] != 0)
        --start;
    const unsigned char source = initials.bytes(start)[0], number = initials.bytes(start)[1];
    const std::uint32_t letters = initialsPosition - start - 2;
    const SuffixArray &names = m_image.array(IndexImage::NamesArray);
    const auto [from, to] = names.strings(term);
    for (std::uint32_t at = from; at + 2 < to;) {
        const auto size = std::uint32_t(std::strlen(reinterpret_cast<const char *>(names.bytes(at))));
        if (names.bytes(at)[0] == source && names.bytes(at)[1] == number) {
            const unsigned char *letter = names.bytes(at + 2);
            for (std::uint32_t i = 0; i < letters && *letter != 0; ++i)
                letter = nextLetter(letter);
            const auto position = std::uint32_t(letter - names.bytes(0));
            if (position < to && matchesPieces(position, pieces))
                return position;
        }
        at += size + 1;
    }
    return 0;
}

bool Searcher::fits(const Reading &reading, std::uint32_t position, std::uint32_t term) const
{
    return !reading.pieces || sameString(position, term, *reading.pieces) != 0;
}

} // namespace naru::terminology
