#include "app/practice/seed/SeedContent.h"

#include "core/base/Oid.h"
#include "core/terminology/ValueSets.h"

#include <algorithm>

namespace naru::practice {

using clinical::Content;
using clinical::Form;
using clinical::LabResult;

namespace {
// Written before the hospital has seen the patient: what it will find is not known yet.
bool before(Form form)
{
    return form == Form::Referral || form == Form::Emergency;
}

std::vector<clinical::Problem> problems(
    const SeedTables &tables, const SeedCase &course, Form form, const SeedMoment &moment)
{
    std::vector<clinical::Problem> out;
    for (const QStringList &row : course.all("dx")) {
        if (before(form) && row.value(2) == QLatin1String("later"))
            continue;
        clinical::Problem one;
        one.code = tables.coded("kcd", row.value(0));
        one.onset = moment.onset;
        one.main = row.value(1) == QLatin1String("main");
        if (form == Form::Emergency && one.main)
            one.severity = QStringLiteral("중증");
        out.push_back(one);
    }
    return out;
}

// Product codes are invented in the shape of the nine-digit code (9990 is given to no company); the
// ingredient is real.
clinical::CodedValue product(const SeedTables &tables, const QStringList &row)
{
    const clinical::CodedValue atc = tables.coded("atc", row.value(0));
    quint32 mix = 0;
    for (const QChar c : row.value(0) + row.value(1))
        mix = (mix * 31 + c.unicode()) % 100000;
    clinical::CodedValue value;
    value.code = QStringLiteral("9990%1").arg(mix, 5, 10, QLatin1Char('0'));
    value.system = base::oid("edi").text();
    value.display = QStringLiteral("연습%1 %2%3").arg(atc.display, row.value(1), row.value(2));
    value.translations.push_back(atc);
    return value;
}

void medications(std::vector<clinical::Medication> &out, const SeedTables &tables,
    const std::vector<QStringList> &rows, const SeedMoment &moment)
{
    for (const QStringList &row : rows) {
        if (row.value(0).isEmpty())
            continue;
        clinical::Medication one;
        one.code = product(tables, row);
        one.start = base::Timestamp::fromDate(moment.time.date());
        one.doseValue = row.value(1);
        // Units that are counted pieces are annotations in UCUM.
        const bool counted = !row.value(2).isEmpty() && row.value(2)[0].unicode() >= 0xAC00;
        one.doseUnit = counted ? QLatin1Char('{') + row.value(2) + QLatin1Char('}') : row.value(2);
        one.timesPerDay = row.value(3);
        one.days = row.value(4);
        one.usage = row.value(5);
        out.push_back(one);
    }
}

LabResult laboratory(
    const SeedTables &tables, const QStringList &row, const SeedMoment &moment, SeedRandom &random)
{
    const SeedLab lab = tables.labs.value(row.value(0));
    const double from = row.value(1).toDouble();
    const double to = row.value(2).toDouble();
    const double wave = 1.0 + (random.unit() - 0.5) * 0.06;
    LabResult one;
    one.code = tables.coded("loinc", row.value(0));
    one.item = lab.name;
    one.time = moment.time;
    one.value = QString::number((from + (to - from) * moment.progress) * wave, 'f', lab.decimals);
    one.unit = lab.unit;
    one.referenceRange = lab.range();
    one.interpretation = lab.judge(one.value.toDouble());
    return one;
}

LabResult described(
    const SeedTables &tables, LabResult::Category category, const QStringList &row, const SeedMoment &moment)
{
    LabResult one;
    one.category = category;
    if (row.value(0).isEmpty()) {
        one.code.nullFlavor = QStringLiteral("OTH");
        one.code.originalText = row.value(1);
    } else {
        one.code = tables.coded("loinc", row.value(0));
    }
    one.item = row.value(1);
    one.time = moment.time;
    const bool radiology = category == LabResult::Category::Radiology;
    one.value = radiology ? row.value(3) : row.value(2);
    if (!radiology) {
        one.unit = row.value(3);
        one.referenceRange = row.value(4);
    }
    return one;
}

std::vector<LabResult> results(
    const SeedTables &tables, const SeedCase &course, Form form, const SeedMoment &moment, SeedRandom &random)
{
    std::vector<LabResult> out;
    for (const QStringList &row : course.all("lab"))
        out.push_back(laboratory(tables, row, moment, random));
    for (const QStringList &row : course.all("img")) {
        if (!before(form) || row.value(5) == QLatin1String("clinic"))
            out.push_back(described(tables, LabResult::Category::Radiology, row, moment));
    }
    if (before(form))
        return out;
    for (const QStringList &row : course.all("path"))
        out.push_back(described(tables, LabResult::Category::Pathology, row, moment));
    for (const QStringList &row : course.all("func"))
        out.push_back(described(tables, LabResult::Category::Functional, row, moment));
    return out;
}

std::vector<clinical::VitalSign> vitals(
    const SeedTables &tables, const SeedCase &course, const SeedMoment &moment, SeedRandom &random)
{
    static constexpr const char *codes[] = {"8480-6", "8462-4", "8310-5", "8867-4", "8302-2", "3141-9"};
    static constexpr const char *units[] = {"mm[Hg]", "mm[Hg]", "Cel", "/min", "cm", "kg"};
    std::vector<clinical::VitalSign> out;
    if (!course.has("vital"))
        return out;
    const QStringList row = course.all("vital").front();
    for (int i = 0; i < 6; ++i) {
        clinical::VitalSign one;
        one.code = tables.coded("loinc", QLatin1String(codes[i]));
        one.time = moment.time;
        const double base = row.value(i).toDouble();
        one.value = i == 2 ? QString::number(base + random.between(-2, 2) / 10.0, 'f', 1)
                           : QString::number(int(base) + (i == 4 ? 0 : random.between(-4, 4)));
        one.unit = QLatin1String(units[i]);
        out.push_back(one);
    }
    return out;
}

std::vector<clinical::Procedure> procedures(
    const SeedTables &tables, const SeedCase &course, const SeedMoment &moment)
{
    std::vector<clinical::Procedure> out;
    for (const QStringList &row : course.all("proc")) {
        clinical::Procedure one;
        one.code = tables.coded("icd9cm", row.value(0));
        one.time = base::Timestamp::fromDate(moment.time.date());
        const auto anaesthesia = terminology::valueSetEntry(QStringLiteral("anaesthesia"), row.value(1));
        one.anaesthesia = anaesthesia ? anaesthesia->ko : QString();
        one.diagnosis = tables.coded("kcd", row.value(2));
        out.push_back(one);
    }
    return out;
}

QString filled(QString text, const Content &content, const SeedMoment &moment)
{
    text.replace(QLatin1String("{years}"), QString::number(moment.years));
    for (const LabResult &lab : content.labs)
        text.replace(QStringLiteral("{lab:%1}").arg(lab.code.code), lab.value);
    return text;
}

clinical::ImageReading reading(
    const SeedTables &tables, const QStringList &row, const SeedMoment &moment, SeedRandom &random)
{
    clinical::ImageReading one;
    one.examined = moment.time;
    one.read = base::Timestamp::fromDateTime(
        moment.time.earliestUtc().addSecs(random.between(40, 2000) * 60).toOffsetFromUtc(9 * 3600));
    one.reader = moment.readerName;
    if (row.value(0).isEmpty()) {
        one.code.nullFlavor = QStringLiteral("OTH");
        one.code.originalText = row.value(1);
    } else {
        one.code = tables.coded("loinc", row.value(0));
    }
    one.findings = row.value(2);
    one.conclusion = row.value(3);
    return one;
}

// What each form carries besides the diagnoses (deck screens and the module's own rules; the official table
// is not public).
void forms(
    Content &content, const SeedTables &tables, const SeedCase &course, Form form, const SeedMoment &moment)
{
    const bool answers = form == Form::Return || form == Form::Reply;
    if (answers || form == Form::Summary) {
        content.procedures = procedures(tables, course, moment);
        content.plan.text = filled(course.text("plan"), content, moment);
    }
    if (form == Form::Return)
        medications(content.dischargeMedications, tables, course.all("med2"), moment);
    if (answers)
        content.history.text = filled(course.text("history"), content, moment);
    content.opinion.text = filled(course.text(form == Form::Return ? "return" : "opinion"), content, moment);
    if (form == Form::Referral) {
        content.reason.text = filled(course.text("reason"), content, moment);
        content.opinion.text.clear();
        content.history.text = filled(course.text("history"), content, moment);
        content.relay = {QStringLiteral("02"),
            course.has("proc") ? QStringLiteral("03") : QStringLiteral("02"), {}, {}, {}, {}};
    } else if (form == Form::Return) {
        content.reason.text = QStringLiteral(
            "급성기 치료를 마치고 상태가 안정되어 의뢰하신 의료기관에서 계속 관리하시도록 회송합니다.");
        content.relay = {QStringLiteral("01"), {}, {}, QStringLiteral("02"),
            course.has("proc") ? QStringLiteral("01") : QStringLiteral("02"), {}};
    } else if (form == Form::Emergency) {
        content.reason.text = filled(course.text("emergency"), content, moment);
        content.opinion.text = QStringLiteral("전원 중 활력징후를 10분 간격으로 확인하였으며 의식은 "
                                              "명료합니다. 도착 즉시 전문의 평가를 부탁드립니다.");
    }
}
} // namespace

Content makeContent(
    const SeedTables &tables, const SeedCase &course, Form form, const SeedMoment &moment, SeedRandom &random)
{
    Content content;
    content.problems = problems(tables, course, form, moment);
    if (form == Form::ImagingReport) {
        for (const QStringList &row : course.all("img"))
            content.readings.push_back(reading(tables, row, moment, random));
        return content;
    }
    const bool home = before(form) && course.has("home");
    medications(content.medications, tables, course.all(home ? "home" : "med"), moment);
    content.labs = results(tables, course, form, moment, random);
    content.vitals = vitals(tables, course, moment, random);
    forms(content, tables, course, form, moment);
    if (random.chance(22)) {
        clinical::Allergy allergy;
        allergy.kind.nullFlavor = QStringLiteral("OTH");
        allergy.kind.originalText = QStringLiteral("약물 알레르기");
        static constexpr const char *agents[] = {"J01CA04", "M01AE01", "J01DC04", "N02AX02"};
        static constexpr const char *reactions[] = {
            "전신 두드러기", "얼굴과 입술 부종", "발진과 가려움", "구역과 어지럼"};
        const int which = random.below(4);
        allergy.agent = tables.coded("atc", QLatin1String(agents[which]));
        allergy.reaction = QString::fromUtf8(reactions[which]);
        allergy.time = moment.onset;
        content.allergies.push_back(allergy);
    }
    return content;
}

} // namespace naru::practice
