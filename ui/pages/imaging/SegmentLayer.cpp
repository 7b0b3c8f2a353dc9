#include "ui/pages/imaging/SegmentLayer.h"

#include "core/imaging/objects/Presentation.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QColor>
#include <QPainter>

#include <array>
#include <cmath>

namespace naru::ui {

namespace {
constexpr int MostFrames = 4000; // of one object; each is a bit a pixel here
constexpr double SamePlace = 0.5; // mm
constexpr int Strength = 110; // of 255
// Of segments that bring no colour.
constexpr std::array<QRgb, 6> colours{0xFF4FC3F7, 0xFFFFB74D, 0xFF81C784, 0xFFE57373, 0xFFBA68C8, 0xFFFFF176};

QString placeOf(const QString &sopUid, int frame)
{
    return sopUid + QLatin1Char('/') + QString::number(frame);
}

QColor colourOf(const imaging::SegmentationView &view, int number)
{
    QColor colour = QColor::fromRgb(colours[std::size_t(std::max(0, number - 1)) % colours.size()]);
    if (const imaging::Segment *segment = view.segment(number); segment && segment->lab) {
        const std::array<int, 3> rgb = imaging::srgbOfLab(*segment->lab);
        colour = QColor(rgb[0], rgb[1], rgb[2]);
    }
    colour.setAlpha(Strength);
    return colour;
}

QImage maskOf(const imaging::Overlay &overlay, const QColor &colour)
{
    QImage mask(overlay.columns, overlay.rows, QImage::Format_MonoLSB);
    mask.setColorTable({qRgba(0, 0, 0, 0), colour.rgba()});
    mask.fill(0);
    for (int row = 0; row < overlay.rows; ++row) {
        uchar *line = mask.scanLine(row);
        for (int column = 0; column < overlay.columns; ++column) {
            const qint64 bit = qint64(row) * overlay.columns + column;
            if (uchar(overlay.bits[qsizetype(bit / 8)]) >> (bit % 8) & 1)
                line[column / 8] |= uchar(1U << (column % 8));
        }
    }
    return mask;
}

// The frames that `frame` marks.
QStringList placesOf(const imaging::SegmentationView &view, const imaging::SegmentFrame &frame,
    const std::vector<imaging::InstanceRef> &images)
{
    QStringList out;
    for (const imaging::ReferencedInstance &one : frame.images) {
        if (one.frames.empty())
            out.append(placeOf(one.sopUid, 0));
        for (const int number : one.frames)
            out.append(placeOf(one.sopUid, number - 1));
    }
    if (!out.isEmpty() || !frame.position || view.frameOfReference.isEmpty())
        return out;
    for (const imaging::InstanceRef &image : images) {
        const imaging::ImageFacts *facts = image.facts.get();
        if (!facts || facts->kind != imaging::Kind::Image
            || facts->frameOfReferenceUid != view.frameOfReference)
            continue;
        for (int i = 0; i < facts->frames; ++i) {
            const imaging::FrameFacts &place = facts->frame(i);
            const auto &at = *frame.position;
            if (place.hasPosition
                && std::hypot(place.position[0] - at[0], place.position[1] - at[1], place.position[2] - at[2])
                    <= SamePlace)
                out.append(placeOf(facts->sopUid, i));
        }
    }
    return out;
}
} // namespace

base::Result<SegmentMarks> SegmentLayer::read(StudySource &source, const imaging::InstanceRef &object,
    const std::vector<imaging::InstanceRef> &images, const base::WorkContext &work)
{
    NARU_ASSIGN(imaging::DecoderPool * pool, source.pool());
    NARU_ASSIGN(const imaging::ImageSource bytes, source.bytes(object.handle));
    NARU_ASSIGN(const imaging::DataSetValue set, pool->dataSet(bytes, {}, work));
    NARU_ASSIGN(const imaging::SegmentationView view, imaging::segmentationOf(set));
    SegmentMarks out;
    for (const imaging::Segment &segment : view.segments)
        out.labels.append(segment.label);
    const int count = std::min(int(view.frames.size()), MostFrames);
    for (int i = 0; i < count; ++i) {
        const QStringList places = placesOf(view, view.frames[std::size_t(i)], images);
        if (places.isEmpty())
            continue;
        NARU_ASSIGN(const imaging::Frame pixels, pool->frame(bytes, i, work));
        const auto overlay = imaging::overlayOf(view, i, pixels);
        if (!overlay)
            continue;
        const QImage mask = maskOf(*overlay, colourOf(view, view.frames[std::size_t(i)].segment));
        for (const QString &place : places)
            out.byPlace[place].append(mask);
    }
    return out;
}

void SegmentLayer::paint(QPainter &painter, const Viewport &view)
{
    const ShownImage &image = view.image();
    if (m_shown.isEmpty() || !image.facts)
        return;
    const QSize size(image.facts->columns, image.facts->rows);
    painter.save();
    painter.setTransform(view.transform().toView(), true);
    for (const SegmentMarks &marks : std::as_const(m_shown)) {
        for (const QImage &mask : marks.byPlace.value(placeOf(image.facts->sopUid, image.frame))) {
            if (mask.size() == size)
                painter.drawImage(QRectF(QPointF(0, 0), QSizeF(size)), mask);
        }
    }
    painter.restore();
}

} // namespace naru::ui
