#include "core/imaging/render/Cover.h"

#include <algorithm>

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

// Even-odd rule with pixel centres on whole numbers.
bool isInside(const std::vector<int> &vertices, int row, int column)
{
    bool inside = false;
    const std::size_t count = vertices.size() / 2;
    for (std::size_t i = 0, j = count - 1; i < count; j = i++) {
        const double rowA = vertices[2 * i], columnA = vertices[2 * i + 1];
        const double rowB = vertices[2 * j], columnB = vertices[2 * j + 1];
        if ((rowA > row) != (rowB > row)
            && column < (columnB - columnA) * (row - rowA) / (rowB - rowA) + columnA)
            inside = !inside;
    }
    return inside;
}

// Row and column from 1.
bool isOpen(const Shutter &shutter, int row, int column)
{
    if (shutter.shape.contains(QLatin1String("RECTANGULAR"))
        && (row < shutter.top || row > shutter.bottom || column < shutter.left || column > shutter.right))
        return false;
    if (shutter.shape.contains(QLatin1String("CIRCULAR"))) {
        const qint64 down = row - qint64(shutter.centreRow), right = column - qint64(shutter.centreColumn);
        if (down * down + right * right > qint64(shutter.radius) * shutter.radius)
            return false;
    }
    // A polygon's cost is bounded: each pixel looks at each vertex.
    return !shutter.shape.contains(QLatin1String("POLYGONAL")) || shutter.vertices.size() < 6
        || shutter.vertices.size() > 2048 || isInside(shutter.vertices, row, column);
}
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
    for (int row = 0; row < raster.rows; ++row) {
        for (int column = 0; column < raster.columns; ++column) {
            if (!isOpen(shutter, row + 1, column + 1))
                paint(raster, row, column, value);
        }
    }
}

} // namespace naru::imaging
