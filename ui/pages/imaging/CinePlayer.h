// Plays a stack by its own clock: each frame at the time its file gives (Frame Time, Frame Time Vector), else
// ten a second; a slow machine leaves frames out and never slows down.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace naru::ui {

class Viewport;

class CinePlayer : public QObject {
    Q_OBJECT
public:
    static constexpr double DefaultFrameMs = 100;
    explicit CinePlayer(QObject *parent = nullptr);

    bool toggle(Viewport *view); // false: nothing to play
    void stop();
    bool isRunning() const { return m_timer.isActive(); }
    // Frame at this time after the frame it began with.
    int indexAt(double milliseconds) const;

Q_SIGNALS:
    void runningChanged(bool running);

private:
    void tick();

    QPointer<Viewport> m_view{};
    QTimer m_timer{};
    QElapsedTimer m_clock{};
    double m_start = 0; // of the frame it began with, ms
    int m_begin = 0;
};

} // namespace naru::ui
