#include "core/handover/ResidentNumber.h"

namespace naru::handover {

std::optional<ResidentNumber> ResidentNumber::parse(QStringView text)
{
    text = text.trimmed();
    if (text.size() == 14 && text[6] == u'-')
        return parse(QString(text.first(6).toString() + text.sliced(7).toString()));
    if (text.size() != 13)
        return {};
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return {};
    }
    // Seventh digit: 1 2 (5 6 foreigners) born 19xx, 3 4 (7 8) 20xx, 9 0 18xx; odd is male.
    static constexpr int centuries[] = {1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800};
    const int mark = text[6].digitValue();
    ResidentNumber out;
    out.digits = text.toString();
    out.birthDate =
        QDate(centuries[mark] + text.first(2).toInt(), text.sliced(2, 2).toInt(), text.sliced(4, 2).toInt());
    if (!out.birthDate.isValid())
        return {};
    out.sex = mark % 2 == 1 ? clinical::Sex::Male : clinical::Sex::Female;
    return out;
}

} // namespace naru::handover
