// The tools that change how an image is seen: window, pan, zoom, scroll.
#pragma once

#include "ui/widgets/viewport/ViewTool.h"

namespace naru::ui {

class WindowTool : public ViewTool {
public:
    void press(Viewport &, const QPointF &, Qt::KeyboardModifiers) override { }
    void drag(Viewport &view, const QPointF &at, const QPointF &delta) override;
    Qt::CursorShape cursor() const override { return Qt::ArrowCursor; }
};

class PanTool : public ViewTool {
public:
    void press(Viewport &, const QPointF &, Qt::KeyboardModifiers) override { }
    void drag(Viewport &view, const QPointF &at, const QPointF &delta) override;
    Qt::CursorShape cursor() const override { return Qt::OpenHandCursor; }
};

class ZoomTool : public ViewTool {
public:
    void press(Viewport &, const QPointF &at, Qt::KeyboardModifiers) override { m_about = at; }
    void drag(Viewport &view, const QPointF &at, const QPointF &delta) override;
    Qt::CursorShape cursor() const override { return Qt::SizeVerCursor; }

private:
    QPointF m_about{};
};

class ScrollTool : public ViewTool {
public:
    void press(Viewport &, const QPointF &, Qt::KeyboardModifiers) override { m_rest = 0; }
    void drag(Viewport &view, const QPointF &at, const QPointF &delta) override;
    Qt::CursorShape cursor() const override { return Qt::SplitVCursor; }

private:
    double m_rest = 0; // of a slice
};

} // namespace naru::ui
