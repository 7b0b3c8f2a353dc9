#include "core/imaging/decode/codecs/CodeBlockContexts.h"

#include <algorithm>
#include <utility>

namespace naru::imaging::codecs {

namespace {
// Table D.1, for bands that are low across.
constexpr int plainZero(int across, int down, int corners)
{
    if (across == 2)
        return 8;
    if (across == 1)
        return down > 0 ? 7 : corners > 0 ? 6 : 5;
    return down > 0 ? 2 + down : std::min(corners, 2);
}

constexpr int cornerZero(int sides, int corners)
{
    if (corners >= 3)
        return 8;
    if (corners == 2)
        return sides > 0 ? 7 : 6;
    return 3 * corners + std::min(sides, 2);
}

constexpr ZeroContexts makeZero(BandKind band)
{
    ZeroContexts out{};
    for (unsigned i = 0; i < out.size(); ++i) {
        const auto bit = [i](int at) { return int(i >> at & 1); };
        int across = bit(3) + bit(5), down = bit(1) + bit(7);
        const int corners = bit(0) + bit(2) + bit(6) + bit(8);
        if (band == BandKind::HighAcross)
            std::swap(across, down);
        out[i] = std::uint8_t(band == BandKind::HighBoth ? cornerZero(across + down, corners)
                                                         : plainZero(across, down, corners));
    }
    return out;
}

constexpr SignContexts makeSign()
{
    SignContexts out{};
    for (unsigned i = 0; i < out.size(); ++i) {
        const auto sign = [i](int at) { return (i >> at & 1) == 0 ? 0 : (i >> (at - 1) & 1) == 0 ? 1 : -1; };
        const int across = std::clamp(sign(3) + sign(5), -1, 1), down = std::clamp(sign(1) + sign(7), -1, 1);
        const bool turned = across < 0 || (across == 0 && down < 0);
        const int label = across == 0 ? (down != 0 ? 1 : 0) : 3 + across * down;
        out[i] = std::uint8_t((SignContext + label) | (turned ? 0x80 : 0));
    }
    return out;
}
} // namespace

const ZeroContexts &zeroContexts(BandKind band)
{
    static constexpr ZeroContexts plain = makeZero(BandKind::Low), across = makeZero(BandKind::HighAcross),
                                  both = makeZero(BandKind::HighBoth);
    switch (band) {
    case BandKind::HighAcross:
        return across;
    case BandKind::HighBoth:
        return both;
    default:
        return plain;
    }
}

const SignContexts &signContexts()
{
    static constexpr SignContexts table = makeSign();
    return table;
}

} // namespace naru::imaging::codecs
