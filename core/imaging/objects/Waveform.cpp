#include "core/imaging/objects/Waveform.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace naru::imaging {

namespace {
constexpr int MostChannels = 64, MostGroups = 64;
constexpr qint64 MostSamples = 32'000'000; // of a group, all channels

base::Error malformed(const char *what)
{
    return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

// How a sample is stored: bits and (5400,1006).
struct Sample {
    int bytes = 2;
    bool isSigned = true;
    qint64 at(const char *from) const
    {
        switch (bytes) {
        case 1:
            return isSigned ? qint64(qint8(*from)) : qint64(quint8(*from));
        case 2:
            return isSigned ? qint64(qFromLittleEndian<qint16>(from))
                            : qint64(qFromLittleEndian<quint16>(from));
        default:
            return isSigned ? qint64(qFromLittleEndian<qint32>(from))
                            : qint64(qFromLittleEndian<quint32>(from));
        }
    }
};

// µ-law and A-law of ITU-T G.711 (MB, AB) are sound, which nobody shows here.
std::optional<Sample> sampleOf(const DataSetValue &item)
{
    const int bits = item.integer(attr::WaveformBits);
    const QString form = item.text(attr::SampleInterpretation);
    if ((bits != 8 && bits != 16 && bits != 32)
        || (form != QLatin1String("SB") && form != QLatin1String("UB") && form != QLatin1String("SS")
            && form != QLatin1String("US") && form != QLatin1String("SL") && form != QLatin1String("UL")))
        return std::nullopt;
    return Sample{bits / 8, form.startsWith(QLatin1Char('S'))};
}

base::Result<QByteArray> bytesOf(const DataSetValue &item, qint64 needed, const BulkReader &bulk)
{
    const DataElement *data = item.find(attr::WaveformData);
    if (data && data->bulk) {
        if (!bulk || !data->bulk->uri.isEmpty())
            return base::Error(
                errors::BulkMissing, {}, {{QStringLiteral("tag"), tagText(attr::WaveformData)}});
        if (data->bulk->length < needed)
            return malformed("waveform");
        NARU_ASSIGN(QByteArray bytes, bulk(data->bulk->offset, needed));
        for (qsizetype i = 0; data->bulk->swap > 1 && i + data->bulk->swap <= bytes.size();
             i += data->bulk->swap)
            std::reverse(bytes.begin() + i, bytes.begin() + i + data->bulk->swap);
        return bytes;
    }
    if (!data || data->bytes.size() < needed)
        return malformed("waveform");
    return data->bytes;
}

WaveformChannel channelOf(const DataSetValue &item)
{
    WaveformChannel out;
    out.source = codeIn(item, attr::ChannelSource);
    out.label = item.text(attr::ChannelLabel);
    if (out.label.isEmpty())
        out.label = out.source.meaning;
    out.unit = codeIn(item, attr::ChannelUnits);
    out.skew = item.number(attr::ChannelSkew).value_or(0);
    out.lowFilter = item.number(attr::FilterLow).value_or(0);
    out.highFilter = item.number(attr::FilterHigh).value_or(0);
    return out;
}

base::Result<WaveformGroup> readGroup(const DataSetValue &item, const BulkReader &bulk)
{
    WaveformGroup out;
    out.label = item.text(attr::MultiplexLabel);
    out.frequency = item.number(attr::SamplingFrequency).value_or(0);
    out.offset = item.number(attr::MultiplexOffset).value_or(0);
    const auto &definitions = item.items(attr::ChannelDefinitions);
    const qint64 count = item.integer(attr::WaveformSamples), channels = qint64(definitions.size());
    const auto sample = sampleOf(item);
    if (!sample || !(out.frequency > 0) || count < 1 || channels < 1
        || item.integer(attr::WaveformChannels) != channels)
        return malformed("waveform");
    if (channels > MostChannels || count > MostSamples / channels)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("waveform")}});
    NARU_ASSIGN(const QByteArray bytes, bytesOf(item, count * channels * sample->bytes, bulk));
    const QByteArray padding = item.bytes(attr::WaveformPadding);
    const bool padded = padding.size() >= sample->bytes;
    const qint64 none = padded ? sample->at(padding.constData()) : 0;
    for (qint64 c = 0; c < channels; ++c) {
        const DataSetValue &definition = definitions[std::size_t(c)];
        WaveformChannel channel = channelOf(definition);
        // C.10.9.1.4.2: a sample is worth its sensitivity, corrected, above the baseline.
        const double worth = definition.number(attr::Sensitivity).value_or(1)
            * definition.number(attr::SensitivityCorrection).value_or(1);
        const double baseline = definition.number(attr::Baseline).value_or(0);
        channel.values.reserve(std::size_t(count));
        for (qint64 i = 0; i < count; ++i) {
            const qint64 raw = sample->at(bytes.constData() + (i * channels + c) * sample->bytes);
            channel.values.push_back(padded && raw == none ? std::numeric_limits<float>::quiet_NaN()
                                                           : float(double(raw) * worth + baseline));
        }
        out.channels.push_back(std::move(channel));
    }
    return out;
}
} // namespace

double WaveformGroup::seconds() const
{
    return frequency > 0 && !channels.empty() ? double(channels.front().values.size()) / frequency : 0;
}

base::Result<std::vector<WaveformGroup>> waveformsOf(const DataSetValue &set, const BulkReader &bulk)
{
    const auto &items = set.items(attr::Waveforms);
    if (items.empty())
        return errors::WrongObject;
    if (items.size() > MostGroups)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("waveform")}});
    std::vector<WaveformGroup> out;
    for (const DataSetValue &item : items) {
        NARU_ASSIGN(WaveformGroup group, readGroup(item, bulk));
        out.push_back(std::move(group));
    }
    return out;
}

} // namespace naru::imaging
