// What the left mouse button does in a viewport. One object serves all viewports of a page; positions are in
// view points.
#pragma once

#include <QPointF>
#include <Qt>

namespace naru::ui {

class Viewport;

class ViewTool {
public:
    virtual ~ViewTool() = default;
    virtual void press(Viewport &view, const QPointF &at, Qt::KeyboardModifiers keys) = 0;
    virtual void drag(Viewport &view, const QPointF &at, const QPointF &delta) = 0;
    virtual void release(Viewport &, const QPointF &) { }
    virtual void hover(Viewport &, const QPointF &) { } // no button down
    virtual bool doubleClick(Viewport &, const QPointF &) { return false; } // true: it was for the tool
    virtual bool cancel() { return false; } // Esc: true when something half done was dropped
    virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
};

} // namespace naru::ui
