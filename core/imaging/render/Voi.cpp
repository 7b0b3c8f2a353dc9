#include "core/imaging/render/Voi.h"

#include "core/imaging/render/Samples.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
constexpr double white = 255;

// A linear window narrower than 1 has no meaning (C.11.2.1.2.1); writers of fractional values use it all the
// same and mean the exact form.
VoiFunction effective(VoiFunction function, double width)
{
    return function == VoiFunction::Linear && width < 1 ? VoiFunction::LinearExact : function;
}

template <typename T> Range storedRange(const T *samples, std::size_t count, const Modality &modality)
{
    T low = std::numeric_limits<T>::max(), high = std::numeric_limits<T>::lowest();
    if (!modality.hasPadding()) {
        for (std::size_t i = 0; i < count; ++i) { // vectorised; a NaN fails both comparisons
            low = samples[i] < low ? samples[i] : low;
            high = samples[i] > high ? samples[i] : high;
        }
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            if (modality.isPadding(double(samples[i])))
                continue;
            low = samples[i] < low ? samples[i] : low;
            high = samples[i] > high ? samples[i] : high;
        }
    }
    return {
        double(low), double(high), low <= high && std::isfinite(double(low)) && std::isfinite(double(high))};
}
} // namespace

bool isUsable(const Window &window)
{
    return std::isfinite(window.centre) && std::isfinite(window.width) && window.width > 0;
}

double Voi::low() const
{
    if (effective(function, window.width) == VoiFunction::Linear)
        return window.centre - 0.5 - (window.width - 1) / 2;
    return window.centre - window.width / 2;
}

double Voi::high() const
{
    if (effective(function, window.width) == VoiFunction::Linear)
        return window.centre - 0.5 + (window.width - 1) / 2;
    return window.centre + window.width / 2;
}

bool Voi::isRamp() const
{
    return !table && function != VoiFunction::Sigmoid && high() > low();
}

double Voi::operator()(double value) const
{
    if (std::isnan(value))
        return 0;
    if (table)
        return double(lookUp(*table, value)) * white / top;
    if (function == VoiFunction::Sigmoid) // C.11.2.1.3.1
        return white / (1 + std::exp(-4 * (value - window.centre) / window.width));
    if (value <= low())
        return 0;
    if (value > high())
        return white;
    return (value - low()) / (high() - low()) * white;
}

Range rangeOf(const Frame &frame, const Modality &modality)
{
    const Range stored = withSamples(
        frame, [&](const auto *samples, std::size_t count) { return storedRange(samples, count, modality); });
    if (!stored.known)
        return {};
    if (modality.isLinear()) {
        const double a = modality(stored.low), b = modality(stored.high);
        return {std::min(a, b), std::max(a, b), true};
    }
    Range out{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(), true};
    const double last = std::min(stored.high, stored.low + 65536); // a table has at most so many entries
    for (int step = 0; stored.low + step <= last; ++step) {
        out.low = std::min(out.low, modality(stored.low + step));
        out.high = std::max(out.high, modality(stored.low + step));
    }
    return out;
}

namespace {
// Up to 8 bits the values mean what they are (ultrasound, captures, bitmaps): stretching them frame by frame
// would make a cine flicker. Beyond, the values that occur.
Voi fullRange(const Frame &frame, const ImageFacts &facts, const Modality &modality)
{
    Range range;
    if (facts.bitsStored >= 1 && facts.bitsStored <= 8 && !facts.isFloat) {
        const double half = facts.isSigned ? double(1 << (facts.bitsStored - 1)) : 0;
        const double a = modality(-half), b = modality(double((1 << facts.bitsStored) - 1) - half);
        range = {std::min(a, b), std::max(a, b), true};
    } else {
        range = rangeOf(frame, modality);
    }
    Voi out;
    out.window.centre = (range.low + range.high) / 2 + 0.5;
    out.window.width = range.high - range.low + 1;
    return out;
}

Voi tableVoi(const LookupTable &table)
{
    Voi out;
    out.table = &table;
    out.top = topOf(table);
    out.window.width = double(table.entries.size());
    out.window.centre = double(table.first) + out.window.width / 2;
    return out;
}
} // namespace

Voi chooseVoi(const Frame &frame, const ImageFacts &facts, int frameIndex, const Modality &modality,
    const RenderChoice &choice)
{
    const FrameFacts &own = facts.frame(frameIndex);
    const auto windowed = [&](const Window &window) {
        Voi out;
        out.window = window;
        out.function = own.voi;
        return out;
    };
    if (choice.window && isUsable(*choice.window))
        return windowed(*choice.window);
    const int windows = int(own.windows.size());
    const int index = choice.windowIndex.value_or(-1);
    if (index >= 0 && index < windows && isUsable(own.windows[std::size_t(index)]))
        return windowed(own.windows[std::size_t(index)]);
    const int table = index - windows;
    if (table >= 0 && table < int(facts.voiLuts.size()) && !facts.voiLuts[std::size_t(table)].entries.empty())
        return tableVoi(facts.voiLuts[std::size_t(table)]);
    for (const Window &window : own.windows) {
        if (isUsable(window))
            return windowed(window);
    }
    for (const LookupTable &lut : facts.voiLuts) {
        if (!lut.entries.empty())
            return tableVoi(lut);
    }
    return fullRange(frame, facts, modality);
}

Window defaultWindow(const Frame &frame, const ImageFacts &facts, int frameIndex)
{
    if (!isWhole(frame))
        return {};
    const Modality modality(facts, frameIndex);
    return chooseVoi(frame, facts, frameIndex, modality, {}).window;
}

} // namespace naru::imaging
