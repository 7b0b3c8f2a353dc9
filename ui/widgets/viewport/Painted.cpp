#include "ui/widgets/viewport/Painted.h"

#include "core/imaging/render/Cover.h"
#include "ui/widgets/viewport/ColourTable.h"
#include "ui/widgets/viewport/FrameReducer.h"

#include <QPainter>

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

namespace naru::ui {

namespace {

imaging::RenderChoice choiceOf(const Appearance &appearance)
{
    imaging::RenderChoice choice;
    choice.window = appearance.window;
    choice.windowIndex = appearance.windowIndex;
    choice.invert = appearance.invert;
    choice.overlays = false; // drawn above, at the image's own scale
    choice.shutter = false;
    return choice;
}

// 32 bits a pixel: the painter's fast path when it scales.
void colourInto(const imaging::Raster &raster, const ColourTable &table, const QPoint &corner, QImage &out)
{
    const auto *from = reinterpret_cast<const unsigned char *>(raster.bytes.constData());
    for (int row = 0; row < raster.rows; ++row) {
        QRgb *line = reinterpret_cast<QRgb *>(out.scanLine(corner.y() + row)) + corner.x();
        if (raster.channels == 3) {
            for (int column = 0; column < raster.columns; ++column, from += 3)
                line[column] = qRgb(from[0], from[1], from[2]);
        } else {
            for (int column = 0; column < raster.columns; ++column)
                line[column] = table.colours[from[column]];
            from += raster.columns;
        }
    }
}

// Pixels of the picture that a painter may touch when it shows this part of the image: the painter mixes
// neighbours. Small pictures are filled at once.
QRect areaOf(const QRectF &seen, int factor, const QSize &picture)
{
    constexpr int AtOnce = 1024 * 1024, Neighbours = 2;
    const QRect all(QPoint(0, 0), picture);
    if (picture.width() * qint64(picture.height()) <= AtOnce)
        return all;
    const QRectF whole(QPointF(0, 0), QSizeF(picture) * factor); // before rounding: it may be far outside
    const QRectF inside = seen.adjusted(-factor, -factor, factor, factor).intersected(whole);
    const QRectF scaled(inside.topLeft() / factor, inside.size() / factor);
    return scaled.toAlignedRect().adjusted(-Neighbours, -Neighbours, Neighbours, Neighbours).intersected(all);
}

constexpr qint64 LargeCover =
    16 * 1024 * 1024; // pixels; above it four bytes each would not fit beside the image
constexpr uchar Closed = 1, Marked = 255;

// `factor` pixels in each direction become one that has what any of them has: a line of an overlay stays.
imaging::Raster reduced(const imaging::Raster &mask, int factor)
{
    imaging::Raster out{(mask.rows + factor - 1) / factor, (mask.columns + factor - 1) / factor, 1, {}};
    out.bytes = QByteArray(qsizetype(out.rows) * out.columns, '\0');
    std::vector<quint64> line((std::size_t(mask.columns) + 7) / 8);
    std::vector<quint64> next(line.size());
    char *to = out.bytes.data();
    for (int row = 0; row < mask.rows; row += factor, to += out.columns) {
        std::fill(line.begin(), line.end(), 0);
        for (int below = row; below < std::min(mask.rows, row + factor); ++below) {
            std::memcpy(next.data(), mask.bytes.constData() + qsizetype(below) * mask.columns,
                std::size_t(mask.columns));
            std::transform(line.begin(), line.end(), next.begin(), line.begin(), std::bit_or<>());
        }
        const auto *any = reinterpret_cast<const char *>(line.data());
        for (int column = 0; column < mask.columns; ++column)
            to[column / factor] = char(to[column / factor] | any[column]);
    }
    return out;
}

QImage pictureOf(const imaging::Raster &mask, QRgb closed)
{
    const QImage bytes(reinterpret_cast<const uchar *>(mask.bytes.constData()), mask.columns, mask.rows,
        mask.columns, QImage::Format_Indexed8);
    QImage out = bytes.copy();
    QList<QRgb> colours(256, qRgba(0, 0, 0, 0));
    colours[Closed] = closed;
    colours[Marked] = qRgb(255, 255, 255);
    out.setColorTable(colours);
    const bool large = qint64(mask.columns) * mask.rows > LargeCover;
    return large ? out : out.convertToFormat(QImage::Format_ARGB32_Premultiplied); // the painter's own
}

} // namespace

void Painted::clear()
{
    *this = Painted();
}

const QImage &Painted::picture(
    const ShownImage &image, const Appearance &appearance, double zoom, const QRectF &seen)
{
    const int factor = FrameReducer::factorFor(zoom);
    const bool same = m_pixels == image.pixels.data.data() && m_place == image.place()
        && m_appearance == appearance && m_wanted == factor;
    if (!same) {
        m_wanted = factor;
        m_factor = image.halvings > 0 ? 1 << image.halvings : factor; // a smaller picture as it is
        m_pixels = image.pixels.data.data();
        m_place = image.place();
        m_appearance = appearance;
        m_error.reset();
        m_filled = {};
    }
    if (m_error)
        return m_picture;
    const imaging::Frame &frame = frameOf(image);
    const QSize size(frame.shape.columns, frame.shape.rows);
    if (m_picture.size() != size)
        m_picture = QImage(size, QImage::Format_RGB32);
    for (const QRect &missing : QRegion(areaOf(seen, m_factor, size)).subtracted(m_filled)) {
        if (!m_picture.isNull()) // no memory, or the part before was refused
            fill(image, frame, missing);
    }
    return m_picture;
}

const imaging::Frame &Painted::frameOf(const ShownImage &image)
{
    if (m_factor <= 1 || image.halvings > 0)
        return image.pixels;
    if (m_reducedPlace != image.place() || m_reducedFactor != m_factor) {
        m_reduced = FrameReducer::reduce(image.pixels, *image.facts, image.frame, m_factor);
        m_reducedPlace = image.place();
        m_reducedFactor = m_factor;
    }
    if (m_reduced.owner)
        return m_reduced;
    m_factor = 1;
    return image.pixels;
}

void Painted::fill(const ShownImage &image, const imaging::Frame &frame, const QRect &area)
{
    const auto raster = imaging::renderArea(frame, *image.facts, image.frame, choiceOf(m_appearance),
        {area.top(), area.left(), area.height(), area.width()});
    if (!raster) {
        m_error = raster.error();
        m_picture = {};
        return;
    }
    colourInto(*raster, ColourTable::of(m_appearance.colours), area.topLeft(), m_picture);
    m_filled += area;
}

const QImage &Painted::cover(const ShownImage &image, bool overlays, int factor)
{
    const imaging::ImageFacts &facts = *image.facts;
    const bool wanted = facts.shutter || (overlays && !facts.overlays.empty());
    const int rows = image.halvings > 0 ? facts.rows : image.pixels.shape.rows;
    const int columns = image.halvings > 0 ? facts.columns : image.pixels.shape.columns;
    if (qint64(rows) * columns <= LargeCover)
        factor = 1;
    if (m_coverPlace == image.place() && m_coverOverlays == overlays && m_coverFactor == factor
        && m_cover.isNull() == !wanted)
        return m_cover;
    m_coverPlace = image.place();
    m_coverOverlays = overlays;
    m_coverFactor = factor;
    m_cover = {};
    if (!wanted || rows <= 0 || columns <= 0)
        return m_cover;
    imaging::Raster mask{rows, columns, 1, QByteArray(qsizetype(rows) * columns, '\0')};
    if (overlays)
        imaging::burnOverlays(facts, image.frame, mask);
    QRgb closed = 0;
    if (facts.shutter) {
        imaging::Shutter shutter = *facts.shutter;
        shutter.value = Closed << 8;
        imaging::closeShutter(shutter, mask);
        const int grey = std::clamp(facts.shutter->value, 0, 65535) >> 8;
        closed = qRgb(grey, grey, grey);
    }
    m_cover = pictureOf(factor > 1 ? reduced(mask, factor) : mask, closed);
    return m_cover;
}

base::Result<QImage> Painted::whole(const ShownImage &image, const Appearance &appearance)
{
    Painted painted;
    const QSize size(image.pixels.shape.columns, image.pixels.shape.rows);
    QImage picture = painted.picture(image, appearance, 1, QRectF(QPointF(0, 0), size));
    if (picture.isNull())
        return *painted.m_error;
    if (const QImage &cover = painted.cover(image, appearance.overlays); !cover.isNull())
        QPainter(&picture).drawImage(0, 0, cover);
    return picture;
}

} // namespace naru::ui
