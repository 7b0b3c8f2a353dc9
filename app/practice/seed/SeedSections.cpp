#include "app/practice/seed/SeedSections.h"

#include "app/practice/seed/SeedConsentBody.h"
#include "app/practice/seed/tables/sectionsTable.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"

#include <cstdio>
#include <cstdlib>

namespace naru::practice {

using clinical::CodedValue;
using clinical::LabResult;

namespace {
struct Row {
    QString code{}, title{}, system{};
    QStringList templates{};
};

Row sectionRow(const char *key)
{
    static const base::TsvTable table = base::TsvTable::parse(seed::tables::sections);
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.at(i, "key") == QLatin1String(key))
            return {table.at(i, "code"), table.at(i, "title"), table.at(i, "system"),
                table.at(i, "templates").split(QLatin1Char(' '), Qt::SkipEmptyParts)};
    }
    std::fprintf(stderr, "sections.tsv has no row '%s'\n", key); // a typing mistake of ours
    std::abort();
}

void templates(SeedXml &xml, const char *key)
{
    for (const QString &id : sectionRow(key).templates)
        xml.empty("templateId", {{"root", id}});
}

CodedValue loinc(const char *code, const char *display)
{
    CodedValue value;
    value.code = QLatin1String(code);
    value.system = base::oid("loinc").text();
    value.display = QString::fromUtf8(display);
    return value;
}

QString ref(const char *prefix, size_t index)
{
    return QLatin1String(prefix) + QString::number(index + 1);
}

void textReference(SeedXml &xml, const QString &id, const QString &words = {})
{
    xml.open("text");
    xml.raw().writeCharacters(words);
    xml.empty("reference", {{"value", QLatin1Char('#') + id}});
    xml.close();
}

void low(SeedXml &xml, const base::Timestamp &time, const char *type = nullptr)
{
    xml.open("effectiveTime", {{"xsi:type", QLatin1String(type ? type : "")}});
    if (time.isNull())
        xml.empty("low", {{"nullFlavor", QStringLiteral("UNK")}});
    else
        xml.empty("low", {{"value", time.toHl7()}});
    xml.close();
}

void paragraphs(SeedXml &xml, const QString &text)
{
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        xml.text("paragraph", line);
}

void textSection(SeedXml &xml, const char *key, const clinical::Text &text, const QString &title = {})
{
    if (text.isEmpty())
        return;
    openSeedSection(xml, key, title);
    xml.open("text");
    paragraphs(xml, text.text);
    xml.close();
    closeSeedSection(xml);
}

// "English (Korean)"; whatever there is when one of them is missing.
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
        templates(xml, "problemAct");
        xml.id(root, ref("DX", i));
        xml.empty("code", {{"code", QStringLiteral("CONC")}, {"codeSystem", base::oid("actClass").text()}});
        xml.empty("statusCode", {{"code", QStringLiteral("active")}});
        low(xml, list[i].onset);
        xml.open("entryRelationship", {{"typeCode", QStringLiteral("SUBJ")}});
        xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
        templates(xml, "problemObservation");
        xml.coded("code", loinc("29308-4", "Diagnosis"));
        textReference(xml, ref("dx", i));
        xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
        low(xml, list[i].onset);
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
    templates(xml, "medicationActivity");
    xml.id(root, id.toUpper());
    textReference(xml, id, one.usage);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    low(xml, one.start, "IVL_TS");
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
        medicationEntry(xml, list[i], root, ref(prefix, i));
    closeSeedSection(xml);
}

// ---- 검사결과
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
    templates(xml, "resultOrganizer");
    xml.id(root, QLatin1String(group.extension));
    xml.coded("code", one.code);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", one.time.toHl7()}});
    xml.open("component");
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    templates(xml, "resultObservation");
    xml.coded("code", one.code);
    textReference(xml, id, one.item);
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
            xml.open("tr", {{"ID", ref("lab", i)}});
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

void labs(SeedXml &xml, const std::vector<LabResult> &list, const QString &root)
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
                labEntry(xml, list[i], group, root, ref("lab", i));
        }
    }
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
        templates(xml, "procedureActivity");
        xml.id(root, ref("OP", i));
        xml.coded("code", list[i].code);
        textReference(xml, ref("op", i));
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
    templates(xml, "allergyAct");
    xml.id(root, id.toUpper());
    xml.coded("code", loinc("48765-2", "Allergies"));
    xml.empty("statusCode", {{"code", QStringLiteral("active")}});
    low(xml, one.time);
    xml.open("entryRelationship", {{"typeCode", QStringLiteral("SUBJ")}});
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    templates(xml, "allergyObservation");
    xml.empty("code", {{"code", QStringLiteral("ASSERTION")}, {"codeSystem", base::oid("actCode").text()}});
    textReference(xml, id);
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    low(xml, one.time);
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
        allergyEntry(xml, list[i], root, ref("al", i));
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
    templates(xml, "vitalOrganizer");
    xml.id(root, QStringLiteral("VS"));
    xml.coded("code", loinc("74728-7", "Vital signs"));
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", list.front().time.toHl7()}});
    for (size_t i = 0; i < list.size(); ++i) {
        xml.open("component");
        xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
        templates(xml, "vitalObservation");
        xml.coded("code", list[i].code);
        textReference(xml, ref("vs", i));
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

// ---- 의뢰/회송/전원 사유, with the insurer's relay string in its act (six positions joined by ||&)
void reason(SeedXml &xml, const clinical::Document &document)
{
    const auto &content = document.content;
    if (content.reason.isEmpty() && content.transfer.isEmpty() && content.relay.isEmpty())
        return;
    const QString title = document.form == clinical::Form::Return ? QStringLiteral("회송 사유")
        : document.form == clinical::Form::Emergency              ? QStringLiteral("전원 사유")
                                                                  : QStringLiteral("의뢰 사유");
    openSeedSection(xml, "reason", title);
    xml.open("text");
    paragraphs(xml, content.reason.text);
    if (!content.transfer.isEmpty()) {
        const auto &t = content.transfer;
        xml.open("table", {{"border", QStringLiteral("1")}});
        xml.open("tbody");
        const std::pair<const char *, QString> cells[] = {{"내원일시", t.arrived.toDisplay()},
            {"전원일시", t.transferred.toDisplay()}, {"이송수단", t.transport}, {"차량번호", t.vehicle},
            {"동승 의료인", t.escort}};
        for (const auto &[head, value] : cells) {
            xml.open("tr");
            xml.text("th", QString::fromUtf8(head));
            xml.text("td", value);
            xml.close();
        }
        xml.close();
        xml.close();
    }
    xml.close();
    if (!content.relay.isEmpty()) {
        const auto &r = content.relay;
        xml.open("entry");
        xml.open("act", {{"classCode", QStringLiteral("PCPR")}, {"moodCode", QStringLiteral("EVN")}});
        xml.empty("templateId", {{"root", base::oid("relayActTemplate").text()}});
        xml.empty("code", {{"nullFlavor", QStringLiteral("NI")}});
        xml.text("text",
            QStringList{r.status, r.clinical, r.nonClinical, r.transferType, r.transferClinical,
                r.transferNonClinical}
                .join(QLatin1String("||&")));
        xml.empty("statusCode", {{"code", QStringLiteral("active")}});
        xml.close();
        xml.close();
    }
    closeSeedSection(xml);
}

// ---- 판독소견: an ordered list of ten, and the same as an observation
void reading(SeedXml &xml, const clinical::ImageReading &one, const QString &root, size_t index)
{
    openSeedSection(xml, "reading");
    const QString conclusion = one.findings + QStringLiteral("\n결론: ") + one.conclusion;
    xml.open("text");
    xml.open("list", {{"listType", QStringLiteral("ordered")}, {"ID", ref("reading", index)}});
    for (const QString &item : {one.examined.toDisplay(), one.read.toDisplay(), one.reader, one.imageUrl,
             one.studyUid, one.seriesUid, one.sopUid, conclusion, one.code.code, one.code.text()})
        xml.text("item", item);
    xml.close();
    xml.close();
    xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    xml.id(root, ref("IMG", index));
    xml.coded("code", one.code);
    textReference(xml, ref("reading", index));
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", one.examined.toHl7()}});
    xml.text("value", conclusion, {{"xsi:type", QStringLiteral("ST")}});
    xml.close();
    xml.close();
    closeSeedSection(xml);
}
} // namespace

QStringList seedTemplates(const char *key)
{
    return sectionRow(key).templates;
}

void openSeedSection(SeedXml &xml, const char *key, const QString &title)
{
    const Row row = sectionRow(key);
    xml.open("component");
    xml.open("section");
    for (const QString &id : row.templates)
        xml.empty("templateId", {{"root", id}});
    CodedValue code;
    code.code = row.code;
    code.system = base::oid(row.system.toLatin1().constData()).text();
    code.display = row.title;
    xml.coded("code", code);
    xml.text("title", title.isEmpty() ? row.title : title);
}

void closeSeedSection(SeedXml &xml)
{
    xml.close();
    xml.close();
}

void writeSeedTable(
    SeedXml &xml, const QStringList &head, const QList<QStringList> &rows, const QString &idPrefix)
{
    xml.open("text");
    xml.open("table", {{"border", QStringLiteral("1")}});
    xml.open("thead");
    xml.open("tr");
    for (const QString &cell : head)
        xml.text("th", cell);
    xml.close();
    xml.close();
    xml.open("tbody");
    for (int i = 0; i < rows.size(); ++i) {
        xml.open("tr", {{"ID", idPrefix.isEmpty() ? QString() : idPrefix + QString::number(i + 1)}});
        for (const QString &cell : rows[i])
            xml.text("td", cell);
        xml.close();
    }
    for (int k = 0; k < 3; ++k)
        xml.close();
}

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
        labs(xml, content.labs, root);
        procedures(xml, content.procedures, root);
        allergies(xml, content.allergies, root);
        vitals(xml, content.vitals, root);
        for (size_t i = 0; i < content.readings.size(); ++i)
            reading(xml, content.readings[i], root, i);
        reason(xml, document);
        textSection(xml, "history", content.history);
        textSection(xml, "keyResults", content.keyResults);
        textSection(xml, "opinion", content.opinion,
            document.form == clinical::Form::Reply ? QStringLiteral("치료 및 수술경과") : QString());
        textSection(xml, "plan", content.plan,
            document.form == clinical::Form::Reply ? QStringLiteral("향후 치료방침") : QString());
    }
    xml.close();
    xml.close();
}

} // namespace naru::practice
