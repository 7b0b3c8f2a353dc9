#include "core/imaging/decode/codecs/JpegLsCodec.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <charls/charls.h>

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

base::Status matches(const charls_frame_info &info, const CodecInput &input)
{
    if (info.height != std::uint32_t(input.shape.rows))
        return mismatch(QStringLiteral("the number of rows"), info.height, input.shape.rows);
    if (info.width != std::uint32_t(input.shape.columns))
        return mismatch(QStringLiteral("the number of columns"), info.width, input.shape.columns);
    if (info.component_count != input.shape.samples)
        return mismatch(
            QStringLiteral("the number of samples a pixel"), info.component_count, input.shape.samples);
    if (info.bits_per_sample > FrameShape::bytesOf(input.shape.type) * 8)
        return mismatch(QStringLiteral("the precision"), info.bits_per_sample, input.bitsStored);
    return {};
}
} // namespace

base::Result<CodecOutput> JpegLsCodec::decode(const CodecInput &input, std::span<std::byte> out) const
{
    NARU_TRY(checkExpected(input, out.size()));
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
    NARU_TRY(matches(info, input));

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

    settleSign(input, info.bits_per_sample, false, out);
    CodecOutput found;
    found.bitsInStream = info.bits_per_sample;
    // The reversible transforms of HP leave RGB; without one the data set alone knows.
    charls_color_transformation transformation{};
    const bool transformed =
        charls_jpegls_decoder_get_color_transformation(decoder.get(), &transformation) == Code::success
        && transformation != charls::color_transformation::none;
    found.isYbr =
        input.shape.samples == 3 && !transformed && input.photometric.startsWith(QLatin1String("YBR"));
    return found;
}

} // namespace naru::imaging
