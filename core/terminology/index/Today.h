// The day on which validity is judged when nobody says otherwise.
#pragma once

#include <QDate>

namespace naru::terminology {

// QDate::currentDate() asks the system for the time zone's file at every call; a key press has no time for
// that. Looked up once a minute.
QDate today();

} // namespace naru::terminology
