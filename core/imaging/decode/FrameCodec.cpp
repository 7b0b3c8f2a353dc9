#include "core/imaging/decode/FrameCodec.h"

#include "core/base/Oid.h"
#include "core/imaging/decode/codecs/Jpeg2000Codec.h"
#include "core/imaging/decode/codecs/JpegCodec.h"
#include "core/imaging/decode/codecs/JpegLsCodec.h"
#include "core/imaging/decode/codecs/RleCodec.h"
#include "core/imaging/decode/tables/syntaxesTable.h"

#include <QHash>

namespace naru::imaging {

namespace {
const FrameCodec *codecOfFamily(QStringView family)
{
    static const RleCodec rle;
    static const JpegCodec jpeg;
    static const JpegLsCodec jpegLs;
    static const Jpeg2000Codec jpeg2000;
    if (family == QLatin1String("rle"))
        return &rle;
    if (family == QLatin1String("jpeg"))
        return &jpeg;
    if (family == QLatin1String("jpegls"))
        return &jpegLs;
    if (family == QLatin1String("jpeg2000"))
        return &jpeg2000;
    return nullptr; // recognised, but nothing here decodes it
}

struct Syntax {
    QString uid{}, family{};
};

const QList<Syntax> &syntaxes()
{
    static const QList<Syntax> rows = [] {
        QList<Syntax> all;
        const QString table =
            QString::fromUtf8(decode::tables::syntaxes.data(), qsizetype(decode::tables::syntaxes.size()));
        const auto lines = table.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            const QStringList cells = line.split(QLatin1Char('\t'));
            if (!line.startsWith(QLatin1Char('#')) && cells.size() >= 2)
                all.append({base::oid(cells[0].toLatin1().constData()).text(), cells[1]});
        }
        return all;
    }();
    return rows;
}
} // namespace

const FrameCodec *codecFor(const QString &transferSyntax)
{
    for (const Syntax &syntax : syntaxes()) {
        if (syntax.uid == transferSyntax)
            return codecOfFamily(syntax.family);
    }
    return nullptr;
}

QStringList knownSyntaxes()
{
    QStringList out;
    for (const Syntax &syntax : syntaxes()) {
        if (codecOfFamily(syntax.family))
            out.append(base::oidTitle(syntax.uid));
    }
    return out;
}

} // namespace naru::imaging
