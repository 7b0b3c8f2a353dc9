#include "tests/support/imaging/CtPhantom.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace naru::testsupport {

namespace {
constexpr auto edge = std::size_t(CtPhantom::size);

bool inEllipse(double x, double y, double centreX, double centreY, double a, double b)
{
    const double u = (x - centreX) / a, v = (y - centreY) / b;
    return u * u + v * v < 1;
}

// The separable kernel 1/4 1/2 1/4.
void smooth(std::vector<float> &image)
{
    std::vector<float> line(edge);
    const auto pass = [&](std::size_t start, std::size_t step) {
        for (std::size_t i = 0; i < edge; ++i)
            line[i] = image[start + i * step];
        for (std::size_t i = 0; i < edge; ++i) {
            const float before = line[i > 0 ? i - 1 : i], after = line[i + 1 < edge ? i + 1 : i];
            image[start + i * step] = 0.25F * before + 0.5F * line[i] + 0.25F * after;
        }
    };
    for (std::size_t y = 0; y < edge; ++y)
        pass(y * edge, 1);
    for (std::size_t x = 0; x < edge; ++x)
        pass(x, edge);
}
} // namespace

CtPhantom::CtPhantom(int slices)
    : m_slices(slices)
{
    std::mt19937 random(20261122);
    std::uniform_real_distribution<double> frequency(-60, 60), slow(-6, 6), phase(0, 6.283185307);
    for (int i = 0; i < 24; ++i)
        m_sines.push_back({frequency(random), frequency(random), slow(random), phase(random)});
}

void CtPhantom::paint(int k, std::vector<float> &hounsfield) const
{
    const double z = double(k) / m_slices;
    const double body = 0.62 + 0.04 * std::sin(6 * z), lung = 0.25 + 0.1 * std::sin(3.14 * z);
    // sin(a + b) from tables of both parts: 24 sines a pixel would take longer than all codecs together.
    std::vector<std::array<double, 24>> rowSin(edge), rowCos(edge), columnSin(edge), columnCos(edge);
    for (std::size_t i = 0; i < edge; ++i) {
        const double at = 2.0 * double(i) / double(edge - 1) - 1;
        for (std::size_t s = 0; s < 24; ++s) {
            const Sine &sine = m_sines[s];
            rowSin[i][s] = std::sin(sine.y * at + sine.z * z + sine.phase);
            rowCos[i][s] = std::cos(sine.y * at + sine.z * z + sine.phase);
            columnSin[i][s] = std::sin(sine.x * at);
            columnCos[i][s] = std::cos(sine.x * at);
        }
    }
    std::array<std::array<double, 2>, 12> ribs{};
    for (std::size_t i = 0; i < ribs.size(); ++i) {
        const double angle = 6.283185307 * double(i) / 12 + 2 * z;
        ribs[i] = {0.82 * std::cos(angle), 0.03 + (body - 0.08) * std::sin(angle)};
    }
    for (std::size_t row = 0; row < edge; ++row) {
        const double y = 2.0 * double(row) / double(edge - 1) - 1;
        for (std::size_t column = 0; column < edge; ++column) {
            const double x = 2.0 * double(column) / double(edge - 1) - 1;
            float value = -1000;
            if (inEllipse(x, y, 0, 0.03, 0.88, body))
                value = -100;
            if (inEllipse(x, y, 0, 0.03, 0.84, body - 0.05))
                value = 45;
            if (inEllipse(x, y, -0.4, 0, lung, 0.42) || inEllipse(x, y, 0.4, 0, lung, 0.42)) {
                double sum = 0;
                for (std::size_t s = 0; s < 24; ++s)
                    sum += rowSin[row][s] * columnCos[column][s] + rowCos[row][s] * columnSin[column][s];
                value = sum > 7 ? 30 : -850;
            }
            if (inEllipse(x, y, 0.08, -0.1, 0.18, 0.2))
                value = 160;
            if (inEllipse(x, y, 0, 0.42, 0.1, 0.1))
                value = inEllipse(x, y, 0, 0.42, 0.06, 0.06) ? 300 : 700;
            for (const auto &rib : ribs) {
                if (inEllipse(x, y, rib[0], rib[1], 0.03, 0.02))
                    value = 900;
            }
            if (std::abs(x) < 0.6 && std::abs(y - 0.78) < 0.02)
                value = -300;
            hounsfield[row * edge + column] = value;
        }
    }
}

std::vector<std::int16_t> CtPhantom::slice(int k) const
{
    std::vector<float> image(edge * edge), noise(edge * edge);
    paint(k, image);
    smooth(image);
    std::mt19937 random(std::uint32_t(7919 * k + 1));
    std::normal_distribution<float> normal(0, 14.0F / 0.375F); // the kernel leaves 0.375 of it
    for (float &value : noise)
        value = normal(random);
    smooth(noise);
    std::vector<std::int16_t> out(edge * edge);
    const double middle = (size - 1) / 2.0, radius = size / 2.0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double right = double(i % edge) - middle, down = double(i / edge) - middle;
        const float value = std::clamp(std::round(image[i] + noise[i]), -1024.0F, 3071.0F);
        out[i] = right * right + down * down > radius * radius ? std::int16_t(padding) : std::int16_t(value);
    }
    return out;
}

} // namespace naru::testsupport
