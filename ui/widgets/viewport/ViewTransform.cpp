#include "ui/widgets/viewport/ViewTransform.h"

#include <algorithm>
#include <cmath>

namespace naru::ui {

namespace {
QPointF unit(const QPointF &point)
{
    const double length = std::hypot(point.x(), point.y());
    return length > 0 ? point / length : point;
}
} // namespace

void ViewTransform::setImage(const QSize &image, double aspect)
{
    m_image = image;
    m_aspect = aspect > 0 && std::isfinite(aspect) ? std::clamp(aspect, 0.05, 20.0) : 1;
}

void ViewTransform::setView(const QSizeF &view, double devicePixelRatio)
{
    m_view = view;
    m_ratio = devicePixelRatio > 0 ? devicePixelRatio : 1;
}

double ViewTransform::fitZoom() const
{
    if (m_image.isEmpty() || m_view.isEmpty())
        return 1;
    double width = m_image.width(), height = m_image.height() * m_aspect;
    if (m_turns % 2)
        std::swap(width, height);
    return std::min(m_view.width() * m_ratio / width, m_view.height() * m_ratio / height);
}

double ViewTransform::zoom() const
{
    return isFit() ? fitZoom() : m_zoom;
}

void ViewTransform::fit()
{
    m_zoom = 0;
    m_pan = {};
}

void ViewTransform::setZoom(double zoom)
{
    const double before = this->zoom();
    m_pan = pan();
    m_zoom = std::clamp(zoom, SmallestZoom, LargestZoom);
    m_pan *= m_zoom / before;
}

void ViewTransform::zoomAt(const QPointF &viewPoint, double factor)
{
    const QPointF kept = unmap(viewPoint);
    m_pan = pan();
    m_zoom = std::clamp(zoom() * factor, SmallestZoom, LargestZoom);
    m_pan += viewPoint - map(kept);
}

void ViewTransform::panBy(const QPointF &viewDelta)
{
    m_pan = pan();
    m_zoom = zoom(); // a moved image keeps its size
    m_pan += viewDelta;
}

void ViewTransform::rotate(int quarterTurns)
{
    m_turns = ((m_turns + quarterTurns) % 4 + 4) % 4;
    QTransform turn;
    turn.rotate(90.0 * quarterTurns);
    m_pan = turn.map(m_pan);
}

// What is seen is turn * mirror * image; another mirror in front turns the other way round.
void ViewTransform::flipHorizontally()
{
    m_turns = (4 - m_turns) % 4;
    m_mirrored = !m_mirrored;
    m_pan.setX(-m_pan.x());
}

void ViewTransform::flipVertically()
{
    flipHorizontally();
    m_turns = (m_turns + 2) % 4;
    m_pan = -m_pan;
}

void ViewTransform::reset()
{
    fit();
    m_turns = 0;
    m_mirrored = false;
}

QTransform ViewTransform::turning() const
{
    static constexpr double Cosine[] = {1, 0, -1, 0}, Sine[] = {0, 1, 0, -1};
    const double c = Cosine[m_turns], s = Sine[m_turns], m = m_mirrored ? -1 : 1;
    return {m * c, m * s, -s, c, 0, 0}; // exact: no rounding of a right angle
}

// Of an image that fits: from the middle to the side that its edge is on as it is seen.
QPointF ViewTransform::sidePan() const
{
    if (m_side == 0 || m_turns % 2)
        return {};
    const int seen = m_side * (m_mirrored ? -1 : 1) * (m_turns == 2 ? -1 : 1);
    return {seen * (m_view.width() - m_image.width() * fitZoom() / m_ratio) / 2, 0};
}

QTransform ViewTransform::toView() const
{
    const double scale = zoom() / m_ratio;
    QTransform out = QTransform::fromTranslate(-m_image.width() / 2.0, -m_image.height() / 2.0)
        * QTransform::fromScale(scale, scale * m_aspect) * turning();
    QPointF middle = QPointF(m_view.width() / 2, m_view.height() / 2) + pan();
    // One image pixel a screen pixel: no blurring by half a pixel.
    if (!isFit() && m_aspect == 1 && std::abs(zoom() - std::round(zoom())) < 1e-9) {
        const QPointF corner = out.map(QPointF(0, 0)) + middle;
        const QPointF snapped(
            std::round(corner.x() * m_ratio) / m_ratio, std::round(corner.y() * m_ratio) / m_ratio);
        middle += snapped - corner;
    }
    return out * QTransform::fromTranslate(middle.x(), middle.y());
}

QTransform ViewTransform::toImage() const
{
    return toView().inverted();
}

QPointF ViewTransform::imageDirectionOfRight() const
{
    return unit(turning().inverted().map(QPointF(1, 0)));
}

QPointF ViewTransform::imageDirectionOfDown() const
{
    return unit(turning().inverted().map(QPointF(0, 1)));
}

} // namespace naru::ui
