// One packet at a time, for HtPackets.h: its header with the two tag trees of each band (T.800 B.10), and the
// lengths and trailers of the code blocks behind it.
#pragma once

#include "core/imaging/decode/codecs/J2kTagTree.h"

namespace naru::imaging::codecs {

struct HtBlocks { // of one band in one precinct
    int across = 0, down = 0;
};

class HtPacketReader {
public:
    HtPacketReader(std::span<const std::uint8_t> bytes, bool mayUseSop, bool usesEph);
    bool atEnd() const { return m_bits.left().empty(); }
    // Behind the packet, or false where it is damaged.
    bool pass(std::span<const HtBlocks> bands);

private:
    struct Block {
        std::uint32_t first = 0, second = 0; // bytes of the cleanup pass, and of the others
    };

    bool passSop();
    bool headerEnd();
    bool bandHeader(const HtBlocks &blocks);
    bool passes(int &count);
    bool lengths();
    bool blockData(const Block &block);

    J2kHeaderBits m_bits;
    bool m_mayUseSop = false, m_usesEph = false;
    J2kTagTree m_inclusion{}, m_planes{};
    std::vector<Block> m_blocks{};
};

} // namespace naru::imaging::codecs
