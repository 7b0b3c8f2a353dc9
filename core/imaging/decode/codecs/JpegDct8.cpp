#include "core/imaging/decode/codecs/JpegDct8.h"

#include "core/imaging/decode/codecs/Samples.h"

#include <csetjmp>
#include <cstdio>
#include <memory>

#include <jpeglib.h>

#include <jerror.h>

namespace naru::imaging::codecs {

namespace {
struct Trouble {
    jpeg_error_mgr manager{};
    std::jmp_buf back{};
    bool ended = false; // the library made up an end of image
    bool missing = false; // and data that should have come before it
};

Trouble *troubleOf(j_common_ptr info)
{
    return reinterpret_cast<Trouble *>(info->err);
}

void onError(j_common_ptr info)
{
    std::longjmp(troubleOf(info)->back, 1);
}

void onMessage(j_common_ptr info, int level)
{
    if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF)
        troubleOf(info)->ended = true;
    if (level < 0 && info->err->msg_code == JWRN_HIT_MARKER)
        troubleOf(info)->missing = troubleOf(info)->ended;
}

void onOutput(j_common_ptr) { }

// Nothing here has a destructor: an error jumps out of it.
bool decodeRows(jpeg_decompress_struct &info, Trouble &trouble, const CodecInput &input, bool ybr,
    bool oneScan, JSAMPLE *out)
{
    if (setjmp(trouble.back))
        return false;
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char *>(input.bytes.data()), input.bytes.size());
    if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK)
        return false;
    const bool colour = input.shape.samples == 3;
    if (info.image_width != JDIMENSION(input.shape.columns)
        || info.image_height != JDIMENSION(input.shape.rows) || info.num_components != input.shape.samples)
        return false;
    info.jpeg_color_space = colour ? (ybr ? JCS_YCbCr : JCS_RGB) : JCS_GRAYSCALE;
    info.out_color_space = colour ? JCS_RGB : JCS_GRAYSCALE;
    info.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&info);
    const std::size_t pitch = std::size_t(input.shape.columns) * std::size_t(input.shape.samples);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = out + pitch * info.output_scanline;
        if (jpeg_read_scanlines(&info, &row, 1) != 1)
            return false;
        // Some writers leave the end marker out, which a stream of one scan can do without. Of several, a
        // whole one may be missing.
        if (trouble.missing || (trouble.ended && !oneScan))
            return false;
    }
    return true;
}
} // namespace

base::Status decodeJpegDct8(
    const JpegHeader &header, const CodecInput &input, bool ybr, std::span<std::byte> out)
{
    if (input.shape.samples != 1 && input.shape.samples != 3)
        return failed(QStringLiteral("JPEG with %1 samples a pixel").arg(input.shape.samples));
    if (header.rows == 0)
        return failed(QStringLiteral("JPEG without its number of lines"));
    const int bytes = FrameShape::bytesOf(input.shape.type);
    const std::size_t count = out.size() / std::size_t(bytes);
    std::unique_ptr<std::uint8_t[]> narrow;
    if (bytes > 1)
        narrow = std::make_unique_for_overwrite<std::uint8_t[]>(count);

    jpeg_decompress_struct info{};
    Trouble trouble;
    info.err = jpeg_std_error(&trouble.manager);
    trouble.manager.error_exit = onError;
    trouble.manager.emit_message = onMessage;
    trouble.manager.output_message = onOutput;
    JSAMPLE *to = narrow ? narrow.get() : reinterpret_cast<JSAMPLE *>(out.data());
    const bool good = decodeRows(info, trouble, input, ybr, header.scans == 1, to);
    jpeg_destroy_decompress(&info);
    if (!good)
        return failed(trouble.ended ? QStringLiteral("the JPEG stream ends early") : QStringLiteral("JPEG"));
    if (narrow)
        widen(narrow.get(), out.data(), count, bytes);
    return {};
}

} // namespace naru::imaging::codecs
