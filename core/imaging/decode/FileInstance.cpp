#include "core/imaging/decode/FileInstance.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/decode/FactsReader.h"
#include "core/imaging/decode/Inflate.h"
#include "core/imaging/decode/StoredBits.h"
#include "core/imaging/decode/Tags.h"
#include "core/imaging/decode/ValueReader.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace naru::imaging {

namespace {
// Of all embedded overlays together: each pixel is looked at once for each.
constexpr qint64 MostOverlayPixels = 128LL * 1024 * 1024;
constexpr int MostOverlayFrames = 100'000;

base::Error withWhat(const base::ErrorCode &code, const char *name, const QString &value)
{
    return base::Error(code, {}, {{QString::fromLatin1(name), value}});
}

base::Error truncated(int frame)
{
    return withWhat(errors::PixelsTruncated, "frame", QString::number(qint64(frame) + 1));
}

QString syntaxName(const QString &uid)
{
    const QString title = base::oidTitle(uid);
    return title.isEmpty() ? uid.left(64) : title;
}

SampleType integerType(int allocated, bool isSigned)
{
    if (allocated <= 8)
        return isSigned ? SampleType::S8 : SampleType::U8;
    if (allocated <= 16)
        return isSigned ? SampleType::S16 : SampleType::U16;
    return isSigned ? SampleType::S32 : SampleType::U32;
}
} // namespace

base::Result<std::unique_ptr<Instance>> FileInstance::open(std::shared_ptr<const ByteSource> source)
{
    auto instance = std::make_unique<FileInstance>();
    NARU_ASSIGN(instance->m_file, ObjectFile::open(std::move(source)));
    instance->m_facts = readFacts(instance->m_file);
    if (const base::Status status = instance->describe(); !status) {
        instance->m_whyNot = status.error();
        instance->m_facts.whyNot = QString::fromLatin1(status.error().code.id);
        instance->boundFrames();
    } else {
        instance->m_facts.decodable = true;
        instance->boundFrames();
        instance->readEmbeddedOverlays();
    }
    return std::unique_ptr<Instance>(std::move(instance));
}

base::Result<std::unique_ptr<Instance>> Instance::open(int descriptor)
{
    return FileInstance::open(std::make_shared<ByteSource>(descriptor));
}

base::Status FileInstance::describe()
{
    auto store = PixelStore::locate(m_file, m_facts);
    if (!store)
        return store.error().is(errors::NoPixels) && m_file.set.truncated() ? base::Error(errors::Truncated)
                                                                            : store.error();
    m_store = std::move(store).value();
    if (m_facts.kind == Kind::Video)
        return errors::Video;
    NARU_TRY(describeSamples());
    return chooseStorage();
}

base::Status FileInstance::describeSamples()
{
    ImageFacts &f = m_facts;
    if (m_store->isFloat() || m_store->isDouble())
        f.bitsAllocated = f.bitsStored = m_store->isFloat() ? 32 : 64;
    const bool integer = !f.isFloat;
    // Any width up to 32 bits (PS3.5 8.1.1 has 1 and whole bytes, so 24; ACR-NEMA packs two of 12 in three
    // bytes). Nothing says in which order cells that are no words stand in big endian.
    const bool whole = f.bitsAllocated >= 1 && f.bitsAllocated <= (integer ? 32 : 64)
        && !(packed() && m_store->bigEndian() && !m_store->encapsulated());
    if (f.rows < 1 || f.columns < 1 || f.rows > 65535 || f.columns > 65535 || !whole)
        return errors::BadGeometry;
    if (f.bitsStored < 1 || f.bitsStored > f.bitsAllocated) {
        f.notes.append(QStringLiteral("BitsStored is impossible: taken as BitsAllocated"));
        f.bitsStored = f.bitsAllocated;
    }
    if (f.highBit < f.bitsStored - 1 || f.highBit >= f.bitsAllocated) {
        if (f.highBit != 0 || integer)
            f.notes.append(QStringLiteral("HighBit is impossible: taken as BitsStored - 1"));
        f.highBit = f.bitsStored - 1;
    }
    if (f.photometric.isEmpty()) {
        f.photometric = f.samples == 3 ? QStringLiteral("RGB") : QStringLiteral("MONOCHROME2");
        f.notes.append(QStringLiteral("PhotometricInterpretation is missing"));
    }
    if (f.samples != 1 && (f.samples != 3 || f.isFloat))
        return withWhat(errors::UnsupportedColour, "photometric",
            f.photometric.left(16) + QStringLiteral(" (%1)").arg(f.samples));
    m_shape = {f.rows, f.columns, f.samples,
        m_store->isFloat()        ? SampleType::F32
            : m_store->isDouble() ? SampleType::F64
                                  : integerType(f.bitsAllocated, f.isSigned)};
    if (m_shape.bytes() > LargestFrame)
        return withWhat(errors::TooLarge, "what", QStringLiteral("%1 x %2").arg(f.columns).arg(f.rows));
    return {};
}

base::Status FileInstance::chooseStorage()
{
    const QString &syntax = m_facts.transferSyntax;
    m_codec = codecFor(syntax);
    if (m_codec && m_facts.frames == 1 && m_store->holdsStream()
        && (m_store->length() + 1) / 2 != (storedBits() + 15) / 16) {
        m_store->takeAsFragment();
        m_facts.notes.append(QStringLiteral("the compressed pixels stand in no fragments"));
    }
    if (!m_store->encapsulated()) {
        m_storage = Storage::Native;
        if (m_codec)
            m_facts.notes.append(QStringLiteral("the pixels are not compressed although the syntax says so"));
        // Two pixels in four bytes; a length for three bytes each shows a writer that did not subsample.
        const qint64 pixels = qint64(m_facts.rows) * m_facts.columns;
        m_subsampled = m_facts.samples == 3 && m_facts.bitsAllocated == 8
            && m_facts.photometric.endsWith(QLatin1String("_422"))
            && m_store->length() < pixels * 3 * m_facts.frames;
        if (m_facts.photometric == QLatin1String("YBR_PARTIAL_420"))
            return withWhat(errors::UnsupportedColour, "photometric", m_facts.photometric);
        return m_store->length() * 8 >= storedBits() ? base::Status() : truncated(0);
    }
    if (m_store->framesFound() == 0)
        return m_file.set.truncated() ? truncated(0)
                                      : withWhat(errors::FrameMissing, "frame", QStringLiteral("1"));
    if (syntax == base::oid("tsEncapsulatedUncompressed").text()) {
        m_storage = Storage::Plain;
    } else if (syntax == base::oid("tsDeflatedFrames").text()) {
        m_storage = Storage::Deflated;
    } else {
        m_storage = Storage::Codec;
        if (syntax == base::oid("tsRle").text() && packed() && m_facts.bitsAllocated % 8 != 0)
            return errors::BadGeometry; // its planes are bytes (PS3.5 annex G)
        if (!m_codec && base::oidTitle(syntax).contains(QLatin1String("VR"))) {
            // Fragments in a syntax without compression: whatever compressed them marks its beginning.
            const auto first = m_store->frame(0);
            const QByteArray head = first ? first->left(4) : QByteArray();
            m_codec = head.startsWith("\xFF\xD8")     ? codecFor(base::oid("tsJpegBaseline").text())
                : head.startsWith("\xFF\x4F\xFF\x51") ? codecFor(base::oid("tsJ2k").text())
                                                      : nullptr;
            m_facts.notes.append(QStringLiteral("the pixels are compressed although the syntax is not"));
        }
        if (!m_codec)
            return withWhat(errors::UnsupportedSyntax, "syntax", syntaxName(syntax));
    }
    return {};
}

bool FileInstance::packed() const
{
    const int bits = m_facts.bitsAllocated;
    return !m_facts.isFloat && bits > 1 && bits != 8 && bits != 16 && bits != 32;
}

bool FileInstance::byPlane() const
{
    return m_facts.samples > 1 && m_facts.planar == 1;
}

qint64 FileInstance::storedBits() const
{
    const qint64 pixels = qint64(m_facts.rows) * m_facts.columns;
    if (m_subsampled)
        return (pixels + 1) / 2 * 4 * 8;
    return pixels * m_facts.samples * m_facts.bitsAllocated;
}

// A series that ends early shows a message for each frame that is missing; a number that nothing bears out
// costs everybody who lists frames memory for each of them.
void FileInstance::boundFrames()
{
    constexpr qint64 Believed = 1000;
    qint64 there = 0;
    if (m_facts.decodable)
        there = m_store->encapsulated() ? m_store->framesFound() : m_store->length() * 8 / storedBits();
    if (m_facts.frames <= there + Believed)
        return;
    m_facts.notes.append(
        QStringLiteral("NumberOfFrames is %1, the file holds %2").arg(m_facts.frames).arg(there));
    m_facts.frames = int(there) + 1;
    if (m_facts.frameFacts.size() > std::size_t(m_facts.frames)) {
        m_facts.frameFacts.resize(std::size_t(m_facts.frames));
        m_facts.frameFacts.shrink_to_fit();
    }
}

// Overlays in bits of the pixels themselves, taken out here because frames leave without them.
void FileInstance::readEmbeddedOverlays()
{
    const ImageFacts &f = m_facts;
    if (m_storage != Storage::Native || f.samples != 1 || (f.bitsAllocated != 16 && f.bitsAllocated != 8))
        return;
    const qint64 pixels = qint64(f.rows) * f.columns;
    qint64 left = f.frames <= MostOverlayFrames ? MostOverlayPixels : 0;
    for (Overlay &overlay : m_facts.overlays) {
        if (overlay.embeddedBit < 0)
            continue;
        left -= pixels * f.frames;
        if (left < 0) {
            m_facts.notes.append(QStringLiteral("the overlays are too large to be read"));
            return;
        }
        const int bytes = f.bitsAllocated / 8;
        overlay.frames = f.frames; // of those that are believed
        overlay.bits = QByteArray((pixels * f.frames + 7) / 8, '\0');
        for (int frame = 0; frame < f.frames; ++frame) {
            const QByteArray raw = m_store->source().bytes(m_store->offset() + frame * pixels * bytes,
                qMin(pixels * bytes, m_store->length() - frame * pixels * bytes));
            for (qint64 i = 0; i < pixels && (i + 1) * bytes <= raw.size(); ++i) {
                const bool high = overlay.embeddedBit >= 8;
                const qsizetype at = i * bytes + ((bytes == 2 && high != m_store->bigEndian()) ? 1 : 0);
                const qint64 bit = frame * pixels + i;
                if (uchar(raw[at]) >> (overlay.embeddedBit % 8) & 1)
                    overlay.bits[bit / 8] = char(uchar(overlay.bits[bit / 8]) | 1 << (bit % 8));
            }
        }
    }
}

void FileInstance::finish(std::span<std::byte> out, int stored, int high, bool ybr)
{
    if (m_facts.isFloat)
        return;
    if (m_facts.bitsAllocated > 1)
        cleanSamples(out, m_shape.type, {m_facts.bitsAllocated, stored, high, m_facts.isSigned});
    if (ybr && m_facts.samples == 3)
        ybrToRgb(out, m_shape.type, stored, m_facts.photometric.startsWith(QLatin1String("YBR_PARTIAL")));
}

void FileInstance::unpackPacked(
    std::span<const std::byte> stored, std::size_t firstBit, std::span<std::byte> out)
{
    if (!byPlane())
        return unpackCells(stored, firstBit, m_facts.bitsAllocated, m_shape.type, out);
    const auto planes = std::make_unique_for_overwrite<std::byte[]>(out.size());
    unpackCells(stored, firstBit, m_facts.bitsAllocated, m_shape.type, {planes.get(), out.size()});
    interleave({planes.get(), out.size()}, out, m_facts.samples, FrameShape::bytesOf(m_shape.type));
}

base::Status FileInstance::decodePlain(
    std::span<const std::byte> stored, std::size_t firstBit, std::span<std::byte> out)
{
    const int size = FrameShape::bytesOf(m_shape.type);
    if (m_facts.bitsAllocated == 1)
        unpackBits(stored, firstBit, out);
    else if (packed())
        unpackPacked(stored, firstBit, out);
    else if (m_subsampled)
        spread422(stored, out);
    else if (byPlane())
        interleave(stored.first(out.size()), out, m_facts.samples, size);
    else if (stored.data() != out.data())
        std::memcpy(out.data(), stored.data(), out.size());
    if (m_store->bigEndian())
        swapSamples(out, size);
    finish(out, m_facts.bitsStored, m_facts.highBit, codecs::namesYbr(m_facts.photometric));
    return {};
}

base::Status FileInstance::decodeNative(int frame, std::span<std::byte> out)
{
    const qint64 bits = storedBits();
    const qint64 firstBit = frame * bits, endByte = (firstBit + bits + 7) / 8;
    if (endByte > m_store->length())
        return truncated(frame);
    const ByteSource &source = m_store->source();
    const bool isPacked = m_facts.bitsAllocated == 1 || packed();
    const bool straight = !isPacked && !m_subsampled && !m_store->wordSwapped() && !byPlane();
    if (straight) { // pread into its place
        if (!source.read(m_store->offset() + firstBit / 8, out))
            return truncated(frame);
        return decodePlain(out, 0, out);
    }
    qint64 begin = firstBit / 8, end = endByte;
    if (m_store->wordSwapped()) { // whole words, then the bytes in them change places
        begin &= ~qint64(1);
        end = qMin(m_store->length(), (end + 1) & ~qint64(1));
    }
    QByteArray stored = source.bytes(m_store->offset() + begin, end - begin);
    if (stored.isEmpty())
        return truncated(frame);
    std::span<std::byte> bytes(reinterpret_cast<std::byte *>(stored.data()), std::size_t(stored.size()));
    if (m_store->wordSwapped())
        swapSamples(bytes, 2);
    const std::size_t skip = std::size_t(firstBit - begin * 8);
    if (isPacked)
        return decodePlain(bytes, skip, out);
    bytes = bytes.subspan(skip / 8);
    if (bytes.size() < std::size_t(bits / 8))
        return truncated(frame);
    return decodePlain(bytes, 0, out);
}

base::Status FileInstance::decodeCodec(int frame, std::span<std::byte> out, int halvings)
{
    NARU_ASSIGN(const QByteArray bytes, m_store->frame(frame));
    CodecInput input;
    input.bytes = {reinterpret_cast<const std::byte *>(bytes.constData()), std::size_t(bytes.size())};
    input.shape = m_shape;
    input.bitsAllocated = m_facts.bitsAllocated;
    input.bitsStored = m_facts.bitsStored;
    input.isSigned = m_facts.isSigned;
    input.planar = m_facts.planar;
    input.photometric = m_facts.photometric;
    input.threads = m_threads;
    input.halvings = halvings;
    NARU_ASSIGN(const CodecOutput found, m_codec->decode(input, out));
    if (!found.note.isEmpty() && !m_facts.notes.contains(found.note))
        m_facts.notes.append(found.note);
    // A stream of more bits than the data set admits to is believed, unless it holds whole cells: there the
    // bits above the stored ones are overlays or rubbish, as they are without compression.
    const bool cells =
        found.bitsInStream <= m_facts.bitsStored || found.bitsInStream == m_facts.bitsAllocated;
    const int stored = cells ? m_facts.bitsStored : found.bitsInStream;
    const int high = cells && found.bitsInStream == m_facts.bitsAllocated ? m_facts.highBit : stored - 1;
    finish(out, stored, found.bitsInStream == 0 ? m_facts.highBit : high, found.isYbr);
    return {};
}

base::Status FileInstance::decode(int frame, std::span<std::byte> out)
{
    if (m_whyNot)
        return *m_whyNot;
    if (frame < 0 || frame >= m_facts.frames)
        return withWhat(errors::FrameMissing, "frame", QString::number(qint64(frame) + 1));
    if (out.size() != m_shape.bytes())
        return errors::BadGeometry;
    if (m_storage == Storage::Native)
        return decodeNative(frame, out);
    if (m_storage == Storage::Codec)
        return decodeCodec(frame, out);
    NARU_ASSIGN(QByteArray bytes, m_store->frame(frame));
    const qint64 wanted = (storedBits() + 7) / 8;
    if (m_storage == Storage::Deflated) {
        NARU_ASSIGN(bytes, inflateBytes(bytes, wanted + 1));
    }
    if (bytes.size() < wanted)
        return truncated(frame);
    return decodePlain(
        {reinterpret_cast<const std::byte *>(bytes.constData()), std::size_t(bytes.size())}, 0, out);
}

base::Status FileInstance::decodeSmaller(int frame, int halvings, std::span<std::byte> out)
{
    if (m_whyNot)
        return *m_whyNot;
    if (frame < 0 || frame >= m_facts.frames)
        return withWhat(errors::FrameMissing, "frame", QString::number(qint64(frame) + 1));
    if (m_storage != Storage::Codec || !m_codec->holdsSmaller() || halvings < 1 || halvings > 32
        || out.size() != m_shape.halved(halvings).bytes())
        return withWhat(errors::UnsupportedSyntax, "syntax", syntaxName(m_facts.transferSyntax));
    return decodeCodec(frame, out, halvings);
}

base::Result<DataSetValue> FileInstance::dataSet(const DataSetLimits &limits)
{
    return readValues(m_file, limits);
}

base::Result<QByteArray> FileInstance::payload(qint64 limit)
{
    if (m_facts.kind == Kind::Video && m_store)
        return m_store->everything(limit);
    if (m_facts.kind == Kind::Waveform) {
        const auto item = m_file.set.firstItem(tag::Waveforms);
        const QByteArray samples = item ? item->bytes(tag::WaveformData, limit) : QByteArray();
        if (!samples.isEmpty())
            return samples;
        return errors::NoPayload;
    }
    const Element *element = m_file.set.find(tag::Document);
    if (!element || element->length <= 0)
        return errors::NoPayload;
    if (element->length > limit)
        return withWhat(errors::TooLarge, "what", QString::number(element->length));
    QByteArray document = m_file.set.bytes(tag::Document, limit);
    const auto length = m_file.set.number(tag::DocumentLength, "UL");
    if (length && *length > 0 && *length < double(document.size()))
        document.truncate(qsizetype(*length));
    return document;
}

} // namespace naru::imaging
