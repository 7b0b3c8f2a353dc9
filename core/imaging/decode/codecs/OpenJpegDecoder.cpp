#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <openjpeg.h>

#include <cstring>
#include <memory>

namespace naru::imaging::codecs {

namespace {
struct FreeCodec {
    void operator()(opj_codec_t *codec) const { opj_destroy_codec(codec); }
};
struct FreeStream {
    void operator()(opj_stream_t *stream) const { opj_stream_destroy(stream); }
};
struct FreeImage {
    void operator()(opj_image_t *image) const { opj_image_destroy(image); }
};

struct Source {
    std::span<const std::byte> bytes{};
    bool endMissing = false; // then two bytes more: FFD9
    std::size_t at = 0;
    std::size_t size() const { return bytes.size() + (endMissing ? 2 : 0); }
};

OPJ_SIZE_T readSome(void *to, OPJ_SIZE_T wanted, void *user)
{
    auto *source = static_cast<Source *>(user);
    static constexpr std::uint8_t end[2] = {0xFF, 0xD9};
    if (source->at >= source->size())
        return OPJ_SIZE_T(-1);
    const bool inside = source->at < source->bytes.size();
    const std::size_t left = (inside ? source->bytes.size() : source->size()) - source->at;
    const std::size_t count = std::min<std::size_t>(left, wanted);
    const void *from = inside ? static_cast<const void *>(source->bytes.data() + source->at)
                              : end + (source->at - source->bytes.size());
    std::memcpy(to, from, count);
    source->at += count;
    return count;
}

OPJ_OFF_T skipSome(OPJ_OFF_T wanted, void *user)
{
    auto *source = static_cast<Source *>(user);
    const auto left = OPJ_OFF_T(source->size() - source->at);
    if (wanted < 0)
        return -1;
    const OPJ_OFF_T count = std::min(left, wanted);
    source->at += std::size_t(count);
    return count;
}

OPJ_BOOL seekTo(OPJ_OFF_T position, void *user)
{
    auto *source = static_cast<Source *>(user);
    if (position < 0 || std::size_t(position) > source->size())
        return OPJ_FALSE;
    source->at = std::size_t(position);
    return OPJ_TRUE;
}

void quiet(const char *, void *) { }

base::Status copyOut(
    const opj_image_t &image, const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    if (image.numcomps != OPJ_UINT32(input.shape.samples))
        return failed(QStringLiteral("JPEG 2000 components"));
    for (int c = 0; c < input.shape.samples; ++c) {
        const opj_image_comp_t &part = image.comps[c];
        const J2kComponent &told = header.components[std::size_t(c)];
        const int columns = (input.shape.columns + told.stepX - 1) / told.stepX;
        const int rows = (input.shape.rows + told.stepY - 1) / told.stepY;
        if (!part.data || part.w != OPJ_UINT32(columns) || part.h != OPJ_UINT32(rows))
            return failed(QStringLiteral("a JPEG 2000 component has another size"));
        for (int row = 0; row < rows; ++row)
            placeRow(header, input, c, row, part.data + std::size_t(row) * part.w, out);
    }
    return {};
}
} // namespace

base::Status decodeOpenJpeg(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    Source source{header.codestream, header.endMissing};
    const std::unique_ptr<opj_codec_t, FreeCodec> codec(opj_create_decompress(OPJ_CODEC_J2K));
    const std::unique_ptr<opj_stream_t, FreeStream> stream(
        opj_stream_create(std::min<std::size_t>(source.size() + 1, 1 << 20), OPJ_TRUE));
    if (!codec || !stream)
        return failed(QStringLiteral("JPEG 2000 decoder"));
    opj_stream_set_read_function(stream.get(), readSome);
    opj_stream_set_skip_function(stream.get(), skipSome);
    opj_stream_set_seek_function(stream.get(), seekTo);
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), source.size());
    opj_set_info_handler(codec.get(), quiet, nullptr);
    opj_set_warning_handler(codec.get(), quiet, nullptr);
    opj_set_error_handler(codec.get(), quiet, nullptr);

    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    parameters.cp_reduce = OPJ_UINT32(input.halvings);
    if (!opj_setup_decoder(codec.get(), &parameters))
        return failed(QStringLiteral("JPEG 2000 decoder"));
    if (input.threads > 1)
        opj_codec_set_threads(codec.get(), input.threads); // slower without is no fault
    opj_image_t *raw = nullptr;
    const bool begun = opj_read_header(stream.get(), codec.get(), &raw);
    const std::unique_ptr<opj_image_t, FreeImage> image(raw);
    if (!begun || !image)
        return failed(QStringLiteral("the JPEG 2000 header is damaged"));
    // Strict mode is the default: a codestream that ends early fails instead of giving a blurred image.
    if (!opj_decode(codec.get(), stream.get(), image.get()))
        return failed(QStringLiteral("the JPEG 2000 codestream is damaged"));
    return copyOut(*image, header, input, out);
}

} // namespace naru::imaging::codecs
