#include "core/imaging/decode/Inflate.h"
#include "core/imaging/Errors.h"

#include <QtGlobal>

#include <zlib.h>

namespace naru::imaging {

namespace {
base::Error malformed(const char *what)
{
    return base::Error(errors::Malformed, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}

base::Result<QByteArray> inflateAll(const QByteArray &packed, int windowBits, qint64 limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return malformed("deflate");
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.constData()));
    stream.avail_in = uInt(packed.size());
    QByteArray out;
    int state = Z_OK;
    while (state == Z_OK) {
        const qsizetype had = out.size();
        const qsizetype chunk = qBound(qsizetype(64 * 1024), had, qsizetype(16 * 1024 * 1024));
        out.resize(had + chunk);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + had);
        stream.avail_out = uInt(chunk);
        state = ::inflate(&stream, Z_NO_FLUSH);
        out.resize(had + chunk - qsizetype(stream.avail_out));
        if (out.size() > limit)
            break;
    }
    inflateEnd(&stream);
    if (out.size() > limit)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("deflate")}});
    // Z_BUF_ERROR: the file ends early; what came out is kept and found short by whoever needs more.
    if (state != Z_STREAM_END && (state != Z_BUF_ERROR || out.isEmpty()))
        return malformed("deflate");
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
