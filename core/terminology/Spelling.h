// The same code in the spelling of each channel: CDA writes I614 and 0400, FHIR writes I61.4 and 04.
#pragma once

#include <QString>
#include <QStringView>

namespace naru::terminology {

enum class Channel { Cda, Fhir };

// "i61.4", "I614", "I 61.4" -> "I614"; text that is no KCD code comes back trimmed and otherwise unchanged.
QString normaliseKcd(QStringView code);
// "I614" or "I61.4" in the spelling of the channel; three-character codes have no dot in either.
QString kcdFor(Channel channel, QStringView code);
bool sameKcd(QStringView a, QStringView b);
bool isKcd(QStringView
        code); // letter, two digits, then up to three more letters or digits, dot allowed after the third

// "04" or "0400" in the spelling of the channel; anything else comes back unchanged.
QString departmentFor(Channel channel, QStringView code);

} // namespace naru::terminology
