// Where the points of an image lie on the widget. Image points are continuous: pixel (column, row) covers
// [column, column + 1) x [row, row + 1), its centre is at the half. View points are Qt's device-independent
// ones; zoom counts device pixels, so that 1 shows each image pixel as one pixel of the screen at any scale.
#pragma once

#include <QPointF>
#include <QSize>
#include <QSizeF>
#include <QTransform>

namespace naru::ui {

class ViewTransform {
public:
    static constexpr double SmallestZoom = 0.02, LargestZoom = 64;

    // `aspect`: height of a pixel over its width.
    void setImage(const QSize &image, double aspect);
    void setView(const QSizeF &view, double devicePixelRatio);

    const QSize &image() const { return m_image; }
    double aspect() const { return m_aspect; }
    bool isFit() const { return m_zoom <= 0; }
    double zoom() const; // device pixels per image column; the one in force when it fits the view
    double fitZoom() const;
    QPointF pan() const { return isFit() ? sidePan() : m_pan; }
    int quarterTurns() const { return m_turns; }
    bool isMirrored() const { return m_mirrored; }

    // The edge of the image (columns: -1 left, 1 right) that lies at the view's edge while the image fits,
    // not in the middle: breasts hang back to back. 0: none.
    void setSide(int side) { m_side = side; }
    int side() const { return m_side; }
    void fit(); // whole image in the middle, or at its side
    void setZoom(double zoom); // about the middle of the view
    void zoomAt(const QPointF &viewPoint, double factor); // this point stays where it is
    void panBy(const QPointF &viewDelta);
    void setPan(const QPointF &pan) { m_pan = pan; }
    void rotate(int quarterTurns); // clockwise as seen
    void flipHorizontally(); // as seen
    void flipVertically();
    void reset();

    QTransform toView() const; // image point to view point
    QTransform toImage() const;
    QPointF map(const QPointF &imagePoint) const { return toView().map(imagePoint); }
    QPointF unmap(const QPointF &viewPoint) const { return toImage().map(viewPoint); }
    // The image direction that points to the right (down) on the screen, of length 1 along one axis.
    QPointF imageDirectionOfRight() const;
    QPointF imageDirectionOfDown() const;

    friend bool operator==(const ViewTransform &, const ViewTransform &) = default;

private:
    QTransform turning() const;
    QPointF sidePan() const;

    QSize m_image{};
    double m_aspect = 1;
    QSizeF m_view{};
    double m_ratio = 1;
    double m_zoom = 0; // 0: as large as the view allows
    QPointF m_pan{}; // of the image's middle from the view's middle
    int m_turns = 0; // 0..3
    bool m_mirrored = false; // before turning
    int m_side = 0;
};

} // namespace naru::ui
