// Which letters of a displayed name the query covers.
#pragma once

#include "core/terminology/TermSearch.h"

namespace naru::terminology {

// Keys [from, from + length) of `shown` spelt out; with `withoutBrackets` its bracketed text has no keys,
// with `initials` each syllable has one. A syllable only partly covered at the end is half.
std::vector<TermMark> marksOf(QStringView shown, int from, int length, bool withoutBrackets, bool initials);
void addMarks(std::vector<TermMark> &all, const std::vector<TermMark> &more); // sorted, overlaps joined

} // namespace naru::terminology
