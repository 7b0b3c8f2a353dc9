#include "core/imaging/decode/codecs/JpegLsHeader.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <cstring>

namespace naru::imaging::codecs {

namespace {
int big16(const std::uint8_t *at)
{
    return at[0] << 8 | at[1];
}

int clampOrLow(int value, int low, int high)
{
    return value > high || value < low ? low : value;
}

// The marker that ends entropy-coded data: FF followed by a byte with its high bit set (C.1: coded data have
// a zero bit there).
const std::uint8_t *endOfData(const std::uint8_t *at, const std::uint8_t *end)
{
    while (at + 1 < end) {
        at = static_cast<const std::uint8_t *>(std::memchr(at, 0xFF, std::size_t(end - at - 1)));
        if (!at)
            return end;
        if (at[1] & 0x80)
            return at;
        ++at;
    }
    return end;
}

struct Reader {
    const JpegHeader &header;
    JpegLsStream out{};
    JpegLsPreset given{}; // zeros: default
    std::array<bool, 4> seen{};

    void presets(const std::uint8_t *body, int length)
    {
        if (length < 11 || body[0] != 1) {
            out.plain = false;
            return;
        }
        given = {big16(body + 1), big16(body + 3), big16(body + 5), big16(body + 7), big16(body + 9)};
    }
    base::Status scan(const std::uint8_t *body, int length)
    {
        JpegLsScan scan;
        const int count = length > 0 ? body[0] : 0;
        if (count < 1 || count > int(header.components.size()) || length < 4 + 2 * count)
            return failed(QStringLiteral("the JPEG-LS scan header is cut off"));
        for (int i = 0; i < count; ++i) {
            int found = -1;
            for (int c = int(header.components.size()) - 1; c >= 0; --c)
                found = header.components[std::size_t(c)].id == body[1 + 2 * i] ? c : found;
            if (found < 0 || seen[std::size_t(found)])
                return failed(QStringLiteral("a JPEG-LS scan names an unknown or finished component"));
            seen[std::size_t(found)] = true;
            out.plain = out.plain && body[2 + 2 * i] == 0; // mapping table
            scan.components.push_back(found);
        }
        scan.near = body[1 + 2 * count];
        scan.interleave = body[2 + 2 * count];
        out.plain = out.plain && body[3 + 2 * count] == 0; // point transform
        return preset(scan);
    }
    base::Status preset(JpegLsScan &scan)
    {
        const int top = (1 << header.precision) - 1;
        const int maximum = given.maximum > 0 ? given.maximum : top;
        if (maximum > top || scan.near > std::min(255, maximum / 2) || scan.interleave > 2
            || (scan.interleave == 0 && scan.components.size() > 1))
            return failed(QStringLiteral("the JPEG-LS parameters are out of range"));
        scan.preset = defaultPreset(maximum, scan.near);
        const auto take = [](int value, int &into) { into = value > 0 ? value : into; };
        take(given.t1, scan.preset.t1);
        take(given.t2, scan.preset.t2);
        take(given.t3, scan.preset.t3);
        take(given.reset, scan.preset.reset);
        const JpegLsPreset &p = scan.preset;
        if (p.t1 < scan.near + 1 || p.t2 < p.t1 || p.t3 < p.t2 || p.t3 > maximum || p.reset < 3
            || p.reset > std::max(255, maximum))
            return failed(QStringLiteral("the JPEG-LS parameters are out of range"));
        out.plain = out.plain && p.reset <= 1024; // counters are sized for it; the default is 64
        out.scans.push_back(std::move(scan));
        return {};
    }
};
} // namespace

JpegLsPreset defaultPreset(int maximum, int near)
{
    JpegLsPreset out{maximum, 0, 0, 0, 64};
    const auto limited = [&](int value, int low) { return clampOrLow(value, low, maximum); };
    if (maximum >= 128) {
        const int factor = (std::min(maximum, 4095) + 128) / 256;
        out.t1 = limited(factor * (3 - 2) + 2 + 3 * near, near + 1);
        out.t2 = limited(factor * (7 - 3) + 3 + 5 * near, out.t1);
        out.t3 = limited(factor * (21 - 4) + 4 + 7 * near, out.t2);
    } else {
        const int factor = 256 / (maximum + 1);
        out.t1 = limited(std::max(2, 3 / factor + 3 * near), near + 1);
        out.t2 = limited(std::max(3, 7 / factor + 5 * near), out.t1);
        out.t3 = limited(std::max(4, 21 / factor + 7 * near), out.t2);
    }
    return out;
}

base::Result<JpegLsStream> readJpegLs(const JpegHeader &header, std::span<const std::byte> bytes)
{
    Reader reader{header};
    const auto *at = reinterpret_cast<const std::uint8_t *>(bytes.data()) + 2;
    const auto *const end = at + bytes.size() - 2;
    std::size_t done = 0;
    while (done < header.components.size()) {
        if (end - at < 4)
            return failed(QStringLiteral("the JPEG-LS stream ends before its last scan"));
        const int marker = at[1];
        if (at[0] != 0xFF || marker == 0xFF) {
            ++at;
            continue;
        }
        const int length = big16(at + 2);
        if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9) || length < 2 || length > end - at - 2)
            return failed(QStringLiteral("the JPEG-LS stream ends before its last scan"));
        const std::uint8_t *body = at + 4;
        at += 2 + length;
        if (marker == 0xF8)
            reader.presets(body, length - 2);
        if (marker == 0xDD || (marker == 0xE8 && length >= 6 && std::memcmp(body, "mrfx", 4) == 0))
            reader.out.plain = false; // restart interval, colour transform of HP
        if (marker != 0xDA)
            continue;
        NARU_TRY(reader.scan(body, length - 2));
        JpegLsScan &scan = reader.out.scans.back();
        done += scan.components.size();
        scan.begin = at;
        scan.end = at = endOfData(at, end);
    }
    return reader.out;
}

} // namespace naru::imaging::codecs
