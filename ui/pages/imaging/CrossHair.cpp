#include "ui/pages/imaging/CrossHair.h"

#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/pages/imaging/ReferenceLines.h"
#include "ui/pages/imaging/StackProvider.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/HaloPen.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QPainter>

#include <cmath>

namespace naru::ui {

void CrossHair::press(Viewport &view, const QPointF &at, Qt::KeyboardModifiers)
{
    const auto plane = planeOf(view);
    if (plane && view.image().isReady())
        setPoint(plane->toPatient(view.transform().unmap(at)), plane->frameOfReference, &view);
}

void CrossHair::drag(Viewport &view, const QPointF &at, const QPointF &)
{
    press(view, at, Qt::NoModifier);
}

void CrossHair::setPoint(imaging::Vector3 point, const QString &space, const Viewport *from)
{
    m_point = point;
    m_space = space;
    for (Viewport *view : m_grid.views()) {
        if (view != from && !space.isEmpty()) {
            if (auto *planes = qobject_cast<PlaneProvider *>(view->provider())) {
                if (planes->frameOfReference() == space)
                    view->setIndex(planes->nearest(point));
            } else if (auto *stack = qobject_cast<StackProvider *>(view->provider())) {
                if (stack->stack().frameOfReference == space && stack->stack().positioned)
                    view->setIndex(stack->stack().nearest(point));
            }
        }
        view->update();
    }
}

void CrossHair::paint(QPainter &painter, const Viewport &view)
{
    if (!m_point)
        return;
    const auto plane = planeOf(view);
    if (!plane)
        return;
    const auto found = imaging::locate(*m_point, m_space, *plane);
    if (!found)
        return;
    const QPointF at = view.transform().map(found->pixel);
    const double gap = view.theme().unit(2), arm = view.theme().unit(8);
    HaloPen pen(painter, view.theme().color("imageMeasure"));
    for (const QPointF &way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
        pen.line(at + way * gap, at + way * arm, 1.2);
}

} // namespace naru::ui
