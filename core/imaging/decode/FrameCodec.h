// One compressed frame to plain samples; one implementation a family of transfer syntaxes. Stateless between
// frames, so that one object a thread is enough. Input is hostile: every offset and run is checked, and the
// size found in the codestream is compared with what the caller expects.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Frame.h"

#include <QString>

namespace naru::imaging {

struct CodecInput {
    std::span<const std::byte> bytes{}; // the frame's fragments joined
    FrameShape shape{}; // expected; `samples` as stored
    int bitsAllocated = 0, bitsStored = 0;
    bool isSigned = false;
    int planar = 0;
    QString photometric{}; // as the data set says; the codestream may know better
    int threads = 1; // inside one frame, where the codec can (JPEG 2000): pool/FrameThreads.h says how many
    // The output is shape.halved() by this: JPEG 2000 holds smaller pictures of itself. Others refuse.
    int halvings = 0;
};

// What the codec found, for the colour decision (complaint 7 of the imaging facts): JFIF and Adobe markers,
// component ids, MCT of JPEG 2000.
struct CodecOutput {
    bool isYbr = false; // samples written are still YCbCr and must be converted
    bool signedInStream = false;
    int bitsInStream = 0;
    QString note{};
};

class FrameCodec {
public:
    virtual ~FrameCodec() = default;
    // Writes interleaved samples of shape.type.
    virtual bool holdsSmaller() const { return false; } // whether CodecInput::halvings is understood
    virtual base::Result<CodecOutput> decode(const CodecInput &input, std::span<std::byte> out) const = 0;
};

// The codec of a transfer syntax UID; null for uncompressed and unknown ones.
const FrameCodec *codecFor(const QString &transferSyntax);
// "RLE", "JPEG 2000" ...; every syntax that codecFor knows, for `naructl image info` and the help.
QStringList knownSyntaxes();

} // namespace naru::imaging
