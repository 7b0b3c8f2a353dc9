#include "core/imaging/objects/Decompress.h"

#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Part10Writer.h"

#include <algorithm>

namespace naru::imaging {

namespace {
constexpr quint32 Samples = 0x00280002, Photometric = 0x00280004, Planar = 0x00280006,
                  BitsAllocated = 0x00280100, BitsStored = 0x00280101, HighBit = 0x00280102,
                  LossyCompression = 0x00282110;
// Tables of the frames of compressed pixels (PS3.3 C.7.6.3): of no meaning without them.
constexpr quint32 FrameOffsets = 0x7FE00001, FrameLengths = 0x7FE00002, PixelDataLength = 0x7FE00003;
constexpr qint64 MostBytes = 1LL << 30;

base::Error notLossless(const char *what)
{
    return base::Error(errors::NotLossless, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

// YBR_FULL is a colour space of plain pixels as well (PS3.3 C.7.6.3.1.2): what is stored so without loss
// stays as it is, since its way to RGB rounds.
bool staysYbr(const ImageFacts &facts)
{
    return facts.photometric == QLatin1String("YBR_FULL") && facts.samples == 3 && !facts.lossy;
}

// Otherwise decoded colours are RGB; those of a reversible transform inside the codestream are so exactly
// (PS3.5 8.2.4), and what lost something already loses no more than any reader of it.
base::Status mayBecomeRgb(const ImageFacts &facts)
{
    const bool irreversible =
        facts.photometric.startsWith(QLatin1String("YBR")) && facts.photometric != QLatin1String("YBR_RCT");
    return irreversible && !facts.lossy ? base::Status(notLossless("YBR")) : base::Status();
}

bool hasHiddenOverlay(const ImageFacts &facts)
{
    return std::any_of(facts.overlays.begin(), facts.overlays.end(),
        [](const Overlay &overlay) { return overlay.embeddedBit >= 0; });
}

bool isLossySyntax(const QString &syntax)
{
    constexpr std::array names{"tsJpegBaseline", "tsJpegExtended", "tsJpegSpectral", "tsJpegProgressive"};
    return std::any_of(
        names.begin(), names.end(), [&](const char *name) { return base::oid(name).text() == syntax; });
}

// Samples of one bit, eight in a byte, the first in the lowest (PS3.5 8.1.1); frames follow each other
// without a gap.
void appendBits(std::span<const std::byte> samples, qint64 before, QByteArray &out)
{
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const qint64 bit = before + qint64(i);
        if (bit / 8 >= out.size())
            out.append('\0');
        if (samples[i] != std::byte(0))
            out[bit / 8] = char(out[bit / 8] | (1 << (bit % 8)));
    }
}

base::Result<QByteArray> pixelsOf(
    DecoderPool &pool, const ImageSource &source, ImageFacts &facts, const base::WorkContext &work)
{
    QByteArray out;
    qint64 samples = 0;
    for (int i = 0; i < facts.frames; ++i) {
        if (work.stopRequested())
            return errors::Stopped;
        NARU_ASSIGN(const Frame frame, pool.frame(source, i, work));
        const FrameShape &shape = frame.shape;
        if (shape.rows != facts.rows || shape.columns != facts.columns || shape.samples != facts.samples
            || FrameShape::bytesOf(shape.type) != std::max(1, facts.bitsAllocated / 8))
            return errors::BadGeometry;
        if (out.size() + qint64(frame.data.size()) > MostBytes)
            return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QString::number(MostBytes)}});
        if (facts.bitsAllocated == 1)
            appendBits(frame.data, samples, out);
        else
            out.append(reinterpret_cast<const char *>(frame.data.data()), qsizetype(frame.data.size()));
        samples += qint64(frame.data.size());
    }
    if (out.size() % 2 != 0)
        out.append('\0');
    return out;
}

DataElement plainPixels(const ImageFacts &facts, const QByteArray &bytes)
{
    DataElement element;
    element.tag = attr::PixelData;
    element.vr = vrOf(facts.bitsAllocated > 8 ? "OW" : "OB");
    element.bytes = bytes;
    return element;
}

void describe(const ImageFacts &facts, DataSetValue &set)
{
    if (facts.samples == 3) {
        set.setText(Photometric, staysYbr(facts) ? QStringLiteral("YBR_FULL") : QStringLiteral("RGB"));
        set.setNumber(Planar, 0);
    }
    set.setNumber(Samples, facts.samples);
    set.setNumber(BitsAllocated, facts.bitsAllocated);
    set.setNumber(BitsStored, facts.bitsStored);
    set.setNumber(HighBit, facts.bitsStored - 1);
    if (facts.lossy)
        set.setText(LossyCompression, QStringLiteral("01"));
    for (const quint32 tag : {FrameOffsets, FrameLengths, PixelDataLength})
        set.remove(tag);
}
// The samples as they are stored: the decoder takes those of an image that calls itself RGB for what they
// are.
base::Result<QByteArray> storedYbr(DecoderPool &pool, const ImageSource &source, ImageFacts &facts,
    const DataSetValue &set, const base::WorkContext &work)
{
    DataSetValue relabelled = set;
    relabelled.setText(Photometric, QStringLiteral("RGB"));
    WriteOptions options;
    options.transferSyntax = facts.transferSyntax;
    options.bulk = bulkReader(source.bytes);
    NARU_ASSIGN(const QByteArray bytes, writePart10(relabelled, options));
    return pixelsOf(pool, {.path = {}, .bytes = bytes}, facts, work);
}

// Whether a reader sees the same in both, frame by frame.
base::Status looksTheSame(DecoderPool &pool, const ImageSource &source, const QByteArray &made,
    const ImageFacts &facts, const base::WorkContext &work)
{
    for (int i = 0; i < facts.frames; ++i) {
        NARU_ASSIGN(const Frame before, pool.frame(source, i, work));
        NARU_ASSIGN(const Frame after, pool.frame({.path = {}, .bytes = made}, i, work));
        if (!std::equal(before.data.begin(), before.data.end(), after.data.begin(), after.data.end()))
            return notLossless("YBR"); // its codestream says something else than its data set
    }
    return {};
}
} // namespace

bool isPlainSyntax(const QString &transferSyntax)
{
    return transferSyntax == base::oid("tsExplicitLE").text()
        || transferSyntax == base::oid("tsImplicitLE").text();
}

base::Result<QByteArray> decompressed(
    DecoderPool &pool, const ImageSource &source, const QString &syntax, const base::WorkContext &work)
{
    NARU_ASSIGN(ImageFacts facts, pool.facts(source, work));
    if (!isPlainSyntax(syntax) || facts.kind == Kind::Video)
        return base::Error(errors::UnsupportedSyntax, {},
            {{QStringLiteral("syntax"), facts.kind == Kind::Video ? facts.transferSyntax : syntax}});
    facts.lossy = facts.lossy || isLossySyntax(facts.transferSyntax);
    NARU_ASSIGN(DataSetValue set, pool.dataSet(source, {}, work));
    const DataElement *pixels = set.find(attr::PixelData);
    const bool packed = pixels && pixels->bulk && pixels->bulk->encapsulated, ybr = packed && staysYbr(facts);
    if (packed) {
        if (hasHiddenOverlay(facts))
            return notLossless("60xx");
        if (!ybr)
            NARU_TRY(mayBecomeRgb(facts));
        NARU_ASSIGN(const QByteArray bytes,
            ybr ? storedYbr(pool, source, facts, set, work) : pixelsOf(pool, source, facts, work));
        describe(facts, set);
        set.put(plainPixels(facts, bytes));
    }
    WriteOptions options;
    options.transferSyntax = syntax;
    options.bulk = bulkReader(source.bytes);
    NARU_ASSIGN(const QByteArray made, writePart10(set, options));
    if (ybr)
        NARU_TRY(looksTheSame(pool, source, made, facts, work));
    return made;
}

} // namespace naru::imaging
