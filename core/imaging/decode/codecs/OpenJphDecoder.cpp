#include "core/imaging/decode/codecs/J2kDecoders.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <openjph/ojph_arch.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_params.h>

#include <openjph/ojph_codestream.h>
#include <openjph/ojph_message.h>

#include <array>
#include <stdexcept>

namespace naru::imaging::codecs {

namespace {
// Its interface has no virtual destructor; these objects are static and never deleted through it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
// The library reports by printing; here its errors become exceptions that end in decodeOpenJph().
class Raise : public ojph::message_error {
public:
    void operator()(int, const char *, int, const char *, ...) override
    {
        throw std::runtime_error("openjph");
    }
};
class KeepQuiet : public ojph::message_warning {
public:
    void operator()(int, const char *, int, const char *, ...) override { }
};
#pragma GCC diagnostic pop

void configureOnce()
{
    static Raise raise;
    static KeepQuiet keepQuiet;
    static const bool done = [] {
        ojph::configure_error(&raise);
        ojph::configure_warning(&keepQuiet);
        return true;
    }();
    Q_UNUSED(done)
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
    configureOnce();
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
    } catch (const std::exception &) {
        return failed(QStringLiteral("the HTJ2K codestream is damaged"));
    }
}

} // namespace naru::imaging::codecs
