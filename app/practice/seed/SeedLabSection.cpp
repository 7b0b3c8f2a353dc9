#include "app/practice/seed/SeedLabSection.h"

#include "app/practice/seed/SeedSectionXml.h"
#include "core/base/Oid.h"

namespace naru::practice {

using clinical::LabResult;

namespace {
struct LabGroup {
    LabResult::Category category;
    const char *extension;
    const char *title;
};
constexpr LabGroup labGroups[] = {{LabResult::Category::Specimen, "Specimen", "검체검사"},
    {LabResult::Category::Pathology, "Pathology", "병리검사"},
    {LabResult::Category::Radiology, "Radiology", "영상검사"},
    {LabResult::Category::Functional, "Functional", "기능검사"}};

bool isNumber(const QString &text)
{
    bool ok = false;
    text.toDouble(&ok);
    return ok;
}

void labEntry(
    SeedXml &xml, const LabResult &one, const LabGroup &group, const QString &root, const QString &id)
{
    xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
    xml.open("organizer", {{"classCode", QStringLiteral("BATTERY")}, {"moodCode", QStringLiteral("EVN")}});
    writeSeedTemplates(xml, "resultOrganizer");
    xml.id(root, QLatin1String(group.extension));
    xml.coded("code", one.code);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", one.time.toHl7()}});
    xml.open("component");
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    writeSeedTemplates(xml, "resultObservation");
    xml.coded("code", one.code);
    writeSeedReference(xml, id, one.item);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", one.time.toHl7()}});
    if (isNumber(one.value))
        xml.empty("value", {{"xsi:type", QStringLiteral("PQ")}, {"value", one.value}, {"unit", one.unit}});
    else
        xml.text("value", one.value, {{"xsi:type", QStringLiteral("ST")}});
    if (!one.interpretation.isEmpty())
        xml.empty("interpretationCode",
            {{"code", one.interpretation}, {"codeSystem", base::oid("observationInterpretation").text()}});
    if (!one.referenceRange.isEmpty()) {
        xml.open("referenceRange");
        xml.open("observationRange");
        xml.text("value", one.referenceRange, {{"xsi:type", QStringLiteral("ST")}});
        xml.close();
        xml.close();
    }
    for (int k = 0; k < 4; ++k)
        xml.close();
}

void labTable(SeedXml &xml, const std::vector<LabResult> &labs, const LabGroup &group)
{
    QList<QStringList> rows;
    QList<size_t> indexes;
    for (size_t i = 0; i < labs.size(); ++i) {
        if (labs[i].category == group.category)
            indexes.append(i);
    }
    xml.open("item");
    xml.text("caption", QStringLiteral("%1 : %2 건").arg(QString::fromUtf8(group.title)).arg(indexes.size()));
    if (!indexes.isEmpty()) {
        xml.open("table", {{"border", QStringLiteral("1")}});
        xml.open("thead");
        xml.open("tr");
        for (const char *head : {"검사일시", "검사코드", "검사명", "결과", "단위", "참고치", "판정"})
            xml.text("th", QString::fromUtf8(head));
        xml.close();
        xml.close();
        xml.open("tbody");
        for (const size_t i : indexes) {
            const LabResult &one = labs[i];
            xml.open("tr", {{"ID", seedRef("lab", i)}});
            for (const QString &cell : {one.time.toDisplay(), one.code.code, one.item, one.value, one.unit,
                     one.referenceRange, one.interpretation})
                xml.text("td", cell);
            xml.close();
        }
        xml.close();
        xml.close();
    }
    xml.close();
}
} // namespace

void writeSeedLabs(SeedXml &xml, const std::vector<LabResult> &list, const QString &root)
{
    if (list.empty())
        return;
    openSeedSection(xml, "labs");
    xml.open("text");
    xml.open("list", {{"listType", QStringLiteral("ordered")}});
    for (const LabGroup &group : labGroups)
        labTable(xml, list, group);
    xml.close();
    xml.close();
    for (size_t i = 0; i < list.size(); ++i) {
        for (const LabGroup &group : labGroups) {
            if (group.category == list[i].category)
                labEntry(xml, list[i], group, root, seedRef("lab", i));
        }
    }
    closeSeedSection(xml);
}

} // namespace naru::practice
