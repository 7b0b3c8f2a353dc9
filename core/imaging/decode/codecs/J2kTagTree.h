// A tag tree and the bits of packet headers (ISO/IEC 15444-1 B.10.1 and B.10.2).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace naru::imaging::codecs {

// Bytes behind FF begin with a bit that is none.
class J2kHeaderBits {
public:
    explicit J2kHeaderBits(std::span<const std::uint8_t> bytes)
        : m_left(bytes)
    {
    }
    bool bit(std::uint32_t &value)
    {
        if (m_bits == 0 && !more())
            return false;
        value = m_byte >> --m_bits & 1;
        return true;
    }
    bool bits(int count, std::uint32_t &value);
    // To the byte behind the header. One that ends with FF is followed by a byte for the stuffed bit, and
    // that is no FF.
    bool end();

    std::span<const std::uint8_t> left() const { return m_left; }
    bool skip(std::size_t bytes); // between headers

private:
    bool more();

    std::span<const std::uint8_t> m_left{};
    std::uint32_t m_byte = 0;
    int m_bits = 0; // of m_byte not yet read
    bool m_stuffed = false;
};

class J2kTagTree {
public:
    static constexpr int MostLevels = 18; // 2^17 leaves a side are more than a precinct has
    bool reset(int across, int down); // false: more levels than that
    // Reads until it is known whether the value of a leaf is below `limit`, and says so; false where the
    // bits are at an end.
    bool below(J2kHeaderBits &bits, int x, int y, std::uint32_t limit, bool &is);
    // The whole value, which may not be beyond `most`.
    bool value(J2kHeaderBits &bits, int x, int y, std::uint32_t most, std::uint32_t &found);

private:
    struct Node {
        std::uint16_t value = 0; // at least
        bool known = false;
    };
    struct Level {
        std::uint32_t first = 0, across = 0;
    };
    std::vector<Node> m_nodes{};
    std::vector<Level> m_levels{}; // from the leaves to the root
};

} // namespace naru::imaging::codecs
