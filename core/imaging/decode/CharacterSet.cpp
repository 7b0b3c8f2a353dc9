#include "core/imaging/decode/CharacterSet.h"
#include "core/base/Charset.h"
#include "core/base/Tsv.h"
#include "core/imaging/decode/tables/charsetsTable.h"
#include "core/imaging/decode/tables/escapesTable.h"

#include <QHash>

#include <algorithm>
#include <iconv.h>
#include <vector>

namespace naru::imaging {

namespace {
struct Term {
    QByteArray right;
    bool standard = false;
};
struct Escape {
    QByteArray bytes, set;
    bool left = false;
};

const QHash<QString, Term> &terms()
{
    static const QHash<QString, Term> all = [] {
        QHash<QString, Term> out;
        const auto table = base::TsvTable::parse(imaging::decode::tables::charsets);
        for (const auto &row : table.rows())
            out.insert(row[0], {row[1].toLatin1(), row[2] == QLatin1String("yes")});
        return out;
    }();
    return all;
}

const std::vector<Escape> &escapes()
{
    static const std::vector<Escape> all = [] {
        std::vector<Escape> out;
        const auto table = base::TsvTable::parse(imaging::decode::tables::escapes);
        for (const auto &row : table.rows())
            out.push_back({row[0].toLatin1(), row[2].toLatin1(), row[1] == QLatin1String("left")});
        return out;
    }();
    return all;
}

// One open converter a set; the decoder works on one thread, tests may use several.
class Converters {
public:
    Converters() = default;
    Converters(const Converters &) = delete;
    Converters &operator=(const Converters &) = delete;
    ~Converters()
    {
        for (const iconv_t converter : std::as_const(m_open)) {
            if (converter != iconv_t(-1))
                iconv_close(converter);
        }
    }
    QString convert(const QByteArray &set, const QByteArray &bytes)
    {
        const iconv_t converter = open(set);
        QString out;
        if (converter == iconv_t(-1))
            return QString(bytes.size(), QChar(QChar::ReplacementCharacter));
        iconv(converter, nullptr, nullptr, nullptr, nullptr);
        QByteArray copy = bytes;
        char *in = copy.data();
        std::size_t left = std::size_t(copy.size());
        while (left > 0) {
            char16_t buffer[256];
            char *to = reinterpret_cast<char *>(buffer);
            std::size_t room = sizeof buffer;
            const bool good = iconv(converter, &in, &left, &to, &room) != std::size_t(-1);
            out.append(reinterpret_cast<const QChar *>(buffer), qsizetype((sizeof buffer - room) / 2));
            if (good)
                break;
            if (room == sizeof buffer && left > 0) { // nothing came: a byte without meaning
                out.append(QChar(QChar::ReplacementCharacter));
                ++in, --left;
            }
        }
        return out;
    }
    iconv_t open(const QByteArray &set)
    {
        auto found = m_open.constFind(set);
        if (found == m_open.constEnd())
            found = m_open.insert(
                set, iconv_open(Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? "UTF-16LE" : "UTF-16BE", set.constData()));
        return found.value();
    }

private:
    QHash<QByteArray, iconv_t> m_open{};
};

Converters &converters()
{
    static thread_local Converters all;
    return all;
}

bool isAscii(const QByteArray &bytes)
{
    return std::all_of(bytes.cbegin(), bytes.cend(), [](char c) { return uchar(c) < 0x80; });
}

// EUC-KR that can hardly be anything else: whole pairs, at least one Hangul syllable, nothing but Hangul and
// Hanja above ASCII.
bool looksKorean(const QByteArray &bytes)
{
    QString text;
    if (base::fromCp949(bytes, text) >= 0)
        return false;
    bool hangul = false;
    for (const QChar c : text) {
        const ushort u = c.unicode();
        const bool syllable = u >= 0xAC00 && u <= 0xD7A3;
        if (u >= 0x80 && !syllable && !(u >= 0x3131 && u <= 0x318E) && !(u >= 0x4E00 && u <= 0x9FFF)
            && !(u >= 0xF900 && u <= 0xFAFF) && !(u >= 0x3000 && u <= 0x303F))
            return false;
        hangul = hangul || syllable;
    }
    return hangul;
}

QString korean(const QByteArray &bytes)
{
    QString text;
    QByteArray rest = bytes;
    for (QString part; !rest.isEmpty();) {
        const qsizetype bad = base::fromCp949(rest, part);
        text += part;
        if (bad < 0)
            break;
        text += QChar(QChar::ReplacementCharacter);
        rest = rest.mid(bad + 1);
    }
    return text;
}

QString plain(const QByteArray &set, const QByteArray &bytes)
{
    if (isAscii(bytes) && set != "SHIFT_JIS")
        return QString::fromLatin1(bytes);
    if (set == "JIS_X0201") { // half-width katakana, which EUC-JP has behind a prefix
        QByteArray euc;
        for (const char c : bytes)
            (uchar(c) < 0x80 ? euc : euc.append(char(0x8E))).append(c);
        return converters().convert("EUC-JP", euc);
    }
    if (set == "UTF-8")
        return QString::fromUtf8(bytes);
    if (set == "ks")
        return korean(bytes);
    if (set == "gb")
        return converters().convert("GB18030", bytes);
    if (set == "ascii") {
        QString out;
        for (const char c : bytes)
            out += uchar(c) < 0x80 ? QChar(QLatin1Char(c)) : QChar(QChar::ReplacementCharacter);
        return out;
    }
    return converters().convert(set, bytes);
}

// A run of bytes below 0x80 while `set` is designated to the left half.
QString leftHalf(const QByteArray &set, const QByteArray &bytes)
{
    if (set != "jis208" && set != "jis212")
        return plain(set, bytes);
    QByteArray euc;
    qsizetype i = 0;
    for (; i + 1 < bytes.size(); i += 2) {
        if (bytes[i] <= 0x20) { // a control character or space between pairs stays what it is
            euc += bytes[i--];
            continue;
        }
        if (set == "jis212")
            euc += char(0x8F);
        euc += char(bytes[i] | 0x80);
        euc += char(bytes[i + 1] | 0x80);
    }
    return converters().convert("EUC-JP", euc) + QString::fromLatin1(bytes.mid(i));
}
} // namespace

CharacterSet::CharacterSet(const QStringList &values)
{
    m_extended = values.size() > 1;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QString term = values[i].trimmed().toUpper();
        if (term.isEmpty())
            continue;
        const auto found = terms().constFind(term);
        if (found == terms().constEnd()) {
            m_unknown = true;
            continue;
        }
        m_nonStandard = m_nonStandard || !found->standard;
        m_extended = m_extended || term.startsWith(QLatin1String("ISO 2022 IR"));
        if (i == 0)
            m_right = found->right;
        if (found->right == "ks" || found->right == "gb")
            m_further = found->right;
    }
    // Sets without code extensions stand alone; what is named beside them has no meaning.
    if (m_right == "UTF-8" || m_right == "GB18030")
        m_extended = false;
}

void CharacterSet::warmUp()
{
    for (const Term &term : terms()) {
        if (term.right != "ks" && term.right != "gb" && term.right != "ascii")
            plain(term.right, "\xB1\xB1");
    }
    plain("gb", "\xB0\xA1");
    leftHalf("jis208", "0!");
    leftHalf("jis212", "0!");
    korean("\xB0\xA1");
    escapes();
}

CharacterSet::Decoded CharacterSet::decodeExtended(const QByteArray &bytes, Kind kind) const
{
    const QByteArray firstRight = m_right != "ascii" || m_further.isEmpty() ? m_right : m_further;
    const QByteArray firstLeft = m_right == "JIS_X0201" ? m_right : QByteArrayLiteral("ascii");
    QByteArray left = firstLeft, right = firstRight;
    QString out;
    const auto ends = [kind](char c) {
        return c == '\n' || c == '\r' || c == '\f' || c == '\t' || (kind != Kind::Text && c == '\\')
            || (kind == Kind::Name && (c == '^' || c == '='));
    };
    qsizetype i = 0;
    while (i < bytes.size()) {
        if (bytes[i] == '\x1B') {
            const Escape *found = nullptr;
            for (const Escape &escape : escapes()) {
                if (bytes.mid(i + 1, escape.bytes.size()) == escape.bytes)
                    found = &escape;
            }
            (found && found->left ? left : right) = found ? found->set : right;
            i += found ? 1 + found->bytes.size() : 1; // an unknown escape: what follows is shown as it is
            continue;
        }
        // Two-byte sets of the left half use these bytes themselves.
        const bool doubled = left == "jis208" || left == "jis212";
        if (ends(bytes[i]) && (!doubled || uchar(bytes[i]) < 0x21)) {
            out += QLatin1Char(bytes[i++]);
            left = firstLeft;
            right = firstRight;
            continue;
        }
        const qsizetype start = i;
        if (uchar(bytes[i]) >= 0x80) {
            while (i < bytes.size() && uchar(bytes[i]) >= 0x80) {
                // CP949 has second bytes below 0x80 (syllables that KS X 1001 lacks).
                QString pair;
                const bool half =
                    right == "ks" && i + 1 < bytes.size() && base::fromCp949(bytes.mid(i, 2), pair) < 0;
                i += half ? 2 : 1;
            }
            out += plain(right, bytes.mid(start, i - start));
            continue;
        }
        while (i < bytes.size() && uchar(bytes[i]) < 0x80 && bytes[i] != '\x1B'
            && !(ends(bytes[i]) && (!doubled || uchar(bytes[i]) < 0x21)))
            i += doubled && uchar(bytes[i]) > 0x20 && i + 1 < bytes.size() ? 2 : 1;
        out += leftHalf(left, bytes.mid(start, i - start));
    }
    return {out, false};
}

CharacterSet::Decoded CharacterSet::decode(const QByteArray &bytes, Kind kind) const
{
    const bool escaped = bytes.contains('\x1B');
    if (!escaped && isAscii(bytes) && m_right != "SHIFT_JIS")
        return {QString::fromLatin1(bytes), false};
    if (escaped && m_right != "UTF-8" && m_right != "GB18030") {
        Decoded out = decodeExtended(bytes, kind);
        out.guessed = !m_extended; // escapes without a declaration
        return out;
    }
    if (m_right == "UTF-8") {
        if (base::firstInvalidUtf8(bytes) >= 0 && looksKorean(bytes))
            return {korean(bytes), true};
        return {plain(m_right, bytes), false};
    }
    if (m_right == "ascii" || m_right == "ISO-8859-1") {
        if (m_further == "ks" && looksKorean(bytes))
            return {korean(bytes), false}; // IR 149 declared, the escapes forgotten
        if (base::firstInvalidUtf8(bytes) < 0)
            return {QString::fromUtf8(bytes), true};
        if (looksKorean(bytes))
            return {korean(bytes), true};
        if (m_right == "ascii" && m_further.isEmpty())
            return {plain("ISO-8859-1", bytes), true};
    }
    if (m_right == "ks" && base::firstInvalidCp949(bytes) >= 0 && base::firstInvalidUtf8(bytes) < 0)
        return {QString::fromUtf8(bytes), true};
    return m_extended ? decodeExtended(bytes, kind) : Decoded{plain(m_right, bytes), false};
}

} // namespace naru::imaging
