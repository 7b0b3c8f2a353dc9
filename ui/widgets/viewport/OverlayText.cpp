#include "ui/widgets/viewport/OverlayText.h"

#include "core/imaging/series/Geometry.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/HaloPen.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace naru::ui {

OverlayText::OverlayText(
    QPainter &painter, const Viewport &view, const QString &caption, const QString &marks)
    : m_painter(painter)
    , m_view(view)
    , m_caption(caption)
    , m_marks(marks)
{
    const int margin = view.theme().unit(1.2);
    m_room = QRectF(view.rect()).adjusted(margin, margin, -margin - view.theme().unit(2), -margin);
}

void OverlayText::paint()
{
    const Theme &theme = m_view.theme();
    m_painter.setFont(theme.font(Theme::Face::Body));
    corners();
    if (!m_view.image().isReady())
        return;
    letters();
    scaleBar();
}

bool OverlayText::hasLettersAbove() const
{
    return m_room.height() >= 6 * QFontMetrics(m_view.theme().font(Theme::Face::BodyBold)).height();
}

// A narrow view has the window below the counter: words that are cut off at its edge say something else.
QStringList OverlayText::stateLines() const
{
    const QString state = m_view.stateText();
    const QStringList parts = state.split(QStringLiteral("   "));
    if (parts.size() < 3 || m_painter.fontMetrics().horizontalAdvance(state) <= m_room.width())
        return {state};
    return {parts[0] + QStringLiteral("   ") + parts[2], parts[1]};
}

void OverlayText::letters()
{
    const ShownImage &image = m_view.image();
    const ViewTransform &transform = m_view.transform();
    const imaging::EdgeLetters letters = imaging::edgeLetters(*image.facts, image.frame)
                                             .shown(transform.isMirrored(), transform.quarterTurns());
    HaloPen pen(m_painter, m_view.theme().color("imageOverlay"));
    m_painter.setFont(m_view.theme().font(Theme::Face::BodyBold));
    pen.text(m_room, Qt::AlignLeft | Qt::AlignVCenter, letters.left);
    pen.text(m_room, Qt::AlignRight | Qt::AlignVCenter, letters.right);
    if (!hasLettersAbove()) {
        m_painter.setFont(m_view.theme().font(Theme::Face::Body));
        return; // left and right are the ones to know
    }
    pen.text(m_room, Qt::AlignHCenter | Qt::AlignTop, letters.top);
    pen.text(m_room.adjusted(0, 0, 0, -m_view.theme().unit(6)), Qt::AlignHCenter | Qt::AlignBottom,
        letters.bottom);
    m_painter.setFont(m_view.theme().font(Theme::Face::Body));
}

void OverlayText::corners()
{
    HaloPen pen(m_painter, m_view.theme().color("imageOverlay"));
    const ImageProvider *provider = m_view.provider();
    if (!provider || provider->count() == 0)
        return;
    // The half that the letter in the middle leaves free. Where a second line would meet the letter below,
    // the date matters more than the series, which the list names.
    const QFontMetricsF metrics(m_painter.font());
    QString top = m_caption.isEmpty() ? provider->title() : m_caption;
    if (!m_caption.isEmpty() && m_room.height() >= 6 * metrics.height())
        top += QLatin1Char('\n') + provider->title();
    const double half = m_room.width() / 2 - m_view.theme().unit(4);
    QString right;
    if (provider->loadedCount() < provider->count())
        right = QCoreApplication::translate("naru::ui::Viewport", "%1 / %2 images")
                    .arg(provider->loadedCount())
                    .arg(provider->count());
    if (!m_marks.isEmpty())
        right = right.isEmpty() ? m_marks : m_marks + QLatin1Char('\n') + right;
    pen.text(m_room, Qt::AlignRight | Qt::AlignTop, right);
    double taken = 0;
    for (const QString &line : right.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        taken = std::max(taken, metrics.horizontalAdvance(line) + m_view.theme().unit(2));
    const double free = hasLettersAbove() ? half : m_room.width() - taken;
    QStringList lines;
    for (const QString &line : top.split(QLatin1Char('\n')))
        lines.append(metrics.elidedText(line, Qt::ElideRight, free));
    pen.text(m_room, Qt::AlignLeft | Qt::AlignTop, lines.join(QLatin1Char('\n')));
    QStringList below; // beside the letter; the state itself lies below that
    if (m_room.height() >= 10 * metrics.height()) {
        const QString place = m_view.placeText();
        below << m_view.pointedText()
              << (metrics.horizontalAdvance(place) > half ? place.split(QStringLiteral(", "))
                                                          : QStringList(place));
        for (QString &line : below)
            line = metrics.elidedText(line, Qt::ElideRight, half);
    }
    below.removeAll(QString());
    below << stateLines();
    m_lastLine = metrics.horizontalAdvance(below.constLast());
    pen.text(m_room, Qt::AlignLeft | Qt::AlignBottom, below.join(QLatin1Char('\n')));
}

// A round length that takes about a quarter of the width, in the direction that lies horizontally.
void OverlayText::scaleBar()
{
    const double perPoint = m_view.millimetresPerPoint();
    if (!(perPoint > 0))
        return;
    static constexpr double Lengths[] = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500};
    double length = 0;
    for (const double candidate : Lengths) {
        if (candidate / perPoint <= m_room.width() / 4)
            length = candidate;
    }
    if (length <= 0)
        return;
    HaloPen pen(m_painter, m_view.theme().color("imageOverlay"));
    const double width = length / perPoint, tick = m_view.theme().unit(1);
    const QString words =
        length >= 10 ? QStringLiteral("%1 cm").arg(length / 10) : QStringLiteral("%1 mm").arg(length);
    const QFontMetricsF metrics(m_painter.font());
    const double right = m_room.right(), most = std::max(width, metrics.horizontalAdvance(words));
    const bool meets = m_room.left() + m_lastLine + m_view.theme().unit(1) > right - most;
    const double bottom = m_room.bottom() - tick - (meets ? metrics.capHeight() + tick / 2 : 0);
    QPainterPath bar(QPointF(right - width, bottom - tick));
    bar.lineTo(right - width, bottom);
    bar.lineTo(right, bottom);
    bar.lineTo(right, bottom - tick);
    pen.path(bar, 1.5);
    pen.text(QRectF(m_room.left(), m_room.top(), m_room.width(), bottom - 1.5 * tick - m_room.top()),
        Qt::AlignRight | Qt::AlignBottom, words);
}

} // namespace naru::ui
