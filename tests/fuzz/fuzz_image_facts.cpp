// rooms: imaging base
// What a decoder child says of an image, and what is done with it before anybody has seen its pixels: put
// into stacks, hung, measured, shown.
#include "core/imaging/measure/Measure.h"
#include "core/imaging/pool/FactsCbor.h"
#include "core/imaging/render/Render.h"
#include "core/imaging/series/Hanging.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {
using namespace naru::imaging;

constexpr qint64 MostPixels = 4096; // of what is shown here: the program has many inputs to try

SampleType typeOf(const ImageFacts &facts)
{
    using enum SampleType;
    if (facts.isFloat)
        return facts.bitsAllocated > 32 ? F64 : F32;
    if (facts.bitsAllocated <= 8)
        return facts.isSigned ? S8 : U8;
    if (facts.bitsAllocated <= 16)
        return facts.isSigned ? S16 : U16;
    return facts.isSigned ? S32 : U32;
}

Frame frameOf(const ImageFacts &facts)
{
    Frame frame;
    frame.shape = {facts.rows, facts.columns, facts.samples, typeOf(facts)};
    const auto pixels = std::make_shared<std::vector<std::byte>>(frame.shape.bytes());
    for (std::size_t i = 0; i < pixels->size(); ++i)
        (*pixels)[i] = std::byte(i * 37);
    frame.owner = pixels;
    frame.data = *pixels;
    return frame;
}

void show(const ImageFacts &facts, int index)
{
    const Frame frame = frameOf(facts);
    for (int i = 0; i < 5; ++i) {
        RenderChoice choice{.invert = i % 2 != 0, .overlays = true};
        if (i > 0)
            choice.windowIndex = i - 1;
        (void)render(frame, facts, index, choice).ok();
        (void)renderArea(frame, facts, index, choice, {-1, 1, 7, facts.columns}).ok();
    }
    (void)defaultWindow(frame, facts, index);
    (void)probe(frame, facts, index, facts.rows - 1, facts.columns - 1);
    Shape shape;
    for (const ShapeKind kind : {ShapeKind::Length, ShapeKind::Ellipse}) {
        shape.kind = kind;
        shape.points = {{0, 0}, {facts.columns / 2.0, 1.0}, {3, facts.rows * 1.0}, {1, 1}};
        (void)measure(shape, facts, index, &frame).valid;
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FactsTexts texts;
    const QByteArray said(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto facts = factsFromCbor(said, &texts);
    if (!facts)
        return 0;
    const auto again = factsFromCbor(toCbor(*facts));
    if (!again || toCbor(*again) != toCbor(*facts)) // what is believed once is believed when it is stored
        std::abort();
    const InstanceRef one{std::make_shared<ImageFacts>(*facts), QStringLiteral("1")},
        two{std::make_shared<ImageFacts>(*again), QStringLiteral("2")};
    const auto stacks = buildStacks({one, two});
    (void)hang({one, two}, stacks, {one}, buildStacks({one}));
    if (facts->decodable
        && qint64(facts->rows) * facts->columns * std::max(1, facts->samples) <= MostPixels) {
        show(*facts, 0);
        show(*facts, facts->frames - 1);
    }
    return 0;
}
