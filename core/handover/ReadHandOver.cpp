#include "core/handover/ReadHandOver.h"

#include "core/handover/Errors.h"
#include "core/handover/Hl7Message.h"
#include "core/handover/Readers.h"
#include "core/handover/TextDecoder.h"

namespace naru::handover {

namespace {
base::Error unrecognised(const char *what)
{
    return base::Error(
        errors::Unrecognised, QLatin1String(what), {{QStringLiteral("what"), QLatin1String(what)}});
}

base::Result<clinical::HandOver> readJson(const QString &text, const ReadOptions &options)
{
    NARU_ASSIGN(const Json root, parseJson(text));
    if (!root.isObject())
        return unrecognised("JSON that is not an object");
    if (root.string(QLatin1String("format")) == QLatin1String("naru-handover"))
        return readNaruJson(root, options);
    if (!root.string(QLatin1String("resourceType")).isEmpty())
        return readFhir(root, options);
    return unrecognised("JSON that is neither a naru-handover nor a FHIR resource");
}

base::Result<clinical::HandOver> readText(const QString &text, const ReadOptions &options)
{
    if (const qsizetype nul = text.indexOf(QChar(u'\0')); nul >= 0) {
        const QString place = QStringLiteral("character %1").arg(nul + 1);
        return base::Error(errors::Broken, QStringLiteral("NUL at ") + place,
            {{QStringLiteral("place"), place}, {QStringLiteral("what"), QStringLiteral("NUL character")}});
    }
    const QStringView start = QStringView(text).trimmed();
    if (start.isEmpty())
        return unrecognised("an empty file");
    if (start.front() == u'{' || start.front() == u'[')
        return readJson(text, options);
    if (start.front() == u'<')
        return unrecognised("XML");
    return readCsv(text, options);
}
} // namespace

base::Result<clinical::HandOver> readHandOver(const QByteArray &bytes, const ReadOptions &options)
{
    if (bytes.size() > options.maximumBytes)
        return base::Error(errors::TooLarge, QStringLiteral("%1 bytes").arg(bytes.size()),
            {{QStringLiteral("what"),
                QStringLiteral("%1 bytes, limit %2").arg(bytes.size()).arg(options.maximumBytes)}});
    if (looksLikeHl7(bytes))
        return readHl7v2(bytes, options);
    NARU_ASSIGN(const TextDecoder::Text decoded, TextDecoder::decode(bytes, options.charset));
    auto out = readText(decoded.text, options);
    if (out)
        out->encoding = decoded.charset;
    return out;
}

} // namespace naru::handover
