#include "core/imaging/Errors.h"
#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <openjph/ojph_arch.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_params.h>

#include <openjph/ojph_codestream.h>
#include <openjph/ojph_message.h>

#include <array>
#include <cstdio>
#include <new>

namespace naru::imaging::codecs {

namespace {
// Errors of the library are exceptions that end in decodeOpenJph(); what it prints besides goes into a small
// memory stream and is lost. (Version 0.9 ignores the handlers it offers and does not test for a null
// stream.)
void quietOnce()
{
    static const bool done = [] {
        static char sink[256];
        if (std::FILE *stream = fmemopen(sink, sizeof sink, "w")) {
            ojph::set_info_stream(stream);
            ojph::set_warning_stream(stream);
            ojph::set_error_stream(stream);
        }
        return true;
    }();
    Q_UNUSED(done)
}

base::Error tooLarge()
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("decoder memory")}});
}

base::Status pullRows(
    ojph::codestream &stream, const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    std::array<int, 4> next{};
    std::int64_t left = 0;
    for (const J2kComponent &part : header.components)
        left += (input.shape.rows + part.stepY - 1) / part.stepY;
    while (left-- > 0) {
        ojph::ui32 component = 0;
        const ojph::line_buf *line = stream.pull(component);
        if (!line || component >= header.components.size())
            return failed(QStringLiteral("the HTJ2K codestream is damaged"));
        const J2kComponent &part = header.components[component];
        const int columns = (input.shape.columns + part.stepX - 1) / part.stepX;
        if (line->size < std::size_t(columns))
            return failed(QStringLiteral("an HTJ2K component has another size"));
        placeRow(header, input, int(component), next[component]++, line->i32, out);
    }
    return {};
}
} // namespace

base::Status decodeOpenJph(const J2kHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    quietOnce();
    try {
        ojph::mem_infile file;
        file.open(reinterpret_cast<const ojph::ui8 *>(header.codestream.data()), header.codestream.size());
        ojph::codestream stream;
        stream.read_headers(&file);
        // Planes one after the other, unless the transform mixes them.
        stream.set_planar(!header.colourTransform && header.components.size() > 1);
        stream.create();
        const base::Status status = pullRows(stream, header, input, out);
        stream.close();
        return status;
    } catch (const char *) { // what the library throws where there is no memory
        return tooLarge();
    } catch (const std::bad_alloc &) {
        return tooLarge();
    } catch (...) {
        return failed(QStringLiteral("the HTJ2K codestream is damaged"));
    }
}

} // namespace naru::imaging::codecs
