#include "core/imaging/render/Cover.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace naru::imaging {

namespace {
// Columns `from` to the one before `to`.
void fill(Raster &raster, int row, int from, int to, unsigned char value)
{
    if (from < to)
        std::memset(raster.bytes.data() + (qsizetype(row) * raster.columns + from) * raster.channels, value,
            std::size_t(to - from) * std::size_t(raster.channels));
}

// Frame of a multi-frame overlay that belongs to this image frame, -1: none.
int planeOf(const Overlay &overlay, int frameIndex)
{
    if (overlay.frames <= 1)
        return 0; // one plane for all frames
    const int plane = frameIndex - (overlay.firstFrame - 1);
    return plane >= 0 && plane < overlay.frames ? plane : -1;
}

constexpr std::size_t MostVertices = 1024;

// What is open of one row, in columns from 0: from the first, to the one behind the last.
struct Span {
    int from = 0, to = 0;
};

// Rectangle and circle; row from 1.
Span openOf(const Shutter &s, int row, int columns)
{
    qint64 from = 1, to = columns; // columns from 1, both open
    if (s.shape.contains(QLatin1String("RECTANGULAR"))) {
        if (row < s.top || row > s.bottom)
            return {};
        from = std::max<qint64>(from, s.left);
        to = std::min<qint64>(to, s.right);
    }
    if (s.shape.contains(QLatin1String("CIRCULAR"))) {
        const qint64 down = row - qint64(s.centreRow), left = qint64(s.radius) * s.radius - down * down;
        if (left < 0)
            return {};
        auto half = qint64(std::sqrt(double(left))); // exact: a double has fewer digits
        while (half * half > left)
            --half;
        while ((half + 1) * (half + 1) <= left)
            ++half;
        from = std::max(from, s.centreColumn - half);
        to = std::min(to, s.centreColumn + half);
    }
    return from <= to ? Span{int(from - 1), int(to)} : Span{};
}

// Where the pixels of one row enter and leave a polygon, by the even-odd rule with pixel centres on whole
// numbers. Each edge is looked at once a row: asked for each pixel, a thousand vertices would hold the screen
// for seconds.
class PolygonRow {
public:
    explicit PolygonRow(const Shutter &shutter)
        : m_vertices(shutter.vertices)
        , m_used(shutter.shape.contains(QLatin1String("POLYGONAL")) && shutter.vertices.size() >= 6
              && shutter.vertices.size() <= 2 * MostVertices)
    {
    }
    bool isUsed() const { return m_used; }
    // Row from 1; the columns from 0 at which it changes sides, ascending, and the side before the first.
    const std::vector<int> &changes(int row, int columns, bool &inside)
    {
        m_changes.clear();
        inside = false;
        const std::size_t count = m_vertices.size() / 2;
        for (std::size_t i = 0, j = count - 1; i < count; j = i++) {
            const double rowA = m_vertices[2 * i], columnA = m_vertices[2 * i + 1];
            const double rowB = m_vertices[2 * j], columnB = m_vertices[2 * j + 1];
            if ((rowA > row) == (rowB > row))
                continue;
            // Columns up to here are on the other side; all beyond the image are.
            const double edge = (columnB - columnA) * (row - rowA) / (rowB - rowA) + columnA;
            inside = inside != (edge > 1);
            if (edge > 1 && edge <= double(columns))
                m_changes.push_back(int(std::ceil(edge)) - 1);
        }
        std::sort(m_changes.begin(), m_changes.end());
        return m_changes;
    }

private:
    const std::vector<int> &m_vertices;
    std::vector<int> m_changes{};
    bool m_used;
};
} // namespace

void burnOverlays(const ImageFacts &facts, int frameIndex, Raster &raster)
{
    for (const Overlay &overlay : facts.overlays) {
        const int plane = planeOf(overlay, frameIndex);
        if (plane < 0 || overlay.rows <= 0 || overlay.columns <= 0 || overlay.bits.isEmpty())
            continue;
        const auto *bits = reinterpret_cast<const unsigned char *>(overlay.bits.constData());
        const qint64 size = qint64(overlay.rows) * overlay.columns, start = size * plane;
        const qint64 known = overlay.bits.size() * 8;
        const qint64 down = qint64(overlay.originRow) - 1, right = qint64(overlay.originColumn) - 1;
        const qint64 rows = std::min<qint64>(overlay.rows, raster.rows - down);
        const qint64 columns = std::min<qint64>(overlay.columns, raster.columns - right);
        for (qint64 row = std::max<qint64>(0, -down); row < rows; ++row) {
            for (qint64 column = std::max<qint64>(0, -right); column < columns; ++column) {
                const qint64 bit = start + row * overlay.columns + column;
                const bool whole = bit % 8 == 0 && bit < known && column + 8 <= columns;
                if (whole && (bits[bit / 8] == 0 || bits[bit / 8] == 0xFF)) { // most of a plane, usually
                    if (bits[bit / 8] != 0)
                        fill(raster, int(row + down), int(column + right), int(column + right) + 8, 255);
                    column += 7;
                    continue;
                }
                if (bit < known && (bits[bit / 8] >> (bit % 8)) & 1)
                    fill(raster, int(row + down), int(column + right), int(column + right) + 1, 255);
            }
        }
    }
}

void closeShutter(const Shutter &shutter, Raster &raster)
{
    const auto value = (unsigned char)(std::clamp(shutter.value, 0, 65535) >> 8);
    PolygonRow polygon(shutter);
    for (int row = 0; row < raster.rows; ++row) {
        const Span open = openOf(shutter, row + 1, raster.columns);
        fill(raster, row, 0, open.from, value);
        fill(raster, row, open.to, raster.columns, value);
        if (!polygon.isUsed())
            continue;
        bool inside = false;
        int at = 0;
        for (const int change : polygon.changes(row + 1, raster.columns, inside)) {
            if (!inside)
                fill(raster, row, at, change, value);
            inside = !inside;
            at = change;
        }
        if (!inside)
            fill(raster, row, at, raster.columns, value);
    }
}

} // namespace naru::imaging
