#include "core/imaging/dimse/QueryText.h"
#include "core/base/Tsv.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/dimse/tables/queryTable.h"

#include <iconv.h>

#include <map>

namespace naru::imaging::dimse {

namespace {
constexpr quint32 CharacterSetTag = 0x00080005, LevelTag = 0x00080052;
constexpr qsizetype MostText = 1024, MostUidList = 16 * 1024;

base::Error invalid(const char *what)
{
    return base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}

// One character of KS X 1001 in EUC-KR; empty when it is none.
QByteArray korean(const QString &character)
{
    const iconv_t converter = ::iconv_open("EUC-KR", "UTF-8");
    if (converter == iconv_t(-1))
        return {};
    QByteArray in = character.toUtf8(), out(8, '\0');
    char *from = in.data(), *to = out.data();
    std::size_t left = std::size_t(in.size()), room = std::size_t(out.size());
    const bool good = ::iconv(converter, &from, &left, &to, &room) != std::size_t(-1);
    ::iconv_close(converter);
    return good ? out.left(8 - qsizetype(room)) : QByteArray();
}

// ISO 2022 with KS X 1001 in G1, designated anew after each delimiter (PS3.5 6.1.2.5.3).
base::Result<QByteArray> encodeKorean(const QString &text)
{
    static const QByteArray designate("\x1B$)C");
    QByteArray out;
    bool designated = false;
    for (const QChar c : text) {
        if (c.unicode() < 0x80) {
            out += char(c.unicode());
            if (c == QLatin1Char('^') || c == QLatin1Char('=') || c == QLatin1Char('\\'))
                designated = false;
            continue;
        }
        const QByteArray pair = korean(QString(c));
        if (pair.isEmpty())
            return invalid("a character is not in ISO 2022 IR 149");
        if (!designated)
            out += designate;
        designated = true;
        out += pair;
    }
    return out;
}

const std::map<quint32, QByteArray> &attributes()
{
    static const std::map<quint32, QByteArray> all = [] {
        std::map<quint32, QByteArray> out;
        const base::TsvTable table = base::TsvTable::parse(tables::query);
        for (int row = 0; row < table.rowCount(); ++row)
            out[table.at(row, "tag").toUInt(nullptr, 16)] = table.at(row, "vr").toLatin1();
        return out;
    }();
    return all;
}

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}
} // namespace

QByteArray vrOf(quint32 tag)
{
    const auto found = attributes().find(tag);
    return found == attributes().end() ? QByteArray() : found->second;
}

QString levelName(Level level)
{
    static constexpr std::array names{"PATIENT", "STUDY", "SERIES", "IMAGE"};
    return QLatin1String(names[std::size_t(level)]);
}

base::Result<QByteArray> encodeText(const QString &text, const QByteArray &vr, const QString &characterSet)
{
    if (text.size() > (vr == "UI" ? MostUidList : MostText))
        return invalid("a value is too long");
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7F)
            return invalid("a value holds control characters");
    }
    if (isAscii(text))
        return text.toLatin1();
    if (vr != "PN" && vr != "LO" && vr != "SH")
        return invalid("a code holds letters that codes cannot have");
    if (characterSet == QLatin1String("ISO_IR 192"))
        return text.toUtf8();
    if (characterSet == QLatin1String("ISO 2022 IR 149"))
        return encodeKorean(text);
    const QByteArray latin = text.toLatin1();
    if (characterSet == QLatin1String("ISO_IR 100") && QString::fromLatin1(latin) == text)
        return latin;
    return invalid("the node's character set lacks a letter of the query");
}

base::Result<QCborArray> identifier(const Query &query)
{
    std::map<quint32, QByteArray> values;
    if (!query.characterSet.isEmpty())
        values[CharacterSetTag] = query.characterSet == QLatin1String("ISO 2022 IR 149")
            ? QByteArray("\\ISO 2022 IR 149")
            : query.characterSet.toLatin1();
    values[LevelTag] = levelName(query.level).toLatin1();
    for (const Key &key : query.keys) {
        const QByteArray vr = vrOf(key.tag);
        if (vr.isEmpty())
            return invalid("an attribute that queries cannot ask for");
        NARU_ASSIGN(values[key.tag], encodeText(key.value, vr, query.characterSet));
    }
    QCborArray out;
    for (const auto &[tag, value] : values)
        out.append(QCborArray{qint64(tag), QString::fromLatin1(vrOf(tag)), value});
    return out;
}

} // namespace naru::imaging::dimse
