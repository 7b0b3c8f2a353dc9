#include "ui/widgets/viewport/SimpleTools.h"

#include "ui/widgets/viewport/ImageProvider.h"
#include "ui/widgets/viewport/Viewport.h"

#include <algorithm>
#include <cmath>

namespace naru::ui {

void WindowTool::drag(Viewport &view, const QPointF &, const QPointF &delta)
{
    view.changeWindow(delta.x(), delta.y());
}

void PanTool::drag(Viewport &view, const QPointF &, const QPointF &delta)
{
    ViewTransform transform = view.transform();
    transform.panBy(delta);
    view.setTransform(transform);
}

void ZoomTool::drag(Viewport &view, const QPointF &, const QPointF &delta)
{
    ViewTransform transform = view.transform();
    transform.zoomAt(m_about, std::exp(-delta.y() / 120)); // up: larger
    view.setTransform(transform);
}

// The height of the view is the whole stack, but a slice never needs more than a finger's breadth.
void ScrollTool::drag(Viewport &view, const QPointF &, const QPointF &delta)
{
    const int count = view.provider() ? view.provider()->count() : 0;
    if (count < 2)
        return;
    const double perSlice = std::clamp(double(view.height()) / count, 1.0, 12.0);
    m_rest += delta.y() / perSlice;
    const int whole = int(m_rest);
    m_rest -= whole;
    if (whole != 0)
        view.setIndex(std::clamp(view.index() + whole, 0, count - 1));
}

} // namespace naru::ui
