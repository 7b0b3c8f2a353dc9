// Terms of a profile: what was used before moves codes up and fades, belongs to one doctor and one profile,
// survives new releases by concept; a search keeps its terminology while another is installed.
#include "ServiceFixture.h"

#include "core/base/Errors.h"
#include "core/base/Oid.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/SettingsService.h"
#include "core/services/TermDesk.h"
#include "core/services/TermService.h"

#include <atomic>
#include <thread>

using namespace naru;
using namespace naru::services;

namespace {
const QStringList kcd{QStringLiteral("kcd")};

terminology::Concept made(const char *code, const char *ko, const char *system = "kcd")
{
    terminology::Concept term;
    term.system = base::oid(system).text();
    term.code = QString::fromLatin1(code);
    term.ko = QString::fromUtf8(ko);
    return term;
}

// Codes of one name, so that only use can tell them apart.
std::vector<terminology::Concept> twins()
{
    return {made("Z901", "나루열"), made("Z902", "나루열"), made("Z903", "나루열"), made("Z904", "나루열")};
}

QStringList codesOf(const std::vector<TermHit> &hits)
{
    QStringList out;
    for (const TermHit &hit : hits)
        out.append(hit.code);
    return out;
}

const QByteArray captions = "상병기호,한글명,영문명,완전코드구분,주상병사용구분,법정감염병구분,성별구분,상한"
                            "연령,하한연령,양·한방구분\n";
QByteArray row(const char *code, const char *ko)
{
    return QByteArray(code) + ',' + ko + ",Made up,완전코드,가능,,,,,양방\n";
}
} // namespace

class TestServicesTerms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
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
    void retiredFavouriteNamesItsSubstitute();
    void conceptGoesOnUnderAnotherCode();
    void failedImportChangesNothing();
    void stoppedImportChangesNothing();
    void searchKeepsItsTerminology();
    void anotherProcessInstalls();
    void importWhileSearching();
    void twoProfilesKnowNothingOfEachOther();
    void earlierVisitsSeeTheirRelease();
    void pastedColumns();
    void aliasesOfTheClinic();
    void auditNamesTheImport();

private:
    TermService &terms() { return m->profile->terms(); }
    QString termsFolder() const { return m->folder.filePath(QStringLiteral("data/terms")); }
    // As another program of the same profile would.
    void install(
        std::vector<terminology::Concept> terms, const char *master = "kcd", QDate from = {}, QDate to = {})
    {
        terminology::IndexMeta meta;
        meta.title = QStringLiteral("test");
        meta.validFrom = from;
        meta.validTo = to;
        terminology::TermStore store(termsFolder());
        VERIFY_OK(store.install(QString::fromLatin1(master), meta, std::move(terms)));
        (void)this->terms().refresh(true);
    }
    QStringList found(const char *query, const TermContext &context = {})
    {
        return codesOf(terms().search(QString::fromUtf8(query), kcd, context).hits);
    }
    TermHit shown(const char *code, const char *system = "kcd")
    {
        const auto hit = terms().show(QString::fromLatin1(code), QLatin1String(system));
        return hit ? *hit : TermHit();
    }
    QString write(const char *name, const QByteArray &bytes)
    {
        const QString path = m->folder.filePath(QLatin1String(name));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return path;
    }
    base::Result<TermImport> import(const QByteArray &rows, const base::WorkContext &work = {})
    {
        terminology::ImportOptions options;
        options.master = QStringLiteral("kcd");
        return terms().importMaster({write("master.csv", captions + rows)}, options, work);
    }

    std::unique_ptr<test::Clinic> m{};
};

void TestServicesTerms::init()
{
    m = std::make_unique<test::Clinic>();
    qputenv("XDG_DATA_HOME", m->folder.path().toUtf8());
    m->clock = std::make_shared<base::ManualClock>(QDateTime::currentDateTimeUtc());
    VERIFY_OK(m->openOffline());
}

void TestServicesTerms::cleanup()
{
    m.reset();
}

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

void TestServicesTerms::retiredFavouriteNamesItsSubstitute()
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

void TestServicesTerms::conceptGoesOnUnderAnotherCode()
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

void TestServicesTerms::failedImportChangesNothing()
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

void TestServicesTerms::stoppedImportChangesNothing()
{
    VERIFY_OK(import(row("Z901", "나루열")));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = import(row("Z902", "나루통"), base::WorkContext(stop.get_token()));
    QVERIFY(!stopped.ok());
    QVERIFY(stopped.error().has(base::errors::Stopped));
    QCOMPARE(found("나루"), QStringList{QStringLiteral("Z901")});
}

void TestServicesTerms::searchKeepsItsTerminology()
{
    VERIFY_OK(import(row("Z901", "나루열")));
    const auto held = terms().snapshot();
    VERIFY_OK(import(row("Z902", "나루통")));
    VERIFY_OK(import(row("Z903", "나루염"))); // the first release's file is gone from the folder now
    QVERIFY(held->show(base::oid("kcd").text(), u"Z901").has_value());
    QCOMPARE(int(held->search(u"나루열").hits.size()), 1);
    QVERIFY(!terms().snapshot()->show(base::oid("kcd").text(), u"Z901").has_value());
}

void TestServicesTerms::anotherProcessInstalls()
{
    QVERIFY(found("나루열").isEmpty());
    terminology::TermStore other(termsFolder());
    VERIFY_OK(other.install(QStringLiteral("kcd"), {}, twins()));
    int noticed = 0;
    const auto token = m->profile->listen([&noticed](Change change) { noticed += change == Change::Terms; });
    QTRY_COMPARE_WITH_TIMEOUT(int(found("나루열").size()), 4, 3000); // a search looks by itself
    QCOMPARE(noticed, 1);
}

void TestServicesTerms::importWhileSearching()
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

void TestServicesTerms::twoProfilesKnowNothingOfEachOther()
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

void TestServicesTerms::earlierVisitsSeeTheirRelease()
{
    install({made("Z901", "나루열")}, "kcd", QDate(2020, 1, 1), QDate(2024, 12, 31));
    install({made("Z902", "나루통")}, "kcd", QDate(2025, 1, 1));
    TermContext then;
    then.day = QDate(2023, 5, 5);
    QCOMPARE(found("나루열", then), QStringList{QStringLiteral("Z901")});
    QVERIFY(found("나루열").isEmpty());
    QCOMPARE(found("나루통"), QStringList{QStringLiteral("Z902")});
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

void TestServicesTerms::auditNamesTheImport()
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

QTEST_GUILESS_MAIN(TestServicesTerms)
#include "tst_services_terms.moc"
