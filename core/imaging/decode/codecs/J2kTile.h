// What a tile consists of and in which order its packets come (ISO/IEC 15444-1 Annex B), from the headers
// alone.
#pragma once

#include "core/imaging/decode/codecs/J2kHeader.h"

namespace naru::imaging::codecs {

struct J2kSide { // from, to: along one direction
    std::int64_t from = 0, to = 0;
    bool empty() const { return to <= from; }
    std::int64_t length() const { return to - from; }
};

// One resolution of one component of one tile. Bands are numbered 0 LL, 1 HL, 2 LH, 3 HH.
struct J2kResolution {
    J2kSide across{}, down{};
    int wide = 15, high = 15; // exponents of its precincts
    int blockWide = 0, blockHigh = 0; // exponents of the code blocks
    std::int64_t stepX = 1, stepY = 1; // of its samples on the reference grid
    std::int64_t precinctsAcross = 0, precincts = 0;
    bool isLowest = false;

    int firstBand() const { return isLowest ? 0 : 1; }
    int bands() const { return isLowest ? 1 : 3; }
    J2kSide ofBand(const J2kSide &side, int high) const; // B-15
    bool holds(int band) const;
    // What a precinct has of a band, across or down.
    J2kSide precinct(std::int64_t index, int band, bool vertical) const;
};

struct J2kTile {
    using Component = std::vector<J2kResolution>;
    J2kTile(const J2kHeader &header, int number);

    J2kSide across{}, down{}; // on the reference grid
    std::vector<Component> components{};
};

struct J2kPacket {
    int component = 0, resolution = 0, layer = 0;
    std::int64_t precinct = 0;
};

// Clause B.12.1, without changes of the order on the way.
class J2kPacketOrder {
public:
    J2kPacketOrder(const J2kTile &tile, const J2kCoding &coding);
    bool next(J2kPacket &packet); // false: there is no more

private:
    bool byCount(J2kPacket &packet);
    bool byPlace(J2kPacket &packet);
    bool nextCount();
    bool findPlace();

    const J2kTile &m_tile;
    int m_order = 0, m_layers = 0, m_resolutions = 0, m_parts = 0;
    J2kPacket m_at{}; // the next one
    bool m_begun = false;
    int m_group = 0; // by place: of the resolutions or the components
    std::vector<std::int64_t> m_next{}; // precinct of each component's resolutions
};

} // namespace naru::imaging::codecs
