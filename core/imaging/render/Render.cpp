#include "core/imaging/render/Render.h"

#include "core/imaging/Errors.h"
#include "core/imaging/render/Colour.h"
#include "core/imaging/render/Cover.h"
#include "core/imaging/render/Grey.h"
#include "core/imaging/render/Samples.h"

#include <cmath>
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

base::Status pixels(
    const Frame &frame, const ImageFacts &facts, int frameIndex, const RenderChoice &choice, Raster &raster)
{
    const qsizetype count = qsizetype(frame.shape.rows) * frame.shape.columns;
    const bool paletteImage = facts.photometric == QLatin1String("PALETTE COLOR");
    if (frame.shape.samples == 3 || paletteImage) {
        raster.channels = 3;
        raster.bytes = QByteArray(3 * count, Qt::Uninitialized);
        if (frame.shape.samples == 3)
            renderRgb(frame, facts, bytesOf(raster));
        else if (!facts.palette || !renderPalette(frame, *facts.palette, bytesOf(raster)))
            return base::Error(errors::Malformed, QStringLiteral("palette"),
                {{QStringLiteral("what"), QStringLiteral("palette")}});
        if (choice.invert)
            flip(raster);
        return {};
    }
    const Modality modality(facts, frameIndex);
    const Voi voi = chooseVoi(frame, facts, frameIndex, modality, choice);
    raster.bytes = QByteArray(count, Qt::Uninitialized);
    renderGrey(frame, modality, voi, showsLowBright(facts) != choice.invert, bytesOf(raster));
    if (facts.palette && facts.palette->supplemental) {
        Raster colour{raster.rows, raster.columns, 3, QByteArray(3 * count, Qt::Uninitialized)};
        if (renderSupplemental(frame, *facts.palette, bytesOf(raster), bytesOf(colour)))
            raster = std::move(colour);
    }
    return {};
}
} // namespace

base::Result<Raster> render(
    const Frame &frame, const ImageFacts &facts, int frameIndex, const RenderChoice &choice)
{
    if (!isWhole(frame) || (frame.shape.samples != 1 && frame.shape.samples != 3))
        return base::Error(errors::BadGeometry, QStringLiteral("frame"));
    Frame exact = frame; // shared memory may be longer than the frame
    exact.data = frame.data.first(frame.shape.bytes());
    Raster raster{frame.shape.rows, frame.shape.columns, 1, {}};
    NARU_TRY(pixels(exact, facts, frameIndex, choice, raster));
    if (choice.overlays)
        burnOverlays(facts, frameIndex, raster);
    if (choice.shutter && facts.shutter)
        closeShutter(*facts.shutter, raster);
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
