#include "core/imaging/decode/codecs/JpegCodec.h"

#include "core/imaging/decode/codecs/JpegDct12.h"
#include "core/imaging/decode/codecs/JpegDct8.h"
#include "core/imaging/decode/codecs/JpegLsCodec.h"
#include "core/imaging/decode/codecs/LosslessJpeg.h"
#include "core/imaging/decode/codecs/Samples.h"

namespace naru::imaging {

using namespace codecs;

namespace {
// A progressive image of 4 components needs a few dozen scans; each one costs a pass over all coefficients.
constexpr int mostScans = 128;
} // namespace

base::Result<CodecOutput> JpegCodec::decode(const CodecInput &input, std::span<std::byte> out) const
{
    NARU_TRY(checkExpected(input, out.size()));
    NARU_ASSIGN(const JpegHeader header, readJpegHeader(input.bytes));
    if (header.process == 0xF7)
        return JpegLsCodec().decode(input, out);
    NARU_TRY(matches(header, input));
    const bool dct = header.process >= 0xC0 && header.process <= 0xC2;
    if (dct && header.scans > mostScans)
        return failed(QStringLiteral("%1 JPEG scans").arg(header.scans));

    CodecOutput found;
    found.bitsInStream = header.precision;
    const bool ybr = holdsYbr(header, input.photometric, &found.note);
    if (dct && header.precision == 8) {
        NARU_TRY(decodeJpegDct8(header, input, ybr, out));
    } else if (dct && header.precision == 12) {
        NARU_TRY(decodeJpegDct12(header, input, ybr, out));
    } else if (header.process == 0xC3) {
        NARU_TRY(decodeLosslessJpeg(header, input, out));
        found.isYbr = ybr;
    } else {
        return failed(
            QStringLiteral("JPEG process %1 with %2 bits").arg(header.process, 2, 16).arg(header.precision));
    }
    settleSign(input, header.precision, false, out);
    return found;
}

} // namespace naru::imaging
