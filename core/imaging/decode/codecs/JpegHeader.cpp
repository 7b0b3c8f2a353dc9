#include "core/imaging/decode/codecs/JpegHeader.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <cstring>

namespace naru::imaging::codecs {

namespace {
int big16(const std::uint8_t *at)
{
    return at[0] << 8 | at[1];
}

bool isStartOfFrame(int marker)
{
    return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
        || marker == 0xF7;
}

base::Status readFrame(int marker, const std::uint8_t *body, int length, JpegHeader &out)
{
    if (out.process >= 0)
        return failed(QStringLiteral("the JPEG stream has two frames"));
    if (length < 6)
        return failed(QStringLiteral("the JPEG frame header is cut off"));
    out.process = marker;
    out.precision = body[0];
    out.rows = big16(body + 1);
    out.columns = big16(body + 3);
    const int components = body[5];
    if (components < 1 || components > 4 || length < 6 + 3 * components)
        return failed(QStringLiteral("the JPEG frame header has %1 components").arg(components));
    for (int i = 0; i < components; ++i) {
        const std::uint8_t *at = body + 6 + 3 * i;
        const JpegComponent component{at[0], at[1] >> 4, at[1] & 15};
        if (component.horizontal < 1 || component.horizontal > 4 || component.vertical < 1
            || component.vertical > 4)
            return failed(QStringLiteral("a JPEG sampling factor is out of range"));
        out.components.push_back(component);
    }
    return {};
}

void readApplication(int marker, const std::uint8_t *body, int length, JpegHeader &out)
{
    if (marker == 0xE0 && length >= 5 && std::memcmp(body, "JFIF", 5) == 0)
        out.jfif = true;
    if (marker == 0xEE && length >= 12 && std::memcmp(body, "Adobe", 5) == 0)
        out.adobeTransform = body[11];
}

// Scans and TEM markers behind the header; inside entropy-coded data FF is followed by 00 or a marker.
void countMarkers(const std::uint8_t *at, const std::uint8_t *end, JpegHeader &out)
{
    while (at + 1 < end) {
        at = static_cast<const std::uint8_t *>(std::memchr(at, 0xFF, std::size_t(end - at - 1)));
        if (!at)
            return;
        const int marker = at[1];
        if (marker == 0xDA)
            ++out.scans;
        if (marker == 0x01)
            out.temporaryMarker = true;
        at += marker == 0xFF ? 1 : 2;
    }
}
} // namespace

base::Result<JpegHeader> readJpegHeader(std::span<const std::byte> bytes)
{
    const auto *at = reinterpret_cast<const std::uint8_t *>(bytes.data());
    const std::uint8_t *const end = at + bytes.size();
    if (bytes.size() < 4 || at[0] != 0xFF || at[1] != 0xD8)
        return failed(QStringLiteral("the frame is no JPEG stream"));
    at += 2;
    JpegHeader out;
    while (end - at >= 4) {
        const int marker = at[1];
        if (at[0] != 0xFF || marker == 0xFF
            || marker == 0) { // bytes between markers, which decoders pass over
            ++at;
            continue;
        }
        if (marker == 0x01 || marker == 0xD9 || (marker >= 0xD0 && marker <= 0xD8))
            return failed(QStringLiteral("JPEG marker %1 before the first scan").arg(marker, 2, 16));
        const int length = big16(at + 2);
        if (length < 2 || length > end - at - 2)
            return failed(QStringLiteral("a JPEG marker segment is cut off"));
        if (isStartOfFrame(marker))
            NARU_TRY(readFrame(marker, at + 4, length - 2, out));
        readApplication(marker, at + 4, length - 2, out);
        if (marker == 0xDA) {
            if (out.process < 0)
                return failed(QStringLiteral("a JPEG scan before its frame header"));
            countMarkers(at, end, out);
            return out;
        }
        at += 2 + length;
    }
    return failed(QStringLiteral("the JPEG stream has no scan"));
}

base::Status matches(const JpegHeader &header, const CodecInput &input)
{
    if (header.rows != 0 && header.rows != input.shape.rows)
        return mismatch(QStringLiteral("the number of rows"), header.rows, input.shape.rows);
    if (header.columns != input.shape.columns)
        return mismatch(QStringLiteral("the number of columns"), header.columns, input.shape.columns);
    if (int(header.components.size()) != input.shape.samples)
        return mismatch(QStringLiteral("the number of samples a pixel"), qint64(header.components.size()),
            input.shape.samples);
    const int width = FrameShape::bytesOf(input.shape.type) * 8;
    if (header.precision < 2 || header.precision > width)
        return mismatch(QStringLiteral("the precision"), header.precision, input.bitsStored);
    return {};
}

namespace {
bool lettersAre(const std::vector<JpegComponent> &parts, const char *letters)
{
    return parts[0].id == letters[0] && parts[1].id == letters[1] && parts[2].id == letters[2];
}
} // namespace

bool holdsYbr(const JpegHeader &header, const QString &photometric, QString *note)
{
    if (header.components.size() != 3)
        return false;
    const bool tag = namesYbr(photometric);
    const bool dct = header.process >= 0xC0 && header.process <= 0xC2;
    const auto &parts = header.components;
    const bool coarser =
        dct && (parts[0].horizontal != parts[1].horizontal || parts[0].vertical != parts[1].vertical);
    bool found = tag;
    if (header.adobeTransform >= 0)
        found = header.adobeTransform != 0;
    else if (dct && !header.jfif && (lettersAre(parts, "RGB") || lettersAre(parts, "rgb")))
        found = false;
    else if ((dct && header.jfif) || (coarser && photometric != QLatin1String("RGB")))
        found = true;
    if (found != tag && note)
        *note = found ? QStringLiteral("JPEG holds YCbCr although the data set says %1").arg(photometric)
                      : QStringLiteral("JPEG holds RGB although the data set says %1").arg(photometric);
    else if (coarser && !found && note)
        *note = QStringLiteral(
            "JPEG with coarser second and third components, taken as the RGB that the data set says");
    return found;
}

} // namespace naru::imaging::codecs
