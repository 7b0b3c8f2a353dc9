// The reader of workbook parts, on bytes in pieces of every length.
// rooms: terminology
#include "core/terminology/importers/XmlScanner.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {
using namespace naru;
using namespace naru::terminology::importing;

class Pieces : public ByteSource {
public:
    Pieces(QByteArrayView bytes, qint64 piece)
        : m_bytes(bytes)
        , m_piece(piece)
    {
    }
    base::Result<qint64> read(char *target, qint64 room) override
    {
        const qint64 count = std::min({room, m_piece, m_bytes.size() - m_at});
        if (count > 0) // an empty view has no address
            std::memcpy(target, m_bytes.data() + m_at, std::size_t(count));
        m_at += count;
        return count;
    }
    qint64 size() const override { return m_bytes.size(); }
    qint64 position() const override { return m_at; }
    QString name() const override { return QStringLiteral("part"); }

private:
    QByteArrayView m_bytes;
    qint64 m_piece, m_at = 0;
};

// Everything the reader says, as one text: it may not depend on how the bytes arrive.
QByteArray story(QByteArrayView bytes, qint64 piece)
{
    XmlScanner xml(std::make_unique<Pieces>(bytes, piece));
    QByteArray out, value;
    for (qint64 tokens = 0;; ++tokens) {
        if (tokens > 2 * bytes.size() + 2)
            std::abort(); // an empty element is two tokens, nothing is more
        const auto kind = xml.next();
        if (!kind)
            return out + "error";
        if (*kind == XmlScanner::Kind::Finish)
            return out + "end";
        value.clear();
        if (*kind == XmlScanner::Kind::Text) {
            out += xml.appendText(value) ? "text " + value : QByteArray("entity");
        } else {
            out += (*kind == XmlScanner::Kind::Start ? "start " : "end ") + xml.name().toByteArray();
            out += xml.attribute("r").toByteArray() + ' ' + xml.attribute("t").toByteArray();
        }
        out += '\n';
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QByteArray whole = story(bytes, qint64(size) + 1);
    for (const qint64 piece : {1, 7}) {
        if (story(bytes, piece) != whole)
            std::abort();
    }
    return 0;
}
