// A DICOM object opened inside the decoder process (the only place that parses one): facts and frames. Never
// linked into the workstation; DCMTK stops here.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"
#include "core/imaging/objects/DataSetValue.h"

#include <memory>

namespace naru::imaging {

class Instance {
public:
    // From a descriptor that stays open as long as the instance; read with pread, so that several may share
    // it. Accepts Part 10, files without preamble or meta header (transfer syntax guessed and noted), and
    // raw ACR-NEMA as far as DCMTK reads it. Pixel data is located, not loaded.
    static base::Result<std::unique_ptr<Instance>> open(int descriptor);
    virtual ~Instance() = default;

    virtual const ImageFacts &facts() const = 0;
    virtual FrameShape shape() const = 0;
    // `out` has shape().bytes(). Decodes into it, converts YBR to RGB, signs extended from bitsStored,
    // overlays in unused bits masked away. Errors: imaging.PixelsTruncated, .CodecFailed, .UnsupportedSyntax,
    // .FrameMissing ...
    virtual base::Status decode(int frame, std::span<std::byte> out) = 0;
    // A smaller picture of the frame, for somebody who cannot wait; `out` has
    // shape().halved(halvings).bytes(). imaging.UnsupportedSyntax where the pixels hold none.
    virtual base::Status decodeSmaller(int frame, int halvings, std::span<std::byte> out) = 0;
    // Threads inside one frame, where the codec can (JPEG 2000); 1 until told. pool/FrameThreads.h says how
    // many.
    virtual void useThreads(int count) = 0;
    // The encapsulated document (PDF, video, waveform samples), at most `limit` bytes.
    virtual base::Result<QByteArray> payload(qint64 limit) = 0;
    // Everything it says, pixels and other large values by reference. imaging.TooLarge, .TooDeep
    virtual base::Result<DataSetValue> dataSet(const DataSetLimits &limits) = 0;
};

} // namespace naru::imaging
