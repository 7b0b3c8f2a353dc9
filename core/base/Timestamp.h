// A point in time that keeps the precision it was written with: 2026-11 is not 2026-11-01 (HL7 TS, FHIR
// dateTime). Text forms: HL7 "yyyy[MM[dd[HH[mm[ss[.fff]]]]]][+-zzzz]" and ISO 8601
// "yyyy[-MM[-dd[Thh:mm[:ss[.fff]][Z|+hh:mm]]]]".
#pragma once

#include "core/base/Result.h"

#include <QDateTime>
#include <QString>

namespace naru::base {

class Timestamp {
public:
    enum class Precision { None, Year, Month, Day, Hour, Minute, Second, Millisecond };

    Timestamp() = default;
    static Result<Timestamp> parseHl7(QStringView text);
    static Result<Timestamp> parseIso(QStringView text);
    // Either of the two forms, also "yyyy.MM.dd" and "yyyy/MM/dd" as clinics write them.
    static Result<Timestamp> parseAny(QStringView text);
    static Timestamp fromDate(QDate date);
    // Second precision with the offset of `moment`.
    static Timestamp fromDateTime(const QDateTime &moment);

    bool isNull() const { return m_precision == Precision::None; }
    Precision precision() const { return m_precision; }
    bool hasOffset() const { return m_hasOffset; }
    // The first instant this stands for, in UTC; local time is taken as +09:00 (Korea has one zone, no DST).
    QDateTime earliestUtc() const;
    QDate date() const; // first day of what is known; invalid when null

    // The same instant in Korean time (+09:00) when a time of day and its offset are known; otherwise
    // unchanged.
    Timestamp inKorea() const;

    QString toHl7() const; // digits and offset exactly as precise as known
    QString toIso() const; // "2026-11", "2026-11-22T14:01:00+09:00"
    QString toDisplay() const; // "2026-11-22 14:01", no zone, for people

    friend bool operator==(const Timestamp &, const Timestamp &) = default;
    // Orders by earliest instant, then by precision; null first.
    friend std::strong_ordering operator<=>(const Timestamp &a, const Timestamp &b);

private:
    Precision m_precision = Precision::None;
    int m_year = 0, m_month = 1, m_day = 1, m_hour = 0, m_minute = 0, m_second = 0, m_millisecond = 0;
    bool m_hasOffset = false;
    int m_offsetMinutes = 0;
};

} // namespace naru::base
