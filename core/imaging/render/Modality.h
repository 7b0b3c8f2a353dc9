// Stored value to the value that has a unit: Modality LUT Sequence, else rescale slope and intercept
// (PS3.3 C.11.1), per frame. Also which stored values are padding (C.7.5.1.1.2).
#pragma once

#include "core/imaging/ImageFacts.h"

namespace naru::imaging {

class Modality {
public:
    Modality(const ImageFacts &facts, int frameIndex);

    bool isLinear() const { return !m_table; }
    double slope() const { return m_slope; }
    double intercept() const { return m_intercept; }
    double operator()(double stored) const;
    QString unit() const { return m_unit; }

    bool hasPadding() const { return m_hasPadding; }
    bool isPadding(double stored) const
    {
        return m_hasPadding && stored >= m_paddingLow && stored <= m_paddingHigh;
    }
    double paddingLow() const { return m_paddingLow; }
    double paddingHigh() const { return m_paddingHigh; }

private:
    const LookupTable *m_table = nullptr; // of the facts, which outlive this
    double m_slope = 1, m_intercept = 0;
    QString m_unit{};
    bool m_hasPadding = false;
    double m_paddingLow = 0, m_paddingHigh = 0;
};

// The entry for a value: below the first the first, beyond the last the last (C.11.1.1, C.11.2.1.1).
quint16 lookUp(const LookupTable &table, double value);
// Largest value the table can give: its declared depth, more where an entry exceeds it.
double topOf(const LookupTable &table);

} // namespace naru::imaging
