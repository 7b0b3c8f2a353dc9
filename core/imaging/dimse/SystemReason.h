// Why the system refuses a connection or a port, in our words.
#pragma once

#include <QString>

namespace naru::imaging::dimse {

// Of an errno: the code of a row of errors.tsv, as an argument whose sentence is said in the user's language;
// "errno N" when it is none of the usual ones.
QString systemReason(int number);

} // namespace naru::imaging::dimse
