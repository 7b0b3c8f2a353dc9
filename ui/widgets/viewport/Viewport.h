// Shows one image of a stack: scrolls, windows, zooms, turns. Painted by QPainter alone. What the pixels say
// is core/imaging/render's, what stands on top are layers; the page decides about keys, tools and layout.
// The input method is off here: keys are acts, never text.
#pragma once

#include "core/imaging/measure/Calibration.h"
#include "ui/text/Language.h"
#include "ui/widgets/viewport/Appearance.h"
#include "ui/widgets/viewport/ImageProvider.h"
#include "ui/widgets/viewport/Painted.h"
#include "ui/widgets/viewport/ViewTransform.h"

#include <QPointer>
#include <QWidget>
#include <functional>

namespace naru::ui {

class Theme;
class ViewLayer;
class ViewTool;

class Viewport : public QWidget {
    Q_OBJECT
public:
    Viewport(Theme &theme, text::Language language, QWidget *parent = nullptr);
    ~Viewport() override;

    // Not owned; null: an empty view. Starts at its first() image, whole, in the file's window.
    void setProvider(ImageProvider *provider);
    ImageProvider *provider() const { return m_provider; }
    int index() const { return m_index; }
    void setIndex(int index); // clamped
    void step(int slices) { setIndex(m_index + slices); }
    const ShownImage &image() const { return m_image; }

    const ViewTransform &transform() const { return m_transform; }
    void setTransform(const ViewTransform &transform);
    const Appearance &appearance() const { return m_appearance; }
    void setAppearance(const Appearance &appearance);
    // The window in force: the user's, the file's, else the range of the first image that was shown.
    imaging::Window window() const;
    void changeWindow(double wider, double higher); // in points of a drag: width and centre follow their size
    void resetView();

    void setTool(ViewTool *tool);
    void addLayer(ViewLayer *layer) { m_layers.append(layer); }
    void setActive(bool active);
    bool isActive() const { return m_active; }
    void setCaption(const QString &caption); // "현재 2026-11-18"
    void setEmptyText(const QString &text);
    void setMarks(const QString &marks); // beside the counter: key image, synchronised
    // What must not be overlooked, in the colour of errors across the image: it goes with pictures and paper.
    void setAlarm(const QString &alarm);
    QString alarm() const { return m_alarm; }
    // Keys that belong to the page's acts and must not go to the window's shortcuts.
    void setKeyFilter(const std::function<bool(int keyAndModifiers)> &wanted) { m_wantsKey = wanted; }
    void setMagnifier(bool on);
    // The user's own calibration of an image (by its place), for the scale bar.
    using OwnCalibrationOf = std::function<std::optional<imaging::Calibration>(const QString &place)>;
    void setOwnCalibration(const OwnCalibrationOf &of) { m_ownCalibration = of; }
    std::optional<imaging::Calibration> ownCalibration() const
    {
        return m_ownCalibration ? m_ownCalibration(m_image.place()) : std::nullopt;
    }

    Theme &theme() const { return m_theme; }
    text::Language language() const { return m_language; }
    // As it is seen, with what stands on top, `scale` times as many pixels.
    QImage picture(double scale = 1, bool withLayers = true);
    QString stateText() const; // "I 45/120  W 400 L 40  82 %"; a picture says no zoom, which is the screen's
    // Where the slice lies and how thick it is, from where a C-arm looked; empty: not known.
    QString placeText() const;
    QString pointedText() const; // value of the pixel under the mouse, with its unit; empty: none
    double millimetresPerPoint() const; // across the middle of the view; 0: not calibrated
    double paintMilliseconds() const { return m_paintMs; } // of the last paint

Q_SIGNALS:
    void indexChanged(int index);
    void imageShown(); // another image or its pixels
    void appearanceChanged();
    void transformChanged();
    void activated();
    void pointed(const QPointF &imagePoint); // the mouse is there; NaN: left
    void doubleClicked(); // and the tool had no use for it
    void menuWanted(const QPoint &global); // the right button, without a drag

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void take(bool another);
    void paint(QPainter &painter, bool withLayers);
    void paintBack(QPainter &painter);
    void paintImage(QPainter &painter);
    void paintWords(QPainter &painter, const QString &text, bool broken, bool below = false);
    void paintStackBar(QPainter &painter);
    void paintAlarm(QPainter &painter);
    void paintMagnifier(QPainter &painter);
    QRectF stackBar() const;
    QRegion arrivedArea() const;
    void updatePointed();
    bool dragStackBar(const QPointF &at);
    QString slicePlace() const;
    void sayName();
    void sayState();
    ViewTool *toolFor(Qt::MouseButton button);

    Theme &m_theme;
    text::Language m_language;
    QPointer<ImageProvider> m_provider{};
    int m_index = 0;
    ShownImage m_image{};
    ViewTransform m_transform{};
    Appearance m_appearance{};
    std::optional<imaging::Window> m_rangeWindow{}; // of the stack, where the file names none
    Painted m_painted{}, m_enlarged{};
    QList<ViewLayer *> m_layers{};
    ViewTool *m_tool = nullptr, *m_dragging = nullptr;
    std::unique_ptr<ViewTool> m_pan, m_zoom;
    QPointF m_last{}, m_mouse{-1, -1}, m_pressed{};
    bool m_active = false, m_onBar = false, m_magnifier = false, m_onPaper = false;
    double m_wheelRest = 0, m_paintMs = 0;
    QString m_caption{}, m_emptyText{}, m_marks{}, m_alarm{};
    std::function<bool(int)> m_wantsKey{};
    OwnCalibrationOf m_ownCalibration{};
};

} // namespace naru::ui
