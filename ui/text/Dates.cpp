#include "ui/text/Dates.h"

namespace naru::text {

namespace {

constexpr qint64 Minute = 60, Hour = 60 * Minute, Day = 24 * Hour;

QString count(qint64 number, const char *ko, const char *en, Language language)
{
    return language == Language::Korean ? QString::number(number) + QString::fromUtf8(ko)
                                        : QString::number(number) + QLatin1Char(' ') + QString::fromUtf8(en);
}

} // namespace

QString date(const QDateTime &when)
{
    return when.isValid() ? when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd")) : QString();
}

QString dateTime(const QDateTime &when)
{
    return when.isValid() ? when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
}

QString shortDateTime(const QDateTime &when, const QDateTime &now)
{
    if (!when.isValid())
        return {};
    const bool sameYear = when.toLocalTime().date().year() == now.toLocalTime().date().year();
    return when.toLocalTime().toString(
        sameYear ? QStringLiteral("MM-dd HH:mm") : QStringLiteral("yyyy-MM-dd"));
}

QString time(const QDateTime &when)
{
    return when.isValid() ? when.toLocalTime().toString(QStringLiteral("HH:mm")) : QString();
}

QString clock(const QDateTime &when)
{
    return when.isValid() ? when.toLocalTime().toString(QStringLiteral("HH:mm:ss")) : QString();
}

QString age(const QDateTime &since, const QDateTime &now, Language language)
{
    const qint64 seconds = since.isValid() ? std::max<qint64>(0, since.secsTo(now)) : 0;
    if (seconds < Minute)
        return count(seconds, "초", "s", language);
    if (seconds < Hour)
        return count(seconds / Minute, "분", "min", language);
    if (seconds < Day)
        return count(seconds / Hour, "시간", "h", language);
    return count(seconds / Day, "일", seconds / Day == 1 ? "day" : "days", language);
}

QString relative(const QDateTime &when, const QDateTime &now, Language language)
{
    if (!when.isValid())
        return {};
    const qint64 seconds = when.secsTo(now);
    if (seconds < 0 || seconds >= Day)
        return date(when);
    if (seconds < Minute)
        return language == Language::Korean ? QStringLiteral("방금") : QStringLiteral("just now");
    return age(when, now, language)
        + (language == Language::Korean ? QStringLiteral(" 전") : QStringLiteral(" ago"));
}

QString birthDate(const base::Timestamp &birth, int years, Language language)
{
    if (birth.isNull())
        return language == Language::Korean ? QStringLiteral("생년월일 모름")
                                            : QStringLiteral("birth date unknown");
    const QString day = birth.toIso().left(10);
    if (years < 0)
        return day;
    return language == Language::Korean ? QStringLiteral("%1 (만 %2세)").arg(day).arg(years)
                                        : QStringLiteral("%1 (%2 y)").arg(day).arg(years);
}

QString byteCount(qint64 bytes)
{
    if (bytes < 0)
        return {};
    if (bytes < 1000)
        return QString::number(bytes) + QStringLiteral(" B");
    if (bytes < 1000 * 1000)
        return QString::number((bytes + 500) / 1000) + QStringLiteral(" KB");
    return QString::number(double(bytes) / 1e6, 'f', 1) + QStringLiteral(" MB");
}

} // namespace naru::text
