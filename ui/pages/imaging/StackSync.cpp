#include "ui/pages/imaging/StackSync.h"

#include "ui/pages/imaging/StackProvider.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <algorithm>
#include <cmath>

namespace naru::ui {

namespace {

const StackProvider *stackOf(const Viewport &view)
{
    return qobject_cast<const StackProvider *>(view.provider());
}

bool isParallel(const imaging::Stack &a, const imaging::Stack &b)
{
    return a.positioned && b.positioned && std::abs(imaging::dot(a.normal, b.normal)) > 0.95;
}

} // namespace

int partnerIndex(const Viewport &leader, const Viewport &view)
{
    const StackProvider *from = stackOf(leader), *to = stackOf(view);
    if (!from || !to || from == to || !isParallel(from->stack(), to->stack()))
        return -1;
    const auto plane =
        imaging::planeOf(*from->known(leader.index()).facts, from->known(leader.index()).frame);
    if (!plane)
        return -1;
    if (!from->stack().frameOfReference.isEmpty()
        && from->stack().frameOfReference == to->stack().frameOfReference)
        return to->stack().nearest(plane->centre());
    const double offset = view.property("naruSyncOffset").toDouble(); // mm along the normal
    const double sign = imaging::dot(from->stack().normal, to->stack().normal) < 0 ? -1 : 1;
    return to->stack().nearest(sign * from->stack().at(leader.index()).position + offset);
}

StackSync::StackSync(ViewportGrid &grid, QObject *parent)
    : QObject(parent)
    , m_grid(grid)
{
}

void StackSync::setOn(bool on)
{
    m_on = on;
    if (on)
        join();
}

void StackSync::watch(Viewport *view)
{
    connect(view, &Viewport::indexChanged, this, [this, view] { follow(view); });
    connect(view, &Viewport::appearanceChanged, this, [this, view] { copyWindow(view); });
}

void StackSync::join()
{
    const Viewport *leader = m_grid.active();
    const StackProvider *from = leader ? stackOf(*leader) : nullptr;
    if (!from || from->count() == 0)
        return;
    for (Viewport *view : m_grid.views()) {
        const StackProvider *to = stackOf(*view);
        if (!to || to->count() == 0)
            continue;
        const double sign = imaging::dot(from->stack().normal, to->stack().normal) < 0 ? -1 : 1;
        view->setProperty("naruSyncOffset",
            to->stack().at(view->index()).position - sign * from->stack().at(leader->index()).position);
    }
}

void StackSync::follow(Viewport *leader)
{
    if (!m_on || m_busy || leader != m_grid.active())
        return;
    m_busy = true;
    for (Viewport *view : m_grid.views()) {
        if (view == leader)
            continue;
        if (const int index = partnerIndex(*leader, *view); index >= 0)
            view->setIndex(index);
    }
    m_busy = false;
}

void StackSync::copyWindow(Viewport *leader)
{
    if (!m_on || m_busy || leader != m_grid.active())
        return;
    m_busy = true;
    for (Viewport *view : m_grid.views()) {
        if (view != leader && view->provider() && leader->provider()
            && view->provider()->modality() == leader->provider()->modality()) {
            Appearance next = view->appearance();
            next.window = leader->appearance().window;
            next.windowIndex.reset();
            view->setAppearance(next);
        }
    }
    m_busy = false;
}

} // namespace naru::ui
