#include "core/handover/TextDecoder.h"

#include "core/base/Charset.h"
#include "core/handover/Errors.h"

namespace naru::handover {

namespace {
base::Error undecodable(const QString &charset, qsizetype offset)
{
    return base::Error(errors::Encoding, QStringLiteral("%1, byte offset %2").arg(charset).arg(offset),
        {{QStringLiteral("charset"), charset}, {QStringLiteral("offset"), QString::number(offset)}});
}

base::Result<TextDecoder::Text> fromCp949(const QByteArray &bytes)
{
    TextDecoder::Text out{{}, QStringLiteral("CP949")};
    if (!base::hasCp949())
        return base::Error(errors::UnknownCharset, QStringLiteral("the system has no CP949 table"),
            {{QStringLiteral("charset"), out.charset}});
    if (const qsizetype bad = base::fromCp949(bytes, out.text); bad >= 0)
        return undecodable(out.charset, bad);
    return out;
}

base::Result<TextDecoder::Text> fromUtf8(const QByteArray &bytes, qsizetype bom)
{
    const QByteArrayView rest = QByteArrayView(bytes).sliced(bom);
    if (const qsizetype bad = TextDecoder::firstInvalidUtf8(rest); bad >= 0)
        return undecodable(QStringLiteral("UTF-8"), bad + bom);
    return TextDecoder::Text{QString::fromUtf8(rest), QStringLiteral("UTF-8")};
}

base::Result<TextDecoder::Text> fromUtf16(const QByteArray &bytes, bool bigEndian)
{
    const QString charset = QStringLiteral("UTF-16");
    if (bytes.size() % 2 != 0)
        return undecodable(charset, bytes.size() - 1);
    QString text(bytes.size() / 2 - 1, Qt::Uninitialized);
    bool wantLow = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const uchar a = uchar(bytes[2 * i + 2]);
        const uchar b = uchar(bytes[2 * i + 3]);
        const QChar c(char16_t(bigEndian ? a << 8 | b : b << 8 | a));
        if (c.isLowSurrogate() != wantLow)
            return undecodable(charset, 2 * i + (wantLow ? 0 : 2));
        wantLow = c.isHighSurrogate();
        text[i] = c;
    }
    if (wantLow)
        return undecodable(charset, bytes.size() - 2);
    return TextDecoder::Text{text, charset};
}
} // namespace

qsizetype TextDecoder::firstInvalidUtf8(QByteArrayView bytes)
{
    return base::firstInvalidUtf8(bytes);
}

QString TextDecoder::canonicalCharset(const QString &name)
{
    QString key;
    for (const QChar c : name.toUpper()) {
        if (c.isLetterOrNumber())
            key += c;
    }
    if (key == QLatin1String("UTF8") || key == QLatin1String("UNICODEUTF8") || key == QLatin1String("ASCII")
        || key == QLatin1String("USASCII"))
        return QStringLiteral("UTF-8");
    if (key == QLatin1String("UTF16") || key == QLatin1String("UNICODE")
        || key == QLatin1String("UNICODEUTF16"))
        return QStringLiteral("UTF-16");
    // HL7 table 0211 calls it "KS X 1001"; mail and web know the other names.
    static const QStringList korean{QStringLiteral("CP949"), QStringLiteral("MS949"),
        QStringLiteral("WINDOWS949"), QStringLiteral("UHC"), QStringLiteral("EUCKR"),
        QStringLiteral("KSX1001"), QStringLiteral("KSC5601"), QStringLiteral("KSC56011987"),
        QStringLiteral("XWINDOWS949")};
    return korean.contains(key) ? QStringLiteral("CP949") : QString();
}

base::Result<TextDecoder::Text> TextDecoder::decode(const QByteArray &bytes, const QString &declared)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        return fromUtf8(bytes, 3);
    if (bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF"))
        return fromUtf16(bytes, uchar(bytes[0]) == 0xFE);
    if (!declared.trimmed().isEmpty()) {
        const QString charset = canonicalCharset(declared);
        if (charset == QLatin1String("UTF-8"))
            return fromUtf8(bytes, 0);
        if (charset == QLatin1String("CP949"))
            return fromCp949(bytes);
        return base::Error(errors::UnknownCharset,
            QStringLiteral("declared character set, without a byte order mark"),
            {{QStringLiteral("charset"), charset.isEmpty() ? QStringLiteral("?") : charset}});
    }
    const qsizetype bad = firstInvalidUtf8(bytes);
    if (bad < 0)
        return fromUtf8(bytes, 0);
    auto korean = fromCp949(bytes);
    // Neither fits: the one that got further was meant.
    const QString offset = QStringLiteral("offset");
    if (!korean && korean.error().arguments.value(offset).toLongLong() < bad)
        return undecodable(QStringLiteral("UTF-8"), bad);
    return korean;
}

} // namespace naru::handover
