// Asks confined naru-decoder children (app/decoder) for facts and frames. The parent opens the file and
// passes the descriptor; the child can open nothing (seccomp, rlimits, no network). Frames come back in
// shared memory that the parent made, one piece a child, and are copied out of it: that costs less than new
// shared pages for each frame, and no child reaches what another, or itself before, has decoded. A child that
// dies, hangs or exceeds its memory is replaced, and the image gets one clear error; no other image notices.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"
#include "core/imaging/objects/DataSetValue.h"

#include <memory>

namespace naru::imaging {

struct DecoderOptions {
    QString program{}; // naru-decoder; empty: beside the running program
    int workers = 0; // 0: as many as the machine has cores, at most 8
    // A request that takes longer is given up (imaging.DecoderTimeout); up to four times as long while the
    // child has computed less than this, that is, waits for a disc or for a processor, and one second more
    // for each 8 MiB of a file that is that large, up to 4: a mammogram in JPEG 2000 needs them on one core.
    int frameTimeoutMs = 1500;
    // Memory of a child's own; with the frame that it shares (LargestFrame) 512 MiB are not exceeded.
    qint64 memoryLimit = 360LL * 1024 * 1024;
};

// Where the bytes come from: a file of the local disk, or sealed bytes already opened into memory.
struct ImageSource {
    QString path{};
    QByteArray bytes{}; // used when `path` is empty
};

class PixelMemory;

class DecoderPool {
public:
    static base::Result<std::unique_ptr<DecoderPool>> start(const DecoderOptions &options = {});
    virtual ~DecoderPool() = default;

    // Any thread; blocks until a worker answers or `work` is stopped.
    virtual base::Result<ImageFacts> facts(const ImageSource &source, const base::WorkContext &work = {}) = 0;
    virtual base::Result<Frame> frame(
        const ImageSource &source, int frame, const base::WorkContext &work = {}) = 0;
    // A smaller picture of a frame, each side halved so many times: JPEG 2000 holds it, others say
    // imaging.UnsupportedSyntax. For the screen until the frame itself is there, never for measuring.
    virtual base::Result<Frame> smaller(
        const ImageSource &source, int frame, int halvings, const base::WorkContext &work = {});
    // Decodes into memory of the caller's that was allocated by sharedVolume(), at a byte offset: the slices
    // of a series lie in one volume, which whoever looks at it shares.
    struct Volume {
        std::shared_ptr<void> memory{};
        std::size_t bytes = 0;
        PixelMemory *pages = nullptr; // that of `memory`, to make its pages ready in time
        // When set, a frame of any other shape is refused (imaging.BadGeometry): it would be read as
        // something else, or run into its neighbour.
        FrameShape slice{};
    };
    virtual base::Result<Volume> sharedVolume(std::size_t bytes) = 0;
    virtual base::Status frameInto(const ImageSource &source, int frame, const Volume &volume,
        std::size_t offset, const base::WorkContext &work = {}) = 0;
    virtual base::Result<QByteArray> payload(
        const ImageSource &source, qint64 limit, const base::WorkContext &work = {}) = 0;
    // The whole data set; bulk references are offsets into the source. imaging.TooLarge beyond the limits.
    virtual base::Result<DataSetValue> dataSet(
        const ImageSource &source, const DataSetLimits &limits = {}, const base::WorkContext &work = {}) = 0;
};

} // namespace naru::imaging
