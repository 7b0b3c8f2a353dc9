// What stands on the screen while somebody types: the states of a two-set keyboard (두벌식) with its input
// method, one after every key press. Written from the rules of composition, apart from the product's own
// code.
#pragma once

#include "core/terminology/Concept.h"

#include <QStringList>

#include <vector>

namespace naru::testsupport {

// The keys that type `text`: Latin letters of the two-set keyboard for Hangul, everything else as it is.
struct KeyPress {
    char16_t c = 0; // jamo (U+3131..U+3163) or any other character
};
std::vector<KeyPress> keyPresses(const QString &text);

// The text on screen after each key press, the unfinished syllable included.
QStringList typedStates(const QString &text);
// The same word typed with the keyboard in Latin mode: "qordlf" for 백일.
QString inLatinMode(const QString &text);
// The first consonant of every syllable, as jamo: ㅂㅇㅎ.
QString initialsOf(const QString &text);

// Inputs drawn from `terms` as doctors type (45 % the first one or two Korean words cut to 2-8 characters,
// 15 % one word from anywhere, 10 % initials, 12 % English, 8 % a code, 5 % two words in random order, 5 % in
// the wrong keyboard mode) and every state of each; states of blanks only are left out, doubles are kept.
QStringList keystrokeStates(const std::vector<terminology::Concept> &terms, int inputs, quint32 seed);

} // namespace naru::testsupport
