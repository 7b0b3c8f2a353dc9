// Modality and VOI LUTs, palettes, segmented palettes (PS3.3 C.11.1.1.1, C.11.2.1.1, C.7.6.3.1.5, C.7.9.2).
#include "core/imaging/decode/FactsReader.h"
#include "core/imaging/decode/Tags.h"

#include <QtEndian>

namespace naru::imaging {

namespace {
constexpr int MostEntries = 65536;

struct Descriptor {
    int entries = 0, first = 0, bits = 16;
};

std::optional<Descriptor> descriptorOf(const DataSet &set, quint32 tag, bool isSigned)
{
    const std::vector<double> values = set.numbers(tag, "US", 4);
    if (values.size() != 3)
        return std::nullopt;
    for (const double value : values) {
        if (!(value >= -65536 && value <= 65536)) // written as text, it may be anything
            return std::nullopt;
    }
    Descriptor out{int(values[0]) & 0xFFFF, int(values[1]), int(values[2])};
    out.entries = out.entries == 0 ? MostEntries : out.entries;
    // The first input value has the pixels' type, whatever VR was written.
    if (isSigned && out.first >= 0x8000)
        out.first -= 0x10000;
    else if (!isSigned && out.first < 0)
        out.first += 0x10000;
    if (out.bits < 1 || out.bits > 16)
        return std::nullopt;
    return out;
}

// Entries of `tag`: 16-bit words, or bytes when eight bits were packed two in a word.
std::vector<quint16> entriesOf(const DataSet &set, quint32 tag, const Descriptor &descriptor)
{
    std::vector<quint16> words = set.words(tag, MostEntries);
    const std::size_t wanted = std::size_t(descriptor.entries);
    if (descriptor.bits <= 8 && words.size() < wanted && words.size() * 2 >= wanted) {
        std::vector<quint16> bytes;
        for (const quint16 word : words) {
            bytes.push_back(word & 0xFF);
            bytes.push_back(word >> 8);
        }
        words = std::move(bytes);
    }
    if (words.size() > wanted)
        words.resize(wanted);
    return words;
}

std::optional<LookupTable> lutOf(const DataSet &item, TextReader &parent, const ImageFacts &facts)
{
    // A VOI LUT works on the modality LUT's output: signed when the pixels or the rescale make it so.
    const bool isSigned = facts.isSigned || (facts.frame(0).hasRescale && facts.frame(0).intercept < 0);
    const auto descriptor = descriptorOf(item, tag::LutDescriptor, isSigned);
    if (!descriptor)
        return std::nullopt;
    TextReader text(item, &parent);
    LookupTable out;
    out.first = descriptor->first;
    out.bits = descriptor->bits;
    out.entries = entriesOf(item, tag::LutData, *descriptor);
    out.explanation = text.read(item, tag::LutExplanation);
    out.type = item.ascii(tag::LutType);
    // A table cut short would map the missing values to anything: it is no table.
    if (int(out.entries.size()) != descriptor->entries)
        return std::nullopt;
    return out;
}

// Segments to entries, at most `wanted`.
class Segments {
public:
    Segments(std::vector<quint16> data, std::size_t wanted)
        : m_data(std::move(data))
        , m_wanted(wanted)
    {
    }
    std::vector<quint16> expand()
    {
        std::size_t at = 0;
        while (at + 1 < m_data.size() && m_out.size() < m_wanted && step(at, true)) { }
        return m_out;
    }

private:
    bool step(std::size_t &at, bool indirectAllowed)
    {
        if (at + 1 >= m_data.size())
            return false;
        const quint16 code = m_data[at], length = m_data[at + 1];
        at += 2;
        if (code == 0)
            return discrete(at, length);
        if (code == 1)
            return linear(at, length);
        return code == 2 && indirectAllowed && indirect(at, length);
    }
    bool discrete(std::size_t &at, std::size_t length)
    {
        for (std::size_t i = 0; i < length && at < m_data.size() && m_out.size() < m_wanted; ++i)
            m_out.push_back(m_data[at++]);
        return true;
    }
    bool linear(std::size_t &at, int length)
    {
        if (at >= m_data.size() || m_out.empty())
            return false;
        const int from = m_out.back(), to = m_data[at++];
        for (int i = 1; i <= length && m_out.size() < m_wanted; ++i)
            m_out.push_back(quint16(from + qint64(to - from) * i / length));
        return true;
    }
    // Repeats earlier segments: their number, and where they are in bytes from the start.
    bool indirect(std::size_t &at, int count)
    {
        if (at + 1 >= m_data.size())
            return false;
        std::size_t target = (std::size_t(m_data[at]) | std::size_t(m_data[at + 1]) << 16) / 2;
        at += 2;
        for (int i = 0; i < count && m_out.size() < m_wanted; ++i) {
            if (!step(target, false))
                return false;
        }
        return true;
    }

    std::vector<quint16> m_data;
    std::vector<quint16> m_out{};
    std::size_t m_wanted;
};

std::optional<LookupTable> paletteOf(const DataSet &set, quint32 channel, const ImageFacts &facts)
{
    const auto descriptor = descriptorOf(set, tag::RedDescriptor + channel, facts.isSigned);
    if (!descriptor)
        return std::nullopt;
    LookupTable out;
    out.first = descriptor->first;
    out.bits = descriptor->bits;
    out.entries = entriesOf(set, tag::RedData + channel, *descriptor);
    if (out.entries.empty())
        out.entries =
            Segments(set.words(tag::RedSegmented + channel, 1 << 18), std::size_t(descriptor->entries))
                .expand();
    if (out.entries.empty())
        return std::nullopt;
    return out;
}
} // namespace

void readLuts(const DataSet &set, TextReader &text, ImageFacts &facts)
{
    if (const auto item = set.firstItem(tag::ModalityLut)) {
        facts.modalityLut = lutOf(*item, text, facts);
        if (!facts.modalityLut)
            facts.notes.append(QStringLiteral("the modality LUT is unreadable"));
    }
    for (const DataSet &item : set.items(tag::VoiLut, 64)) {
        if (auto lut = lutOf(item, text, facts))
            facts.voiLuts.push_back(std::move(*lut));
        else
            facts.notes.append(QStringLiteral("a VOI LUT is unreadable"));
    }
    if (!set.has(tag::RedDescriptor))
        return;
    auto red = paletteOf(set, 0, facts), green = paletteOf(set, 1, facts), blue = paletteOf(set, 2, facts);
    if (red && green && blue)
        facts.palette = Palette{std::move(*red), std::move(*green), std::move(*blue),
            facts.photometric != QLatin1String("PALETTE COLOR")};
    else
        facts.notes.append(QStringLiteral("the palette is unreadable"));
}

} // namespace naru::imaging
