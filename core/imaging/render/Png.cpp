// PNG of a raster through libpng, into memory.
#include "core/imaging/Errors.h"
#include "core/imaging/render/Render.h"

#include <csetjmp>

#include <png.h>

namespace naru::imaging {

namespace {
void append(png_structp png, png_bytep bytes, png_size_t size)
{
    static_cast<QByteArray *>(png_get_io_ptr(png))
        ->append(reinterpret_cast<const char *>(bytes), qsizetype(size));
}
void noFlush(png_structp) { }
[[noreturn]] void onError(png_structp png, png_const_charp)
{
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) { }

// Nothing here has a destructor: an error jumps out of it.
bool write(png_structp png, png_infop info, const Raster &raster)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_IHDR(png, info, png_uint_32(raster.columns), png_uint_32(raster.rows), 8,
        raster.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    const auto *row = reinterpret_cast<png_const_bytep>(raster.bytes.constData());
    for (int i = 0; i < raster.rows; ++i, row += std::size_t(raster.columns) * std::size_t(raster.channels))
        png_write_row(png, row);
    png_write_end(png, info);
    return true;
}
} // namespace

base::Result<QByteArray> toPng(const Raster &raster)
{
    const qsizetype size = qsizetype(raster.rows) * raster.columns * raster.channels;
    if (raster.rows <= 0 || raster.columns <= 0 || (raster.channels != 1 && raster.channels != 3)
        || raster.bytes.size() != size)
        return base::Error(errors::BadGeometry, QStringLiteral("raster"));
    QByteArray out;
    out.reserve(size / 2 + 1024);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    bool good = false;
    if (info) {
        png_set_write_fn(png, &out, append, noFlush);
        good = write(png, info, raster);
    }
    png_destroy_write_struct(&png, &info);
    if (!good)
        return base::Error(errors::SharedMemory, QStringLiteral("libpng"));
    return out;
}

} // namespace naru::imaging
