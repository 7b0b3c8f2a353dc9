// One packet at a time, for HtPackets.h: its header with the two tag trees of each band (T.800 B.10), and the
// lengths and trailers of the code blocks behind it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace naru::imaging::codecs {

struct HtBlocks { // of one band in one precinct
    int across = 0, down = 0;
};

class HtPacketReader {
public:
    HtPacketReader(std::span<const std::uint8_t> bytes, bool mayUseSop, bool usesEph);
    bool atEnd() const { return m_left.empty(); }
    // Behind the packet, or false where it is damaged.
    bool pass(std::span<const HtBlocks> bands);

private:
    struct Tree {
        std::vector<std::uint8_t> values{}, known{};
        int across = 0;
        std::size_t at(int x, int y) const { return std::size_t(y) * std::size_t(across) + std::size_t(x); }
    };
    struct Block {
        std::uint32_t first = 0, second = 0; // bytes of the cleanup pass, and of the others
    };
    using Trees = std::array<Tree, 18>; // 2^17 blocks a side are more than a precinct has

    bool bit(std::uint32_t &value);
    bool bits(int count, std::uint32_t &value);
    bool passSop();
    bool headerEnd();
    bool bandHeader(const HtBlocks &blocks);
    bool included(int x, int y, int levels, bool &inside);
    bool missingPlanes(int x, int y, int levels);
    bool passes(int &count);
    bool lengths();
    bool blockData(const Block &block);
    static void clear(Trees &trees, const HtBlocks &blocks, int levels);

    std::span<const std::uint8_t> m_left{};
    std::uint32_t m_byte = 0;
    int m_bits = 0; // of m_byte not yet read
    bool m_stuffed = false; // the next byte begins with a bit that is none
    bool m_mayUseSop = false, m_usesEph = false;
    Trees m_inclusion{}, m_planes{};
    std::vector<Block> m_blocks{};
};

} // namespace naru::imaging::codecs
