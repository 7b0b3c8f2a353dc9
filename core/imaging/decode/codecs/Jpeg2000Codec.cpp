#include "core/imaging/decode/codecs/Jpeg2000Codec.h"

#include "core/imaging/Errors.h"
#include "core/imaging/decode/codecs/HtPackets.h"
#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "core/imaging/decode/codecs/Samples.h"

namespace naru::imaging {

using namespace codecs;

namespace {
// What three components hold once the decoder is done. With MCT the decoder has undone the transform. Without
// it YBR_FULL means what it says, while YBR_RCT and YBR_ICT name a transform that was not applied.
bool holdsYbr(const J2kHeader &header, const CodecInput &input, QString *note)
{
    if (header.components.size() != 3)
        return false;
    const bool tag = input.photometric.startsWith(QLatin1String("YBR"));
    const bool transformTag =
        input.photometric == QLatin1String("YBR_RCT") || input.photometric == QLatin1String("YBR_ICT");
    if (header.colourTransform) {
        if (!transformTag)
            *note = QStringLiteral("JPEG 2000 colour transform although the data set says %1")
                        .arg(input.photometric);
        return false;
    }
    if (header.enumeratedColour == 18)
        return true;
    if (header.components[1].stepX > 1 || header.components[1].stepY > 1)
        return true;
    if (transformTag)
        *note = QStringLiteral("no JPEG 2000 colour transform although the data set says %1")
                    .arg(input.photometric);
    return tag && !transformTag;
}

// What is plain is ours. Where OpenJPH does not know its way OpenJPEG is asked, which ends by an assertion
// where code blocks hold what no code block may hold.
base::Status decodeWith(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    if (!header.isHt)
        return decodePlainJ2k(header, input, out) ? base::Status{} : decodeOpenJpeg(header, input, out);
    if (decodePlainHt(header, input, out))
        return {};
    const HtPackets packets = readHtPackets(header);
    if (packets == HtPackets::Whole && htHeaderIsPlain(header))
        return decodeOpenJph(header, input, out);
    if (packets == HtPackets::Unknown && htPacketsHoldMarkers(header))
        return failed(QStringLiteral("the HTJ2K codestream is damaged"));
    return decodeOpenJpeg(header, input, out);
}
} // namespace

base::Result<CodecOutput> Jpeg2000Codec::decode(const CodecInput &whole, std::span<std::byte> out) const
{
    CodecInput input = whole;
    input.shape = whole.shape.halved(whole.halvings);
    NARU_TRY(checkExpected(input, out.size()));
    NARU_ASSIGN(const J2kHeader header, readJ2kHeader(whole.bytes));
    NARU_TRY(matches(header, whole));
    if (whole.halvings > 0 && (whole.halvings > header.levels || !header.simple || header.isHt))
        return base::Error(errors::UnsupportedSyntax);
    const J2kComponent &first = header.components.front();
    NARU_TRY(decodeWith(header, input, out));
    CodecOutput found;
    found.bitsInStream = first.bits;
    found.signedInStream = first.isSigned;
    found.isYbr = holdsYbr(header, input, &found.note);
    if (first.isSigned != input.isSigned)
        found.note = QStringLiteral("the codestream is %1, the data set says otherwise")
                         .arg(first.isSigned ? QStringLiteral("signed") : QStringLiteral("unsigned"));
    settleSign(input, first.bits, first.isSigned, out);
    return found;
}

} // namespace naru::imaging
