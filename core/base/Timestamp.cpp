#include "core/base/Timestamp.h"

#include "core/base/Errors.h"

#include <QTimeZone>

namespace naru::base {

namespace {
constexpr int koreaOffsetMinutes = 9 * 60;

Error invalid()
{
    return Error(errors::Invalid, QStringLiteral("not a date or time"),
        {{QStringLiteral("what"), QStringLiteral("TS")}});
}

// Exactly `digits` digits from `at`; -1 when there are other characters.
int number(QStringView text, qsizetype at, int digits)
{
    if (at + digits > text.size())
        return -1;
    int value = 0;
    for (qsizetype i = at; i < at + digits; ++i) {
        if (text[i] < u'0' || text[i] > u'9')
            return -1;
        value = value * 10 + (text[i].unicode() - u'0');
    }
    return value;
}

QString padded(int value, int width)
{
    return QString::number(value).rightJustified(width, QLatin1Char('0'));
}
} // namespace

Result<Timestamp> Timestamp::parseHl7(QStringView text)
{
    text = text.trimmed();
    Timestamp out;
    bool shortZone =
        false; // "+09": not in the standard, but sent; only after an hour, so that "1998-07" is no zone
    qsizetype sign = text.indexOf(u'+');
    if (sign < 0)
        sign = text.indexOf(u'-');
    if (sign >= 0) {
        const QStringView zone = text.sliced(sign + 1);
        const int hours = number(zone, 0, 2);
        const int minutes = zone.size() == 4 ? number(zone, 2, 2) : (zone.size() == 2 ? 0 : -1);
        if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
            return invalid();
        shortZone = zone.size() == 2;
        out.m_hasOffset = true;
        out.m_offsetMinutes = (hours * 60 + minutes) * (text[sign] == u'-' ? -1 : 1);
        text = text.first(sign);
    }
    QStringView fraction;
    if (const qsizetype dot = text.indexOf(u'.'); dot >= 0) {
        fraction = text.sliced(dot + 1);
        text = text.first(dot);
        if (text.size() != 14 || fraction.isEmpty() || fraction.size() > 6)
            return invalid();
    }
    struct Part {
        int *field;
        int digits, low, high;
        Precision precision;
    };
    const Part parts[] = {{&out.m_year, 4, 1, 9999, Precision::Year},
        {&out.m_month, 2, 1, 12, Precision::Month}, {&out.m_day, 2, 1, 31, Precision::Day},
        {&out.m_hour, 2, 0, 23, Precision::Hour}, {&out.m_minute, 2, 0, 59, Precision::Minute},
        {&out.m_second, 2, 0, 60, Precision::Second}};
    qsizetype at = 0;
    for (const Part &part : parts) {
        if (at == text.size())
            break;
        const int value = number(text, at, part.digits);
        if (value < part.low || value > part.high)
            return invalid();
        *part.field = value;
        out.m_precision = part.precision;
        at += part.digits;
    }
    if (shortZone && out.m_precision < Precision::Hour)
        return invalid();
    if (at != text.size() || at == 0 || (out.m_precision >= Precision::Day && !out.date().isValid()))
        return invalid();
    if (!fraction.isEmpty()) {
        const QString three = fraction.toString().leftJustified(3, QLatin1Char('0'), true);
        const int value = number(three, 0, 3);
        if (value < 0)
            return invalid();
        out.m_millisecond = value;
        out.m_precision = Precision::Millisecond;
    }
    return out;
}

Result<Timestamp> Timestamp::parseIso(QStringView text)
{
    text = text.trimmed();
    // 2026-11-22T14:01:00.123+09:00 -> 20261122140100.123+0900
    const qsizetype t = text.indexOf(u'T') >= 0 ? text.indexOf(u'T') : text.indexOf(u' ');
    const QStringView datePart = t >= 0 ? text.first(t) : text;
    const bool shaped = datePart.size() == 4 || datePart.size() == 7 || datePart.size() == 10;
    if (!shaped || (t >= 0 && datePart.size() != 10))
        return invalid();
    QString hl7;
    for (qsizetype i = 0; i < datePart.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash != (datePart[i] == u'-'))
            return invalid();
        if (!dash)
            hl7 += datePart[i];
    }
    if (t >= 0) {
        const QStringView time = text.sliced(t + 1);
        qsizetype sinceSign = 0; // position inside the clock time or inside the offset
        for (qsizetype i = 0; i < time.size(); ++i) {
            const QChar c = time[i];
            if (c == u'+' || c == u'-')
                sinceSign = i + 1;
            const qsizetype at = i - sinceSign;
            if (c == u':' && at != 2 && (at != 5 || sinceSign > 0))
                return invalid();
            if ((c == u'Z' || c == u'z') && i + 1 == time.size())
                hl7 += QStringLiteral("+0000");
            else if (c != u':')
                hl7 += c;
        }
    }
    auto out = parseHl7(hl7);
    if (out && t >= 0 && out->m_precision < Precision::Hour)
        return invalid();
    return out;
}

Result<Timestamp> Timestamp::parseAny(QStringView text)
{
    text = text.trimmed();
    // ISO first: to HL7, "1998-07" is the year 1998 somewhere seven hours west of Greenwich.
    if (auto iso = parseIso(text))
        return iso;
    if (auto hl7 = parseHl7(text))
        return hl7;
    QString dashed = text.toString();
    while (dashed.endsWith(QLatin1Char('.')))
        dashed.chop(1);
    dashed.replace(QLatin1Char('.'), QLatin1Char('-')).replace(QLatin1Char('/'), QLatin1Char('-'));
    dashed.replace(QLatin1String("- "), QLatin1String("-"));
    return parseIso(dashed);
}

Timestamp Timestamp::fromDate(QDate date)
{
    Timestamp out;
    if (!date.isValid())
        return out;
    out.m_precision = Precision::Day;
    out.m_year = date.year();
    out.m_month = date.month();
    out.m_day = date.day();
    return out;
}

Timestamp Timestamp::fromDateTime(const QDateTime &moment)
{
    Timestamp out;
    if (!moment.isValid())
        return out;
    out = fromDate(moment.date());
    out.m_precision = Precision::Second;
    out.m_hour = moment.time().hour();
    out.m_minute = moment.time().minute();
    out.m_second = moment.time().second();
    out.m_hasOffset = true;
    out.m_offsetMinutes = moment.offsetFromUtc() / 60;
    return out;
}

Timestamp Timestamp::inKorea() const
{
    if (!m_hasOffset || m_precision < Precision::Hour || m_offsetMinutes == koreaOffsetMinutes)
        return *this;
    const QDateTime moved = earliestUtc().toOffsetFromUtc(koreaOffsetMinutes * 60);
    Timestamp out = fromDateTime(moved);
    out.m_millisecond = m_millisecond;
    out.m_precision = m_precision;
    return out;
}

QDate Timestamp::date() const
{
    return isNull() ? QDate() : QDate(m_year, m_month, m_day);
}

QDateTime Timestamp::earliestUtc() const
{
    if (isNull())
        return {};
    const QTime time(m_hour, m_minute, qMin(m_second, 59), m_millisecond);
    const int offset = m_hasOffset ? m_offsetMinutes : koreaOffsetMinutes;
    return QDateTime(date(), time, Qt::UTC).addSecs(-offset * 60);
}

QString Timestamp::toHl7() const
{
    if (isNull())
        return {};
    QString out = padded(m_year, 4);
    const int values[] = {m_month, m_day, m_hour, m_minute, m_second};
    for (int i = 0; i < 5 && int(m_precision) > int(Precision::Year) + i; ++i)
        out += padded(values[i], 2);
    if (m_precision == Precision::Millisecond)
        out += QLatin1Char('.') + padded(m_millisecond, 3);
    if (m_hasOffset && m_precision >= Precision::Hour) {
        const int offset = qAbs(m_offsetMinutes);
        out += QLatin1Char(m_offsetMinutes < 0 ? '-' : '+') + padded(offset / 60, 2) + padded(offset % 60, 2);
    }
    return out;
}

QString Timestamp::toIso() const
{
    if (isNull())
        return {};
    QString out = padded(m_year, 4);
    if (m_precision >= Precision::Month)
        out += QLatin1Char('-') + padded(m_month, 2);
    if (m_precision >= Precision::Day)
        out += QLatin1Char('-') + padded(m_day, 2);
    if (m_precision >= Precision::Hour) {
        out += QLatin1Char('T') + padded(m_hour, 2) + QLatin1Char(':') + padded(m_minute, 2);
        if (m_precision >= Precision::Second)
            out += QLatin1Char(':') + padded(m_second, 2);
        if (m_precision == Precision::Millisecond)
            out += QLatin1Char('.') + padded(m_millisecond, 3);
        if (m_hasOffset) {
            const int offset = qAbs(m_offsetMinutes);
            out += offset == 0 ? QStringLiteral("Z")
                               : QLatin1Char(m_offsetMinutes < 0 ? '-' : '+') + padded(offset / 60, 2)
                    + QLatin1Char(':') + padded(offset % 60, 2);
        }
    }
    return out;
}

QString Timestamp::toDisplay() const
{
    if (isNull())
        return {};
    QString out = padded(m_year, 4);
    if (m_precision >= Precision::Month)
        out += QLatin1Char('-') + padded(m_month, 2);
    if (m_precision >= Precision::Day)
        out += QLatin1Char('-') + padded(m_day, 2);
    if (m_precision >= Precision::Hour)
        out += QLatin1Char(' ') + padded(m_hour, 2) + QLatin1Char(':') + padded(m_minute, 2);
    return out;
}

std::strong_ordering operator<=>(const Timestamp &a, const Timestamp &b)
{
    if (a.isNull() || b.isNull())
        return b.isNull() <=> a.isNull();
    const qint64 left = a.earliestUtc().toMSecsSinceEpoch();
    const qint64 right = b.earliestUtc().toMSecsSinceEpoch();
    return left != right ? left <=> right : int(a.m_precision) <=> int(b.m_precision);
}

} // namespace naru::base
