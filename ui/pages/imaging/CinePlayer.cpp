#include "ui/pages/imaging/CinePlayer.h"

#include "ui/pages/imaging/StackProvider.h"
#include "ui/widgets/viewport/Viewport.h"

#include <cmath>

namespace naru::ui {

CinePlayer::CinePlayer(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(8);
    connect(&m_timer, &QTimer::timeout, this, &CinePlayer::tick);
}

bool CinePlayer::toggle(Viewport *view)
{
    if (m_timer.isActive()) {
        stop();
        return true;
    }
    if (!view || !view->provider() || view->provider()->count() < 2)
        return false;
    m_view = view;
    m_begin = view->index();
    const auto *stack = qobject_cast<const StackProvider *>(view->provider());
    m_start = stack ? stack->stack().at(m_begin).time : 0;
    m_clock.start();
    m_timer.start();
    Q_EMIT runningChanged(true);
    return true;
}

void CinePlayer::stop()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    Q_EMIT runningChanged(false);
}

int CinePlayer::indexAt(double milliseconds) const
{
    if (!m_view || !m_view->provider())
        return 0;
    const auto *stack = qobject_cast<const StackProvider *>(m_view->provider());
    if (stack && stack->stack().cine && stack->stack().duration > 0)
        return stack->stack().atTime(std::fmod(m_start + milliseconds, stack->stack().duration));
    const int count = m_view->provider()->count();
    return count > 0 ? (m_begin + int(milliseconds / DefaultFrameMs)) % count : 0;
}

void CinePlayer::tick()
{
    if (!m_view || !m_view->provider() || !m_view->isVisible()) {
        stop();
        return;
    }
    const int index = indexAt(double(m_clock.nsecsElapsed()) / 1e6);
    if (index != m_view->index())
        m_view->setIndex(index);
}

} // namespace naru::ui
