// What of a term is indexed: its names as they are, without their bracketed text, with the other spelling of
// a word (갑상샘, 갑상선), its code, and where in each of them a match may begin.
#pragma once

#include "core/terminology/KeySpelling.h"
#include "core/terminology/TermSearch.h"

#include <vector>

namespace naru::terminology {

// How good a place is to begin, best last; two bits in the file.
enum class StartClass : unsigned char { None, Inside, Word, Name };

struct IndexedString {
    struct Start {
        int at = 0;
        StartClass begin = StartClass::Inside;
    };
    QByteArray bytes{};
    std::vector<Start> starts{};
    QByteArray initials{}; // empty for codes and for text without Hangul
    std::vector<Start> initialStarts{};
    TermHit::Source source = TermHit::Source::Korean;
    int number = 0; // which synonym or alias
    bool derived = false; // brackets removed or a word replaced: not as it is written
    int length = 0; // characters, Latin ones half; the shorter the better
};

// In a fixed order; derived strings follow the one they come from. Bytes that a derived string shares with
// the end of its origin get no starts of their own.
std::vector<IndexedString> indexedStrings(const Concept &term, bool codes);

// Offset behind the stock phrases that `text` opens with; 0 when it opens with none.
qsizetype behindStockHead(QStringView text);
// `text` without (..) and [..]; the same text when it has none.
QString withoutBrackets(const QString &text);

} // namespace naru::terminology
