#include "core/imaging/render/Cover.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace naru::imaging {

namespace {
void paint(Raster &raster, int row, int column, unsigned char value)
{
    char *at = raster.bytes.data() + (qsizetype(row) * raster.columns + column) * raster.channels;
    std::fill_n(at, raster.channels, char(value));
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

// Whether the pixels of one row lie in a polygon, by the even-odd rule with pixel centres on whole numbers.
// Each edge is looked at once a row: asked for each pixel, a thousand vertices would hold the screen for
// seconds.
class PolygonRow {
public:
    PolygonRow(const Shutter &shutter, int columns)
        : m_vertices(shutter.vertices)
        , m_flips(std::size_t(columns))
        , m_used(shutter.shape.contains(QLatin1String("POLYGONAL")) && shutter.vertices.size() >= 6
              && shutter.vertices.size() <= 2 * MostVertices)
    {
    }
    // Row from 1.
    void begin(int row)
    {
        if (!m_used)
            return;
        std::fill(m_flips.begin(), m_flips.end(), false);
        m_inside = false;
        const std::size_t count = m_vertices.size() / 2;
        for (std::size_t i = 0, j = count - 1; i < count; j = i++) {
            const double rowA = m_vertices[2 * i], columnA = m_vertices[2 * i + 1];
            const double rowB = m_vertices[2 * j], columnB = m_vertices[2 * j + 1];
            if ((rowA > row) == (rowB > row))
                continue;
            // Columns up to here are on the other side; all beyond the image are.
            const double edge = (columnB - columnA) * (row - rowA) / (rowB - rowA) + columnA;
            m_inside = m_inside != (edge > 1);
            if (edge > 1 && edge <= double(m_flips.size()))
                m_flips[std::size_t(std::ceil(edge)) - 1] = !m_flips[std::size_t(std::ceil(edge)) - 1];
        }
    }
    // For columns one after the other, the first is 1.
    bool isOpen(int column)
    {
        if (!m_used)
            return true;
        m_inside = m_inside != m_flips[std::size_t(column) - 1];
        return m_inside;
    }

private:
    const std::vector<int> &m_vertices;
    std::vector<bool> m_flips;
    bool m_used, m_inside = false;
};

// Rectangle and circle; row and column from 1.
class Simple {
public:
    explicit Simple(const Shutter &shutter)
        : m_shutter(shutter)
        , m_rectangle(shutter.shape.contains(QLatin1String("RECTANGULAR")))
        , m_circle(shutter.shape.contains(QLatin1String("CIRCULAR")))
    {
    }
    bool isOpen(int row, int column) const
    {
        const Shutter &s = m_shutter;
        if (m_rectangle && (row < s.top || row > s.bottom || column < s.left || column > s.right))
            return false;
        const qint64 down = row - qint64(s.centreRow), right = column - qint64(s.centreColumn);
        return !m_circle || down * down + right * right <= qint64(s.radius) * s.radius;
    }

private:
    const Shutter &m_shutter;
    bool m_rectangle, m_circle;
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
                if (bit < known && (bits[bit / 8] >> (bit % 8)) & 1)
                    paint(raster, int(row + down), int(column + right), 255);
            }
        }
    }
}

void closeShutter(const Shutter &shutter, Raster &raster)
{
    const auto value = (unsigned char)(std::clamp(shutter.value, 0, 65535) >> 8);
    const Simple simple(shutter);
    PolygonRow polygon(shutter, raster.columns);
    for (int row = 0; row < raster.rows; ++row) {
        polygon.begin(row + 1);
        for (int column = 0; column < raster.columns; ++column) {
            const bool inside = polygon.isOpen(column + 1);
            if (!inside || !simple.isOpen(row + 1, column + 1))
                paint(raster, row, column, value);
        }
    }
}

} // namespace naru::imaging
