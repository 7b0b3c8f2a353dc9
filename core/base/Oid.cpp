#include "core/base/Oid.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/base/Tsv.h"
#include "core/base/tables/oidsTable.h"

#include <QHash>
#include <QUuid>

#include <cstdio>
#include <cstdlib>

namespace naru::base {

namespace {
bool isDotted(QStringView text)
{
    // X.660: three roots; below 0 and 1 there are 40 arcs, because both share one byte in the encoding.
    if (text.size() < 3 || text.size() > 64 || text.front() < u'0' || text.front() > u'2' || text[1] != u'.')
        return false;
    if (const QStringView second = text.sliced(2); text.front() != u'2') {
        const qsizetype length = second.contains(u'.') ? second.indexOf(u'.') : second.size();
        if (length > 2 || (length == 2 && second.front() > u'3'))
            return false;
    }
    bool arcStart = true;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'.') {
            if (arcStart)
                return false;
            arcStart = true;
            continue;
        }
        if (c < u'0' || c > u'9')
            return false;
        if (arcStart && c == u'0' && i + 1 < text.size() && text[i + 1] != u'.')
            return false;
        arcStart = false;
    }
    return !arcStart;
}

struct Known {
    QHash<QByteArray, Oid> byName;
    QHash<QString, QString> titles;
};

const Known &known()
{
    static const Known table = [] {
        Known out;
        const TsvTable rows = TsvTable::parse(tables::oids);
        for (int i = 0; i < rows.rowCount(); ++i) {
            out.byName.insert(rows.at(i, "name").toLatin1(), Oid::fromTable(rows.at(i, "oid")));
            out.titles.insert(rows.at(i, "oid"), rows.at(i, "title"));
        }
        return out;
    }();
    return table;
}

// Decimal text of a 128-bit big-endian number.
QString decimal(const QByteArray &bytes)
{
    QByteArray digits;
    QByteArray rest = bytes;
    while (!rest.isEmpty()) {
        int remainder = 0;
        QByteArray quotient;
        for (const char byte : rest) {
            const int value = remainder * 256 + static_cast<unsigned char>(byte);
            if (!quotient.isEmpty() || value >= 10)
                quotient.append(char(value / 10));
            remainder = value % 10;
        }
        digits.prepend(char('0' + remainder));
        rest = quotient;
    }
    return QString::fromLatin1(digits);
}
} // namespace

Result<Oid> Oid::parse(QStringView text)
{
    text = text.trimmed();
    if (text.startsWith(u"urn:oid:", Qt::CaseInsensitive))
        text = text.sliced(8);
    if (!isDotted(text))
        return Error(
            errors::Invalid, QStringLiteral("not an OID"), {{QStringLiteral("what"), QStringLiteral("OID")}});
    Oid out;
    out.m_text = text.toString();
    return out;
}

Oid Oid::fromTable(const QString &text)
{
    Oid out;
    out.m_text = text;
    return out;
}

Oid Oid::fromNewUuid()
{
    return fromTable(QStringLiteral("2.25.") + decimal(QUuid::createUuid().toRfc4122()));
}

const Oid &oid(const char *name)
{
    const auto found = known().byName.constFind(QByteArray::fromRawData(name, qsizetype(qstrlen(name))));
    if (found == known().byName.constEnd()) {
        std::fprintf(stderr, "tables/oids.tsv has no row '%s'\n", name);
        std::abort();
    }
    return *found;
}

QString oidTitle(const QString &oid)
{
    return known().titles.value(oid);
}

QString newUuidUrn()
{
    return QStringLiteral("urn:uuid:") + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace naru::base
