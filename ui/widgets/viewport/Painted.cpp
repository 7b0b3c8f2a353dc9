#include "ui/widgets/viewport/Painted.h"

#include "core/imaging/render/Cover.h"
#include "ui/widgets/viewport/ColourTable.h"
#include "ui/widgets/viewport/FrameReducer.h"

#include <QPainter>

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

// A picture of few colours takes a byte a pixel where four would not fit beside the pixels of a large image.
QImage emptyCover(int columns, int rows)
{
    constexpr qint64 Large = 16 * 1024 * 1024;
    const bool large = qint64(columns) * rows > Large;
    QImage out(columns, rows, large ? QImage::Format_Indexed8 : QImage::Format_ARGB32_Premultiplied);
    if (large)
        out.setColorTable({qRgba(0, 0, 0, 0)});
    out.fill(0);
    return out;
}

void coverWith(QImage &out, const imaging::Raster &mask, QRgb colour)
{
    const auto *from = reinterpret_cast<const unsigned char *>(mask.bytes.constData());
    const bool indexed = out.format() == QImage::Format_Indexed8;
    const auto index = uchar(out.colorCount());
    if (indexed)
        out.setColorTable(out.colorTable() << colour);
    for (int row = 0; row < mask.rows; ++row) {
        if (indexed) {
            uchar *line = out.scanLine(row);
            for (int column = 0; column < mask.columns; ++column)
                line[column] = from[column] ? index : line[column];
            from += mask.columns;
            continue;
        }
        auto *line = reinterpret_cast<QRgb *>(out.scanLine(row));
        for (int column = 0; column < mask.columns; ++column) {
            if (from[column])
                line[column] = colour;
        }
        from += mask.columns;
    }
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

const QImage &Painted::cover(const ShownImage &image, bool overlays)
{
    const imaging::ImageFacts &facts = *image.facts;
    const bool wanted = facts.shutter || (overlays && !facts.overlays.empty());
    if (m_coverPlace == image.place() && m_coverOverlays == overlays && m_cover.isNull() == !wanted)
        return m_cover;
    m_coverPlace = image.place();
    m_coverOverlays = overlays;
    m_cover = {};
    if (!wanted)
        return m_cover;
    const int rows = image.halvings > 0 ? facts.rows : image.pixels.shape.rows;
    const int columns = image.halvings > 0 ? facts.columns : image.pixels.shape.columns;
    m_cover = emptyCover(columns, rows);
    if (m_cover.isNull()) // no memory
        return m_cover;
    imaging::Raster mask{rows, columns, 1, QByteArray(qsizetype(rows) * columns, '\0')};
    if (overlays) {
        imaging::burnOverlays(facts, image.frame, mask);
        coverWith(m_cover, mask, qRgb(255, 255, 255));
        mask.bytes.fill('\0');
    }
    if (facts.shutter) {
        imaging::Shutter shutter = *facts.shutter;
        shutter.value = 0xFFFF;
        imaging::closeShutter(shutter, mask);
        const int grey = std::clamp(facts.shutter->value, 0, 65535) >> 8;
        coverWith(m_cover, mask, qRgb(grey, grey, grey));
    }
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
