#include "ui/pages/imaging/ReferenceLines.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/HaloPen.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QPainter>

namespace naru::ui {

std::optional<imaging::ImagePlane> planeOf(const Viewport &view)
{
    const ShownImage &image = view.image();
    return image.facts ? imaging::planeOf(*image.facts, image.frame) : std::nullopt;
}

void ReferenceLines::paint(QPainter &painter, const Viewport &view)
{
    if (!m_on || m_grid.views().size() < 2)
        return;
    const auto shown = planeOf(view);
    if (!shown)
        return;
    HaloPen pen(painter, view.theme().color("imageReference"));
    for (const Viewport *other : m_grid.views()) {
        if (other == &view)
            continue;
        const auto plane = planeOf(*other);
        if (!plane)
            continue;
        if (const auto line = imaging::referenceLine(*plane, *shown))
            pen.line(view.transform().map(line->p1()), view.transform().map(line->p2()),
                other->isActive() ? 1.6 : 1.0, !other->isActive());
    }
}

} // namespace naru::ui
