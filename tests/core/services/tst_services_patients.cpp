// Who a patient is, and what may not be made of him: hand-overs, entries by hand, persons of the index.
#include "OfflineTest.h"

#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/Submission.h"

using namespace naru;
using namespace naru::services;

class TestServicesPatients : public test::OfflineTest {
    Q_OBJECT

private Q_SLOTS:
    void sameChartNumberOtherPerson_data();
    void sameChartNumberOtherPerson();
    void samePersonWrittenOtherwise_data();
    void samePersonWrittenOtherwise();
    void changedNameWithTheSameResidentNumber();
    void newerHandOverKeepsWhatItDoesNotName();
    void enteredOnceMoreLosesNothing();
    void notesOfTheHandOverAreKept();
    void resultsTakeNoAllergyAway();
    void importIgnoresAnExchangeId();
    void handWrittenPatientMayNotOverwriteAnother();
    void chartStaysWithItsPersonOfTheIndex();
};

void TestServicesPatients::sameChartNumberOtherPerson_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("value");
    QTest::newRow("name") << QByteArray("name") << QStringLiteral("박나루");
    QTest::newRow("sex") << QByteArray("sex") << QStringLiteral("F");
    QTest::newRow("birthDate") << QByteArray("birthDate") << QStringLiteral("1961-03-03");
}

void TestServicesPatients::sameChartNumberOtherPerson()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, value);
    const PatientKey key = m->patient();
    const auto before = m->profile->patients().get(key);
    VERIFY_OK(before);
    QJsonObject whole = QJsonDocument::fromJson(test::handOverWith(member.constData(), value)).object();
    QJsonObject patient = whole.value(QStringLiteral("patient")).toObject();
    patient.remove(QStringLiteral("residentNumber")); // who brings the same one may have another name now
    whole.insert(QStringLiteral("patient"), patient);
    const auto other = m->profile->patients().importHandOver(QJsonDocument(whole).toJson());
    QVERIFY(!other.ok());
    QVERIFY2(other.error().is(services::errors::PatientConflict), qPrintable(other.error().toString()));
    QCOMPARE(other.error().arguments.value(QStringLiteral("fields")), QString::fromLatin1(member));
    const auto after = m->profile->patients().get(key);
    VERIFY_OK(after);
    QVERIFY(*after == *before);
    QCOMPARE(m->profile->patients().list().size(), std::size_t(1));
}

void TestServicesPatients::samePersonWrittenOtherwise_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("then");
    QTest::addColumn<QString>("kept");
    QTest::newRow("a space in the name") << QByteArray("name") << QStringLiteral("김나루")
                                         << QStringLiteral("김 나루") << QStringLiteral("김 나루");
    QTest::newRow("the year, then the day") << QByteArray("birthDate") << QStringLiteral("1961")
                                            << QStringLiteral("1961-03-02") << QStringLiteral("1961-03-02");
    QTest::newRow("the day, then the year") << QByteArray("birthDate") << QStringLiteral("1961-03-02")
                                            << QStringLiteral("1961") << QStringLiteral("1961-03-02");
}

void TestServicesPatients::samePersonWrittenOtherwise()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, first);
    QFETCH(QString, then);
    QFETCH(QString, kept);
    const auto withoutNumber = [&](const QString &value) {
        QJsonObject whole = QJsonDocument::fromJson(test::handOverWith(member.constData(), value)).object();
        QJsonObject patient = whole.value(QStringLiteral("patient")).toObject();
        patient.remove(QStringLiteral("residentNumber")); // it would say the birthday, and who it is
        whole.insert(QStringLiteral("patient"), patient);
        return m->profile->patients().importHandOver(QJsonDocument(whole).toJson());
    };
    const auto one = withoutNumber(first);
    VERIFY_OK(one);
    const auto again = withoutNumber(then);
    VERIFY_OK(again);
    QCOMPARE(again->key, one->key);
    const auto who = m->profile->patients().get(one->key);
    VERIFY_OK(who);
    QCOMPARE(member == "name" ? who->name : who->birthDate.toIso(), kept);
}

// Names are changed by court; the chart must not be closed to the person for it.
void TestServicesPatients::changedNameWithTheSameResidentNumber()
{
    const PatientKey key = m->patient();
    QVERIFY(!m->profile->patients().get(key)->residentNumber.isEmpty());
    QJsonObject whole = QJsonDocument::fromJson(test::sample("naru.json")).object();
    QJsonObject patient = whole.value(QStringLiteral("patient")).toObject();
    patient.insert(QStringLiteral("name"), QStringLiteral("김새봄"));
    whole.insert(QStringLiteral("patient"), patient);
    const auto changed = m->profile->patients().importHandOver(QJsonDocument(whole).toJson());
    VERIFY_OK(changed);
    QCOMPARE(changed->key, key);
    QCOMPARE(changed->differences.size(), std::size_t(1));
    QCOMPARE(changed->differences.front().field, QStringLiteral("name"));
    QCOMPARE(m->profile->patients().get(key)->name, QStringLiteral("김새봄"));
}

void TestServicesPatients::enteredOnceMoreLosesNothing()
{
    const PatientKey key = m->patient();
    const clinical::Patient before = *m->profile->patients().get(key);
    QVERIFY(!before.address.isEmpty() && before.guardian);
    clinical::Patient typed;
    typed.name = before.name;
    typed.sex = before.sex;
    typed.birthDate = before.birthDate;
    typed.localId = before.localId;
    const auto saved = m->profile->patients().save(typed);
    VERIFY_OK(saved);
    QCOMPARE(*saved, key);
    const clinical::Patient after = *m->profile->patients().get(key);
    QVERIFY2(after.address == before.address, "the address is gone");
    QVERIFY2(after.guardian == before.guardian, "the guardian is gone");
    QCOMPARE(after.phone, before.phone);
}

// What a reader wonders about is still there when the page asks for it.
void TestServicesPatients::notesOfTheHandOverAreKept()
{
    const auto born =
        m->profile->patients().importHandOver(test::handOverWith("birthDate", QStringLiteral("2099-01-01")));
    VERIFY_OK(born);
    const auto notes = m->profile->patients().handOverNotes(born->key);
    QVERIFY(notes == born->handOver.notes);
    QVERIFY(std::any_of(notes.begin(), notes.end(), [](const clinical::HandOverNote &note) {
        return note.message == QLatin1String("a day in the future; kept as stated");
    }));
    VERIFY_OK(
        m->profile->patients().importHandOver(test::handOverWith("birthDate", QStringLiteral("2099-01-01"))));
    QVERIFY(m->profile->patients().handOverNotes(QStringLiteral("nobody")).empty());
}

void TestServicesPatients::newerHandOverKeepsWhatItDoesNotName()
{
    const PatientKey key = m->patient();
    const auto again =
        m->profile->patients().importHandOver(test::handOverWith("phone", QStringLiteral("010-9999-0000")));
    VERIFY_OK(again);
    QCOMPARE(again->key, key);
    QVERIFY(!again->created);
    QCOMPARE(again->differences.size(), std::size_t(1));
    QCOMPARE(again->differences.front().field, QStringLiteral("phone"));
    const auto thinner = m->profile->patients().importHandOver(test::handOverWith("phone", QString()));
    VERIFY_OK(thinner);
    QCOMPARE(m->profile->patients().get(key)->phone, QStringLiteral("010-9999-0000"));
}

// Results arrive after the record: the banner must not say "no allergies" because of them.
void TestServicesPatients::resultsTakeNoAllergyAway()
{
    const PatientKey key = m->patient();
    const auto before = m->profile->patients().handedOver(key);
    VERIFY_OK(before);
    QVERIFY(!before->allergies.empty());
    const auto results = m->profile->patients().importHandOver(test::sample("oru-r01.hl7"));
    VERIFY_OK(results);
    QCOMPARE(results->key, key);
    QVERIFY(results->handOver.content.allergies.empty()); // what came is told as it came
    const auto after = m->profile->patients().handedOver(key);
    VERIFY_OK(after);
    QVERIFY(after->allergies == before->allergies);
    QVERIFY(after->labs != before->labs);
    // A whole record that names none means it.
    QJsonObject whole = QJsonDocument::fromJson(test::sample("naru.json")).object();
    QJsonObject content = whole.value(QStringLiteral("content")).toObject();
    content.remove(QStringLiteral("allergies"));
    whole.insert(QStringLiteral("content"), content);
    VERIFY_OK(m->profile->patients().importHandOver(QJsonDocument(whole).toJson()));
    QVERIFY(m->profile->patients().handedOver(key)->allergies.empty());
}

void TestServicesPatients::importIgnoresAnExchangeId()
{
    const auto imported =
        m->profile->patients().importHandOver(test::handOverWith("exchangeId", QStringLiteral("X-1")));
    if (imported) // a reader may also refuse the member
        QVERIFY(m->profile->patients().get(imported->key)->exchangeId.isEmpty());
}

void TestServicesPatients::handWrittenPatientMayNotOverwriteAnother()
{
    const PatientKey first = m->patient();
    clinical::Patient twin = *m->profile->patients().get(first);
    twin.localId.extension = QStringLiteral("T-2");
    const auto second = m->profile->patients().save(twin);
    VERIFY_OK(second);
    QVERIFY(*second != first);
    twin.localId.extension = m->profile->patients().get(first)->localId.extension;
    QVERIFY2(!m->profile->patients().save(twin, *second).ok(), "one patient was written over another");
}

// Two people of one name, sex and birthday: picked from a search, the second must not take over the chart of
// the first, which would then show the second's documents.
void TestServicesPatients::chartStaysWithItsPersonOfTheIndex()
{
    const PatientKey key = m->patient();
    Profile::Internals &in = m->profile->internals();
    const clinical::Identifier first{in.site.patientIdAuthority, QStringLiteral("A-1")};
    VERIFY_OK(in.stores.patients->setExchangeId(key, first));
    clinical::Patient picked = *m->profile->patients().get(key);
    VERIFY_OK(m->profile->patients().save(picked, key));
    picked.exchangeId.extension = QStringLiteral("A-2");
    for (const PatientKey &target : {PatientKey(), key}) {
        const auto saved = m->profile->patients().save(picked, target);
        QVERIFY(!saved.ok());
        QVERIFY2(saved.error().is(services::errors::PatientConflict), qPrintable(saved.error().toString()));
    }
    QCOMPARE(m->profile->patients().get(key)->exchangeId, first);
}

QTEST_GUILESS_MAIN(TestServicesPatients)
#include "tst_services_patients.moc"
