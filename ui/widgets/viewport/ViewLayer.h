// Something drawn on top of the image of a viewport: measurements, reference lines. The painter is in view
// points; `view` maps image points.
#pragma once

class QPainter;

namespace naru::ui {

class Viewport;

class ViewLayer {
public:
    virtual ~ViewLayer() = default;
    virtual void paint(QPainter &painter, const Viewport &view) = 0;
};

} // namespace naru::ui
