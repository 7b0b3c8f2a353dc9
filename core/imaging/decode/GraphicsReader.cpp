// Overlays, shutter and ultrasound regions (PS3.3 C.9.2, C.7.6.11, C.8.5.5).
#include "core/imaging/decode/FactsReader.h"
#include "core/imaging/decode/Tags.h"

#include <cmath>

namespace naru::imaging {

namespace {
// Of all overlays of an object: 16 planes of a mammogram are 42 million bytes, one of a film 8.
constexpr qint64 MostOverlayBytes = 48 * 1024 * 1024;

std::optional<Overlay> overlayOf(
    const DataSet &set, quint32 group, TextReader &text, const ImageFacts &facts, qint64 mostBytes)
{
    const quint32 base = group << 16;
    Overlay out;
    out.group = int(0x6000 + group);
    out.rows = set.integer(tag::OverlayRows + base, "US");
    out.columns = set.integer(tag::OverlayColumns + base, "US");
    const std::vector<double> origin = set.numbers(tag::OverlayOrigin + base, "SS", 2);
    const auto sane = [](double v) { return std::abs(v) <= 65536; }; // false for NaN
    if (origin.size() == 2 && sane(origin[0]) && sane(origin[1])) {
        out.originRow = int(origin[0]);
        out.originColumn = int(origin[1]);
    }
    out.frames = qMax(1, set.integer(tag::OverlayFrames + base, "IS", 1));
    out.firstFrame = qMax(1, set.integer(tag::OverlayFirstFrame + base, "US", 1));
    out.label = text.read(set, tag::OverlayLabel + base);
    if (set.has(tag::OverlayData + base)) {
        if (out.rows <= 0 || out.columns <= 0)
            return std::nullopt;
        out.bits = set.bytes(tag::OverlayData + base, mostBytes);
        if (const Element *data = set.find(tag::OverlayData + base);
            data->vr == vrOf("OW") && set.encoding().bigEndian) { // bits are counted in words
            for (qsizetype i = 0; i + 1 < out.bits.size(); i += 2)
                std::swap(out.bits[i], out.bits[i + 1]);
        }
        const qint64 wanted = (qint64(out.rows) * out.columns * out.frames + 7) / 8;
        return out.bits.size() >= wanted ? std::optional(out) : std::nullopt;
    }
    const int bit = set.integer(tag::OverlayBitPosition + base, "US", -1);
    if (bit < 0 || bit >= facts.bitsAllocated || facts.bitsAllocated > 16)
        return std::nullopt;
    out.embeddedBit = bit;
    out.rows = facts.rows;
    out.columns = facts.columns;
    out.frames = facts.frames;
    return out;
}

void readShutter(const DataSet &set, ImageFacts &facts)
{
    if (!set.has(tag::ShutterShape))
        return;
    Shutter out;
    out.shape = set.asciis(tag::ShutterShape).join(QLatin1Char('\\'));
    out.left = set.integer(tag::ShutterLeft, "IS");
    out.right = set.integer(tag::ShutterRight, "IS");
    out.top = set.integer(tag::ShutterUpper, "IS");
    out.bottom = set.integer(tag::ShutterLower, "IS");
    const std::vector<double> centre = set.numbers(tag::ShutterCentre, "IS", 2);
    const auto whole = [](double v) { return std::isfinite(v) && std::abs(v) < 1e9 ? int(v) : 0; };
    if (centre.size() == 2) {
        out.centreRow = whole(centre[0]);
        out.centreColumn = whole(centre[1]);
    }
    out.radius = set.integer(tag::ShutterRadius, "IS");
    for (const double vertex : set.numbers(tag::ShutterVertices, "IS", 20000))
        out.vertices.push_back(whole(vertex));
    if (out.vertices.size() % 2)
        out.vertices.pop_back();
    out.value = set.integer(tag::ShutterValue, "US");
    facts.shutter = std::move(out);
}

void readRegions(const DataSet &set, ImageFacts &facts)
{
    for (const DataSet &item : set.items(tag::UltrasoundRegions, 256)) {
        UltrasoundRegion region;
        region.left = item.integer(0x00186018, "UL");
        region.top = item.integer(0x0018601A, "UL");
        region.right = item.integer(0x0018601C, "UL");
        region.bottom = item.integer(0x0018601E, "UL");
        region.unitX = item.integer(0x00186024, "US");
        region.unitY = item.integer(0x00186026, "US");
        region.deltaX = item.number(0x0018602C, "FD").value_or(0);
        region.deltaY = item.number(0x0018602E, "FD").value_or(0);
        region.flags = item.integer(0x00186016, "UL");
        facts.regions.push_back(region);
    }
    // One calibrated region in cm: its spacing serves the whole image; of several, the one under the tool
    // decides.
    constexpr int Centimetres = 3;
    if (facts.regions.size() != 1)
        return;
    const UltrasoundRegion &only = facts.regions.front();
    if (only.unitX != Centimetres || only.unitY != Centimetres || only.deltaX == 0 || only.deltaY == 0)
        return;
    for (FrameFacts &frame : facts.frameFacts) {
        if (frame.spacingSource != SpacingSource::None)
            continue;
        frame.spacingRow = std::abs(only.deltaY) * 10;
        frame.spacingColumn = std::abs(only.deltaX) * 10;
        frame.spacingSource = SpacingSource::UltrasoundRegion;
    }
}
} // namespace

void readGraphics(const DataSet &set, TextReader &text, ImageFacts &facts)
{
    qint64 left = MostOverlayBytes;
    for (quint32 group = 0; group < 0x20; group += 2) {
        const quint32 base = group << 16;
        if (!set.has(tag::OverlayRows + base) && !set.has(tag::OverlayData + base)
            && !set.has(tag::OverlayBitPosition + base))
            continue;
        if (auto overlay = overlayOf(set, group, text, facts, left)) {
            left -= overlay->bits.size();
            facts.overlays.push_back(std::move(*overlay));
        } else {
            facts.notes.append(QStringLiteral("an overlay is unreadable"));
        }
    }
    readShutter(set, facts);
    readRegions(set, facts);
}

} // namespace naru::imaging
