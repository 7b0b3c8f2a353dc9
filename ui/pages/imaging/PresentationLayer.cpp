#include "ui/pages/imaging/PresentationLayer.h"

#include "core/imaging/Errors.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/HaloPen.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QPainter>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int StateSeries = 9004;

using imaging::GraphicObject, imaging::GraphicPoint, imaging::GraphicType, imaging::GraphicUnits;
using Images = std::vector<imaging::ReferencedInstance>;

bool holdsFor(const Images &images, const ShownImage &image)
{
    return images.empty()
        || std::any_of(images.begin(), images.end(), [&](const imaging::ReferencedInstance &one) {
               const auto &frames = one.frames;
               return one.sopUid == image.facts->sopUid
                   && (frames.empty()
                       || std::find(frames.begin(), frames.end(), image.frame + 1) != frames.end());
           });
}

// Points of the state to points of the view: image points count from the corner of the first pixel, as ours
// do; fractions are of the displayed area.
class Places {
public:
    Places(const imaging::PresentationState &state, const Viewport &view)
        : m_toView(view.transform().toView())
        , m_area(0, 0, view.image().facts->columns, view.image().facts->rows)
    {
        for (const imaging::DisplayedArea &area : state.areas) {
            if (holdsFor(area.images, view.image()))
                m_area = QRectF(QPointF(area.topLeft[0] - 1, area.topLeft[1] - 1),
                    QPointF(area.bottomRight[0], area.bottomRight[1]));
        }
    }
    QPointF map(const GraphicPoint &point, GraphicUnits units) const
    {
        const QPointF inImage = units == GraphicUnits::Pixel
            ? QPointF(point.x, point.y)
            : QPointF(m_area.left() + point.x * m_area.width(), m_area.top() + point.y * m_area.height());
        return m_toView.map(inImage);
    }

private:
    QTransform m_toView;
    QRectF m_area;
};

QPainterPath outline(const GraphicObject &object, const Places &places)
{
    QPainterPath path;
    std::vector<QPointF> points;
    for (const GraphicPoint &point : object.points)
        points.push_back(places.map(point, object.units));
    if (points.empty())
        return path;
    if (object.type == GraphicType::Point) {
        for (const QPointF &arm : {QPointF(4, 0), QPointF(0, 4)}) {
            path.moveTo(points[0] - arm);
            path.lineTo(points[0] + arm);
        }
    } else if (object.type == GraphicType::Circle && points.size() == 2) {
        const double radius = QLineF(points[0], points[1]).length();
        path.addEllipse(points[0], radius, radius);
    } else if (object.type == GraphicType::Ellipse && points.size() == 4) {
        const QLineF major(points[0], points[1]);
        QTransform turn;
        turn.translate(major.center().x(), major.center().y());
        turn.rotate(-major.angle());
        QPainterPath round;
        round.addEllipse(QPointF(0, 0), major.length() / 2, QLineF(points[2], points[3]).length() / 2);
        path = turn.map(round);
    } else {
        path.moveTo(points[0]);
        for (std::size_t i = 1; i < points.size(); ++i)
            path.lineTo(points[i]);
    }
    return path;
}

QColor colourOf(const imaging::PresentationState &state, const imaging::Annotation &annotation,
    const GraphicObject *object, const QColor &otherwise)
{
    auto lab = object ? object->lab : std::nullopt;
    for (const imaging::GraphicLayer &layer : state.layers) {
        if (!lab && layer.name == annotation.layer)
            lab = layer.lab;
    }
    if (!lab)
        return otherwise;
    const std::array<int, 3> rgb = imaging::srgbOfLab(*lab);
    return {rgb[0], rgb[1], rgb[2]};
}

void drawText(HaloPen &pen, QPainter &painter, const imaging::TextObject &text, const Places &places)
{
    const QSizeF size = painter.fontMetrics().size(0, text.text) + QSizeF(4, 2);
    QPointF corner;
    if (text.box)
        corner = places.map((*text.box)[0], text.units);
    else if (text.anchor)
        corner = places.map(*text.anchor, text.units) + QPointF(6, -size.height() / 2);
    if (text.anchor && text.anchorVisible)
        pen.line(places.map(*text.anchor, text.units), corner, 1);
    pen.text(QRectF(corner, size), Qt::AlignLeft | Qt::AlignTop, text.text);
}
} // namespace

base::Result<imaging::PresentationReading> PresentationLayer::read(
    StudySource &source, const imaging::InstanceRef &object, const base::WorkContext &work)
{
    NARU_ASSIGN(imaging::DecoderPool * pool, source.pool());
    NARU_ASSIGN(const imaging::ImageSource bytes, source.bytes(object.handle));
    NARU_ASSIGN(const imaging::DataSetValue set, pool->dataSet(bytes, {}, work));
    return imaging::presentationOf(set);
}

base::Result<imaging::PresentationState> PresentationLayer::stateOf(
    const Viewport &view, const QString &creator)
{
    const ShownImage &shown = view.image();
    if (!shown.facts || shown.facts->sopUid.isEmpty() || !view.provider())
        return imaging::errors::Incomplete;
    imaging::PresentationState state;
    state.header.subject = imaging::subjectOf(*shown.facts);
    state.header.seriesNumber = StateSeries;
    state.header.made = QDateTime::currentDateTime();
    state.header.seriesDescription =
        QStringLiteral("W %1 L %2").arg(view.window().width).arg(view.window().centre);
    state.label = QStringLiteral("AS SHOWN");
    state.creator = creator;
    imaging::ReferencedSeries series;
    series.seriesUid = shown.facts->seriesUid;
    imaging::DisplayedArea area; // the whole of each image
    area.bottomRight = {shown.facts->columns, shown.facts->rows};
    area.aspect = shown.facts->aspect;
    const imaging::FrameFacts &frame = shown.frameFacts();
    area.spacing = {frame.spacingRow, frame.spacingColumn};
    for (int i = 0; i < view.provider()->count(); ++i) {
        const ShownImage known = view.provider()->known(i);
        const bool same = known.facts && known.facts->seriesUid == series.seriesUid
            && known.facts->rows == shown.facts->rows && known.facts->columns == shown.facts->columns;
        if (same && (series.instances.empty() || series.instances.back().sopUid != known.facts->sopUid))
            series.instances.push_back({known.facts->sopClass, known.facts->sopUid, {}});
    }
    area.images = series.instances;
    state.images = {series};
    state.areas = {area};
    imaging::VoiChoice window;
    window.windows = {view.window()};
    state.windows = {window};
    state.inverse = view.appearance().invert;
    state.flip = view.transform().isMirrored();
    const int turns = view.transform().quarterTurns();
    state.rotation = (state.flip ? (4 - turns) % 4 : turns) * 90;
    return state;
}

bool PresentationLayer::names(const imaging::PresentationState &state, const ShownImage &image)
{
    return image.facts
        && std::any_of(
            state.images.begin(), state.images.end(), [&](const imaging::ReferencedSeries &series) {
                return series.seriesUid == image.facts->seriesUid
                    && (series.instances.empty() || holdsFor(series.instances, image));
            });
}

void PresentationLayer::applyTo(Viewport &view, const imaging::PresentationState &state)
{
    if (!names(state, view.image()))
        return;
    Appearance look = view.appearance();
    look.invert = state.inverse;
    for (const imaging::VoiChoice &choice : state.windows) {
        if (holdsFor(choice.images, view.image()) && !choice.windows.empty()) {
            look.window = choice.windows.front();
            look.windowIndex.reset();
        }
    }
    view.setAppearance(look);
    ViewTransform transform = view.transform();
    transform.reset();
    const int quarters = state.rotation / 90;
    if (state.flip)
        transform.flipHorizontally();
    transform.rotate(state.flip ? (4 - quarters) % 4 : quarters); // mirrored first, unlike C.10.6
    view.setTransform(transform);
}

void PresentationLayer::paint(QPainter &painter, const Viewport &view)
{
    if (m_shown.isEmpty() || !view.image().facts)
        return;
    for (const imaging::PresentationState &state : std::as_const(m_shown)) {
        if (!names(state, view.image()))
            continue;
        const Places places(state, view);
        for (const imaging::Annotation &annotation : state.annotations) {
            if (!holdsFor(annotation.images, view.image()))
                continue;
            const QColor usual = view.theme().color("imageReference");
            for (const GraphicObject &object : annotation.graphics)
                HaloPen(painter, colourOf(state, annotation, &object, usual))
                    .path(outline(object, places), object.thickness > 0 ? object.thickness : 1.5);
            HaloPen pen(painter, colourOf(state, annotation, nullptr, usual));
            for (const imaging::TextObject &text : annotation.texts)
                drawText(pen, painter, text, places);
        }
    }
}

} // namespace naru::ui
