#include "core/imaging/objects/ReportText.h"

#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Content.h"

#include <optional>

namespace naru::imaging {

namespace {
// A window lays them out at once.
constexpr std::size_t MostLines = 10'000;
constexpr qsizetype MostCharacters = 1'000'000;
constexpr int MostDepth = 64;
constexpr quint32 DateTime = 0x0040A120, Date = 0x0040A121, Time = 0x0040A122;

// "2026-11-20 10:15" of DICOM's digits; as it stands when it is something else.
QString readable(const QString &date, const QString &time)
{
    QString out = date;
    if (date.size() >= 8)
        out = date.left(4) + QLatin1Char('-') + date.mid(4, 2) + QLatin1Char('-') + date.mid(6, 2);
    if (time.size() >= 4)
        out += (out.isEmpty() ? QString() : QStringLiteral(" ")) + time.left(2) + QLatin1Char(':')
            + time.mid(2, 2);
    return out;
}

QString numberOf(const DataSetValue &item)
{
    const DataSetValue *measured = item.item(attr::MeasuredValue);
    if (!measured)
        return {};
    const Code unit = codeIn(*measured, attr::UnitsCode);
    const QString name = unit.value == QLatin1String("1") ? QString() : unit.value;
    return (measured->text(attr::NumericValue) + QLatin1Char(' ') + name).trimmed();
}

QString valueOf(const DataSetValue &item, const QString &type)
{
    if (type == QLatin1String("TEXT"))
        return item.text(attr::TextValue);
    if (type == QLatin1String("CODE"))
        return codeIn(item, attr::ConceptCode).meaning;
    if (type == QLatin1String("NUM"))
        return numberOf(item);
    if (type == QLatin1String("PNAME"))
        return item.text(attr::PersonName);
    if (type == QLatin1String("DATE"))
        return readable(item.text(Date), {});
    if (type == QLatin1String("TIME"))
        return readable({}, item.text(Time));
    if (type == QLatin1String("DATETIME"))
        return readable(item.text(DateTime).left(8), item.text(DateTime).mid(8));
    return {};
}

base::Status add(const DataSetValue &item, int depth, qsizetype &left, std::vector<ReportLine> &out)
{
    const base::Error tooLarge(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("report")}});
    if (depth > MostDepth || out.size() >= MostLines)
        return tooLarge;
    ReportLine line;
    const QString type = content::typeOf(item);
    line.depth = depth;
    line.heading = type == QLatin1String("CONTAINER");
    line.name = content::nameOf(item).meaning;
    line.value = valueOf(item, type);
    if (const DataSetValue *reference = item.item(attr::ReferencedSop))
        line.image = instanceOf(*reference);
    left -= line.name.size() + line.value.size();
    if (left < 0)
        return tooLarge;
    const bool says = !line.name.isEmpty() || !line.value.isEmpty() || line.image;
    if (says)
        out.push_back(std::move(line));
    for (const DataSetValue &child : item.items(attr::ContentSequence))
        NARU_TRY(add(child, depth + (says ? 1 : 0), left, out));
    return {};
}
} // namespace

base::Result<std::vector<ReportLine>> reportLines(const DataSetValue &set)
{
    if (!set.has(attr::ContentSequence) && !set.has(attr::ConceptName))
        return errors::WrongObject;
    std::vector<ReportLine> out;
    qsizetype left = MostCharacters;
    NARU_TRY(add(set, 0, left, out));
    return out;
}

} // namespace naru::imaging
