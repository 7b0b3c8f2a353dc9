// Draws one kind of shape: by dragging where two points are enough, else point by point; what is drawn can be
// gripped at its points or moved as a whole.
#pragma once

#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/widgets/viewport/ViewTool.h"

#include <QPointer>
#include <functional>

namespace naru::ui {

class MeasureTool : public ViewTool {
public:
    MeasureTool(imaging::ShapeKind kind, MeasurementBook &book)
        : m_kind(kind)
        , m_book(book)
    {
    }
    void press(Viewport &view, const QPointF &at, Qt::KeyboardModifiers keys) override;
    void drag(Viewport &view, const QPointF &at, const QPointF &delta) override;
    void release(Viewport &view, const QPointF &at) override;
    void hover(Viewport &view, const QPointF &at) override;
    bool doubleClick(Viewport &view, const QPointF &at) override;
    bool cancel() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

    // What is being drawn in this view, its open end at the mouse.
    const imaging::Shape *draft(const Viewport &view) const;
    // Text asks for its words; nothing is added when they stay empty.
    using AskText = std::function<void(Viewport &, const QPointF &, std::function<void(const QString &)>)>;
    void setAskText(const AskText &ask) { m_askText = ask; }
    // What is drawn goes there instead of into the book, and stays to be seen until cancel().
    using Taken = std::function<void(Viewport &, const imaging::Shape &)>;
    void setTaken(const Taken &taken) { m_taken = taken; }

private:
    bool grip(Viewport &view, const QPointF &at);
    void addPoint(Viewport &view, const QPointF &image);
    void setOpenEnd(Viewport &view, const QPointF &at);
    void finish(Viewport &view);
    int clicksNeeded() const;

    imaging::ShapeKind m_kind;
    MeasurementBook &m_book;
    QPointer<QObject> m_view{}; // the viewport that is drawn in
    QString m_place{};
    std::vector<QPointF> m_points{}; // set so far
    imaging::Shape m_draft{};
    QPointF m_pressed{};
    bool m_pressing = false;
    imaging::Shape m_gripped{};
    int m_handle = -1; // -1: the whole shape
    QPointF m_from{};
    AskText m_askText{};
    Taken m_taken{};
    bool m_given = false; // to m_taken
};

} // namespace naru::ui
