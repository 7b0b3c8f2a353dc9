#include "ui/widgets/viewport/HaloPen.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <vector>

namespace naru::ui {

void HaloPen::path(const QPainterPath &path, double width, bool dashed)
{
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(Qt::black, width + 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (!dashed)
        m_painter.drawPath(path);
    m_painter.setPen(
        QPen(m_colour, width, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    m_painter.drawPath(path);
}

void HaloPen::line(const QPointF &from, const QPointF &to, double width, bool dashed)
{
    QPainterPath line(from);
    line.lineTo(to);
    path(line, width, dashed);
}

namespace {
constexpr int Slack = 3; // pixels that glyphs may reach beyond their line
constexpr int MostPixels = 8192;

void layOut(QTextLayout &layout, double width, int flags, double leading)
{
    QTextOption option(Qt::Alignment(flags & Qt::AlignHorizontal_Mask) | Qt::AlignAbsolute);
    option.setWrapMode((flags & Qt::TextWordWrap) != 0 ? QTextOption::WordWrap : QTextOption::NoWrap);
    layout.setTextOption(option);
    double height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height() + leading;
    }
    layout.endLayout();
}

// What the words cover becomes their rim as well, `reach` pixels wider on every side.
void addRim(QImage &words, int reach)
{
    const int width = words.width(), height = words.height();
    std::vector<uchar> covered(std::size_t(width) * std::size_t(height)), wider(covered.size());
    for (int y = 0; y < height; ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(words.constScanLine(y));
        uchar *to = covered.data() + std::size_t(y) * std::size_t(width);
        for (int x = 0; x < width; ++x)
            to[x] = uchar(line[x] >> 24);
    }
    const auto widen = [&](std::ptrdiff_t step) { // a pixel more to both sides
        wider = covered;
        const auto from = std::size_t(step), end = covered.size() - from;
        for (std::size_t i = from; i < end; ++i)
            wider[i] = std::max({covered[i - from], covered[i], covered[i + from]});
        covered.swap(wider);
    };
    for (int i = 0; i < reach; ++i) {
        widen(1);
        widen(width);
    }
    for (int y = 0; y < height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(words.scanLine(y));
        const uchar *rim = covered.data() + std::size_t(y) * std::size_t(width);
        for (int x = 0; x < width; ++x) { // black below the words, both premultiplied
            const unsigned alpha = line[x] >> 24;
            line[x] = (line[x] & 0xffffff) | (alpha + (255 - alpha) * rim[x] / 255) << 24;
        }
    }
}
} // namespace

// Drawn once into a small picture whose rim is made of what they cover: shaping and drawing them nine times
// took 1 ms of a paint of 3.
void HaloPen::text(const QRectF &where, int flags, const QString &text)
{
    if (text.isEmpty())
        return;
    const QFont font = m_painter.font();
    QTextLayout layout(
        QString(text).replace(QLatin1Char('\n'), QChar::LineSeparator), font, m_painter.device());
    layOut(layout, where.width(), flags, QFontMetricsF(font, m_painter.device()).leading());
    QRectF words;
    for (int i = 0; i < layout.lineCount(); ++i)
        words |= layout.lineAt(i).naturalTextRect();
    const double free = where.height() - layout.boundingRect().height();
    const double down = (flags & Qt::AlignBottom) != 0 ? free
        : (flags & Qt::AlignVCenter) != 0              ? free / 2
                                                       : 0;
    const QPointF at = where.topLeft() + QPointF(0, down);
    // Whole pixels of the screen, so that the picture is not mixed with its neighbours.
    const QTransform toDevice = m_painter.deviceTransform();
    const double ratio = std::max(1.0, std::sqrt(std::abs(toDevice.determinant())));
    const int reach = std::max(1, qRound(ratio));
    const QPointF corner = toDevice.map(at + words.topLeft()) - QPointF(Slack + reach, Slack + reach);
    const QPointF whole(std::floor(corner.x()), std::floor(corner.y()));
    const QSizeF room = words.size() * ratio + QSizeF(1, 1) * 2 * (Slack + reach + 1);
    QImage picture(
        room.toSize().boundedTo(QSize(MostPixels, MostPixels)), QImage::Format_ARGB32_Premultiplied);
    if (picture.isNull())
        return;
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    const QPointF origin = toDevice.inverted().map(whole);
    {
        QPainter painter(&picture);
        painter.setPen(m_colour);
        layout.draw(&painter, at - origin);
    }
    addRim(picture, reach);
    m_painter.drawImage(origin, picture);
}

void HaloPen::handle(const QPointF &at, double radius)
{
    const QRectF square(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius);
    m_painter.setPen(QPen(Qt::black, 1));
    m_painter.setBrush(m_colour);
    m_painter.drawRect(square);
    m_painter.setBrush(Qt::NoBrush);
}

} // namespace naru::ui
