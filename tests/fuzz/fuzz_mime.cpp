// Multipart bodies: the first line is the Content-Type. Fed whole and byte by byte, both readings must agree.
// rooms: ihe net
#include "core/ihe/AnswerCollector.h"
#include "core/net/MimeReader.h"

#include <cstdint>
#include <cstdlib>

namespace {
struct Reading {
    bool ok = false;
    std::vector<QByteArray> bodies{};
};

Reading read(const QByteArray &type, const QByteArray &bytes, qsizetype step)
{
    Reading out;
    naru::net::MimeReader reader(type,
        {[&](const naru::net::MimePart &) {
             out.bodies.emplace_back();
             return naru::base::Status{};
         },
            [&](const naru::net::MimePart &, QByteArrayView data) {
                out.bodies.back().append(data.data(), data.size());
                return naru::base::Status{};
            },
            {}});
    bool good = true;
    for (qsizetype at = 0; good && at < bytes.size(); at += step)
        good = reader.feed(QByteArrayView(bytes).sliced(at, qMin(step, bytes.size() - at))).ok();
    out.ok = good && reader.finish().ok();
    return out;
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray all(reinterpret_cast<const char *>(data), qsizetype(qMin<std::size_t>(size, 1 << 16)));
    const qsizetype line = all.indexOf('\n');
    const QByteArray type = line < 0 ? QByteArray("multipart/related") : all.left(line);
    const QByteArray bytes = line < 0 ? all : all.mid(line + 1);
    const Reading whole = read(type, bytes, qMax<qsizetype>(1, bytes.size()));
    const Reading slow = read(type, bytes, 1);
    if (whole.ok && slow.ok && whole.bodies != slow.bodies)
        std::abort();
    naru::ihe::AnswerCollector collector(type, true, nullptr, 1 << 20);
    if (collector.feed(bytes))
        (void)collector.finish().ok();
    return 0;
}
