// Figures of volumes: building one through the pool, planes through it, scrolling, memory.
#pragma once

#include <QStringList>

namespace naru::bench {

// One line a figure, as in imaging_bench.cpp; `its` <= 0 prints no peer.
void row(const QString &name, double value, const char *unit, const char *peer, double its);
// Of a series in files, in the order of its slices. `planes`: also MPR, scrolling and memory.
void volumeFigures(const QString &name, const QStringList &files, bool planes);
// The window of a large mammogram dragged by the mouse: the worst frames count.
void windowDrag();

} // namespace naru::bench
