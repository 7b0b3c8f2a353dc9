#include "core/imaging/render/Grey.h"

#include "core/imaging/render/GreyRamp.h"
#include "core/imaging/render/Samples.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

namespace naru::imaging {

namespace {
Ramp rampOf(const Modality &modality, const Voi &voi, bool invert)
{
    const double perUnit = 255 / (voi.high() - voi.low());
    const double begin = (voi.low() - modality.intercept()) / modality.slope();
    const double origin = std::abs(begin) < 1e6 ? std::round(begin) : 0;
    double scale = modality.slope() * perUnit;
    double offset = (modality(origin) - voi.low()) * perUnit;
    if (invert) {
        scale = -scale;
        offset = 255 - offset;
    }
    Ramp out{float(origin), float(scale), float(offset)};
    // Values of the file: any int; beyond 16 bits there are none of them among the samples.
    constexpr double Most = 100'000;
    out.hasPadding = modality.hasPadding();
    out.paddingLow = int(std::clamp(modality.paddingLow(), -Most, Most));
    out.paddingHigh = int(std::clamp(modality.paddingHigh(), -Most, Most));
    return out;
}

unsigned char greyOf(double stored, const Modality &modality, const Voi &voi, bool invert)
{
    double value = voi(modality(stored));
    if (invert)
        value = 255 - value;
    return (unsigned char)(int(std::clamp(value + 0.5, 0.0, 255.0)));
}

// Up to 16 bits everything else goes through a table of the values that occur.
template <typename T>
void applyTable(const T *samples, std::size_t count, const Modality &modality, const Voi &voi, bool invert,
    unsigned char *out)
{
    if (count == 0)
        return;
    T low = samples[0], high = samples[0];
    for (std::size_t i = 0; i < count; ++i) { // vectorised, unlike std::min and minmax_element
        low = samples[i] < low ? samples[i] : low;
        high = samples[i] > high ? samples[i] : high;
    }
    std::vector<unsigned char> table(std::size_t(int(high) - int(low)) + 1);
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = greyOf(double(low) + double(i), modality, voi, invert);
    const unsigned char *entries = table.data();
    for (std::size_t i = 0; i < count; ++i)
        out[i] = entries[int(samples[i]) - int(low)];
}

template <typename T>
void blackenPadding(const T *samples, std::size_t count, const Modality &modality, unsigned char *out)
{
    using Limits = std::numeric_limits<T>;
    if (modality.paddingHigh() < double(Limits::lowest()) || modality.paddingLow() > double(Limits::max()))
        return;
    const T low = T(std::max(modality.paddingLow(), double(Limits::lowest())));
    const T high = T(std::min(modality.paddingHigh(), double(Limits::max())));
    for (std::size_t i = 0; i < count; ++i)
        out[i] = samples[i] >= low && samples[i] <= high ? 0 : out[i];
}
} // namespace

void renderGrey(const Frame &frame, const Modality &modality, const Voi &voi, bool invert, unsigned char *out)
{
    withSamples(frame, [&](const auto *samples, std::size_t count) {
        using T = std::remove_cv_t<std::remove_pointer_t<decltype(samples)>>;
        if constexpr (sizeof(T) <= 2) {
            if (modality.isLinear() && voi.isRamp()) {
                applyRamp(samples, count, rampOf(modality, voi, invert), out);
                return;
            }
            applyTable(samples, count, modality, voi, invert, out);
        } else {
            for (std::size_t i = 0; i < count; ++i)
                out[i] = greyOf(double(samples[i]), modality, voi, invert);
        }
        if (modality.hasPadding())
            blackenPadding(samples, count, modality, out);
    });
}

} // namespace naru::imaging
