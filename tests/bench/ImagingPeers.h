// Peers of ./test --bench imaging: programs of their own, beside this one.
#pragma once

#include "tests/bench/ImagingSeries.h"

namespace naru::bench {

struct PeerRun {
    double seconds = 0; // 0: it cannot, and `why` says so
    quint64 hash = 0;
    double firstMs = 0; // until its first frame was there, what it does once a process included
    QString why{};
};
// "dcmtk" or "gdcm": files to a fresh volume.
PeerRun readSeries(const char *peer, const Series &series, int workers);
// A codec alone: codestreams in memory (files, for pread) to a touched volume.
PeerRun decodeAlone(const char *codec, const Series &series, int workers, int threadsPerFrame);

} // namespace naru::bench
