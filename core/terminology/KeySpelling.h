// Text as the keys that type it: each Hangul letter one or two bytes above 0x80, Latin letters and digits as
// themselves in lower case, everything else nothing. A half-typed word is then a prefix of the finished one:
// 당ㄴ of 당뇨.
//
// Bytes: 0x00 ends a string; '0'-'9' and 'a'-'z' themselves; 0xC1-0xFA a Hangul key (its letter on the
// two-set keyboard with the high bit); '?' a letter that a release lost inside a Latin word ("M?ni?re");
// 0x10-0x2F letters of other scripts, four bytes each.
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
        int text = 0; // offset in the text, UTF-16 units (of its composed form)
    };
    QByteArray bytes{};
    std::vector<Position>
        positions{}; // where a match may begin: every syllable, the start of each Latin or digit run
    bool hangul = false; // at least one Hangul letter
};

Spelled spell(QStringView text);
// Initial consonants as bytes of the same range, other characters as in spell().
Spelled spellInitials(QStringView text);

// The keys of one character of composed text: 0..12 bytes written to `keys`. `?` gives none here.
int keysOf(char16_t c, char *keys);
bool isHangulKey(char byte);
bool isConsonantKey(char byte); // of a Hangul key
bool isVowelKey(char byte);

// The same keys in the other mode of the keyboard ("ekdsy" <-> 당뇨), digits pass through; empty when the
// text mixes both or has neither.
QByteArray otherLayout(QStringView text);

} // namespace naru::terminology
