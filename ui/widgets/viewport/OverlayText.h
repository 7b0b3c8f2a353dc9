// Words and marks of a viewport: orientation letters at the edges, counter, window, zoom, scale bar. Nothing
// that identifies a patient: the banner of the window does that.
#pragma once

#include <QRectF>
#include <QStringList>

class QPainter;

namespace naru::ui {

class Viewport;

class OverlayText {
public:
    OverlayText(QPainter &painter, const Viewport &view, const QString &caption, const QString &marks);
    void paint();

private:
    bool hasLettersAbove() const; // else there is no room for more than left and right
    QStringList stateLines() const;
    void letters();
    void corners();
    void scaleBar();

    QPainter &m_painter;
    const Viewport &m_view;
    const QString &m_caption, &m_marks;
    QRectF m_room{};
    double m_lastLine = 0; // width of the words at the bottom
};

} // namespace naru::ui
