#include "core/net/ContentType.h"

namespace naru::net {

namespace {
bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// A quoted string or everything up to ';'. Leaves `at` behind it.
QByteArray readValue(QByteArrayView text, qsizetype &at)
{
    QByteArray out;
    if (at < text.size() && text[at] == '"') {
        for (++at; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\' && at + 1 < text.size())
                ++at;
            out += text[at];
        }
        while (at < text.size() && text[at] != ';')
            ++at;
        return out;
    }
    const qsizetype start = at;
    while (at < text.size() && text[at] != ';')
        ++at;
    return text.sliced(start, at - start).toByteArray().trimmed();
}
} // namespace

ContentType ContentType::parse(QByteArrayView value)
{
    ContentType out;
    qsizetype at = 0;
    out.type = readValue(value, at).toLower();
    while (at < value.size()) {
        while (at < value.size() && (value[at] == ';' || isSpace(value[at])))
            ++at;
        const qsizetype start = at;
        while (at < value.size() && value[at] != '=' && value[at] != ';')
            ++at;
        const QByteArray name = value.sliced(start, at - start).toByteArray().trimmed().toLower();
        if (at >= value.size() || value[at] == ';')
            continue;
        ++at;
        while (at < value.size() && isSpace(value[at]))
            ++at;
        const QByteArray text = readValue(value, at);
        if (!name.isEmpty())
            out.parameters.append({name, text});
    }
    return out;
}

QByteArray ContentType::parameter(QByteArrayView name) const
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace naru::net
