#include "app/practice/seed/SeedSections.h"

#include "app/practice/seed/SeedConsentBody.h"
#include "app/practice/seed/SeedLabSection.h"
#include "app/practice/seed/SeedNarrative.h"
#include "app/practice/seed/SeedSectionXml.h"
#include "core/base/Oid.h"

namespace naru::practice {

using clinical::CodedValue;

namespace {
QString bothNames(const CodedValue &code)
{
    if (code.displayEn.isEmpty())
        return code.text();
    return QStringLiteral("%1 (%2)").arg(code.displayEn, code.display);
}

// ---- 진단내역
void problems(SeedXml &xml, const clinical::Document &document, const QString &root)
{
    const auto &list = document.content.problems;
    if (list.empty())
        return;
    openSeedSection(xml, "problems");
    QList<QStringList> rows;
    for (const auto &one : list)
        rows.append({one.onset.toDisplay(), one.code.code, bothNames(one.code), one.severity});
    writeSeedTable(xml,
        {QStringLiteral("진단일자"), QStringLiteral("진단코드"), QStringLiteral("진단명"),
            QStringLiteral("중증도")},
        rows, QStringLiteral("dx"));
    for (size_t i = 0; i < list.size(); ++i) {
        xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
        xml.open("act", {{"classCode", QStringLiteral("ACT")}, {"moodCode", QStringLiteral("EVN")}});
        writeSeedTemplates(xml, "problemAct");
        xml.id(root, seedRef("DX", i));
        xml.empty("code", {{"code", QStringLiteral("CONC")}, {"codeSystem", base::oid("actClass").text()}});
        xml.empty("statusCode", {{"code", QStringLiteral("active")}});
        writeSeedLow(xml, list[i].onset);
        xml.open("entryRelationship", {{"typeCode", QStringLiteral("SUBJ")}});
        xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
        writeSeedTemplates(xml, "problemObservation");
        xml.coded("code", seedLoinc("29308-4", "Diagnosis"));
        writeSeedReference(xml, seedRef("dx", i));
        xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
        writeSeedLow(xml, list[i].onset);
        xml.coded("value", list[i].code, "CD");
        for (int k = 0; k < 4; ++k)
            xml.close();
    }
    closeSeedSection(xml);
}

// ---- 약물처방, 퇴원투약
void medicationEntry(SeedXml &xml, const clinical::Medication &one, const QString &root, const QString &id)
{
    xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
    xml.open("substanceAdministration",
        {{"classCode", QStringLiteral("SBADM")}, {"moodCode", QStringLiteral("EVN")}});
    writeSeedTemplates(xml, "medicationActivity");
    xml.id(root, id.toUpper());
    writeSeedReference(xml, id, one.usage);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    writeSeedLow(xml, one.start, "IVL_TS");
    xml.open("effectiveTime", {{"xsi:type", QStringLiteral("PIVL_TS")}, {"operator", QStringLiteral("A")}});
    xml.empty("period", {{"value", one.days}, {"unit", QStringLiteral("d")}});
    xml.close();
    xml.empty("repeatNumber", {{"value", one.timesPerDay}});
    xml.empty("doseQuantity", {{"value", one.doseValue}, {"unit", one.doseUnit}});
    xml.open("consumable");
    xml.open("manufacturedProduct", {{"classCode", QStringLiteral("MANU")}});
    xml.open("manufacturedMaterial");
    xml.coded("code", one.code);
    xml.text("name", one.code.display);
    for (int k = 0; k < 5; ++k)
        xml.close();
}

void medications(SeedXml &xml, const char *key, const char *prefix,
    const std::vector<clinical::Medication> &list, const QString &root)
{
    if (list.empty())
        return;
    openSeedSection(xml, key);
    QList<QStringList> rows;
    for (const auto &one : list)
        rows.append({one.start.toDisplay(), one.code.code, one.code.display,
            one.code.translations.empty() ? QString() : one.code.translations.front().display,
            one.doseValue + QLatin1Char(' ') + one.doseUnit, one.timesPerDay, one.days, one.usage});
    writeSeedTable(xml,
        {QStringLiteral("처방일시"), QStringLiteral("약품코드"), QStringLiteral("약품명"),
            QStringLiteral("주성분"), QStringLiteral("1회 용량"), QStringLiteral("1일 횟수"),
            QStringLiteral("투여일수"), QStringLiteral("용법")},
        rows, QLatin1String(prefix));
    for (size_t i = 0; i < list.size(); ++i)
        medicationEntry(xml, list[i], root, seedRef(prefix, i));
    closeSeedSection(xml);
}

// ---- 수술/처치
void procedures(SeedXml &xml, const std::vector<clinical::Procedure> &list, const QString &root)
{
    if (list.empty())
        return;
    openSeedSection(xml, "procedures");
    QList<QStringList> rows;
    for (const auto &one : list)
        rows.append(
            {one.time.toDisplay(), one.code.code, one.code.display, one.diagnosis.display, one.anaesthesia});
    writeSeedTable(xml,
        {QStringLiteral("수술일자"), QStringLiteral("수술코드"), QStringLiteral("수술명"),
            QStringLiteral("수술 후 진단명"), QStringLiteral("마취종류")},
        rows, QStringLiteral("op"));
    for (size_t i = 0; i < list.size(); ++i) {
        xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
        xml.open("procedure", {{"classCode", QStringLiteral("PROC")}, {"moodCode", QStringLiteral("EVN")}});
        writeSeedTemplates(xml, "procedureActivity");
        xml.id(root, seedRef("OP", i));
        xml.coded("code", list[i].code);
        writeSeedReference(xml, seedRef("op", i));
        xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
        xml.empty("effectiveTime", {{"value", list[i].time.toHl7()}});
        xml.close();
        xml.close();
    }
    closeSeedSection(xml);
}

// ---- 알러지
void allergyEntry(SeedXml &xml, const clinical::Allergy &one, const QString &root, const QString &id)
{
    xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
    xml.open("act", {{"classCode", QStringLiteral("ACT")}, {"moodCode", QStringLiteral("EVN")}});
    writeSeedTemplates(xml, "allergyAct");
    xml.id(root, id.toUpper());
    xml.coded("code", seedLoinc("48765-2", "Allergies"));
    xml.empty("statusCode", {{"code", QStringLiteral("active")}});
    writeSeedLow(xml, one.time);
    xml.open("entryRelationship", {{"typeCode", QStringLiteral("SUBJ")}});
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    writeSeedTemplates(xml, "allergyObservation");
    xml.empty("code", {{"code", QStringLiteral("ASSERTION")}, {"codeSystem", base::oid("actCode").text()}});
    writeSeedReference(xml, id);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    writeSeedLow(xml, one.time);
    xml.coded("value", one.kind, "CD");
    xml.open("participant", {{"typeCode", QStringLiteral("CSM")}});
    xml.open("participantRole", {{"classCode", QStringLiteral("MANU")}});
    xml.open("playingEntity", {{"classCode", QStringLiteral("MMAT")}});
    xml.coded("code", one.agent);
    xml.text("name", one.agent.text());
    for (int k = 0; k < 3; ++k)
        xml.close();
    xml.open("entryRelationship",
        {{"typeCode", QStringLiteral("MFST")}, {"inversionInd", QStringLiteral("true")}});
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    xml.empty("code", {{"code", QStringLiteral("ASSERTION")}, {"codeSystem", base::oid("actCode").text()}});
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.text("value", one.reaction, {{"xsi:type", QStringLiteral("ST")}});
    for (int k = 0; k < 6; ++k)
        xml.close();
}

void allergies(SeedXml &xml, const std::vector<clinical::Allergy> &list, const QString &root)
{
    if (list.empty())
        return;
    openSeedSection(xml, "allergies");
    QList<QStringList> rows;
    for (const auto &one : list)
        rows.append({one.time.toDisplay(), one.kind.text(), one.agent.text(), one.agent.code, one.reaction});
    writeSeedTable(xml,
        {QStringLiteral("확인일자"), QStringLiteral("유형"), QStringLiteral("알러지명"),
            QStringLiteral("약품코드"), QStringLiteral("반응")},
        rows, QStringLiteral("al"));
    for (size_t i = 0; i < list.size(); ++i)
        allergyEntry(xml, list[i], root, seedRef("al", i));
    closeSeedSection(xml);
}

// ---- 생체신호
void vitals(SeedXml &xml, const std::vector<clinical::VitalSign> &list, const QString &root)
{
    if (list.empty())
        return;
    openSeedSection(xml, "vitals");
    QList<QStringList> rows;
    for (const auto &one : list)
        rows.append({one.time.toDisplay(), one.code.display, one.value, one.unit});
    writeSeedTable(xml,
        {QStringLiteral("측정일시"), QStringLiteral("항목"), QStringLiteral("값"), QStringLiteral("단위")},
        rows, QStringLiteral("vs"));
    xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
    xml.open("organizer", {{"classCode", QStringLiteral("CLUSTER")}, {"moodCode", QStringLiteral("EVN")}});
    writeSeedTemplates(xml, "vitalOrganizer");
    xml.id(root, QStringLiteral("VS"));
    xml.coded("code", seedLoinc("74728-7", "Vital signs"));
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", list.front().time.toHl7()}});
    for (size_t i = 0; i < list.size(); ++i) {
        xml.open("component");
        xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
        writeSeedTemplates(xml, "vitalObservation");
        xml.coded("code", list[i].code);
        writeSeedReference(xml, seedRef("vs", i));
        xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
        xml.empty("effectiveTime", {{"value", list[i].time.toHl7()}});
        xml.empty(
            "value", {{"xsi:type", QStringLiteral("PQ")}, {"value", list[i].value}, {"unit", list[i].unit}});
        xml.close();
        xml.close();
    }
    xml.close();
    xml.close();
    closeSeedSection(xml);
}
} // namespace

void writeSeedBody(SeedXml &xml, const clinical::Document &document)
{
    const clinical::Content &content = document.content;
    const QString root =
        document.id.root; // of this document alone, so that its entries are unique everywhere
    xml.open("component");
    xml.open("structuredBody");
    if (document.consent) {
        writeSeedConsent(xml, document);
    } else {
        problems(xml, document, root);
        medications(xml, "medications", "med", content.medications, root);
        medications(xml, "discharge", "dis", content.dischargeMedications, root);
        writeSeedLabs(xml, content.labs, root);
        procedures(xml, content.procedures, root);
        allergies(xml, content.allergies, root);
        vitals(xml, content.vitals, root);
        for (size_t i = 0; i < content.readings.size(); ++i)
            writeSeedReading(xml, content.readings[i], root, i);
        writeSeedReason(xml, document);
        writeSeedText(xml, "history", content.history);
        writeSeedText(xml, "keyResults", content.keyResults);
        writeSeedText(xml, "opinion", content.opinion,
            document.form == clinical::Form::Reply ? QStringLiteral("치료 및 수술경과") : QString());
        writeSeedText(xml, "plan", content.plan,
            document.form == clinical::Form::Reply ? QStringLiteral("향후 치료방침") : QString());
    }
    xml.close();
    xml.close();
}

} // namespace naru::practice
