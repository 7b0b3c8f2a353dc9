// A synthetic CT series: body, lungs with vessels, heart, spine, ribs, table, and noise that compresses like
// that of a scanner. The same slices for everybody who asks: the noise starts from a fixed seed.
#pragma once

#include <cstdint>
#include <vector>

namespace naru::testsupport {

class CtPhantom {
public:
    static constexpr int size = 512; // rows and columns
    static constexpr int padding = -2000; // outside the inscribed circle

    explicit CtPhantom(int slices = 500);
    // Hounsfield units of slice k, padding included, row by row.
    std::vector<std::int16_t> slice(int k) const;

private:
    struct Sine {
        double x = 0, y = 0, z = 0, phase = 0;
    };
    void paint(int k, std::vector<float> &hounsfield) const;

    int m_slices = 500;
    std::vector<Sine> m_sines{};
};

} // namespace naru::testsupport
