// Colours of layers: CIELab over the D50 white of the profile connection space (PS3.3 C.10.7.1.1), sRGB of
// the screen.
#include "core/imaging/objects/Presentation.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
constexpr std::array white{0.96422, 1.0, 0.82521}; // D50
constexpr double Epsilon = 216.0 / 24389, Kappa = 24389.0 / 27;

// sRGB and XYZ at D50 (its D65 primaries adapted by Bradford).
constexpr std::array toXyz{
    0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733};
constexpr std::array toRgb{
    3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.0334540, 0.0719453, -0.2289914, 1.4052427};

std::array<double, 3> times(const std::array<double, 9> &matrix, const std::array<double, 3> &v)
{
    std::array<double, 3> out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = matrix[3 * i] * v[0] + matrix[3 * i + 1] * v[1] + matrix[3 * i + 2] * v[2];
    return out;
}

double linear(double encoded)
{
    return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

double encoded(double linear)
{
    return linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}
} // namespace

std::array<int, 3> srgbOfLab(const std::array<double, 3> &lab)
{
    const double fy = (lab[0] + 16) / 116;
    const std::array f{fy + lab[1] / 500, fy, fy - lab[2] / 200};
    std::array<double, 3> xyz{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double cube = f[i] * f[i] * f[i];
        xyz[i] = white[i] * (cube > Epsilon ? cube : (116 * f[i] - 16) / Kappa);
    }
    const std::array<double, 3> rgb = times(toRgb, xyz);
    std::array<int, 3> out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = int(std::lround(255 * std::clamp(encoded(std::max(rgb[i], 0.0)), 0.0, 1.0)));
    return out;
}

std::array<double, 3> labOfSrgb(const std::array<int, 3> &rgb)
{
    std::array<double, 3> part{};
    for (std::size_t i = 0; i < 3; ++i)
        part[i] = linear(std::clamp(rgb[i], 0, 255) / 255.0);
    std::array<double, 3> f = times(toXyz, part);
    for (std::size_t i = 0; i < 3; ++i) {
        const double t = f[i] / white[i];
        f[i] = t > Epsilon ? std::cbrt(t) : (Kappa * t + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

} // namespace naru::imaging
