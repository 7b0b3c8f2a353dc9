// Korean text without knowledge of medicine: normal form, initial consonants, keyboard slips, particles.
#pragma once

#include <QString>

namespace naru::base {

// NFC and trimmed; what every boundary does with text that enters (files from macOS arrive decomposed).
QString normalized(QStringView text);
// Initial consonants (초성) of each syllable; other characters stay: "세브란스 A" -> "ㅅㅂㄹㅅ A".
QString choseong(QStringView text);
bool isChoseongOnly(QStringView text); // "ㅅㅂㄹ"
// Two-set (두벌식) keyboard: what was typed in the wrong mode. "tpqm" -> "세브", "세브" -> "tpqm".
QString hangulFromKeys(QStringView latin);
QString keysFromHangul(QStringView hangul);
// Fold for search: NFC, case, no spaces or punctuation.
QString folded(QStringView text);
// True when the last syllable has a final consonant (받침), for 은/는, 이/가, 을/를.
bool endsInConsonant(QStringView text);
// "환자" + "은/는" -> "환자는".
QString withParticle(const QString &word, const char *pair);
// Invisible or direction-changing characters (U+202E, zero width, ...) replaced by a visible "⟦U+202E⟧".
QString withVisibleControls(QStringView text);

} // namespace naru::base
