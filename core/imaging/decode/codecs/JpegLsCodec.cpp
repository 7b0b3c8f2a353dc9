#include "core/imaging/decode/codecs/JpegLsCodec.h"

#include "core/imaging/decode/codecs/JpegLsScanDecoder.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <charls/charls.h>

#include <algorithm>
#include <memory>

namespace naru::imaging {

using namespace codecs;

namespace {
struct Free {
    void operator()(charls_jpegls_decoder *decoder) const { charls_jpegls_decoder_destroy(decoder); }
};
using Decoder = std::unique_ptr<charls_jpegls_decoder, Free>;

base::Error broken(charls_jpegls_errc code)
{
    return failed(QStringLiteral("JPEG-LS, %1").arg(int(code)));
}

base::Result<bool> decodeWithCharls(const CodecInput &input, std::span<std::byte> out)
{
    const Decoder decoder(charls_jpegls_decoder_create());
    if (!decoder)
        return failed(QStringLiteral("JPEG-LS decoder"));
    using Code = charls::jpegls_errc;
    Code code =
        charls_jpegls_decoder_set_source_buffer(decoder.get(), input.bytes.data(), input.bytes.size());
    if (code == Code::success)
        code = charls_jpegls_decoder_read_header(decoder.get());
    charls_frame_info info{};
    if (code == Code::success)
        code = charls_jpegls_decoder_get_frame_info(decoder.get(), &info);
    charls_interleave_mode mode{};
    if (code == Code::success)
        code = charls_jpegls_decoder_get_interleave_mode(decoder.get(), &mode);
    if (code != Code::success)
        return broken(code);
    const int wide = FrameShape::bytesOf(input.shape.type), narrow = info.bits_per_sample <= 8 ? 1 : 2;
    const std::size_t count = out.size() / std::size_t(wide);
    const bool planes = info.component_count > 1 && mode == charls::interleave_mode::none;
    const bool direct = wide == narrow && !planes;
    std::unique_ptr<std::byte[]> own;
    if (!direct)
        own = std::make_unique_for_overwrite<std::byte[]>(count * std::size_t(narrow));
    std::byte *to = direct ? out.data() : own.get();
    code = charls_jpegls_decoder_decode_to_buffer(decoder.get(), to, count * std::size_t(narrow), 0);
    if (code != Code::success)
        return broken(code);
    if (planes) {
        std::unique_ptr<std::byte[]> pixels =
            std::make_unique_for_overwrite<std::byte[]>(count * std::size_t(narrow));
        interleave(
            own.get(), pixels.get(), count / std::size_t(info.component_count), info.component_count, narrow);
        own = std::move(pixels);
    }
    if (!direct && narrow == 1)
        widen(reinterpret_cast<const std::uint8_t *>(own.get()), out.data(), count, wide);
    else if (!direct)
        widen(reinterpret_cast<const std::uint16_t *>(own.get()), out.data(), count, wide);

    // The reversible transforms of HP leave RGB.
    charls_color_transformation transformation{};
    return charls_jpegls_decoder_get_color_transformation(decoder.get(), &transformation) == Code::success
        && transformation != charls::color_transformation::none;
}
} // namespace

base::Result<CodecOutput> JpegLsCodec::decode(const CodecInput &input, std::span<std::byte> out) const
{
    NARU_TRY(checkExpected(input, out.size()));
    NARU_ASSIGN(const JpegHeader header, readJpegHeader(input.bytes));
    if (header.process != 0xF7)
        return failed(QStringLiteral("the frame is no JPEG-LS stream"));
    NARU_TRY(matches(header, input));
    NARU_ASSIGN(const JpegLsStream stream, readJpegLs(header, input.bytes));
    const int bytes = FrameShape::bytesOf(input.shape.type);
    const bool plain = stream.plain && bytes <= 2
        && std::all_of(header.components.begin(), header.components.end(),
            [](const JpegComponent &part) { return part.horizontal == 1 && part.vertical == 1; });
    bool transformed = false;
    if (plain) {
        for (const JpegLsScan &scan : stream.scans)
            NARU_TRY(decodeJpegLsScan(
                scan, input.shape.rows, input.shape.columns, input.shape.samples, bytes, out.data()));
    } else {
        NARU_ASSIGN(transformed, decodeWithCharls(input, out));
    }
    settleSign(input, header.precision, false, out);
    CodecOutput found;
    found.bitsInStream = header.precision;
    found.isYbr = input.shape.samples == 3 && !transformed && namesYbr(input.photometric);
    return found;
}

} // namespace naru::imaging
