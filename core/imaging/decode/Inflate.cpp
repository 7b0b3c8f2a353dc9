#include "core/imaging/decode/Inflate.h"
#include "core/imaging/Errors.h"

#include <QtGlobal>

#include <span>
#include <zlib.h>

namespace naru::imaging {

namespace {
base::Error malformed()
{
    return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QStringLiteral("deflate")}});
}

// Inflates into `out`, over and over into the same bytes when `wrap` is set (to learn the size); how many
// bytes came, at most `limit` + 1.
base::Result<qint64> run(
    const QByteArray &packed, int windowBits, std::span<char> out, bool wrap, qint64 limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return malformed();
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.constData()));
    stream.avail_in = uInt(packed.size());
    qint64 total = 0;
    int state = Z_OK;
    while (state == Z_OK && total <= limit) {
        const std::span<char> room = wrap ? out : out.subspan(std::size_t(total));
        if (room.empty())
            break;
        stream.next_out = reinterpret_cast<Bytef *>(room.data());
        stream.avail_out = uInt(room.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        total += qint64(room.size()) - qint64(stream.avail_out);
    }
    inflateEnd(&stream);
    // Z_BUF_ERROR: the input ends early; what came out is kept and found short by whoever needs more.
    if (state != Z_OK && state != Z_STREAM_END && (state != Z_BUF_ERROR || total == 0))
        return malformed();
    return total;
}

// Twice over the input: a buffer that grows would need twice the memory instead.
base::Result<QByteArray> inflateAll(const QByteArray &packed, int windowBits, qint64 limit)
{
    QByteArray scratch(64 * 1024, Qt::Uninitialized);
    NARU_ASSIGN(const qint64 size,
        run(packed, windowBits, {scratch.data(), std::size_t(scratch.size())}, true, limit));
    if (size > limit)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("deflate")}});
    QByteArray out(size, Qt::Uninitialized);
    NARU_ASSIGN(
        const qint64 got, run(packed, windowBits, {out.data(), std::size_t(out.size())}, false, limit));
    if (got != size)
        return malformed();
    return out;
}
} // namespace

base::Result<QByteArray> inflateBytes(const QByteArray &packed, qint64 limit)
{
    auto out = inflateAll(packed, -MAX_WBITS, limit);
    if (!out && out.error().is(errors::Malformed))
        out = inflateAll(packed, MAX_WBITS, limit);
    return out;
}

} // namespace naru::imaging
