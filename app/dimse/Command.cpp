#include "app/dimse/Command.h"

#include <QtEndian>

namespace naru::dimse {

namespace {
constexpr quint16 NoData = 0x0101;

// The elements in the order of their numbers, once for both directions.
template <typename C, typename V> void visit(C &c, V &&v)
{
    v(0x0002, c.affectedClass, '\0'), v(0x0003, c.requestedClass, '\0');
    v(0x0110, c.id), v(0x0120, c.respondsTo);
    v(0x0600, c.destination, ' ');
    v(0x0700, c.priority);
    v(0x0900, c.status);
    v(0x0902, c.comment, ' ');
    v(0x1000, c.affectedInstance, '\0'), v(0x1001, c.requestedInstance, '\0');
    v(0x1002, c.eventType), v(0x1008, c.actionType);
    v(0x1020, c.remaining), v(0x1021, c.completed), v(0x1022, c.failed), v(0x1023, c.warning);
}

void put(QByteArray &out, quint16 element, const QByteArray &value)
{
    char head[8]{};
    qToLittleEndian(element, head + 2);
    qToLittleEndian(quint32(value.size()), head + 4);
    out.append(head, sizeof head);
    out.append(value);
}

QByteArray word(quint16 value)
{
    QByteArray out(2, '\0');
    qToLittleEndian(value, out.data());
    return out;
}

struct Writer {
    std::vector<std::pair<quint16, QByteArray>> elements{};
    void operator()(quint16 element, const std::optional<quint16> &value)
    {
        if (value)
            elements.emplace_back(element, word(*value));
    }
    void operator()(quint16 element, const QByteArray &value, char pad)
    {
        if (!value.isEmpty())
            elements.emplace_back(element, value.size() % 2 ? value + pad : value);
    }
};

struct Reader {
    quint16 element;
    QByteArray value;
    void operator()(quint16 number, std::optional<quint16> &out) const
    {
        if (number == element && value.size() == 2)
            out = qFromLittleEndian<quint16>(value.constData());
    }
    void operator()(quint16 number, QByteArray &out, char) const
    {
        if (number != element)
            return;
        out = value.left(256);
        while (!out.isEmpty() && (out.back() == '\0' || out.back() == ' '))
            out.chop(1);
    }
};
} // namespace

QByteArray Command::encode() const
{
    Writer writer;
    visit(*this, writer);
    writer.elements.emplace_back(0x0100, word(field));
    writer.elements.emplace_back(0x0800, word(hasData ? quint16(1) : NoData));
    std::sort(writer.elements.begin(), writer.elements.end());
    QByteArray body;
    for (const auto &[element, value] : writer.elements)
        put(body, element, value);
    QByteArray length(4, '\0'), out;
    qToLittleEndian(quint32(body.size()), length.data());
    put(out, 0x0000, length);
    return out + body;
}

std::optional<Command> Command::decode(const QByteArray &bytes)
{
    Command out;
    bool hasField = false, hasType = false;
    for (qsizetype at = 0; at < bytes.size();) {
        if (bytes.size() - at < 8)
            return std::nullopt;
        const auto *head = bytes.constData() + at;
        const quint16 group = qFromLittleEndian<quint16>(head);
        const quint16 element = qFromLittleEndian<quint16>(head + 2);
        const quint32 length = qFromLittleEndian<quint32>(head + 4);
        at += 8;
        if (group != 0 || length > quint32(bytes.size() - at))
            return std::nullopt;
        const Reader reader{element, bytes.mid(at, length)};
        at += length;
        visit(out, reader);
        std::optional<quint16> number;
        reader(0x0100, number);
        if (number) {
            out.field = *number;
            hasField = true;
        }
        number.reset();
        reader(0x0800, number);
        if (number) {
            out.hasData = *number != NoData;
            hasType = true;
        }
    }
    return hasField && hasType ? std::optional(out) : std::nullopt;
}

Command Command::response(quint16 withStatus) const
{
    Command out;
    out.field = quint16(field | field::Response);
    out.respondsTo = id;
    out.status = withStatus;
    out.affectedClass = affectedClass;
    out.affectedInstance = affectedInstance;
    if (eventType)
        out.eventType = eventType;
    return out;
}

} // namespace naru::dimse
