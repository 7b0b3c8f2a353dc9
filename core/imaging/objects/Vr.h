// Value representations (PS3.5 6.2) and the dictionary of attributes (PS3.6): what the bytes of a value mean
// when a data set does not say so itself.
#pragma once

#include <QString>
#include <QtGlobal>

namespace naru::imaging {

constexpr quint16 vrOf(const char *name)
{
    return quint16(uchar(name[0]) << 8 | uchar(name[1]));
}
QString vrName(quint16 vr); // "PN"

// How a value of this VR is held: Text as strings, Number as numbers (US SS UL SL FL FD AT), Bytes (OB OD OF
// OL OV OW UN), Items (SQ). DS, IS, SV and UV are text, since their digits are the value and must survive.
enum class ValueForm : char { Text, Number, Bytes, Items };

struct VrRow {
    const char *name = "UN";
    ValueForm form = ValueForm::Bytes;
    int size = 1; // bytes of one number, or of a unit that byte order swaps; 1 for text
    bool wide = true; // explicit VR: two reserved bytes and 32 bits of length
    bool several = false; // a text that the backslash parts
    bool characters = false; // text in the Specific Character Set, not in ASCII
    int most = 0; // characters of one text value that the standard allows, 0: no limit
};
// The row of a VR; the one of UN for what is none.
const VrRow &vrRow(quint16 vr);
bool isVr(quint16 vr); // one of PS3.5 table 6.2-1

// VR of a public attribute; UN when it is unknown or private. `isSigned` decides between US and SS.
quint16 dictionaryVr(quint32 tag, bool isSigned = false);
QString keywordOf(quint32 tag); // "PatientName", empty when unknown
constexpr bool isPrivate(quint32 tag)
{
    return (tag >> 16 & 1) != 0;
}
QString tagText(quint32 tag); // "00100010", as PS3.18 F.2 writes it

} // namespace naru::imaging
