#include "core/imaging/measure/Statistics.h"

#include "core/imaging/render/Modality.h"
#include "core/imaging/render/Samples.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
// Columns of a row whose centres lie inside, as runs: [first, last).
using Runs = std::vector<std::pair<int, int>>;

int clampColumn(double x, int columns)
{
    return int(std::clamp(std::ceil(x - 0.5), 0.0, double(columns)));
}

// Where a polygon's edges cross the line of the row's centres: even-odd.
void polygonRuns(const std::vector<QPointF> &corners, double y, int columns, Runs &out)
{
    std::vector<double> crossings;
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        const QPointF a = corners[i], b = corners[j];
        if ((a.y() > y) != (b.y() > y))
            crossings.push_back((b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x());
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const int first = clampColumn(crossings[i], columns), last = clampColumn(crossings[i + 1], columns);
        if (first < last)
            out.emplace_back(first, last);
    }
}

void runsOf(const Shape &shape, int row, int columns, Runs &out)
{
    out.clear();
    const double y = row + 0.5;
    if (shape.kind == ShapeKind::Polyline) {
        polygonRuns(shape.points, y, columns, out);
        return;
    }
    // A rectangle or an ellipse: one run, found by asking; they are as wide as their bounds at most.
    const QRectF box = boundsOf(shape);
    int first = clampColumn(box.left(), columns), last = clampColumn(box.right() + 1, columns);
    while (first < last && !contains(shape, {first + 0.5, y}))
        ++first;
    while (last > first && !contains(shape, {last - 0.5, y}))
        --last;
    if (first < last)
        out.emplace_back(first, last);
}

// Mean and squares by Welford's rule: exact enough for any offset of the values.
class Sums {
public:
    Sums(Statistics &out, const Modality &modality)
        : m_out(out)
        , m_modality(modality)
    {
    }
    void add(double stored, int row, int column)
    {
        const double value = m_modality.isPadding(stored) ? std::nan("") : m_modality(stored);
        if (!std::isfinite(value)) {
            ++m_out.left;
            return;
        }
        if (m_out.count == 0 || value < m_out.minimum) {
            m_out.minimum = value;
            m_out.minimumAt = {column + 0.5, row + 0.5};
        }
        if (m_out.count == 0 || value > m_out.maximum) {
            m_out.maximum = value;
            m_out.maximumAt = {column + 0.5, row + 0.5};
        }
        ++m_out.count;
        m_out.sum += value;
        const double away = value - m_out.mean;
        m_out.mean += away / double(m_out.count);
        m_squares += away * (value - m_out.mean);
    }
    void finish() { m_out.deviation = m_out.count > 1 ? std::sqrt(m_squares / double(m_out.count - 1)) : 0; }

private:
    Statistics &m_out;
    const Modality &m_modality;
    double m_squares = 0;
};

bool hasValues(const Frame &frame, const ImageFacts &facts)
{
    return isWhole(frame) && frame.shape.samples == 1 && facts.photometric != QLatin1String("PALETTE COLOR");
}
} // namespace

Statistics statisticsOf(const Frame &frame, const ImageFacts &facts, int frameIndex, const Shape &shape)
{
    Statistics out;
    out.grey = frame.shape.samples == 1 && facts.photometric != QLatin1String("PALETTE COLOR");
    if (!hasValues(frame, facts) || !isComplete(shape) || (!isArea(shape) && shape.kind != ShapeKind::Point))
        return out;
    const Modality modality(facts, frameIndex);
    out.unit = modality.unit();
    Sums sums(out, modality);
    const int rows = frame.shape.rows, columns = frame.shape.columns;
    withSamples(frame, [&](const auto *samples, std::size_t) {
        const auto at = [&](int row, int column) {
            sums.add(
                double(samples[std::size_t(row) * std::size_t(columns) + std::size_t(column)]), row, column);
        };
        if (shape.kind == ShapeKind::Point) {
            const double x = std::floor(shape.points[0].x()), y = std::floor(shape.points[0].y());
            if (x >= 0 && y >= 0 && x < columns && y < rows)
                at(int(y), int(x));
            return;
        }
        const QRectF box = boundsOf(shape);
        const int top = int(std::clamp(std::floor(box.top()), 0.0, double(rows)));
        const int bottom = int(std::clamp(std::ceil(box.bottom()), 0.0, double(rows)));
        Runs runs;
        for (int row = top; row < bottom; ++row) {
            runsOf(shape, row, columns, runs);
            for (const auto &[first, last] : runs) {
                for (int column = first; column < last; ++column)
                    at(row, column);
            }
        }
    });
    sums.finish();
    return out;
}

std::vector<double> profileOf(
    const Frame &frame, const ImageFacts &facts, int frameIndex, QPointF from, QPointF to)
{
    constexpr double Longest = 200'000;
    const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
    if (!hasValues(frame, facts) || !(length <= Longest))
        return {};
    const Modality modality(facts, frameIndex);
    const int count = int(std::ceil(length)) + 1;
    std::vector<double> out;
    withSamples(frame, [&](const auto *samples, std::size_t) {
        for (int i = 0; i < count; ++i) {
            const QPointF point = from + (to - from) * (count > 1 ? double(i) / (count - 1) : 0);
            const double x = std::floor(point.x()), y = std::floor(point.y());
            if (x < 0 || y < 0 || x >= frame.shape.columns || y >= frame.shape.rows) {
                out.push_back(std::numeric_limits<double>::quiet_NaN());
                continue;
            }
            const double stored =
                double(samples[std::size_t(y) * std::size_t(frame.shape.columns) + std::size_t(x)]);
            out.push_back(modality.isPadding(stored) ? std::nan("") : modality(stored));
        }
    });
    return out;
}

} // namespace naru::imaging
