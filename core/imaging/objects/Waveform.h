// Waveforms (PS3.3 C.10.9), above all the electrocardiogram: channels as physical values over time.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/Part10Writer.h"

namespace naru::imaging {

struct WaveformChannel {
    QString label{}; // "Lead II", of Channel Label or of the source's meaning
    Code source{};
    Code unit{}; // UCUM: uV, mV, mm[Hg] ...; empty: values are plain samples
    double skew = 0; // s that this channel is later than the first
    double lowFilter = 0, highFilter = 0; // Hz, 0: not said
    std::vector<float> values{}; // NaN where the device had none
    friend bool operator==(const WaveformChannel &, const WaveformChannel &) = default;
};

// Channels sampled together.
struct WaveformGroup {
    QString label{}; // RHYTHM, MEDIAN BEAT ...
    double frequency = 0; // samples a second
    double offset = 0; // ms from the beginning of the acquisition
    std::vector<WaveformChannel> channels{};
    double seconds() const;
    friend bool operator==(const WaveformGroup &, const WaveformGroup &) = default;
};

// Samples that were left in the file are read through `bulk`. imaging.WrongObject without a waveform,
// .Malformed when the samples do not fit their description, .TooLarge beyond 64 channels or 32 million
// samples, .BulkMissing.
base::Result<std::vector<WaveformGroup>> waveformsOf(const DataSetValue &set, const BulkReader &bulk = {});

} // namespace naru::imaging
