#include "core/imaging/render/Colour.h"

#include "core/imaging/render/Samples.h"

#include <algorithm>
#include <array>
#include <vector>

namespace naru::imaging {

namespace {
// Entries of 16 bits are cut to 8: a palette of 8-bit colours is stored shifted (0xFF00), which scaling would
// darken. Tables that declare 16 bits and fill only 8 are taken as 8.
std::vector<unsigned char> bytesOf(const LookupTable &table)
{
    const bool small =
        std::all_of(table.entries.begin(), table.entries.end(), [](quint16 entry) { return entry <= 255; });
    const int shift = small ? 0 : std::clamp(table.bits, 9, 16) - 8;
    std::vector<unsigned char> out;
    out.reserve(table.entries.size());
    for (const quint16 entry : table.entries)
        out.push_back((unsigned char)(std::min(entry >> shift, 255)));
    return out;
}

struct Channels {
    std::array<std::vector<unsigned char>, 3> bytes{};
    std::array<double, 3> first{};
    bool valid = false;

    explicit Channels(const Palette &palette)
    {
        const LookupTable *tables[3] = {&palette.red, &palette.green, &palette.blue};
        valid = true;
        for (std::size_t c = 0; c < 3; ++c) {
            bytes[c] = bytesOf(*tables[c]);
            first[c] = tables[c]->first;
            valid = valid && !bytes[c].empty();
        }
    }
    bool has(auto sample) const
    {
        return double(sample) >= first[0] && double(sample) < first[0] + double(bytes[0].size());
    }
    void put(double value, unsigned char *to) const
    {
        for (std::size_t c = 0; c < 3; ++c)
            to[c] = bytes[c][std::size_t(std::clamp(value - first[c], 0.0, double(bytes[c].size() - 1)))];
    }
};
} // namespace

void renderRgb(const Frame &frame, const ImageFacts &facts, unsigned char *out)
{
    const int width = FrameShape::bytesOf(frame.shape.type) * 8;
    const int bits = facts.bitsStored >= 1 && facts.bitsStored <= width ? facts.bitsStored : width;
    const double scale = 255.0 / (double(1ULL << bits) - 1);
    withSamples(frame, [&](const auto *samples, std::size_t count) {
        if (bits == 8 && width == 8) {
            std::copy_n(reinterpret_cast<const unsigned char *>(samples), count, out);
            return;
        }
        for (std::size_t i = 0; i < count; ++i)
            out[i] = (unsigned char)(int(std::clamp(double(samples[i]) * scale + 0.5, 0.0, 255.0)));
    });
}

bool renderPalette(const Frame &frame, const Palette &palette, unsigned char *out)
{
    const Channels channels(palette);
    if (!channels.valid)
        return false;
    withSamples(frame, [&](const auto *samples, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            channels.put(double(samples[i]), out + 3 * i);
    });
    return true;
}

bool usesSupplemental(const Frame &frame, const Palette &palette)
{
    const Channels channels(palette);
    return channels.valid && withSamples(frame, [&](const auto *samples, std::size_t count) {
        return std::any_of(samples, samples + count, [&](auto sample) { return channels.has(sample); });
    });
}

void renderSupplemental(
    const Frame &frame, const Palette &palette, const unsigned char *grey, unsigned char *out)
{
    const Channels channels(palette);
    withSamples(frame, [&](const auto *samples, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (channels.valid && channels.has(samples[i]))
                channels.put(double(samples[i]), out + 3 * i);
            else
                std::fill_n(out + 3 * i, 3, grey[i]);
        }
    });
}

} // namespace naru::imaging
