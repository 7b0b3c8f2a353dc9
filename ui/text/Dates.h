// Dates as Korean clinics read them: yyyy-MM-dd, relative only under 24 h, completed years of age.
#pragma once

#include "core/base/Timestamp.h"
#include "ui/text/Language.h"

#include <QDateTime>

namespace naru::text {

QString date(const QDateTime &when); // 2026-11-22, local time; empty when invalid
QString dateTime(const QDateTime &when); // 2026-11-22 14:01
QString shortDateTime(
    const QDateTime &when, const QDateTime &now); // 11-22 14:01, with the year when it is another one
QString time(const QDateTime &when); // 14:01
QString clock(const QDateTime &when); // 14:02:11
// 방금, 12분 전, 3시간 전; from 24 h on the date.
QString relative(const QDateTime &when, const QDateTime &now, Language language);
// 12분, 3시간, 2일: how long something has been waiting.
QString age(const QDateTime &since, const QDateTime &now, Language language);
QString birthDate(const base::Timestamp &birth, int years, Language language); // 1961-03-02 (만 65세)
QString byteCount(qint64 bytes); // 1.2 MB

} // namespace naru::text
