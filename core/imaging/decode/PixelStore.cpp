#include "core/imaging/decode/PixelStore.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/Frame.h"
#include "core/imaging/decode/FrameCodec.h"
#include "core/imaging/decode/Tags.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace naru::imaging {

namespace {
constexpr std::size_t MostFragments = 2'000'000;

base::Error missing(int index)
{
    return base::Error(
        errors::FrameMissing, {}, {{QStringLiteral("frame"), QString::number(qint64(index) + 1)}});
}

bool beginsStream(const QByteArray &head)
{
    return head.startsWith("\xFF\xD8\xFF") || head.startsWith("\xFF\x4F\xFF\x51");
}

// JPEG and JPEG-LS begin with FFD8, JPEG 2000 codestreams with FF4FFF51, RLE frames with a count of segments
// and the offset of the first, which is 64. No offset table begins like that: its first offset is 0.
bool beginsFrame(const QByteArray &head)
{
    const bool rle = head.size() >= 8 && head[0] >= 1 && head[0] <= 15
        && head.mid(1, 7) == QByteArray("\0\0\0\x40\0\0\0", 7);
    return rle || beginsStream(head);
}
} // namespace

// Items up to the delimiter; false when the first one is missing.
bool PixelStore::walk(const Element &pixels)
{
    qint64 position = pixels.offset;
    const qint64 end = qMin(pixels.offset + pixels.length, m_source->size());
    bool table = true;
    std::array<char, 8> raw{};
    while (position <= end - 8 && m_fragments.size() < MostFragments
        && m_source->read(position, std::as_writable_bytes(std::span(raw)))) {
        const quint32 tag = quint32(qFromLittleEndian<quint16>(raw.data())) << 16
            | qFromLittleEndian<quint16>(raw.data() + 2);
        const quint32 length = qFromLittleEndian<quint32>(raw.data() + 4);
        if (tag != 0xFFFEE000)
            break;
        position += 8;
        const qint64 there = qMin<qint64>(length, end - position);
        m_incomplete = m_incomplete || there < qint64(length);
        const QByteArray bytes =
            table ? m_source->bytes(position, qMin<qint64>(there, 8 * 1024 * 1024)) : QByteArray();
        if (table && !beginsFrame(bytes)) {
            for (qsizetype i = 0; i + 4 <= bytes.size(); i += 4)
                m_basicTable.push_back(qFromLittleEndian<quint32>(bytes.constData() + i));
        } else {
            m_tableMissing = m_tableMissing || table;
            m_fragments.push_back({position, there});
        }
        table = false;
        position += there;
    }
    return !table;
}

bool PixelStore::byExtendedTable(const DataSet &set, int frames)
{
    const QByteArray offsets = set.bytes(tag::ExtendedOffsets, 16 * 1024 * 1024);
    const QByteArray lengths = set.bytes(tag::ExtendedLengths, 16 * 1024 * 1024);
    if (m_fragments.empty() || offsets.size() != qsizetype(frames) * 8 || lengths.size() != offsets.size())
        return false;
    // Extended tables need one fragment a frame (PS3.5 A.4), which starts 8 bytes behind its offset. The
    // length is that of the codestream without padding.
    const qint64 origin = m_fragments.front().offset - 8;
    std::vector<Fragment> exact;
    for (int i = 0; i < frames; ++i) {
        const quint64 offset = qFromLittleEndian<quint64>(offsets.constData() + 8 * i),
                      length = qFromLittleEndian<quint64>(lengths.constData() + 8 * i);
        const auto found = std::lower_bound(m_fragments.begin(), m_fragments.end(), offset,
            [origin](const Fragment &f, quint64 o) { return quint64(f.offset - 8 - origin) < o; });
        if (found == m_fragments.end() || quint64(found->offset - 8 - origin) != offset
            || length > quint64(found->length) || length == 0)
            return false;
        exact.push_back({found->offset, qint64(length)});
    }
    m_fragments = std::move(exact);
    for (int i = 0; i < frames; ++i)
        m_frames.push_back({std::size_t(i), 1});
    return true;
}

bool PixelStore::byBasicTable(int frames)
{
    if (m_fragments.empty() || int(m_basicTable.size()) != frames)
        return false;
    const qint64 origin = m_fragments.front().offset - 8;
    std::vector<std::size_t> starts;
    std::size_t fragment = 0;
    for (const quint32 offset : m_basicTable) {
        while (fragment < m_fragments.size() && m_fragments[fragment].offset - 8 - origin < qint64(offset))
            ++fragment;
        if (fragment == m_fragments.size() || m_fragments[fragment].offset - 8 - origin != qint64(offset)
            || (!starts.empty() && starts.back() == fragment) || (starts.empty() && fragment != 0))
            return false;
        starts.push_back(fragment);
    }
    for (std::size_t i = 0; i < starts.size(); ++i)
        m_frames.push_back(
            {starts[i], (i + 1 < starts.size() ? starts[i + 1] : m_fragments.size()) - starts[i]});
    return true;
}

// More frames than promised are left out; fewer are those there are.
bool PixelStore::byMarkers(int frames)
{
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < m_fragments.size() && starts.size() <= std::size_t(frames); ++i) {
        const QByteArray head =
            m_source->bytes(m_fragments[i].offset, qMin<qint64>(8, m_fragments[i].length));
        if (beginsFrame(head))
            starts.push_back(i);
    }
    if (starts.empty() || starts.front() != 0)
        return false;
    for (std::size_t i = 0; i < starts.size() && i < std::size_t(frames); ++i)
        m_frames.push_back(
            {starts[i], (i + 1 < starts.size() ? starts[i + 1] : m_fragments.size()) - starts[i]});
    return true;
}

base::Result<PixelStore> PixelStore::locate(const ObjectFile &file, ImageFacts &facts)
{
    PixelStore store;
    const DataSet &set = file.set;
    const Element *pixels = set.find(tag::PixelData);
    store.m_float = !pixels && set.has(tag::FloatPixels);
    store.m_double = !pixels && !store.m_float && set.has(tag::DoublePixels);
    if (!pixels)
        pixels = set.find(store.m_float ? tag::FloatPixels : tag::DoublePixels);
    if (!pixels || (pixels->length == 0 && !pixels->undefined))
        return errors::NoPixels; // an empty value is what is left where pixels were taken out
    store.m_source = file.set.sharedSource();
    store.m_bigEndian =
        set.encoding().bigEndian || facts.transferSyntax == base::oid("tsGeBigEndianPixels").text();
    store.m_wordSwapped = store.m_bigEndian && facts.bitsAllocated <= 8 && pixels->vr == vrOf("OW");
    store.m_offset = pixels->offset;
    store.m_length = pixels->length;
    store.m_encapsulated = pixels->undefined;
    if (!store.m_encapsulated && codecFor(facts.transferSyntax) && store.holdsItems()) {
        store.m_encapsulated = true;
        facts.notes.append(QStringLiteral("the fragments stand in a value of defined length"));
    }
    if (!store.m_encapsulated)
        return store;
    if (!store.walk(*pixels))
        return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QStringLiteral("fragments")}});
    if (store.m_tableMissing)
        facts.notes.append(QStringLiteral("the fragments have no item for the offset table"));
    const int frames = facts.frames;
    if (store.byExtendedTable(set, frames) || store.byBasicTable(frames))
        return store;
    if (!store.m_basicTable.empty() || set.has(tag::ExtendedOffsets))
        facts.notes.append(QStringLiteral("the offset table does not fit the fragments: not used"));
    if (frames == 1 && !store.m_fragments.empty()) {
        store.m_frames = {{0, store.m_fragments.size()}};
    } else if (std::size_t(frames) == store.m_fragments.size()) {
        for (std::size_t i = 0; i < store.m_fragments.size(); ++i)
            store.m_frames.push_back({i, 1});
    } else {
        // Fewer than promised (a file cut short): those that are there, one a fragment.
        const bool marked = store.byMarkers(frames);
        if (!marked || store.framesFound() != frames)
            facts.notes.append(QStringLiteral("the number of fragments does not match the number of frames"));
        if (!marked && store.m_fragments.size() < std::size_t(frames)) {
            for (std::size_t i = 0; i < store.m_fragments.size(); ++i)
                store.m_frames.push_back({i, 1});
        }
    }
    return store;
}

base::Result<QByteArray> PixelStore::join(Span span, qint64 limit) const
{
    qint64 total = 0;
    for (std::size_t i = 0; i < span.count; ++i)
        total += m_fragments[span.first + i].length;
    if (total > limit)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QString::number(total)}});
    QByteArray out(total, Qt::Uninitialized);
    auto *to = reinterpret_cast<std::byte *>(out.data());
    for (std::size_t i = 0; i < span.count; ++i) {
        const Fragment &fragment = m_fragments[span.first + i];
        if (!m_source->read(fragment.offset, {to, std::size_t(fragment.length)}))
            return errors::File;
        to += fragment.length;
    }
    return out;
}

// A first item whose length leads to another item or to the delimiter.
bool PixelStore::holdsItems() const
{
    const QByteArray first = m_source->bytes(m_offset, qMin<qint64>(8, m_length));
    if (first.size() < 8 || !first.startsWith(QByteArray("\xFE\xFF\x00\xE0", 4)))
        return false;
    const qint64 next = 8 + qint64(qFromLittleEndian<quint32>(first.constData() + 4));
    const QByteArray second = next <= m_length - 8 ? m_source->bytes(m_offset + next, 4) : QByteArray();
    return next == m_length || second == QByteArray("\xFE\xFF\x00\xE0", 4)
        || second == QByteArray("\xFE\xFF\xDD\xE0", 4);
}

bool PixelStore::holdsStream() const
{
    const QByteArray head =
        m_encapsulated ? QByteArray() : m_source->bytes(m_offset, qMin<qint64>(4, m_length));
    return beginsStream(head);
}

void PixelStore::takeAsFragment()
{
    m_encapsulated = true;
    m_fragments = {{m_offset, m_length}};
    m_frames = {{0, 1}};
}

base::Result<QByteArray> PixelStore::frame(int index) const
{
    if (index < 0 || std::size_t(index) >= m_frames.size())
        return missing(index);
    return join(m_frames[std::size_t(index)], qint64(LargestFrame));
}

base::Result<QByteArray> PixelStore::everything(qint64 limit) const
{
    return join({0, m_fragments.size()}, limit);
}

} // namespace naru::imaging
