// Views that scroll together: by position along the normal where both lie in one Frame of Reference, else by
// the offset they had when they were joined (a prior has another one). Windows go along.
#pragma once

#include <QObject>
#include <QPointer>

namespace naru::ui {

class Viewport;
class ViewportGrid;

class StackSync : public QObject {
    Q_OBJECT
public:
    explicit StackSync(ViewportGrid &grid, QObject *parent = nullptr);
    void setOn(bool on);
    bool isOn() const { return m_on; }
    void watch(Viewport *view);
    // The offsets of now are the ones to keep: called when a view shows another stack.
    void join();

private:
    void follow(Viewport *leader);
    void copyWindow(Viewport *leader);

    ViewportGrid &m_grid;
    bool m_on = false, m_busy = false;
};

// Where `view` has to go when `leader` shows this image; -1: they do not belong together.
int partnerIndex(const Viewport &leader, const Viewport &view);

} // namespace naru::ui
