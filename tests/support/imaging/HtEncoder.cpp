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
    const auto step = [&](int c) {
        const auto distance = ojph::ui32(c == 0 ? 1 : options.chromaStep);
        return ojph::point(distance, distance);
    };
    for (int c = 0; c < image.samples; ++c)
        size.set_component(ojph::ui32(c), step(c), ojph::ui32(image.bits), options.streamSigned);
    if (options.tile > 0)
        size.set_tile_size(ojph::size(ojph::ui32(options.tile), ojph::ui32(options.tile)));
    ojph::param_cod coding = stream.access_cod();
    coding.set_num_decomposition(ojph::ui32(options.levels >= 0 ? options.levels : image.rows < 64 ? 2 : 5));
    if (options.progression)
        coding.set_progression_order(options.progression);
    coding.set_block_dims(ojph::ui32(options.blockWide), ojph::ui32(options.blockHigh));
    coding.set_reversible(true);
    coding.set_color_transform(options.colourTransform);
    const bool planar = options.chromaStep > 1;
    stream.set_planar(planar);
    ojph::mem_outfile file;
    file.open();
    stream.write_headers(&file);
    ojph::ui32 component = 0;
    ojph::line_buf *line = stream.exchange(nullptr, component);
    const auto put = [&](int y) {
        const int every = int(step(int(component)).x);
        for (int x = 0; x < image.columns; x += every) {
            const auto i =
                (std::size_t(y) * std::size_t(image.columns) + std::size_t(x)) * std::size_t(image.samples)
                + std::size_t(component);
            line->i32[x / every] = options.streamSigned ? image.values[i] : std::int32_t(image.pattern(i));
        }
        line = stream.exchange(line, component);
    };
    if (planar) { // all lines of a component, then of the next
        for (int c = 0; c < image.samples; ++c) {
            for (int y = 0; y < image.rows; y += int(step(c).y))
                put(y);
        }
    } else {
        for (int y = 0; y < image.rows * image.samples; ++y)
            put(y / image.samples);
    }
    stream.flush();
    const QByteArray out(reinterpret_cast<const char *>(file.get_data()), qsizetype(file.tell()));
    stream.close();
    return out;
}

} // namespace naru::testsupport
