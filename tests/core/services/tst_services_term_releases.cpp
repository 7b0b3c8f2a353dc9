// Releases of a profile's terms: use survives them by concept, a failed one changes nothing, a search keeps
// its terminology while another is installed.
#include "TermFixture.h"

#include "core/base/Errors.h"
#include "core/services/Errors.h"
#include "core/services/SettingsService.h"
#include "core/services/TermDesk.h"

#include <atomic>
#include <thread>

using namespace naru;
using namespace naru::services;
using namespace naru::test;

class TestServicesTermReleases : public TermFixture {
    Q_OBJECT

private Q_SLOTS:
    void retiredFavouriteNamesItsSubstitute();
    void conceptGoesOnUnderAnotherCode();
    void failedImportChangesNothing();
    void stoppedImportChangesNothing();
    void searchKeepsItsTerminology();
    void anotherProcessInstalls();
    void importWhileSearching();
    void twoProfilesKnowNothingOfEachOther();
    void earlierVisitsSeeTheirRelease();
    void auditNamesTheImport();
};

void TestServicesTermReleases::retiredFavouriteNamesItsSubstitute()
{
    VERIFY_OK(import(row("Z901", "나루열") + row("Z902", "나루통") + row("Z903", "나루염")));
    VERIFY_OK(terms().toggleFavourite(shown("Z901")));
    terms().used(shown("Z902"));
    const auto second = import(row("Z903", "나루염") + row("Z904", "나루증"));
    VERIFY_OK(second);
    QCOMPARE(second->change.added, 1);
    QCOMPARE(second->change.removed, 2);
    QCOMPARE(int(second->affected.size()), 2);
    QCOMPARE(second->affected[0].before.code, QStringLiteral("Z901")); // favourites first
    QVERIFY(second->affected[0].favourite);
    QCOMPARE(second->affected[0].before.ko, QStringLiteral("나루열")); // in the words of its time
    QVERIFY(!second->affected[1].favourite);
    const auto favourites = terms().favourites(kcd);
    QCOMPARE(int(favourites.size()), 1);
    QVERIFY(favourites.front().retired);
    QCOMPARE(favourites.front().ko, QStringLiteral("나루열"));
}

void TestServicesTermReleases::conceptGoesOnUnderAnotherCode()
{
    const QByteArray header = "용어코드\t개념코드\t영문명\t한글명\tKCD\tICD9CM\tLOINC\tEDI\tSNOMED CT\n";
    terminology::ImportOptions options;
    options.master = QStringLiteral("kostom");
    VERIFY_OK(terms().importMaster({write("one.txt",
                                       header
                                           + "H10000001\tH10000001\tNaru fever\t나루열\t\t\t\t\t\n"
                                             "H10000002\tH10000002\tNaru pain\t나루통\t\t\t\t\t\n")},
        options));
    TermHit fever = shown("H10000001", "kostom");
    QCOMPARE(fever.conceptCode, QStringLiteral("H10000001"));
    VERIFY_OK(terms().toggleFavourite(fever));
    terms().used(fever);
    terms().used(fever);
    // The next release prefers another term of the concept.
    const auto second =
        terms().importMaster({write("two.txt",
                                 header
                                     + "H10000009\tH10000001\tNaru fever, revised\t나루 발열\t\t\t\t\t\n"
                                       "H10000002\tH10000002\tNaru pain\t나루통\t\t\t\t\t\n")},
            options);
    VERIFY_OK(second);
    QCOMPARE(int(second->affected.size()), 1);
    QVERIFY(second->affected[0].renamedCode);
    const auto favourites = terms().favourites({QStringLiteral("kostom")});
    QCOMPARE(codesOf(favourites), QStringList{QStringLiteral("H10000009")});
    QCOMPARE(favourites.front().ko, QStringLiteral("나루 발열"));
    QVERIFY(!favourites.front().retired);
    QVERIFY(shown("H10000009", "kostom").recent); // its weight went with it
}

void TestServicesTermReleases::failedImportChangesNothing()
{
    VERIFY_OK(import(row("Z901", "나루열")));
    const auto before = terms().snapshot();
    QByteArray broken = captions;
    broken.replace("완전코드구분,", "");
    const auto failed = terms().importMaster(
        {write("broken.csv", broken + row("Z902", "나루통"))}, {QStringLiteral("kcd"), {}, {}});
    QVERIFY(!failed.ok());
    QVERIFY(failed.error().arguments.contains(QStringLiteral("row")));
    QVERIFY(failed.error().arguments.contains(QStringLiteral("column")));
    QCOMPARE(terms().snapshot(), before);
    QCOMPARE(int(terms().releases().size()), 1);
    const auto unknown = terms().importMaster({write("x.csv", captions)}, {QStringLiteral("nix"), {}, {}});
    QVERIFY(unknown.error().is(errors::NoTermSystem));
}

void TestServicesTermReleases::stoppedImportChangesNothing()
{
    VERIFY_OK(import(row("Z901", "나루열")));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = import(row("Z902", "나루통"), base::WorkContext(stop.get_token()));
    QVERIFY(!stopped.ok());
    QVERIFY(stopped.error().has(base::errors::Stopped));
    QCOMPARE(found("나루"), QStringList{QStringLiteral("Z901")});
}

void TestServicesTermReleases::searchKeepsItsTerminology()
{
    VERIFY_OK(import(row("Z901", "나루열")));
    const auto held = terms().snapshot();
    VERIFY_OK(import(row("Z902", "나루통")));
    VERIFY_OK(import(row("Z903", "나루염"))); // the first release's file is gone from the folder now
    QVERIFY(held->show(base::oid("kcd").text(), u"Z901").has_value());
    QCOMPARE(int(held->search(u"나루열").hits.size()), 1);
    QVERIFY(!terms().snapshot()->show(base::oid("kcd").text(), u"Z901").has_value());
}

void TestServicesTermReleases::anotherProcessInstalls()
{
    QVERIFY(found("나루열").isEmpty());
    terminology::TermStore other(termsFolder());
    VERIFY_OK(other.install(QStringLiteral("kcd"), {}, twins()));
    int noticed = 0;
    const auto token = m->profile->listen([&noticed](Change change) { noticed += change == Change::Terms; });
    QTRY_COMPARE_WITH_TIMEOUT(int(found("나루열").size()), 4, 3000); // a search looks by itself
    QCOMPARE(noticed, 1);
}

void TestServicesTermReleases::importWhileSearching()
{
    std::vector<terminology::Concept> first, second;
    for (int i = 0; i < 300; ++i) {
        first.push_back(made(qPrintable(QStringLiteral("Z%1").arg(i + 1000)), "나루 첫째 병"));
        second.push_back(made(qPrintable(QStringLiteral("Z%1").arg(i + 1000)), "나루 둘째 병"));
    }
    TermDesk desk(m->folder.filePath(QStringLiteral("desk")));
    terminology::TermStore writer(m->folder.filePath(QStringLiteral("desk/terms")));
    VERIFY_OK(writer.install(QStringLiteral("kcd"), {}, first));
    (void)desk.refresh(true);
    std::atomic<bool> stop{false};
    std::atomic<int> mixed{0}, asked{0}, short_{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!stop) {
                const auto hits = desk.search(QStringLiteral("나루"), kcd, {}, 50).hits;
                ++asked;
                short_ += hits.size() < 50;
                for (const TermHit &hit : hits)
                    mixed += hit.ko != hits.front().ko; // never rows of two releases in one list
            }
        });
    }
    for (int i = 0; i < 6; ++i) {
        VERIFY_OK(writer.install(QStringLiteral("kcd"), {}, i % 2 == 0 ? second : first));
        (void)desk.refresh(true);
    }
    stop = true;
    for (std::thread &reader : readers)
        reader.join();
    QVERIFY(asked > 0);
    QCOMPARE(mixed.load(), 0);
    QCOMPARE(short_.load(), 0);
}

void TestServicesTermReleases::twoProfilesKnowNothingOfEachOther()
{
    VERIFY_OK(import(row("Z901", "나루열") + row("Z902", "나루열")));
    terms().used(shown("Z902"));
    VERIFY_OK(terms().toggleFavourite(shown("Z902")));
    test::Clinic other;
    other.clock = m->clock;
    VERIFY_OK(other.openOffline());
    QVERIFY(other.profile->terms().releases().empty());
    QVERIFY(other.profile->terms().search(QStringLiteral("나루열"), kcd).empty());
    QVERIFY(other.profile->terms().favourites({}).empty());
    QVERIFY(other.profile->terms().recent({}).empty());
    // And nobody reads from the folder what the clinic codes.
    QFile database(m->folder.filePath(QStringLiteral("data/naru.db")));
    if (database.open(QIODevice::ReadOnly))
        QVERIFY(!database.readAll().contains("Z902"));
}

void TestServicesTermReleases::earlierVisitsSeeTheirRelease()
{
    install({made("Z901", "나루열")}, "kcd", QDate(2020, 1, 1), QDate(2024, 12, 31));
    install({made("Z902", "나루통")}, "kcd", QDate(2025, 1, 1));
    TermContext then;
    then.day = QDate(2023, 5, 5);
    QCOMPARE(found("나루열", then), QStringList{QStringLiteral("Z901")});
    QVERIFY(found("나루열").isEmpty());
    QCOMPARE(found("나루통"), QStringList{QStringLiteral("Z902")});
}

void TestServicesTermReleases::auditNamesTheImport()
{
    const auto before = m->profile->audit().verify();
    VERIFY_OK(before);
    VERIFY_OK(import(row("Z901", "나루열")));
    QVERIFY(!terms().importMaster({QStringLiteral("/nowhere.csv")}, {QStringLiteral("kcd"), {}, {}}).ok());
    const auto after = m->profile->audit().verify();
    VERIFY_OK(after);
    QVERIFY(after->intact);
    QCOMPARE(after->records - before->records, 2); // failures too
}

QTEST_GUILESS_MAIN(TestServicesTermReleases)
#include "tst_services_term_releases.moc"
