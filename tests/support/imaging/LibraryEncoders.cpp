#include "tests/support/imaging/LibraryEncoders.h"

#include <charls/charls.h>
#include <openjpeg.h>

#include <cstdio>
#include <cstring>

#include <jpeglib.h>

namespace naru::testsupport {

QByteArray encodeJpegLs(const PlainImage &image, int interleave, int nearLossless)
{
    charls::jpegls_encoder encoder;
    encoder.frame_info({std::uint32_t(image.columns), std::uint32_t(image.rows), image.bits, image.samples});
    encoder.near_lossless(nearLossless);
    encoder.interleave_mode(
        image.samples == 1 ? charls::interleave_mode::none : charls::interleave_mode(interleave));
    std::vector<std::uint8_t> out(encoder.estimated_destination_size() + 4096);
    encoder.destination(out);
    QByteArray native = image.native();
    if (interleave == 0 && image.samples > 1) {
        const QByteArray pixels = native;
        const qsizetype step = image.bytes(), count = pixels.size() / step / image.samples;
        for (qsizetype s = 0; s < image.samples; ++s) {
            for (qsizetype i = 0; i < count; ++i)
                std::memcpy(native.data() + (s * count + i) * step,
                    pixels.constData() + (i * image.samples + s) * step, std::size_t(step));
        }
    }
    const std::size_t size = encoder.encode(native.constData(), std::size_t(native.size()));
    return QByteArray(reinterpret_cast<const char *>(out.data()), qsizetype(size));
}

namespace {
OPJ_SIZE_T appendBytes(void *bytes, OPJ_SIZE_T size, void *user)
{
    static_cast<QByteArray *>(user)->append(static_cast<const char *>(bytes), qsizetype(size));
    return size;
}
OPJ_BOOL refuseSeek(OPJ_OFF_T, void *)
{
    return OPJ_FALSE;
}
OPJ_OFF_T refuseSkip(OPJ_OFF_T, void *)
{
    return -1;
}

void setOrder(opj_cparameters_t &parameters, const J2kOptions &options)
{
    parameters.tcp_numlayers = options.layers;
    for (int i = 0; i < options.layers; ++i)
        parameters.tcp_rates[i] = float(std::max(options.smaller, 1) << (options.layers - 1 - i));
    if (options.layers == 1)
        parameters.tcp_rates[0] = float(options.smaller);
    parameters.cblockw_init = options.blockWide;
    parameters.cblockh_init = options.blockHigh;
    static constexpr const char *orders[] = {"LRCP", "RLCP", "RPCL", "PCRL", "CPRL"};
    for (int i = 0; options.progression && i < 5; ++i) {
        if (std::strcmp(options.progression, orders[i]) == 0)
            parameters.prog_order = OPJ_PROG_ORDER(i);
    }
    if (options.precinct > 0) {
        parameters.csty |= 1;
        parameters.res_spec = 1;
        parameters.prcw_init[0] = parameters.prch_init[0] = options.precinct;
    }
}
} // namespace

QByteArray encodeJpeg2000(const PlainImage &image, const J2kOptions &options)
{
    std::vector<opj_image_cmptparm_t> parts(std::size_t(image.samples));
    for (opj_image_cmptparm_t &part : parts) {
        const int step = &part == parts.data() ? 1 : options.chromaStep;
        part = {};
        part.dx = part.dy = OPJ_UINT32(step);
        part.w = OPJ_UINT32((image.columns + step - 1) / step);
        part.h = OPJ_UINT32((image.rows + step - 1) / step);
        part.prec = OPJ_UINT32(image.bits);
        part.sgnd = options.streamSigned;
    }
    opj_image_t *raw = opj_image_create(
        OPJ_UINT32(image.samples), parts.data(), image.samples == 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY);
    raw->x1 = OPJ_UINT32(image.columns);
    raw->y1 = OPJ_UINT32(image.rows);
    for (std::size_t i = 0; i < image.values.size(); ++i) {
        const std::size_t c = i % std::size_t(image.samples), pixel = i / std::size_t(image.samples);
        const std::size_t x = pixel % std::size_t(image.columns), y = pixel / std::size_t(image.columns);
        opj_image_comp_t &part = raw->comps[c];
        if (x % part.dx == 0 && y % part.dy == 0)
            part.data[y / part.dy * part.w + x / part.dx] =
                options.streamSigned ? image.values[i] : std::int32_t(image.pattern(i));
    }
    opj_cparameters_t parameters;
    opj_set_default_encoder_parameters(&parameters);
    parameters.cp_disto_alloc = 1;
    parameters.tcp_mct = options.colourTransform ? 1 : 0;
    parameters.numresolution = options.levels >= 0 ? options.levels + 1 : image.rows < 64 ? 3 : 6;
    parameters.irreversible = options.smaller > 0 || options.irreversible ? 1 : 0;
    setOrder(parameters, options);
    if (options.tile > 0) {
        parameters.tile_size_on = OPJ_TRUE;
        parameters.cp_tdx = parameters.cp_tdy = options.tile;
    }
    opj_codec_t *codec = opj_create_compress(OPJ_CODEC_J2K);
    opj_stream_t *stream = opj_stream_create(1 << 20, OPJ_FALSE);
    QByteArray out;
    opj_stream_set_write_function(stream, appendBytes);
    opj_stream_set_seek_function(stream, refuseSeek);
    opj_stream_set_skip_function(stream, refuseSkip);
    opj_stream_set_user_data(stream, &out, nullptr);
    const bool good = opj_setup_encoder(codec, &parameters, raw) && opj_start_compress(codec, raw, stream)
        && opj_encode(codec, stream) && opj_end_compress(codec, stream);
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
    opj_image_destroy(raw);
    return good ? out : QByteArray();
}

QByteArray encodeJpeg8(const PlainImage &image, const JpegOptions &options)
{
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char *bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &bytes, &size);
    info.image_width = JDIMENSION(image.columns);
    info.image_height = JDIMENSION(image.rows);
    info.input_components = image.samples;
    info.in_color_space = image.samples == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&info);
    if (image.samples == 3)
        jpeg_set_colorspace(&info, options.ybr ? JCS_YCbCr : JCS_RGB);
    jpeg_set_quality(&info, options.quality, TRUE);
    info.write_JFIF_header = options.jfif;
    info.write_Adobe_marker = options.adobe;
    for (int c = 0; c < image.samples; ++c) {
        info.comp_info[c].component_id = options.letterIds && image.samples == 3 ? "RGB"[c] : c + 1;
        info.comp_info[c].h_samp_factor = options.subsample && c == 0 ? 2 : 1;
        info.comp_info[c].v_samp_factor = 1;
    }
    if (options.progressive)
        jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    QByteArray native = image.native();
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = reinterpret_cast<JSAMPROW>(native.data())
            + std::size_t(info.next_scanline) * std::size_t(image.columns) * std::size_t(image.samples);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    const QByteArray out(reinterpret_cast<const char *>(bytes), qsizetype(size));
    std::free(bytes);
    return out;
}

} // namespace naru::testsupport
