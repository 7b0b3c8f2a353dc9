#include "core/imaging/render/Render.h"

#include "core/imaging/Errors.h"
#include "core/imaging/render/Colour.h"
#include "core/imaging/render/Cover.h"
#include "core/imaging/render/Grey.h"
#include "core/imaging/render/Samples.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace naru::imaging {

namespace {
unsigned char *bytesOf(Raster &raster)
{
    return reinterpret_cast<unsigned char *>(raster.bytes.data());
}

void flip(Raster &raster)
{
    unsigned char *bytes = bytesOf(raster);
    for (qsizetype i = 0; i < raster.bytes.size(); ++i)
        bytes[i] = (unsigned char)(255 - bytes[i]);
}

// MONOCHROME1 and the inverse presentation LUT shape say the same thing of the same image (DX, C.8.11.3) and
// must not cancel each other out. A negative slope is no inversion: the window works on rescaled values.
bool showsLowBright(const ImageFacts &facts)
{
    return facts.photometric == QLatin1String("MONOCHROME1")
        || facts.presentationLutShape == QLatin1String("INVERSE");
}

// The pixels of an area in one piece; whole rows share the memory of the frame.
Frame cut(const Frame &frame, const Area &area)
{
    Frame out = frame;
    out.shape.rows = area.rows;
    out.shape.columns = area.columns;
    const std::size_t pixel =
        std::size_t(FrameShape::bytesOf(frame.shape.type)) * std::size_t(frame.shape.samples);
    const std::size_t from = pixel * std::size_t(frame.shape.columns), to = pixel * std::size_t(area.columns);
    const std::size_t start = std::size_t(area.top) * from + std::size_t(area.left) * pixel;
    if (from == to) {
        out.data = frame.data.subspan(start, out.shape.bytes());
        return out;
    }
    const std::shared_ptr<std::byte[]> memory(new std::byte[out.shape.bytes()]);
    for (std::size_t row = 0; row < std::size_t(area.rows); ++row)
        std::memcpy(memory.get() + row * to, frame.data.data() + start + row * from, to);
    out.data = {memory.get(), out.shape.bytes()};
    out.owner = memory;
    return out;
}

base::Status colours(const Frame &part, const ImageFacts &facts, Raster &raster)
{
    raster.channels = 3;
    raster.bytes = QByteArray(3 * qsizetype(raster.rows) * raster.columns, Qt::Uninitialized);
    if (part.shape.samples == 3)
        renderRgb(part, facts, bytesOf(raster));
    else if (!facts.palette || !renderPalette(part, *facts.palette, bytesOf(raster)))
        return base::Error(errors::Malformed, QStringLiteral("palette"),
            {{QStringLiteral("what"), QStringLiteral("palette")}});
    return {};
}

// `part` is painted; what depends on all pixels (the range of values, whether there is colour) is the
// frame's.
base::Status pixels(const Frame &frame, const Frame &part, const ImageFacts &facts, int frameIndex,
    const RenderChoice &choice, Raster &raster)
{
    if (frame.shape.samples == 3 || facts.photometric == QLatin1String("PALETTE COLOR")) {
        NARU_TRY(colours(part, facts, raster));
        if (choice.invert)
            flip(raster);
        return {};
    }
    const qsizetype count = qsizetype(raster.rows) * raster.columns;
    const Modality modality(facts, frameIndex);
    const Voi voi = chooseVoi(frame, facts, frameIndex, modality, choice);
    raster.bytes = QByteArray(count, Qt::Uninitialized);
    renderGrey(part, modality, voi, showsLowBright(facts) != choice.invert, bytesOf(raster));
    if (facts.palette && facts.palette->supplemental && usesSupplemental(frame, *facts.palette)) {
        Raster colour{raster.rows, raster.columns, 3, QByteArray(3 * count, Qt::Uninitialized)};
        renderSupplemental(part, *facts.palette, bytesOf(raster), bytesOf(colour));
        raster = std::move(colour);
    }
    return {};
}

base::Result<Frame> exactly(const Frame &frame)
{
    if (!isWhole(frame) || (frame.shape.samples != 1 && frame.shape.samples != 3))
        return base::Error(errors::BadGeometry, QStringLiteral("frame"));
    Frame exact = frame; // shared memory may be longer than the frame
    exact.data = frame.data.first(frame.shape.bytes());
    return exact;
}

Area within(const Area &area, const FrameShape &shape)
{
    const qint64 top = std::clamp(area.top, 0, shape.rows), left = std::clamp(area.left, 0, shape.columns);
    const qint64 bottom = std::clamp<qint64>(qint64(area.top) + area.rows, top, shape.rows);
    const qint64 right = std::clamp<qint64>(qint64(area.left) + area.columns, left, shape.columns);
    return {int(top), int(left), int(bottom - top), int(right - left)};
}
} // namespace

base::Result<Raster> render(
    const Frame &frame, const ImageFacts &facts, int frameIndex, const RenderChoice &choice)
{
    NARU_ASSIGN(const Frame exact, exactly(frame));
    Raster raster{frame.shape.rows, frame.shape.columns, 1, {}};
    NARU_TRY(pixels(exact, exact, facts, frameIndex, choice, raster));
    if (choice.overlays)
        burnOverlays(facts, frameIndex, raster);
    if (choice.shutter && facts.shutter)
        closeShutter(*facts.shutter, raster);
    return raster;
}

base::Result<Raster> renderArea(
    const Frame &frame, const ImageFacts &facts, int frameIndex, const RenderChoice &choice, const Area &area)
{
    NARU_ASSIGN(const Frame exact, exactly(frame));
    const Area inside = within(area, frame.shape);
    Raster raster{inside.rows, inside.columns, 1, {}};
    if (inside.rows > 0 && inside.columns > 0)
        NARU_TRY(pixels(exact, cut(exact, inside), facts, frameIndex, choice, raster));
    return raster;
}

Probe probe(const Frame &frame, const ImageFacts &facts, int frameIndex, int row, int column)
{
    Probe out;
    out.value = std::numeric_limits<double>::quiet_NaN();
    const FrameShape &shape = frame.shape;
    if (!isWhole(frame) || shape.samples != 1 || facts.photometric == QLatin1String("PALETTE COLOR")
        || row < 0 || column < 0 || row >= shape.rows || column >= shape.columns)
        return out;
    const Modality modality(facts, frameIndex);
    const std::size_t at = std::size_t(row) * std::size_t(shape.columns) + std::size_t(column);
    const double stored =
        withSamples(frame, [at](const auto *samples, std::size_t) { return double(samples[at]); });
    out.unit = modality.unit();
    if (!modality.isPadding(stored))
        out.value = modality(stored);
    return out;
}

} // namespace naru::imaging
