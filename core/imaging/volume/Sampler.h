// Values along straight lines through a volume: trilinear in the slices' own places. NaN where there is
// nothing: outside, between slices that are missing, in slices not loaded, on padding.
#pragma once

#include "core/imaging/volume/Volume.h"

#include <vector>

namespace naru::imaging {

// Samples at (u, v, z) + i * (du, dv, dz): columns and rows (pixel centres are whole numbers), mm along the
// normal.
struct SampleLine {
    double u = 0, v = 0, z = 0;
    double du = 0, dv = 0, dz = 0;
    int count = 0;
};

// Looks at which slices are there once, when it is made.
class Sampler {
public:
    explicit Sampler(const Volume &volume);
    // Stored values when all slices share a rescale, else rescaled ones.
    void sample(const SampleLine &line, float *out) const;

    // Of a patient point and of a direction.
    SampleLine lineFrom(Vector3 start, Vector3 step, int count) const;

private:
    struct Pick {
        int a = 0, b = 0; // equal: one slice alone
        float f = 0; // weight of b
        bool valid = false;
    };
    Pick pick(double z) const;
    template <typename T> void along(const SampleLine &line, float *out) const;
    template <typename T> void flat(const SampleLine &line, const Pick &pick, float *out) const;
    template <typename T>
    void sliceRow(int slice, const SampleLine &line, float *out, std::vector<float> &scratch) const;
    template <typename T> float bilinear(int slice, double u, double v) const;
    template <typename T>
    void rows(const T *first, const T *second, float weight, int count, float *out) const;
    float rescaled(int slice, float value) const;
    bool isGrid() const;
    std::pair<int, int> inner(const SampleLine &line) const;
    template <typename T> void through(const SampleLine &line, int begin, int end, float *out) const;
    template <typename T> void each(const SampleLine &line, int begin, int end, float *out) const;

    const Volume &m_volume;
    std::vector<unsigned char> m_ready{};
    std::vector<int> m_bins{}; // slice at or before a multiple of m_binSize
    double m_binSize = 1, m_last = 0;
    std::vector<float> m_shiftX{}, m_shiftY{}; // pixels
    bool m_grid = false; // complete, evenly spaced, upright: every voxel is where its indices say
    double m_gridStep = 1;
    bool m_hasPadding = false;
    float m_padLow = 0, m_padHigh = 0;
};

} // namespace naru::imaging
