#include "core/imaging/render/Modality.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

quint16 lookUp(const LookupTable &table, double value)
{
    if (table.entries.empty() || std::isnan(value))
        return 0;
    const double last = double(table.entries.size() - 1);
    const double index = std::clamp(std::round(value) - table.first, 0.0, last);
    return table.entries[std::size_t(index)];
}

double topOf(const LookupTable &table)
{
    const int bits = std::clamp(table.bits, 1, 16);
    double top = double((1 << bits) - 1);
    for (const quint16 entry : table.entries) {
        while (double(entry) > top)
            top = top * 2 + 1;
    }
    return top;
}

Modality::Modality(const ImageFacts &facts, int frameIndex)
{
    const FrameFacts &frame = facts.frame(frameIndex);
    if (facts.modalityLut && !facts.modalityLut->entries.empty()) {
        m_table = &*facts.modalityLut;
        m_unit = m_table->type;
    } else if (frame.hasRescale && std::isfinite(frame.slope) && std::isfinite(frame.intercept)
        && frame.slope != 0) { // a slope of 0 would make every pixel the same: a writer's mistake
        m_slope = frame.slope;
        m_intercept = frame.intercept;
        m_unit = frame.rescaleType;
        // Rescale Type is optional in CT and means Hounsfield units where absent (C.8.2.1).
        if (m_unit.isEmpty() && facts.modality == QLatin1String("CT"))
            m_unit = QStringLiteral("HU");
    }
    if (m_unit == QLatin1String("US")) // unspecified
        m_unit.clear();
    if (facts.padding && facts.samples == 1 && !facts.isFloat) {
        m_hasPadding = true;
        const int other = facts.paddingLimit.value_or(*facts.padding);
        m_paddingLow = std::min(*facts.padding, other);
        m_paddingHigh = std::max(*facts.padding, other);
    }
}

double Modality::operator()(double stored) const
{
    return m_table ? double(lookUp(*m_table, stored)) : stored * m_slope + m_intercept;
}

} // namespace naru::imaging
