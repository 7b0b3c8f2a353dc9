// Where the planes of the other views cut this one; only within one Frame of Reference.
#pragma once

#include "core/imaging/series/Geometry.h"
#include "ui/widgets/viewport/ViewLayer.h"

#include <optional>

namespace naru::ui {

class ViewportGrid;

class ReferenceLines : public ViewLayer {
public:
    explicit ReferenceLines(const ViewportGrid &grid)
        : m_grid(grid)
    {
    }
    void paint(QPainter &painter, const Viewport &view) override;
    void setOn(bool on) { m_on = on; }
    bool isOn() const { return m_on; }

private:
    const ViewportGrid &m_grid;
    bool m_on = true;
};

// Plane of what a view shows; none without position.
std::optional<imaging::ImagePlane> planeOf(const Viewport &view);

} // namespace naru::ui
