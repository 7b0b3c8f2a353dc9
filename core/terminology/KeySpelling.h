// Text as the keys that type it: each Hangul letter one or two bytes above 0x80, Latin letters and digits as
// themselves in lower case, everything else nothing. A half-typed word is then a prefix of the finished one:
// 당ㄴ of 당뇨.
#pragma once

#include <QByteArray>
#include <QStringView>

#include <vector>

namespace naru::terminology {

struct Spelled {
    enum class Start : char { Name, Word, Inside };
    struct Position {
        int at = 0; // offset in bytes
        Start start = Start::Inside;
    };
    QByteArray bytes{};
    std::vector<Position>
        positions{}; // where a match may begin: every syllable, the start of each Latin or digit run
};

Spelled spell(QStringView text);
// The same keys in the other mode of the keyboard ("ekdsy" <-> 당뇨); empty when the text mixes both or has
// neither.
QByteArray otherLayout(QStringView text);
// Initial consonants as bytes of the same range, other characters as in spell().
Spelled spellInitials(QStringView text);

} // namespace naru::terminology
