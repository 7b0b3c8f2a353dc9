// What the name of a file says about its release.
#pragma once

#include <QDate>
#include <QString>

namespace naru::terminology::importing {

QString versionFromName(const QString &file); // "V7.0", "2024.11", "20241101"; empty when it carries none
QDate dayOfVersion(const QString &version); // "2024.11" begins on 2024-11-01; invalid when it is no date

} // namespace naru::terminology::importing
