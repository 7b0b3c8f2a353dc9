#include "core/imaging/objects/Vr.h"

#include "core/imaging/objects/tables/dictionaryTable.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace naru::imaging {

namespace {
// PS3.5 table 6.2-1 and 7.1-1.
constexpr std::array vrs{VrRow{"AE", ValueForm::Text, 1, false, true, false, 16},
    VrRow{"AS", ValueForm::Text, 1, false, true, false, 4},
    VrRow{"AT", ValueForm::Number, 2, false, false, false, 0},
    VrRow{"CS", ValueForm::Text, 1, false, true, false, 16},
    VrRow{"DA", ValueForm::Text, 1, false, true, false, 8},
    VrRow{"DS", ValueForm::Text, 1, false, true, false, 16},
    VrRow{"DT", ValueForm::Text, 1, false, true, false, 26},
    VrRow{"FD", ValueForm::Number, 8, false, false, false, 0},
    VrRow{"FL", ValueForm::Number, 4, false, false, false, 0},
    VrRow{"IS", ValueForm::Text, 1, false, true, false, 12},
    VrRow{"LO", ValueForm::Text, 1, false, true, true, 64},
    VrRow{"LT", ValueForm::Text, 1, false, false, true, 10240},
    VrRow{"OB", ValueForm::Bytes, 1, true, false, false, 0},
    VrRow{"OD", ValueForm::Bytes, 8, true, false, false, 0},
    VrRow{"OF", ValueForm::Bytes, 4, true, false, false, 0},
    VrRow{"OL", ValueForm::Bytes, 4, true, false, false, 0},
    VrRow{"OV", ValueForm::Bytes, 8, true, false, false, 0},
    VrRow{"OW", ValueForm::Bytes, 2, true, false, false, 0},
    VrRow{"PN", ValueForm::Text, 1, false, true, true, 0},
    VrRow{"SH", ValueForm::Text, 1, false, true, true, 16},
    VrRow{"SL", ValueForm::Number, 4, false, false, false, 0},
    VrRow{"SQ", ValueForm::Items, 1, true, false, false, 0},
    VrRow{"SS", ValueForm::Number, 2, false, false, false, 0},
    VrRow{"ST", ValueForm::Text, 1, false, false, true, 1024},
    VrRow{"SV", ValueForm::Text, 8, true, true, false, 0},
    VrRow{"TM", ValueForm::Text, 1, false, true, false, 14},
    VrRow{"UC", ValueForm::Text, 1, true, true, true, 0},
    VrRow{"UI", ValueForm::Text, 1, false, true, false, 64},
    VrRow{"UL", ValueForm::Number, 4, false, false, false, 0},
    VrRow{"UN", ValueForm::Bytes, 1, true, false, false, 0},
    VrRow{"UR", ValueForm::Text, 1, true, false, false, 0},
    VrRow{"US", ValueForm::Number, 2, false, false, false, 0},
    VrRow{"UT", ValueForm::Text, 1, true, false, true, 0},
    VrRow{"UV", ValueForm::Text, 8, true, true, false, 0}};

// The line of `tag`, "00100010\tPN\tPatientName"; empty when there is none. By halves over the text itself,
// as a decoder must not parse five thousand rows for its first file.
std::string_view dictionaryLine(quint32 tag)
{
    const quint32 group = tag >> 24;
    if (group == 0x50 || group == 0x60) // repeating groups 50xx and 60xx (PS3.5 7.6)
        tag &= 0xFF00FFFF;
    const QByteArray wanted = tagText(tag).toLatin1();
    const std::string_view key(wanted.constData(), std::size_t(wanted.size()));
    std::string_view all = tables::dictionary;
    all.remove_prefix(all.find("\ntag\t") + 1);
    all.remove_prefix(all.find('\n') + 1);
    std::size_t low = 0, high = all.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const std::size_t before = all.rfind('\n', middle);
        const std::size_t begin = before == std::string_view::npos || before < low ? low : before + 1;
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        const std::string_view line = all.substr(begin, end - begin);
        const int order = line.substr(0, 8).compare(key);
        if (order == 0)
            return line;
        if (order < 0)
            low = std::min(end + 1, high);
        else
            high = begin;
    }
    return {};
}
} // namespace

QString vrName(quint16 vr)
{
    const char name[] = {char(vr >> 8), char(vr & 0xFF)};
    return QString::fromLatin1(name, 2);
}

QString tagText(quint32 tag)
{
    return QStringLiteral("%1").arg(tag, 8, 16, QLatin1Char('0')).toUpper();
}

const VrRow &vrRow(quint16 vr)
{
    static constexpr VrRow unknown{};
    const auto found =
        std::find_if(vrs.begin(), vrs.end(), [vr](const VrRow &row) { return vrOf(row.name) == vr; });
    return found == vrs.end() ? unknown : *found;
}

bool isVr(quint16 vr)
{
    return std::any_of(vrs.begin(), vrs.end(), [vr](const VrRow &row) { return vrOf(row.name) == vr; });
}

quint16 dictionaryVr(quint32 tag, bool isSigned)
{
    if (isPrivate(tag)) // PS3.5 7.8.1: only the creator's name is known
        return (tag & 0xFFFF) >= 0x10 && (tag & 0xFFFF) <= 0xFF ? vrOf("LO") : vrOf("UN");
    if ((tag & 0xFFFF) == 0)
        return vrOf("UL"); // group length
    const std::string_view line = dictionaryLine(tag);
    if (line.size() < 11)
        return vrOf("UN");
    const std::string_view vr = line.substr(9, 2);
    if (vr == "xs")
        return isSigned ? vrOf("SS") : vrOf("US");
    if (vr == "ox")
        return vrOf("OW");
    return vrOf(vr.data());
}

QString keywordOf(quint32 tag)
{
    const std::string_view line = dictionaryLine(tag);
    return line.size() < 12 ? QString()
                            : QString::fromLatin1(line.substr(12).data(), qsizetype(line.size() - 12));
}

} // namespace naru::imaging
