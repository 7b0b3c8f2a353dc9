// May we share? Written from 의료법 21조의2 and 개인정보 보호법 17, 22, 22조의2, 23, 37조.
#include "core/base/Oid.h"
#include "core/consent/Errors.h"
#include "core/consent/Statement.h"

#include <QtTest>

using namespace naru;
using namespace naru::clinical;
using namespace naru::consent;
using Signer = ConsentStatement::Signer;

namespace {
const QByteArray png("\x89PNG\r\n\x1a\n....", 12);

base::Timestamp day(int year, int month, int dayOfMonth)
{
    return base::Timestamp::fromDate(QDate(year, month, dayOfMonth));
}

ConsentTexts texts()
{
    ConsentTexts out;
    out.version = QStringLiteral("v1");
    out.validityMonths = 12;
    for (const Programme programme : {Programme::Exchange, Programme::ReferralReturn})
        out.programmes.insert(programme,
            {programmeKey(programme), QStringLiteral("누구"), QStringLiteral("왜"), QStringLiteral("무엇"),
                QStringLiteral("{{until}}까지"), QStringLiteral("거부 가능")});
    return out;
}

Patient adult()
{
    Patient p;
    p.name = QStringLiteral("홍길동");
    p.birthDate = day(1961, 3, 2);
    return p;
}

StatementRequest request()
{
    StatementRequest r;
    r.programmes = {Programme::Exchange};
    r.signer.name = QStringLiteral("홍길동");
    r.agreedProvision = r.agreedSensitive = true;
    r.signaturePng = png;
    return r;
}

ConsentRecord record(const ConsentStatement &statement, const char *id, const base::Timestamp &at = {})
{
    return {statement, QString::fromLatin1(id), at};
}

ConsentStatement given(const base::Timestamp &date)
{
    return *buildConsent(request(), texts(), date);
}

ConsentStatement withdrawn(const base::Timestamp &date, std::vector<Institution> institutions = {},
    std::vector<Department> departments = {})
{
    WithdrawalRequest r;
    r.programmes = {Programme::Exchange};
    r.signer.name = QStringLiteral("홍길동");
    r.institutions = std::move(institutions);
    r.departments = std::move(departments);
    r.signaturePng = png;
    return *buildWithdrawal(r, date);
}

ConsentState stateOn(const std::vector<ConsentRecord> &records, QDate today)
{
    return statusOf(Programme::Exchange, records, today).state;
}

QStringList codes(
    const ConsentStatement &statement, const Patient &patient = adult(), const ConsentTexts &t = texts())
{
    QStringList out;
    for (const StatementProblem &problem : checkStatement(statement, patient, t, QDate(2026, 11, 22)))
        out.append(problem.code);
    return out;
}
} // namespace

class tst_consent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void states()
    {
        const std::vector<ConsentRecord> records{
            record(given(day(2025, 11, 23)), "c1")}; // last day 2026-11-22
        QCOMPARE(stateOn({}, QDate(2026, 1, 1)), ConsentState::None);
        QCOMPARE(stateOn(records, QDate(2025, 11, 22)), ConsentState::None); // not yet given
        QCOMPARE(stateOn(records, QDate(2025, 11, 23)), ConsentState::Valid);
        QCOMPARE(stateOn(records, QDate(2026, 10, 23)), ConsentState::Valid);
        QCOMPARE(stateOn(records, QDate(2026, 10, 24)), ConsentState::ExpiringSoon);
        QCOMPARE(stateOn(records, QDate(2026, 11, 22)), ConsentState::ExpiringSoon);
        QCOMPARE(stateOn(records, QDate(2026, 11, 23)), ConsentState::Expired);
        QCOMPARE(statusOf(Programme::Imaging, records, QDate(2026, 1, 1)).state, ConsentState::None);
        QCOMPARE(statusOfAll(records, QDate(2026, 1, 1)).size(), std::size_t(3));
    }
    void withdrawalAndRenewal()
    {
        std::vector<ConsentRecord> records{
            record(withdrawn(day(2026, 3, 1)), "w1"), record(given(day(2026, 1, 1)), "c1")}; // any order
        QCOMPARE(stateOn(records, QDate(2026, 2, 28)), ConsentState::Valid);
        QCOMPARE(stateOn(records, QDate(2026, 3, 1)), ConsentState::Withdrawn);
        records.push_back(record(given(day(2026, 4, 1)), "c2"));
        QCOMPARE(stateOn(records, QDate(2026, 4, 1)), ConsentState::Valid);
        QCOMPARE(statusOf(Programme::Exchange, records, QDate(2026, 4, 1)).documentId, QStringLiteral("c2"));
    }
    void sameDayWithdrawalProtects()
    {
        const auto consent = record(given(day(2026, 3, 1)), "c"),
                   back = record(withdrawn(day(2026, 3, 1)), "w");
        QCOMPARE(stateOn({back, consent}, QDate(2026, 3, 1)), ConsentState::Withdrawn);
        // With times known the later one counts.
        const auto early =
            record(withdrawn(day(2026, 3, 1)), "w", *base::Timestamp::parseHl7(u"20260301090000+0900"));
        const auto late =
            record(given(day(2026, 3, 1)), "c", *base::Timestamp::parseHl7(u"20260301100000+0900"));
        QCOMPARE(stateOn({late, early}, QDate(2026, 3, 1)), ConsentState::Valid);
    }
    // A consent signed elsewhere in the morning and fetched from the exchange after the withdrawal.
    void fetchedLateIsNotSaidLate()
    {
        const auto at = [](const char *text) {
            return *base::Timestamp::parseHl7(QString::fromLatin1(text));
        };
        const auto back = record(withdrawn(at("20260301140000+0900")), "w", at("20260301140001+0900"));
        const auto fetched = record(given(at("20260301090000+0900")), "c", at("20260301170000+0900"));
        QCOMPARE(stateOn({back, fetched}, QDate(2026, 3, 1)), ConsentState::Withdrawn);
        QCOMPARE(stateOn({fetched, back}, QDate(2026, 3, 2)), ConsentState::Withdrawn);
        const auto dateOnly = record(given(day(2026, 3, 1)), "d", at("20260305090000+0900"));
        QCOMPARE(stateOn({back, dateOnly}, QDate(2026, 3, 6)), ConsentState::Withdrawn);
        const auto anew = record(given(at("20260301150000+0900")), "n", at("20260301150000+0900"));
        QCOMPARE(stateOn({anew, back, fetched}, QDate(2026, 3, 1)), ConsentState::Valid);
    }
    void refusalIsNoConsent()
    {
        StatementRequest r = request();
        r.agreedSensitive = false;
        const auto refused = record(*buildConsent(r, texts(), day(2026, 3, 1)), "r");
        QCOMPARE(
            stateOn({record(given(day(2026, 1, 1)), "c"), refused}, QDate(2026, 3, 2)), ConsentState::None);
    }
    void partialWithdrawal()
    {
        Institution hospital;
        hospital.oid = QStringLiteral("1.2.3");
        const std::vector<ConsentRecord> records{record(given(day(2026, 1, 1)), "c"),
            record(withdrawn(day(2026, 2, 1), {hospital}, {{QStringLiteral("0300"), {}}}), "w")};
        ShareRequest share;
        share.today = QDate(2026, 3, 1);
        QVERIFY(mayShare(share, records).allowed);
        share.recipientOid = QStringLiteral("1.2.3");
        QCOMPARE(mayShare(share, records).reason, QStringLiteral("institutionExcluded"));
        share.recipientOid = QStringLiteral("1.2.4");
        QVERIFY(mayShare(share, records).allowed);
        share.departmentCode = QStringLiteral("0300");
        QCOMPARE(mayShare(share, records).reason, QStringLiteral("departmentExcluded"));
        QVERIFY(!mayShare(share, records).allowed);
    }
    void emergencyException()
    {
        ShareRequest share;
        share.today = QDate(2026, 3, 1);
        QCOMPARE(mayShare(share, {}).reason, QStringLiteral("none"));
        share.exception.which = EmergencyException::Case::Unconscious;
        Decision decision = mayShare(share, {});
        QVERIFY(!decision.allowed);
        QCOMPARE(decision.reason, QStringLiteral("exceptionIncomplete"));
        share.exception = {EmergencyException::Case::Unconscious, QStringLiteral("의식 없음"),
            QStringLiteral("김나루"), day(2026, 3, 1)};
        decision = mayShare(share, {});
        QVERIFY(decision.allowed && decision.emergency);
        QCOMPARE(decision.reason, QStringLiteral("emergency"));
        // A valid consent needs no exception and must not be marked as one.
        decision = mayShare(share, {record(given(day(2026, 1, 1)), "c")});
        QVERIFY(decision.allowed && !decision.emergency);
        QCOMPARE(decision.reason, QStringLiteral("valid"));
    }
    void building()
    {
        StatementRequest r = request();
        r.programmes = {Programme::Exchange, Programme::ReferralReturn};
        const auto s = buildConsent(r, texts(), day(2026, 11, 22));
        QVERIFY(s);
        QCOMPARE(s->validUntil, day(2027, 11, 21));
        QCOMPARE(s->policy, base::oid("krConsentAll").text());
        QCOMPARE(s->periodText, QStringLiteral("exchange: 2027-11-21까지\nreferral: 2027-11-21까지"));
        QVERIFY(codes(*s).isEmpty());
        r.programmes = {Programme::Imaging};
        QVERIFY(buildConsent(r, texts(), day(2026, 11, 22)).error().is(consent::errors::NoText));
        r.programmes.clear();
        QVERIFY(buildConsent(r, texts(), day(2026, 11, 22)).error().is(consent::errors::NoProgramme));
        ConsentTexts endless = texts();
        endless.validityMonths = 0;
        const auto open = buildConsent(request(), endless, day(2026, 11, 22));
        QVERIFY(open->validUntil.isNull());
        QCOMPARE(stateOn({record(*open, "c")}, QDate(2060, 1, 1)), ConsentState::Valid);
    }
    void missing_data()
    {
        QTest::addColumn<int>("which");
        const char *const names[] = {"programme.missing", "date.missing", "date.future",
            "recipientText.missing", "purposeText.missing", "itemsText.missing", "periodText.missing",
            "refusalText.missing", "agreedProvision.missing", "agreedSensitive.missing", "signature.missing",
            "signature.notPng", "signerName.missing", "signer.notPatient", "policy.wrong", "validUntil.wrong",
            "partial.notAllowed"};
        for (int i = 0; i < int(std::size(names)); ++i)
            QTest::newRow(names[i]) << i;
    }
    void missing()
    {
        QFETCH(int, which);
        ConsentStatement s = given(day(2026, 11, 22));
        const std::function<void()> faults[] = {[&] { s.programmes.clear(); }, [&] { s.date = {}; },
            [&] { s.date = day(2026, 11, 23); }, [&] { s.recipientText.clear(); },
            [&] { s.purposeText.clear(); }, [&] { s.itemsText.clear(); },
            [&] { s.periodText = QStringLiteral(" "); }, [&] { s.refusalText.clear(); },
            [&] { s.agreedProvision = false; }, [&] { s.agreedSensitive = false; },
            [&] { s.signaturePng.clear(); }, [&] { s.signaturePng = "GIF89a"; },
            [&] { s.signerName.clear(); }, [&] { s.signerName = QStringLiteral("김철수"); },
            [&] { s.policy = QStringLiteral("1.2"); }, [&] { s.validUntil = day(2026, 1, 1); },
            [&] {
                s.excludedDepartments = {{QStringLiteral("0300"), {}}};
                s.policy = base::oid("krConsentPart").text();
            }};
        faults[which]();
        QCOMPARE(codes(s), QStringList(QString::fromLatin1(QTest::currentDataTag())));
    }
    void partialWhereAllowed()
    {
        StatementRequest r = request();
        r.excludedDepartments = {{QStringLiteral("0300"), QStringLiteral("정신건강의학과")}};
        ConsentTexts t = texts();
        t.partialAllowed = true;
        const auto s = buildConsent(r, t, day(2026, 11, 22));
        QCOMPARE(s->policy, base::oid("krConsentPart").text());
        QVERIFY(codes(*s, adult(), t).isEmpty());
        QCOMPARE(codes(*s), QStringList(QStringLiteral("partial.notAllowed")));
    }
    void children()
    {
        Patient child = adult();
        child.birthDate = day(2012, 11, 23); // 13, fourteen tomorrow
        ConsentStatement s = given(day(2026, 11, 22));
        QCOMPARE(codes(s, child), QStringList(QStringLiteral("under14.legalRepresentative")));
        s.signer = Signer::Family;
        s.signerName = QStringLiteral("이수진");
        s.signerRelation = QStringLiteral("MTH");
        s.identityCheck = QStringLiteral("resident-card");
        s.signerReason = QStringLiteral("under14");
        QCOMPARE(codes(s, child), QStringList(QStringLiteral("under14.legalRepresentative")));
        s.signer = Signer::LegalRepresentative;
        QVERIFY(codes(s, child).isEmpty());
        child.birthDate = day(2012, 11, 22); // fourteen today
        QVERIFY(codes(given(day(2026, 11, 22)), child).isEmpty());
        child.birthDate = {};
        QCOMPARE(codes(given(day(2026, 11, 22)), child), QStringList(QStringLiteral("birthDate.missing")));
    }
    void guardians()
    {
        ConsentStatement s = given(day(2026, 11, 22));
        s.signer = Signer::Family;
        s.signerName = QStringLiteral("이수진");
        QCOMPARE(codes(s),
            QStringList({QStringLiteral("relation.missing"), QStringLiteral("identityCheck.missing"),
                QStringLiteral("signerReason.missing")}));
        s.signerRelation = QStringLiteral("AUNT");
        QVERIFY(codes(s).contains(QStringLiteral("relation.unknown")));
    }
    void withdrawals()
    {
        QVERIFY(codes(withdrawn(day(2026, 11, 22))).isEmpty()); // no reason owed
        QVERIFY(isWithdrawal(withdrawn(day(2026, 11, 22))));
        ConsentStatement s = withdrawn(day(2026, 11, 22));
        s.excludedDepartments = {{QStringLiteral("0300"), {}}};
        QCOMPARE(codes(s), QStringList(QStringLiteral("policy.wrong")));
    }
};

QTEST_GUILESS_MAIN(tst_consent)
#include "tst_consent.moc"
