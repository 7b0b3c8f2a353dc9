// How many threads a codec may use inside one frame: the one place that decides it, for the pool, for
// `naructl image bench`, which goes through the pool, and for ./test --bench imaging.
#pragma once

namespace naru::imaging {

// More gain nothing on a frame, and each needs a stack within the memory a child may use.
constexpr int MostFrameThreads = 8;

// Processors over frames that are decoded at the same time: all of them for a frame that somebody waits for
// alone (JPEG 2000 takes 18 ms on one), one each as soon as there is a frame for each. Codecs that cannot
// divide a frame (all but JPEG 2000) ignore it.
int threadsPerFrame(int framesAtOnce);

} // namespace naru::imaging
