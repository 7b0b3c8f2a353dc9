#include "app/practice/seed/imaging/Phantom.h"

#include "app/practice/seed/tables/phantomsTable.h"
#include "core/base/Tsv.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace naru::practice {

namespace {
// The rows of a picture that an ellipse of the body covers: f(row, first column, one past the last).
template <typename F>
void eachSpan(const Phantom::Body &body, const PlaneAxes &axes, double reach, const PictureSize &size, F &&f)
{
    const auto at = [](int axis) { return std::size_t(axis); };
    const double middleColumn = (size.columns - 1) / 2.0 + body.centre[at(axes.column)] / size.spacing;
    const double middleRow = (size.rows - 1) / 2.0 + axes.rowSign * body.centre[at(axes.row)] / size.spacing;
    const double halfRow = body.radii[at(axes.row)] / size.spacing * std::sqrt(reach);
    const int first = std::max(0, int(std::ceil(middleRow - halfRow)));
    const int last = std::min(size.rows - 1, int(std::floor(middleRow + halfRow)));
    for (int row = first; row <= last; ++row) {
        const double up = (row - middleRow) * size.spacing / body.radii[at(axes.row)];
        const double left = reach - up * up;
        if (left <= 0)
            continue;
        const double half = body.radii[at(axes.column)] / size.spacing * std::sqrt(left);
        const int from = std::max(0, int(std::ceil(middleColumn - half)));
        const int to = std::min(size.columns - 1, int(std::floor(middleColumn + half)));
        f(row, from, to + 1, middleColumn, left);
    }
}

void addNoise(std::vector<std::int16_t> &picture, int spread, std::uint64_t seed)
{
    if (spread <= 0)
        return;
    std::uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;
    for (std::int16_t &value : picture) {
        state ^= state << 13U;
        state ^= state >> 7U;
        state ^= state << 17U;
        // Two uniform numbers make a triangle, which is close enough to a bell.
        const int noise =
            int((state >> 8U) % unsigned(spread + 1)) + int((state >> 40U) % unsigned(spread + 1)) - spread;
        value = std::int16_t(std::clamp(value + noise, -32768, 32767));
    }
}
} // namespace

PlaneAxes PlaneAxes::of(Plane plane)
{
    switch (plane) {
    case Plane::Axial:
        break;
    case Plane::Coronal:
        return {0, 2, 1, -1};
    case Plane::Sagittal:
        return {1, 2, 0, -1};
    }
    return {};
}

Phantom::Channel Phantom::channel(const QString &name)
{
    static const QHash<QString, Channel> names{{QStringLiteral("hu"), Hounsfield}, {QStringLiteral("t1"), T1},
        {QStringLiteral("t2"), T2}, {QStringLiteral("echo"), Echo}};
    return names.value(name, Attenuation);
}

const Phantom &Phantom::named(const QString &scene)
{
    static const QHash<QString, Phantom> all = [] {
        QHash<QString, Phantom> out;
        const base::TsvTable table = base::TsvTable::parse(seed::tables::phantoms);
        for (int i = 0; i < table.rowCount(); ++i) {
            const auto number = [&](const char *column) { return table.at(i, column).toDouble(); };
            out[table.at(i, "scene")].m_bodies.push_back(
                {{number("cx"), number("cy"), number("cz")}, {number("rx"), number("ry"), number("rz")},
                    {number("hu"), number("t1"), number("t2"), number("echo"), number("mu")}});
        }
        return out;
    }();
    static const Phantom none;
    const auto found = all.constFind(scene);
    return found == all.constEnd() ? none : *found;
}

std::vector<std::int16_t> Phantom::slice(Plane plane, Channel channel, double position,
    const PictureSize &size, int outside, int noise, std::uint64_t seed) const
{
    const PlaneAxes axes = PlaneAxes::of(plane);
    std::vector<std::int16_t> picture(
        std::size_t(size.rows) * std::size_t(size.columns), std::int16_t(outside));
    for (const Body &body : m_bodies) {
        const auto normal = std::size_t(axes.normal);
        const double away = (position - body.centre[normal]) / body.radii[normal];
        const double reach = 1 - away * away;
        if (reach <= 0)
            continue;
        const auto value = std::int16_t(body.values[channel]);
        eachSpan(body, axes, reach, size, [&](int row, int from, int to, double, double) {
            if (from < to)
                std::fill_n(picture.begin() + qsizetype(row) * size.columns + from, to - from, value);
        });
    }
    addNoise(picture, noise, seed);
    return picture;
}

std::vector<std::int16_t> Phantom::projection(
    Plane plane, const PictureSize &size, int top, std::uint64_t seed) const
{
    const PlaneAxes axes = PlaneAxes::of(plane);
    std::vector<float> sum(std::size_t(size.rows) * std::size_t(size.columns), 0.0F);
    for (const Body &body : m_bodies) {
        const double depth = 2 * body.radii[std::size_t(axes.normal)] / 10 * body.values[Attenuation]; // cm
        const double radius = body.radii[std::size_t(axes.column)] / size.spacing;
        eachSpan(body, axes, 1, size, [&](int row, int from, int to, double middle, double left) {
            float *line = sum.data() + std::size_t(row) * std::size_t(size.columns);
            for (int column = from; column < to; ++column) {
                const double across = (column - middle) / radius;
                line[column] += float(depth * std::sqrt(std::max(0.0, left - across * across)));
            }
        });
    }
    const float most = std::max(1e-6F, *std::max_element(sum.begin(), sum.end()));
    std::vector<std::int16_t> picture(sum.size());
    std::transform(sum.begin(), sum.end(), picture.begin(), [&](float value) {
        return std::int16_t(
            std::sqrt(std::max(0.0F, value) / most) * float(top)); // the root brings out soft tissue
    });
    addNoise(picture, top / 200, seed);
    for (std::int16_t &value : picture)
        value = std::clamp<std::int16_t>(value, 0, std::int16_t(top));
    return picture;
}

} // namespace naru::practice
