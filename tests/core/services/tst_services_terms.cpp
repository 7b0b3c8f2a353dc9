// Terms of a profile: what was used before moves codes up and fades, belongs to one doctor and one profile.
#include "TermFixture.h"

#include "core/services/Errors.h"
#include "core/services/Internals.h"

using namespace naru;
using namespace naru::services;
using namespace naru::test;

class TestServicesTerms : public TermFixture {
    Q_OBJECT

private Q_SLOTS:
    void useMovesACodeUp();
    void useFades();
    void patientBeforeDoctorBeforeClinic();
    void favouritesAreOfOneDoctor();
    void groupsBeforeTheFirstKey();
    void problemListOfTheHandOver();
    void memoryFollowsTheStore();
    void choicesOfAnotherProgram();
    void olderRowsAreStillRead();
    void conflictsWithThePatient();
    void pastedColumns();
    void aliasesOfTheClinic();
};

void TestServicesTerms::useMovesACodeUp()
{
    install(twins());
    QCOMPARE(found("나루열"),
        QStringList({QStringLiteral("Z901"), QStringLiteral("Z902"), QStringLiteral("Z903"),
            QStringLiteral("Z904")}));
    terms().used(shown("Z903"));
    terms().used(shown("Z904"));
    terms().used(shown("Z904"));
    const auto hits = terms().search(QStringLiteral("나루열"), kcd);
    QCOMPARE(codesOf(hits),
        QStringList({QStringLiteral("Z904"), QStringLiteral("Z903"), QStringLiteral("Z901"),
            QStringLiteral("Z902")}));
    QVERIFY(hits[0].recent && hits[1].recent && !hits[2].recent);
    // The same after a restart: it is in the store.
    m->profile.reset();
    VERIFY_OK(m->openOffline());
    QCOMPARE(found("나루열").first(), QStringLiteral("Z904"));
}

void TestServicesTerms::useFades()
{
    install(twins());
    for (int i = 0; i < 3; ++i)
        terms().used(shown("Z902"));
    m->clock->advance(qint64(180) * 24 * 3600 * 1000); // two half-lives: three choices weigh 0.75
    terms().used(shown("Z903"));
    QCOMPARE(found("나루열").mid(0, 2), QStringList({QStringLiteral("Z903"), QStringLiteral("Z902")}));
    terms().used(shown("Z902")); // 1.75 against 1
    QCOMPARE(found("나루열").mid(0, 2), QStringList({QStringLiteral("Z902"), QStringLiteral("Z903")}));
}

void TestServicesTerms::patientBeforeDoctorBeforeClinic()
{
    install(twins());
    Account other;
    other.user = QStringLiteral("lee");
    other.displayName = QStringLiteral("이의사");
    VERIFY_OK(m->profile->accounts().add(other, base::SecureBytes{QByteArrayView("test-only-2")}));
    VERIFY_OK(m->profile->accounts().unlock(
        QStringLiteral("lee"), base::SecureBytes{QByteArrayView("test-only-2")}));
    for (int i = 0; i < 5; ++i)
        terms().used(shown("Z904")); // the other doctor: counts for the clinic only
    VERIFY_OK(m->profile->accounts().unlock(
        QStringLiteral("doctor"), base::SecureBytes{QByteArrayView("test-only")}));
    for (int i = 0; i < 2; ++i)
        terms().used(shown("Z903"));
    TermContext context;
    context.patient = QStringLiteral("patient-one");
    terms().used(shown("Z902"), context);
    QCOMPARE(found("나루열", context),
        QStringList({QStringLiteral("Z902"), QStringLiteral("Z903"), QStringLiteral("Z904"),
            QStringLiteral("Z901")}));
    // For another patient the first one's history means nothing.
    TermContext another;
    another.patient = QStringLiteral("patient-two");
    QCOMPARE(found("나루열", another).first(), QStringLiteral("Z903"));
    QVERIFY(terms().search(QStringLiteral("나루열"), kcd, context).hits.front().patientOwn);
    QVERIFY(!terms().search(QStringLiteral("나루열"), kcd, another).hits.front().patientOwn);
}

void TestServicesTerms::favouritesAreOfOneDoctor()
{
    install(twins());
    const auto on = terms().toggleFavourite(shown("Z902"));
    VERIFY_OK(on);
    QVERIFY(*on);
    QCOMPARE(codesOf(terms().favourites(kcd)), QStringList{QStringLiteral("Z902")});
    QVERIFY(shown("Z902").favourite);
    QVERIFY(terms().recent(kcd).empty()); // marked, never used
    QVERIFY(terms().favourites({QStringLiteral("atc")}).empty());
    Account other;
    other.user = QStringLiteral("lee");
    VERIFY_OK(m->profile->accounts().add(other, base::SecureBytes{QByteArrayView("test-only-2")}));
    VERIFY_OK(m->profile->accounts().unlock(
        QStringLiteral("lee"), base::SecureBytes{QByteArrayView("test-only-2")}));
    QVERIFY(terms().favourites(kcd).empty());
    VERIFY_OK(m->profile->accounts().unlock(
        QStringLiteral("doctor"), base::SecureBytes{QByteArrayView("test-only")}));
    terms().used(shown("Z902")); // use does not take the mark away
    QVERIFY(shown("Z902").favourite);
    const auto off = terms().toggleFavourite(shown("Z902"));
    VERIFY_OK(off);
    QVERIFY(!*off);
    QVERIFY(terms().favourites(kcd).empty());
    QCOMPARE(codesOf(terms().recent(kcd)), QStringList{QStringLiteral("Z902")}); // nor the mark the use
}

void TestServicesTerms::groupsBeforeTheFirstKey()
{
    install(twins());
    TermContext context;
    context.patient = QStringLiteral("patient-one");
    terms().used(shown("Z901"), context);
    terms().used(shown("Z902"));
    VERIFY_OK(terms().toggleFavourite(shown("Z903")));
    const TermStart start = terms().start(kcd, context);
    QCOMPARE(codesOf(start.patient), QStringList{QStringLiteral("Z901")});
    QCOMPARE(codesOf(start.favourites), QStringList{QStringLiteral("Z903")});
    QCOMPARE(codesOf(start.recent), QStringList{QStringLiteral("Z902")}); // each code once
    QVERIFY(start.clinic.empty());
    QVERIFY(start.patient.front().patientOwn);
    QVERIFY(terms().start({QStringLiteral("loinc")}, context).recent.empty());
}

void TestServicesTerms::problemListOfTheHandOver()
{
    const PatientKey key = m->patient();
    QVERIFY(!key.isEmpty());
    const auto content = m->profile->patients().handedOver(key);
    VERIFY_OK(content);
    QVERIFY(!content->problems.empty());
    TermContext context;
    context.patient = key;
    const TermStart start = terms().start({}, context);
    QVERIFY(!start.patient.empty());
    bool diagnosis = false;
    for (const TermHit &hit : start.patient)
        diagnosis = diagnosis || hit.system == base::oid("kcd").text();
    QVERIFY(diagnosis);
}

void TestServicesTerms::memoryFollowsTheStore()
{
    install(twins());
    TermContext context;
    context.patient = QStringLiteral("patient-one");
    const auto everything = [&] {
        QStringList out;
        const TermStart start = terms().start(kcd, context);
        for (const auto *group : {&start.patient, &start.favourites, &start.recent, &start.clinic}) {
            for (const TermHit &hit : *group)
                out.append(QStringLiteral("%1 %2 %3 %4 %5")
                               .arg(hit.code)
                               .arg(hit.used)
                               .arg(hit.favourite)
                               .arg(hit.recent)
                               .arg(hit.patientOwn));
            out.append(QStringLiteral("-"));
        }
        return out + found("나루열", context);
    };
    (void)everything(); // all rows are in memory from here on
    terms().used(shown("Z901"));
    VERIFY_OK(terms().toggleFavourite(shown("Z904")));
    m->clock->advance(1000);
    terms().used(shown("Z902"), context);
    m->clock->advance(1000);
    terms().used(shown("Z901"));
    VERIFY_OK(terms().toggleFavourite(shown("Z903")));
    VERIFY_OK(terms().toggleFavourite(shown("Z903")));
    VERIFY_OK(terms().toggleFavourite(shown("Z902")));
    const QStringList inMemory = everything();
    m->profile.reset();
    VERIFY_OK(m->openOffline());
    QCOMPARE(everything(), inMemory);
}

void TestServicesTerms::choicesOfAnotherProgram()
{
    install(twins());
    terms().used(shown("Z902"));
    test::Clinic other;
    other.clock = m->clock;
    VERIFY_OK(other.open({}, m->folder.filePath(QStringLiteral("data"))));
    const auto hit = other.profile->terms().show(QStringLiteral("Z904"), kcd.first());
    VERIFY_OK(hit);
    for (int i = 0; i < 3; ++i)
        other.profile->terms().used(*hit);
    QCOMPARE(codesOf(terms().start(kcd).recent).size(), 2); // opening the picker looks
    QCOMPARE(found("나루열").mid(0, 2), QStringList({QStringLiteral("Z904"), QStringLiteral("Z902")}));
}

void TestServicesTerms::olderRowsAreStillRead()
{
    install(twins());
    // A row as the first version of the program wrote it: no weight, no time, no concept.
    const QString system = base::oid("kcd").text();
    VERIFY_OK(m->profile->internals().stores.usage->used(QStringLiteral("doctor"), QStringLiteral("term"),
        terminology::TermUsage::key(system, QStringLiteral("Z904")),
        QJsonDocument(
            QJsonObject{{QStringLiteral("system"), system}, {QStringLiteral("code"), QStringLiteral("Z904")}})
            .toJson(),
        m->clock->nowUtc()));
    QCOMPARE(codesOf(terms().recent(kcd)), QStringList{QStringLiteral("Z904")});
    QCOMPARE(found("나루열").first(), QStringLiteral("Z904"));
}

void TestServicesTerms::conflictsWithThePatient()
{
    auto all = twins();
    all[0].sex = terminology::Sex::Male;
    all[1].ageTo = 15;
    all[2].complete = false;
    install(all);
    TermContext context;
    context.sex = clinical::Sex::Female;
    context.birthDate = QDate(1961, 3, 2);
    context.day = QDate::currentDate();
    const auto hits = terms().search(QStringLiteral("나루열"), kcd, context).hits;
    QCOMPARE(int(hits.size()), 4); // nothing is hidden
    for (const TermHit &hit : hits) {
        QCOMPARE(hit.sexConflict, hit.code == QLatin1String("Z901"));
        QCOMPARE(hit.ageConflict, hit.code == QLatin1String("Z902"));
        QCOMPARE(hit.complete, hit.code != QLatin1String("Z903"));
    }
    // The fifteenth birthday is the last admissible age; the day before the sixteenth still counts.
    context.birthDate = QDate(2010, 11, 23);
    context.day = QDate(2026, 11, 22);
    QVERIFY(!terms().show(QStringLiteral("Z902"), kcd.first(), context)->ageConflict);
    context.day = QDate(2026, 11, 23);
    QVERIFY(terms().show(QStringLiteral("Z902"), kcd.first(), context)->ageConflict);
}

void TestServicesTerms::pastedColumns()
{
    install(twins());
    const TermPasted pasted = terms().pasted(QStringLiteral("Z90.1\nz902,\tZ903 Q99999"), kcd, TermContext());
    QCOMPARE(codesOf(pasted.hits),
        QStringList({QStringLiteral("Z901"), QStringLiteral("Z902"), QStringLiteral("Z903")}));
    QCOMPARE(pasted.unknown, QStringList{QStringLiteral("Q99999")});
}

void TestServicesTerms::aliasesOfTheClinic()
{
    install(twins());
    terminology::Alias alias;
    alias.text = QStringLiteral(" 우리  별명 ");
    alias.system = QStringLiteral("kcd");
    alias.code = QStringLiteral("Z90.2");
    VERIFY_OK(terms().addAlias(alias));
    VERIFY_OK(terms().addAlias(alias)); // twice is once
    QCOMPARE(int(terms().aliases().size()), 1);
    QCOMPARE(terms().aliases().front().code, QStringLiteral("Z902"));
    const auto hits = terms().search(QStringLiteral("우리 별"), kcd);
    QCOMPARE(codesOf(hits), QStringList{QStringLiteral("Z902")});
    QCOMPARE(hits.front().matched, QStringLiteral("우리 별명"));
    QVERIFY(hits.front().source == TermSource::Alias);
    alias.code = QStringLiteral("Z999");
    QVERIFY(terms().addAlias(alias).error().is(errors::NoTerm));
    VERIFY_OK(terms().removeAlias(terms().aliases().front()));
    QVERIFY(terms().search(QStringLiteral("우리 별"), kcd).empty());
    QVERIFY(!terms().removeAlias(alias).ok());
}

QTEST_GUILESS_MAIN(TestServicesTerms)
#include "tst_services_terms.moc"
