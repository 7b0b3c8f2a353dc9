// The packets of one tile (ISO/IEC 15444-1 B.9 and B.10) taken apart into code blocks. Nothing is decoded,
// and nothing is copied but what several layers have of the same block.
#pragma once

#include "core/imaging/decode/codecs/J2kTagTree.h"
#include "core/imaging/decode/codecs/J2kTile.h"

#include <array>
#include <memory>

namespace naru::imaging::codecs {

struct J2kBlock {
    int x = 0, y = 0, width = 0, height = 0; // in the band of the tile
    int planes = 0, passes = 0, lengthBits = 3;
    int bandPlanes = 0; // planes and those that are missing
    std::vector<std::span<const std::uint8_t>> pieces{}; // of the layers
};

class J2kBlocks {
public:
    J2kBlocks(const J2kHeader &header, const J2kTile &tile);
    // False where the packets are not exactly what the headers promise: damaged, cut off or of a kind that is
    // not read here.
    bool read(std::span<const J2kTilePart *const> parts);

    // Calls take(component, resolution, band, block) for every block that has something.
    template <typename Take> void each(Take take) const
    {
        for (std::size_t c = 0; c < m_precincts.size(); ++c) {
            for (std::size_t r = 0; r < m_precincts[c].size(); ++r)
                eachOf(int(c), int(r), take);
        }
    }

private:
    struct Band {
        int across = 0, down = 0; // blocks
        J2kTagTree inclusion{}, planes{};
        std::vector<J2kBlock> blocks{};
    };
    using Precinct = std::array<Band, 3>;
    using Precincts = std::vector<std::unique_ptr<Precinct>>; // made when the first packet has something

    template <typename Take> void eachOf(int component, int resolution, Take &take) const
    {
        const int first = resolution == 0 ? 0 : 1;
        for (const auto &precinct : m_precincts[std::size_t(component)][std::size_t(resolution)]) {
            for (int i = 0; precinct && i < 3; ++i) {
                for (const J2kBlock &block : (*precinct)[std::size_t(i)].blocks) {
                    if (block.passes > 0)
                        take(component, resolution, first + i, block);
                }
            }
        }
    }
    bool packet(J2kHeaderBits &bits, const J2kPacket &at);
    std::unique_ptr<Precinct> makePrecinct(const J2kResolution &resolution, std::int64_t index) const;
    bool bandHeader(J2kHeaderBits &bits, Band &band, int layer, int mostPlanes);
    bool blockHeader(J2kHeaderBits &bits, J2kBlock &block);

    struct Piece {
        J2kBlock *block = nullptr;
        std::size_t bytes = 0;
    };
    const J2kHeader &m_header;
    const J2kTile &m_tile;
    std::vector<std::vector<Precincts>> m_precincts{}; // of the components' resolutions
    std::vector<Piece> m_pieces{}; // of the packet
};

// Bits of the magnitudes of a band (E-2), by its number among all: 0 LL, then HL, LH, HH of each level.
int j2kPlanes(const J2kQuantization &steps, int band);

} // namespace naru::imaging::codecs
