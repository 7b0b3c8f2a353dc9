// How a viewport paints: the image, what lies on top, the words, the bar of the stack.
#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/viewport/HaloPen.h"
#include "ui/widgets/viewport/OverlayText.h"
#include "ui/widgets/viewport/ViewLayer.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QElapsedTimer>
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace naru::ui {

void Viewport::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_transform.setView(QSizeF(size()), devicePixelRatioF());
    sayState(); // what fits has another zoom now
    Q_EMIT transformChanged();
}

void Viewport::paintEvent(QPaintEvent *)
{
    QElapsedTimer timer;
    timer.start();
    m_transform.setView(QSizeF(size()), devicePixelRatioF()); // another screen, another ratio
    QPainter painter(this);
    paint(painter, true);
    paintStackBar(painter);
    if (m_magnifier)
        paintMagnifier(painter);
    const bool focused = hasFocus();
    if (m_active || focused) {
        painter.setPen(QPen(m_theme.color(focused ? "imageMeasure" : "imageReference"), focused ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
    m_paintMs = double(timer.nsecsElapsed()) / 1e6;
}

void Viewport::paint(QPainter &painter, bool withLayers)
{
    paintBack(painter);
    painter.setFont(m_theme.font(Theme::Face::Body));
    switch (m_image.state) {
    case ShownImage::State::Nothing:
        paintWords(painter, m_emptyText, false);
        return;
    case ShownImage::State::Loading:
        if (m_image.isCoarse())
            paintImage(painter);
        paintWords(painter, tr("Loading image %1").arg(m_index + 1), false, m_image.isCoarse());
        break;
    case ShownImage::State::Broken:
        paintWords(painter,
            tr("Image %1 cannot be shown").arg(m_index + 1) + QLatin1Char('\n')
                + (m_image.error ? text::sentence(*m_image.error, m_language) : QString()),
            true);
        break;
    case ShownImage::State::Ready:
        paintImage(painter);
        break;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_image.isReady() && withLayers) {
        for (ViewLayer *layer : std::as_const(m_layers))
            layer->paint(painter, *this);
    }
    OverlayText(painter, *this, m_caption, m_marks).paint();
    if (!m_alarm.isEmpty())
        paintAlarm(painter);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

// Only around the picture, which is opaque and lies square: filling a whole full-HD view took 0.7 ms of a
// paint of 3.
void Viewport::paintBack(QPainter &painter)
{
    QRegion back(rect());
    if (m_image.isReady() || m_image.isCoarse()) {
        const QSizeF size = m_image.isCoarse()
            ? QSizeF(m_image.facts->columns, m_image.facts->rows)
            : QSizeF(m_image.pixels.shape.columns, m_image.pixels.shape.rows);
        const QRectF picture = m_transform.toView().mapRect(QRectF(QPointF(), size));
        back -= picture.adjusted(2, 2, -2, -2).toRect(); // its edges may be mixed with what lies below
    }
    for (const QRect &part : back)
        painter.fillRect(part, m_theme.color("imageBack"));
}

void Viewport::paintImage(QPainter &painter)
{
    Appearance shown = m_appearance;
    if (!shown.window && !shown.windowIndex && m_rangeWindow)
        shown.window = m_rangeWindow; // one range for the stack: no flicker from slice to slice
    const QRectF seen = m_transform.toImage().mapRect(QRectF(rect()));
    const QImage &picture = m_painted.picture(m_image, shown, m_transform.zoom(), seen);
    if (picture.isNull()) {
        painter.fillRect(rect(), m_theme.color("imageBack"));
        paintWords(painter,
            tr("Image %1 cannot be shown").arg(m_index + 1) + QLatin1Char('\n')
                + (m_painted.error() ? text::sentence(*m_painted.error(), m_language) : QString()),
            true);
        return;
    }
    painter.save();
    const QTransform toView = m_transform.toView();
    const int factor = m_painted.factor();
    const bool oneToOne = factor == 1 && m_transform.aspect() == 1 && std::abs(m_transform.zoom() - 1) < 1e-9;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !oneToOne);
    painter.setTransform(QTransform::fromScale(factor, factor) * toView, true);
    painter.drawImage(0, 0, picture);
    if (const QImage &cover = m_painted.cover(m_image, m_appearance.overlays, factor); !cover.isNull()) {
        const double scale = double(m_painted.coverFactor()) / factor;
        painter.setTransform(QTransform::fromScale(scale, scale), true);
        painter.drawImage(0, 0, cover);
    }
    painter.restore();
}

void Viewport::paintWords(QPainter &painter, const QString &text, bool broken, bool below)
{
    const int margin = m_theme.unit(6);
    const Qt::Alignment place = below ? Qt::AlignHCenter | Qt::AlignBottom : Qt::Alignment(Qt::AlignCenter);
    HaloPen(painter, m_theme.color(broken ? "imageError" : "imageOverlay"))
        .text(QRectF(rect()).adjusted(margin, 2, -margin, below ? -margin : -2),
            int(place) | Qt::TextWordWrap, broken ? QStringLiteral("! ") + text : text);
}

void Viewport::paintAlarm(QPainter &painter)
{
    const double line = m_theme.unit(1);
    painter.setFont(m_theme.font(Theme::Face::BodyBold));
    const double head = painter.fontMetrics().height();
    const QRectF room = QRectF(rect()).adjusted(line, 2.2 * head, -3 * line, -line);
    HaloPen pen(painter, m_theme.color("imageError"));
    pen.text(room, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, QStringLiteral("! ") + m_alarm);
    QPainterPath frame;
    frame.addRect(QRectF(rect()).adjusted(3, 3, -3, -3));
    pen.path(frame, 3);
    painter.setFont(m_theme.font(Theme::Face::Body));
}

// Where one is in the stack, and which slices are here already.
void Viewport::paintStackBar(QPainter &painter)
{
    const int count = m_provider ? m_provider->count() : 0;
    if (count < 2)
        return;
    const QRectF bar = stackBar();
    painter.fillRect(bar, QColor(40, 40, 40));
    const double slice = bar.height() / count;
    const QColor here = m_theme.color("imageReference").darker(200);
    for (int from = 0; from < count;) {
        if (!m_provider->isLoaded(from)) {
            ++from;
            continue;
        }
        int to = from;
        while (to < count && m_provider->isLoaded(to))
            ++to;
        painter.fillRect(
            QRectF(bar.left(), bar.top() + from * slice, bar.width(), (to - from) * slice), here);
        from = to;
    }
    const double thumb = std::max(slice, double(m_theme.unit(1)));
    const double top = std::min(bar.top() + m_index * slice, bar.bottom() - thumb);
    painter.fillRect(QRectF(bar.left(), top, bar.width(), thumb), m_theme.color("imageOverlay"));
}

void Viewport::paintMagnifier(QPainter &painter)
{
    if (!m_image.isReady() || !rect().contains(m_mouse.toPoint()))
        return;
    const double radius = m_theme.unit(16);
    ViewTransform larger = m_transform;
    larger.zoomAt(m_mouse, 2.5);
    QPainterPath lens;
    lens.addEllipse(m_mouse, radius, radius);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(lens);
    painter.fillPath(lens, m_theme.color("imageBack"));
    const ViewTransform kept = std::exchange(m_transform, larger);
    std::swap(m_painted, m_enlarged); // another reduction: neither must push out the other
    paintImage(painter);
    std::swap(m_painted, m_enlarged);
    m_transform = kept;
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
    HaloPen(painter, m_theme.color("imageOverlay")).path(lens, 1.5);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QImage Viewport::picture(double scale, bool withLayers)
{
    const double ratio = devicePixelRatioF() * scale;
    QImage out((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
    out.setDevicePixelRatio(ratio);
    const ViewTransform kept = m_transform;
    if (!m_transform.isFit()) { // zoom counts device pixels
        ViewTransform scaled = m_transform;
        scaled.setView(QSizeF(size()), ratio);
        scaled.setZoom(m_transform.zoom() * scale);
        scaled.setPan(kept.pan());
        m_transform = scaled;
    } else {
        m_transform.setView(QSizeF(size()), ratio);
    }
    const QPointF mouse = std::exchange(m_mouse, QPointF(-1, -1)); // where it rests is nobody's finding
    m_onPaper = true;
    QPainter painter(&out);
    paint(painter, withLayers);
    painter.end();
    m_onPaper = false;
    m_transform = kept;
    m_mouse = mouse;
    out.setDevicePixelRatio(1);
    return out;
}

} // namespace naru::ui
