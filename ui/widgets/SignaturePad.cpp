#include "ui/widgets/SignaturePad.h"

#include "ui/shell/Theme.h"

#include <QBuffer>
#include <QImage>
#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTabletEvent>
#include <QTouchEvent>

namespace naru::ui {

namespace {
constexpr int kImageWidth = 600, kImageHeight = 200, kImageMargin = 12;
constexpr size_t kMaxPoints = 20000; // a signature has some hundreds; a jammed pen must not eat the memory
} // namespace

SignaturePad::SignaturePad(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_AcceptTouchEvents);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Signature"));
    setAccessibleDescription(tr("Sign with mouse, pen or finger. Delete clears."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SignaturePad::setHint(const QString &hint)
{
    m_hint = hint;
    update();
}

QSize SignaturePad::sizeHint() const
{
    const int unit = fontMetrics().height() / 4;
    return {unit * 90, unit * 30};
}

QSize SignaturePad::minimumSizeHint() const
{
    const int unit = fontMetrics().height() / 4;
    return {unit * 50, unit * 20};
}

bool SignaturePad::isSigned() const
{
    double length = 0;
    for (const Stroke &stroke : m_strokes) {
        for (size_t i = 1; i < stroke.size(); ++i)
            length += QLineF(stroke[i - 1], stroke[i]).length();
    }
    return length >= fontMetrics().height() * 2;
}

void SignaturePad::clear()
{
    m_strokes.clear();
    m_drawing = false;
    update();
    Q_EMIT changed();
}

void SignaturePad::begin(const QPointF &at)
{
    m_strokes.push_back({at});
    m_drawing = true;
    update();
}

void SignaturePad::extend(const QPointF &at)
{
    if (!m_drawing || m_strokes.empty())
        return;
    size_t points = 0;
    for (const Stroke &stroke : m_strokes)
        points += stroke.size();
    if (points >= kMaxPoints)
        return;
    const QRectF inside(rect());
    m_strokes.back().push_back(
        {qBound(inside.left(), at.x(), inside.right()), qBound(inside.top(), at.y(), inside.bottom())});
    update();
}

void SignaturePad::finish()
{
    if (!m_drawing)
        return;
    m_drawing = false;
    Q_EMIT changed();
}

void SignaturePad::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        begin(event->position());
}

void SignaturePad::mouseMoveEvent(QMouseEvent *event)
{
    extend(event->position());
}

void SignaturePad::mouseReleaseEvent(QMouseEvent *)
{
    finish();
}

void SignaturePad::tabletEvent(QTabletEvent *event)
{
    if (event->type() == QEvent::TabletPress)
        begin(event->position());
    else if (event->type() == QEvent::TabletMove && event->pressure() > 0)
        extend(event->position());
    else if (event->type() == QEvent::TabletRelease)
        finish();
    event->accept();
}

bool SignaturePad::event(QEvent *event)
{
    if (event->type() == QEvent::TouchBegin || event->type() == QEvent::TouchUpdate
        || event->type() == QEvent::TouchEnd) {
        const auto *touch = static_cast<QTouchEvent *>(event);
        if (!touch->points().isEmpty()) {
            const QPointF at = touch->points().first().position();
            if (event->type() == QEvent::TouchBegin)
                begin(at);
            else
                extend(at);
        }
        if (event->type() == QEvent::TouchEnd)
            finish();
        event->accept();
        return true;
    }
    if (event->type() == QEvent::TouchCancel) { // a cut-off stroke is no intention
        if (!m_strokes.empty() && m_drawing)
            m_strokes.pop_back();
        m_drawing = false;
        update();
        return true;
    }
    return QWidget::event(event);
}

void SignaturePad::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete)
        clear();
    else
        QWidget::keyPressEvent(event);
}

void SignaturePad::draw(QPainter &painter, const QColor &ink, double width) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const Stroke &stroke : m_strokes) {
        if (stroke.size() == 1) {
            painter.drawPoint(stroke.front());
            continue;
        }
        QPainterPath path(stroke.front());
        for (size_t i = 1; i + 1 < stroke.size();
             ++i) // curve through the middles: round at the corners, true in between
            path.quadTo(stroke[i], (stroke[i] + stroke[i + 1]) / 2);
        path.lineTo(stroke.back());
        painter.drawPath(path);
    }
}

void SignaturePad::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int unit = qMax(3, fontMetrics().height() / 4);
    painter.fillRect(rect(), m_theme.color("surface"));
    const QColor line = m_theme.color("textSecondary");
    const int base = height() * 3 / 4;
    painter.setPen(QPen(m_theme.color("divider"), 1));
    painter.drawLine(4 * unit, base, width() - 4 * unit, base);
    if (m_strokes.empty()) {
        painter.setPen(line);
        painter.drawText(rect().adjusted(4 * unit, 2 * unit, -4 * unit, -2 * unit),
            int(Qt::AlignCenter | Qt::TextWordWrap), m_hint);
    }
    draw(painter, m_theme.color("text"), qMax(2.0, unit * 0.6));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    if (hasFocus())
        painter.setPen(QPen(m_theme.color("focus"), 2));
    else
        painter.setPen(QPen(m_theme.color("border"), 1));
    painter.drawRect(rect().adjusted(1, 1, -2, -2));
}

QByteArray SignaturePad::png() const
{
    if (m_strokes.empty())
        return {};
    QRectF box;
    for (const Stroke &stroke : m_strokes) {
        for (const QPointF &p : stroke)
            box |= QRectF(p - QPointF(0.5, 0.5), QSizeF(1, 1));
    }
    QImage image(kImageWidth, kImageHeight, QImage::Format_RGB32);
    image.fill(Qt::white);
    const double fit = qMin(
        (kImageWidth - 2 * kImageMargin) / box.width(), (kImageHeight - 2 * kImageMargin) / box.height());
    const double scale = qMin(fit, 3.0);
    {
        QPainter painter(&image);
        painter.translate(kImageWidth / 2.0, kImageHeight / 2.0);
        painter.scale(scale, scale);
        painter.translate(-box.center());
        draw(painter, Qt::black, 3.0 / scale);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace naru::ui
