// Documents for the tests: one full document a form, and random ones that keep to what a document can carry.
#pragma once

#include "core/base/Oid.h"
#include "core/clinical/forms/Fields.h"

#include <QRandomGenerator>

namespace samples {

using namespace naru::clinical;
using naru::base::Timestamp;

inline Timestamp ts(const char *hl7)
{
    return *Timestamp::parseHl7(QString::fromLatin1(hl7));
}

inline CodedValue cv(const char *code, const char *oidName, const char *ko, const char *en = "")
{
    CodedValue value;
    value.code = QString::fromLatin1(code);
    value.system = naru::base::oid(oidName).text();
    value.display = QString::fromUtf8(ko);
    value.displayEn = QString::fromUtf8(en);
    return value;
}

inline Institution clinic()
{
    Institution i;
    i.oid = QStringLiteral("1.2.410.100110.10.31999001");
    i.number = QStringLiteral("31999001");
    i.name = QStringLiteral("나루연습의원");
    i.phone = QStringLiteral("02-555-0101");
    i.address = {QStringLiteral("서울특별시 중구 나루로 1"), QStringLiteral("2층"), QStringLiteral("04500")};
    return i;
}

inline Recipient hospital()
{
    Recipient r;
    r.institution.oid = QStringLiteral("1.2.410.100110.10.11999002");
    r.institution.number = QStringLiteral("11999002");
    r.institution.name = QStringLiteral("한빛대학교병원");
    r.institution.phone = QStringLiteral("02-555-0202");
    r.department = {QStringLiteral("1200"), QStringLiteral("안과")};
    r.doctor.licence = QStringLiteral("55001");
    r.doctor.name = QStringLiteral("이안과");
    r.doctor.phone = QStringLiteral("02-555-0203");
    return r;
}

// One-pixel PNG.
inline QByteArray png()
{
    return QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");
}

inline Document header(Form form)
{
    Document d;
    d.form = form;
    d.id = {QStringLiteral("1.2.410.100110.40.2.1.1.31999001.20261122140100123456"),
        QStringLiteral("310990012026112200001").replace(0, 8, QStringLiteral("31999001"))};
    d.title = formTitleKo(form);
    d.effectiveTime = ts("20261122140100+0900");
    d.patient.localId = {clinic().oid, QStringLiteral("00123456")};
    d.patient.name = QStringLiteral("홍길동");
    d.patient.sex = Sex::Male;
    d.patient.birthDate = ts("19610302");
    d.patient.phone = QStringLiteral("010-5555-0101");
    d.patient.address = {
        QStringLiteral("서울특별시 마포구 강변로 2"), QStringLiteral("301호"), QStringLiteral("04001")};
    d.author = {{}, QStringLiteral("99001"), QStringLiteral("김나루"), QStringLiteral("02-555-0101"),
        {QStringLiteral("0100"), QStringLiteral("내과")}};
    d.authenticator.userId = QStringLiteral("doctor");
    d.authenticator.name = QStringLiteral("김나루");
    d.authenticator.phone = QStringLiteral("02-555-0101");
    d.custodian = clinic();
    d.encounter.start = ts("202611221330+0900");
    return d;
}

inline Content clinicalContent()
{
    Content c;
    Problem diabetes;
    diabetes.code = cv("E11.9", "kcd", "2형 당뇨병", "Type 2 diabetes mellitus");
    diabetes.code.translations = {cv("H0012345", "kostom", "제2형 당뇨병")};
    diabetes.onset = ts("20240511");
    diabetes.main = true;
    Problem retina;
    retina.code = cv("H36.0", "kcd", "당뇨병성 망막병증");
    retina.code.originalText = QStringLiteral("양안 망막병증 의심");
    retina.code.side = QStringLiteral("both");
    retina.onset = ts("2026");
    c.problems = {diabetes, retina};
    Medication metformin;
    metformin.code = cv("642900010", "kd", "메트포르민정 500밀리그램");
    metformin.code.translations = {cv("A10BA02", "atc", "metformin")};
    metformin.start = ts("20261001");
    metformin.doseValue = QStringLiteral("500");
    metformin.doseUnit = QStringLiteral("mg");
    metformin.timesPerDay = QStringLiteral("2");
    metformin.days = QStringLiteral("90");
    metformin.usage = QStringLiteral("아침 저녁 식후");
    c.medications = {metformin};
    LabResult hba1c;
    hba1c.code = cv("D3061", "edi", "당화혈색소", "Hemoglobin A1c");
    hba1c.item = QStringLiteral("HbA1c");
    hba1c.time = ts("202611200830+0900");
    hba1c.value = QStringLiteral("7.1");
    hba1c.unit = QStringLiteral("%");
    hba1c.referenceRange = QStringLiteral("4.0-6.0");
    hba1c.interpretation = QStringLiteral("H");
    hba1c.laboratory = QStringLiteral("나루검사실");
    LabResult ct;
    ct.category = LabResult::Category::Radiology;
    ct.code = cv("HA451", "edi", "흉부 CT");
    ct.time = ts("20261119");
    ct.value = QStringLiteral("특이 소견 없음");
    ct.viewerUrl = QStringLiteral("https://viewer.example/?a=1&b=2");
    ct.accessionNumber = QStringLiteral("A-1001");
    ct.kosUid = QStringLiteral("1.2.410.100110.10.31999001.20261119101500");
    c.labs = {hba1c, ct};
    Allergy penicillin;
    penicillin.kind = cv("H00501805", "kostom", "약물 알레르기");
    penicillin.agent = cv("H00400001", "kostom", "페니실린");
    penicillin.reaction = QStringLiteral("두드러기");
    penicillin.time = ts("2019");
    c.allergies = {penicillin};
    VitalSign systolic;
    systolic.code = cv("8480-6", "loinc", "수축기 혈압");
    systolic.time = ts("202611221340+0900");
    systolic.value = QStringLiteral("138");
    systolic.unit = QStringLiteral("mm[Hg]");
    c.vitals = {systolic};
    c.reason.text = QStringLiteral("1년 전부터 시력이 떨어져\n안저 검사와 치료를 의뢰합니다.");
    c.history.text = QStringLiteral("2019년 백내장 수술");
    return c;
}

inline Document full(Form form)
{
    Document d = header(form);
    if (form == Form::Consent || form == Form::Withdrawal) {
        ConsentStatement s;
        const bool consent = form == Form::Consent;
        s.programmes = {Programme::Exchange, Programme::ReferralReturn};
        s.policy = naru::base::oid(consent ? "krConsentAll" : "krWithdrawPart").text();
        s.date = ts("20261122");
        s.signerName = QStringLiteral("홍길동");
        s.signerPhone = QStringLiteral("010-5555-0101");
        s.signaturePng = png();
        if (consent) {
            s.validUntil = ts("20271121");
            s.recipientText = QStringLiteral("참여 의료기관");
            s.purposeText = QStringLiteral("이어지는 진료");
            s.itemsText = QStringLiteral("진단, 약, 검사\n영상 판독");
            s.periodText = QStringLiteral("2027-11-21까지");
            s.refusalText = QStringLiteral("거부해도 진료는 받을 수 있습니다");
            s.agreedProvision = s.agreedSensitive = true;
            s.textVersion = QStringLiteral("practice-2026-11");
        } else {
            Institution from;
            from.oid = hospital().institution.oid;
            from.number = hospital().institution.number;
            from.name = hospital().institution.name;
            s.withdrawnInstitutions = {from};
            s.reason = QStringLiteral("다른 병원으로 옮김");
        }
        d.consent = s;
        return d;
    }
    d.content = clinicalContent();
    if (form != Form::Summary && form != Form::ImagingReport)
        d.recipients = {hospital()};
    if (form == Form::Referral)
        d.content.relay = {QStringLiteral("02"), QStringLiteral("01"), {}, {}, {}, {}};
    if (form == Form::Return || form == Form::Reply) {
        d.inReplyTo = {QStringLiteral("1.2.410.100110.40.2.1.1.11999002.20261118090000654321"), {}};
        d.content.opinion.text = QStringLiteral("레이저 치료 후 경과 양호");
        d.content.plan.text = QStringLiteral("3개월 후 재검");
    }
    if (form == Form::Return) {
        d.content.relay.transferType = QStringLiteral("02");
        d.content.dischargeMedications = d.content.medications;
        Procedure laser;
        laser.code = cv("14.24", "icd9cm", "망막 레이저 광응고술");
        laser.time = ts("20261119");
        laser.diagnosis = cv("H36.0", "kcd", "당뇨병성 망막병증");
        laser.anaesthesia = QStringLiteral("국소마취");
        d.content.procedures = {laser};
    }
    if (form == Form::Summary) {
        Immunization flu;
        flu.code = cv("H0070001", "kostom", "인플루엔자");
        flu.time = ts("20261015");
        flu.dose = QStringLiteral("1");
        d.content.immunizations = {flu};
        d.content.social.smoking = cv("H0080001", "kostom", "과거 흡연");
        d.content.social.note = QStringLiteral("2010년 금연");
        InfectiousDisease measles;
        measles.code = cv("B05", "kcd", "홍역");
        measles.onset = ts("20260301");
        measles.reported = ts("20260302");
        measles.diagnosed = ts("202603021100+0900");
        measles.classification = QStringLiteral("확진");
        d.content.infections = {measles};
        d.replaces = {QStringLiteral("1.2.410.100110.40.2.1.4.31999001.20261101090000111111"), {}};
        d.setId = QStringLiteral("set-1");
        d.version = 2;
    }
    if (form == Form::ImagingReport) {
        ImageReading r;
        r.examined = ts("20261119101500+0900");
        r.read = ts("20261120");
        r.reader = QStringLiteral("박영상");
        r.code = cv("HA451", "edi", "흉부 CT");
        r.findings = QStringLiteral("우상엽에 4 mm 결절");
        r.conclusion = QStringLiteral("6개월 후 추적");
        r.studyUid = QStringLiteral("1.2.410.1.1");
        d.content.readings = {r};
    }
    if (form == Form::Emergency) {
        d.content.opinion.text = QStringLiteral("의식 저하, 기도 확보함");
        d.content.transfer = {ts("202611221230+0900"), ts("202611221400+0900"), QStringLiteral("119 구급차"),
            {}, QStringLiteral("간호사 1")};
        d.exception = {EmergencyException::Case::Unconscious, QStringLiteral("의식 없이 실려 옴"),
            QStringLiteral("김나루"), ts("20261122124500+0900")};
        d.encounter.code = QStringLiteral("EMER");
    }
    return d;
}

inline const Form allForms[] = {Form::Referral, Form::Return, Form::Reply, Form::Summary, Form::ImagingReport,
    Form::Emergency, Form::Consent, Form::Withdrawal};

// Random values of every field. Only what a document does not carry by design stays empty (CdaWriter.h).
class Random {
public:
    explicit Random(quint32 seed)
        : m_random(seed)
    {
    }

    Document document()
    {
        Document d = header(allForms[below(8)]);
        d.title = word();
        d.id.extension = word();
        d.setId = maybe() ? word() : QString();
        d.version = 1 + below(9);
        d.confidentiality =
            QStringList{QStringLiteral("N"), QStringLiteral("R"), QStringLiteral("V")}[below(3)];
        d.effectiveTime = time();
        d.patient.name = name();
        d.patient.sex = Sex(below(4));
        d.patient.birthDate = time();
        d.patient.phone = word();
        d.patient.address = address();
        if (maybe())
            d.patient.guardian = Guardian{QStringLiteral("MTH"), name(), word(), address()};
        d.author.name = name();
        d.author.department = {QStringLiteral("0100"), word()};
        d.custodian.address = address();
        d.encounter = {QStringLiteral("IMP"), time(), time()};
        for (int i = below(3); i > 0; --i) {
            Recipient r = hospital();
            r.institution.address = address();
            r.doctor.name = name();
            d.recipients.push_back(r);
        }
        if (maybe())
            d.replaces = {QStringLiteral("1.2.3"), word()};
        if (maybe())
            d.inReplyTo = {QStringLiteral("1.2.4"), word()};
        content(d.content);
        if (d.form == Form::Consent || d.form == Form::Withdrawal)
            d.consent = consent(d.form);
        if (maybe())
            d.exception = {EmergencyException::Case(1 + below(3)), line(), name(), time()};
        return d;
    }

    bool maybe() { return m_random.bounded(2) == 1; }
    int below(int limit) { return m_random.bounded(limit); }

private:
    QString word()
    {
        static const QStringList words{QStringLiteral("가나"), QStringLiteral("<b>&amp;\"'"),
            QStringLiteral("x"), QStringLiteral("]]>"), QStringLiteral("한글 두  칸"), QStringLiteral("7.1"),
            QStringLiteral("é😀"), QStringLiteral("https://a.example/?b=1&c=2"), QStringLiteral("⟦괄호⟧"),
            QStringLiteral("a\tb")};
        return words[below(int(words.size()))] + QString::number(below(1000));
    }
    QString line()
    {
        QString out = word();
        for (int i = below(3); i > 0; --i)
            out += (maybe() ? QStringLiteral("\n") : QStringLiteral(" ")) + word();
        return out;
    }
    QString name()
    {
        static const QStringList names{QStringLiteral("홍길동"), QStringLiteral("남궁민수"),
            QStringLiteral("홍 길동"), QStringLiteral("John Smith"), QStringLiteral("Mary Ann Lee"),
            QStringLiteral("Madonna"), QStringLiteral("김")};
        return names[below(int(names.size()))];
    }
    Timestamp time()
    {
        static const char *const times[] = {"2026", "202611", "20261122", "202611221401", "202611221401+0900",
            "20261122140159+0900", "20261122140159.123+0000", "2026112214-0530"};
        return ts(times[below(8)]);
    }
    Address address() { return maybe() ? Address{word(), word(), QStringLiteral("04500")} : Address{}; }
    CodedValue code(int depth = 0)
    {
        CodedValue v;
        if (below(5) == 0)
            return v;
        if (below(4) == 0) {
            v.nullFlavor = QStringLiteral("UNK");
            v.originalText = word();
        } else {
            v.code = QStringLiteral("C%1").arg(below(10000));
            v.system = naru::base::oid(maybe() ? "kcd" : "kostom").text();
            v.display = maybe() ? word() : QString();
            v.originalText = maybe() ? word() : QString();
        }
        if (depth == 0) {
            v.displayEn = maybe() ? word() : QString();
            for (int i = below(3); i > 0; --i) {
                const CodedValue translation = code(1);
                if (!translation.isEmpty())
                    v.translations.push_back(translation);
            }
        }
        return v;
    }
    template <typename T> void fill(T &value)
    {
        visitFields(value, [this](const char *fieldName, auto &field) {
            using Field = std::remove_reference_t<decltype(field)>;
            if (!maybe())
                return;
            if constexpr (std::is_same_v<Field, QString>)
                field = qstrcmp(fieldName, "interpretation") == 0 ? QStringLiteral("H") : text(fieldName);
            else if constexpr (std::is_same_v<Field, bool>)
                field = true;
            else if constexpr (std::is_same_v<Field, CodedValue>)
                field = code();
            else
                field = time();
        });
    }
    QString text(const char *fieldName)
    {
        if (qstrcmp(fieldName, "value") == 0 || qstrcmp(fieldName, "doseValue") == 0)
            return maybe() ? QStringLiteral("7.10") : QStringLiteral("<0.01 미만");
        if (qstrcmp(fieldName, "unit") == 0 || qstrcmp(fieldName, "doseUnit") == 0)
            return maybe() ? QStringLiteral("mg/dL") : QStringLiteral("작은 술");
        if (qstrcmp(fieldName, "days") == 0 || qstrcmp(fieldName, "timesPerDay") == 0)
            return maybe() ? QStringLiteral("3") : QStringLiteral("필요할 때");
        return line();
    }
    void content(Content &c)
    {
        visitLists(c, [this](const char *, auto &list) {
            for (int i = below(4); i > 0; --i) {
                list.emplace_back();
                fill(list.back());
            }
        });
        for (LabResult &lab : c.labs)
            lab.category = LabResult::Category(below(4));
        visitTexts(c, [this](const char *, Text &t) { t.text = maybe() ? line() : QString(); });
        visitGroups(c, [this](const char *, auto &group) { fill(group); });
    }
    ConsentStatement consent(Form form)
    {
        ConsentStatement s;
        s.policy = naru::base::oid(form == Form::Consent ? "krConsentPart" : "krWithdrawPart").text();
        for (const Programme p : {Programme::Exchange, Programme::ReferralReturn, Programme::Imaging}) {
            if (maybe())
                s.programmes.push_back(p);
        }
        s.date = time();
        s.validUntil = maybe() ? time() : Timestamp();
        s.signer = ConsentStatement::Signer(below(4));
        visitConsentTexts(s, [this](const char *, QString &t) { t = maybe() ? line() : QString(); });
        s.agreedProvision = maybe();
        s.agreedSensitive = maybe();
        for (int i = below(3); i > 0; --i)
            s.excludedDepartments.push_back({QStringLiteral("1500"), word()});
        for (int i = below(3); i > 0; --i) {
            Institution institution;
            institution.oid = QStringLiteral("1.2.410.100110.10.1199900%1").arg(i);
            institution.number = QStringLiteral("1199900%1").arg(i);
            institution.name = word();
            s.withdrawnInstitutions.push_back(institution);
        }
        s.signaturePng = maybe() ? png() : QByteArray();
        return s;
    }

    QRandomGenerator m_random;
};

} // namespace samples
