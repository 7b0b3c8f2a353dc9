// Draws the measurements of the image that a view shows, and what is being drawn.
#pragma once

#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/widgets/viewport/ViewLayer.h"

#include <QList>
#include <QRectF>

#include <functional>

namespace naru::ui {

class MeasureTool;

class MeasurementLayer : public ViewLayer {
public:
    explicit MeasurementLayer(const MeasurementBook &book)
        : m_book(book)
    {
    }
    void paint(QPainter &painter, const Viewport &view) override;
    void setTool(const MeasureTool *tool) { m_tool = tool; }

private:
    void draw(QPainter &painter, const Viewport &view, const imaging::Shape &shape,
        const imaging::Reading &reading, bool selected);
    QRectF freePlace(QRectF wanted, const Viewport &view) const;

    const MeasurementBook &m_book;
    const MeasureTool *m_tool = nullptr;
    QList<QRectF> m_words{}; // where words stand already, in this paint
};

} // namespace naru::ui
