// Turns the oblique plane by dragging: sideways about its vertical, up and down about its horizontal axis.
#pragma once

#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/widgets/viewport/ViewTool.h"
#include "ui/widgets/viewport/Viewport.h"

namespace naru::ui {

class TurnTool : public ViewTool {
public:
    void press(Viewport &, const QPointF &, Qt::KeyboardModifiers) override { }
    void drag(Viewport &view, const QPointF &, const QPointF &delta) override
    {
        if (auto *planes = qobject_cast<PlaneProvider *>(view.provider()))
            planes->turn(delta.x() / 3, delta.y() / 3);
    }
    Qt::CursorShape cursor() const override { return Qt::SizeAllCursor; }
};

} // namespace naru::ui
