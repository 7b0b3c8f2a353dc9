#include "app/practice/seed/ReturnLetter.h"

#include "app/practice/seed/ReferralReader.h"
#include "app/practice/seed/SeedContent.h"
#include "app/practice/seed/SeedDocuments.h"
#include "core/base/Hangul.h"

#include <algorithm>

namespace naru::practice {

namespace {
// The case of which the referral's diagnoses share most, first by the whole code, then by its first three
// characters.
const SeedCase *closestCase(const SeedTables &tables, const Referral &referral, const QDate &day)
{
    const SeedCase *best = nullptr;
    int bestScore = 0;
    const std::vector<clinical::Problem> &problems = referral.problems;
    const int age = referral.patient.ageOn(day);
    const QString sex = clinical::sexToHl7(referral.patient.sex);
    for (const SeedCase &one : tables.cases) {
        // Doses and courses are for that age and sex.
        if ((age >= 0 && (age < one.youngest || age > one.oldest))
            || (one.sex != QLatin1String("*") && one.sex != sex))
            continue;
        int score = 0;
        for (size_t i = 0; i < problems.size(); ++i) {
            QString code = problems[i].code.code;
            code.remove(QLatin1Char('.'));
            for (const QStringList &row : one.all("dx")) {
                const int weight = (i == 0 ? 4 : 1) * (row.value(1) == QLatin1String("main") ? 2 : 1);
                if (row.value(0) == code)
                    score += 2 * weight;
                else if (code.size() >= 3 && row.value(0).startsWith(code.left(3)))
                    score += weight;
            }
        }
        if (score > bestScore) {
            bestScore = score;
            best = &one;
        }
    }
    return best;
}

QString mainDiagnosis(const Referral &referral)
{
    return referral.problems.empty() ? QStringLiteral("의뢰하신 증상")
                                     : referral.problems.front().code.text();
}

// No case fits: the answer speaks only of what the referral said.
clinical::Content plainContent(const Referral &referral)
{
    clinical::Content content;
    const QString diagnosis = mainDiagnosis(referral);
    content.opinion.text =
        QStringLiteral("의뢰해 주신 %1 평가하였습니다. 진찰과 기본 검사에서 급성 악화 소견은 없었고 "
                       "현재 치료를 유지하시는 것이 적절합니다.")
            .arg(base::withParticle(diagnosis, "을/를"));
    content.plan.text = QStringLiteral("4주 후 귀 의원에서 경과 확인. 증상이 심해지면 다시 의뢰 바랍니다.");
    return content;
}

clinical::Content answerContent(
    const Referral &referral, const SeedTables &tables, const base::Timestamp &when, SeedRandom &random)
{
    const SeedCase *course = closestCase(tables, referral, when.date());
    SeedMoment moment;
    moment.time = when;
    moment.progress = 1;
    moment.years = random.between(2, 9);
    moment.onset = base::Timestamp::fromDate(when.date());
    clinical::Content content = course ? makeContent(tables, *course, clinical::Form::Return, moment, random)
                                       : plainContent(referral);
    if (course && course->text("history").contains(QLatin1String("{years}")))
        content.history = {}; // the number of years would be invented for a real sender's patient
    // Diagnoses are the sender's, confirmed, with what the hospital found besides; medicines start from the
    // sender's list.
    std::vector<clinical::Problem> problems = referral.problems;
    for (clinical::Problem &one : problems) {
        QString code = one.code.code;
        one.code.displayEn = tables.coded("kcd", code.remove(QLatin1Char('.'))).displayEn;
    }
    for (const clinical::Problem &found : content.problems) {
        const bool known = std::any_of(problems.begin(), problems.end(), [&](const clinical::Problem &one) {
            QString code = one.code.code;
            return code.remove(QLatin1Char('.')) == found.code.code;
        });
        if (!known)
            problems.push_back(found);
    }
    content.problems = problems;
    if (!referral.medications.empty())
        content.medications = referral.medications;
    content.allergies.clear(); // nothing the sender did not say
    content.reason.text = QStringLiteral("의뢰해 주신 %1 진료를 마치고 상태가 안정되어 회송합니다.")
                              .arg(base::withParticle(mainDiagnosis(referral), "으로/로"));
    QStringList changes;
    for (const clinical::Medication &one : content.dischargeMedications)
        changes.append(
            QStringLiteral("%1 %2 %3").arg(one.code.text(), one.doseValue + one.doseUnit, one.usage));
    content.keyResults.text = changes.isEmpty()
        ? QStringLiteral("약물 변경: 없음. 기존 처방을 유지합니다.")
        : QStringLiteral("약물 변경: 추가 ") + changes.join(QLatin1String("; "));
    content.relay = {QStringLiteral("01"), {}, {}, QStringLiteral("02"), QStringLiteral("02"), {}};
    return content;
}
} // namespace

base::Result<SeedDocument> composeReturn(const QByteArray &bytes, const ReturnOptions &options)
{
    NARU_ASSIGN(const Referral referral, readReferral(bytes));
    const SeedTables tables = SeedTables::load();
    SeedRandom random(options.seed);
    SeedDocument out;
    clinical::Document &document = out.document;
    document.form = clinical::Form::Return;
    document.title = clinical::formTitleKo(document.form);
    document.effectiveTime = base::Timestamp::fromDateTime(options.when.toOffsetFromUtc(9 * 3600));
    document.patient =
        referral.patient; // same header: the number stays the sender's, by which the sender finds the patient
    document.author = makeDoctor(tables, options.hospital,
        referral.askedDepartment.code.isEmpty() ? QStringLiteral("0100") : referral.askedDepartment.code,
        random);
    document.authenticator = document.author;
    document.custodian = options.hospital;
    document.encounter.code = QStringLiteral("AMB");
    clinical::Recipient recipient;
    recipient.institution = referral.institution;
    recipient.doctor = referral.doctor;
    recipient.department = referral.doctor.department;
    document.recipients = {recipient};
    document.inReplyTo = referral.id;
    document.content = answerContent(referral, tables, document.effectiveTime, random);
    out.repliesTo = referral.id.extension.isEmpty()
        ? referral.id.root
        : referral.id.root + QLatin1Char('^') + referral.id.extension;
    SeedDocuments::seal(out, options.hospital, options.serial, random);
    return out;
}

} // namespace naru::practice
