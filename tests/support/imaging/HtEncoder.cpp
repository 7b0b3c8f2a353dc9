// Apart from the other encoders: openjph and openjpeg headers stay out of each other's way.
#include "tests/support/imaging/LibraryEncoders.h"

#include <openjph/ojph_arch.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_params.h>

#include <openjph/ojph_codestream.h>

namespace naru::testsupport {

QByteArray encodeHtj2k(const PlainImage &image, const J2kOptions &options)
{
    ojph::codestream stream;
    ojph::param_siz size = stream.access_siz();
    size.set_image_extent(ojph::point(ojph::ui32(image.columns), ojph::ui32(image.rows)));
    size.set_num_components(ojph::ui32(image.samples));
    for (int c = 0; c < image.samples; ++c)
        size.set_component(ojph::ui32(c), ojph::point(1, 1), ojph::ui32(image.bits), options.streamSigned);
    ojph::param_cod coding = stream.access_cod();
    coding.set_num_decomposition(image.rows < 64 ? 2 : 5);
    coding.set_block_dims(64, 64);
    coding.set_reversible(true);
    coding.set_color_transform(options.colourTransform);
    stream.set_planar(false);
    ojph::mem_outfile file;
    file.open();
    stream.write_headers(&file);
    ojph::ui32 component = 0;
    ojph::line_buf *line = stream.exchange(nullptr, component);
    for (int y = 0; y < image.rows; ++y) {
        for (int c = 0; c < image.samples; ++c) {
            for (int x = 0; x < image.columns; ++x) {
                const auto i = (std::size_t(y) * std::size_t(image.columns) + std::size_t(x))
                        * std::size_t(image.samples)
                    + std::size_t(component);
                line->i32[x] = options.streamSigned ? image.values[i] : std::int32_t(image.pattern(i));
            }
            line = stream.exchange(line, component);
        }
    }
    stream.flush();
    const QByteArray out(reinterpret_cast<const char *>(file.get_data()), qsizetype(file.tell()));
    stream.close();
    return out;
}

} // namespace naru::testsupport
