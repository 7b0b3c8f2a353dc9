// Releases come and go as a whole: searches, other processes and killed imports see the old one or the new.
#include "core/base/Oid.h"
#include "core/terminology/Errors.h"
#include "core/terminology/TermStore.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace naru;
using namespace naru::terminology;

namespace {
const QString kcd()
{
    return base::oid("kcd").text();
}

Concept term(const QString &code, const QString &ko)
{
    Concept out;
    out.system = kcd();
    out.code = code;
    out.ko = ko;
    return out;
}

// A release in which every name carries its number: half an index would show two numbers or none.
std::vector<Concept> edition(int number, int terms)
{
    std::vector<Concept> out;
    for (int i = 0; i < terms; ++i)
        out.push_back(term(QStringLiteral("A%1").arg(i, 4, 10, QLatin1Char('0')),
            QStringLiteral("시험병 %1 제%2판").arg(i).arg(number)));
    return out;
}

IndexMeta meta(const char *version, QDate from = {}, QDate to = {})
{
    IndexMeta out;
    out.version = QString::fromLatin1(version);
    out.validFrom = from;
    out.validTo = to;
    return out;
}

// A folder of a store that has started once before: the indexes of the program's own tables are there.
class StoreFolder {
public:
    StoreFolder()
    {
        static const QTemporaryDir first;
        static const TermStore made(first.path());
        const QDir from(first.path());
        for (const QString &name : from.entryList({QStringLiteral("builtin-*")}, QDir::Files))
            QFile::copy(from.filePath(name), filePath(name));
    }
    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder{};
};

QStringList indexFiles(const QString &folder)
{
    return QDir(folder).entryList({QStringLiteral("*.terms")}, QDir::Files);
}
} // namespace

class tst_TermStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void starterUntilSomethingIsInstalled()
    {
        StoreFolder folder;
        TermStore store(folder.filePath(QStringLiteral("not yet there")));
        QVERIFY(store.releases().empty() && store.problems().empty());
        QVERIFY(!store.current()->search(u"당뇨").hits.empty());
        QVERIFY(!store.refresh());
        // Its own tables are indexed there once, and mapped by the next start.
        const QDir made(folder.filePath(QStringLiteral("not yet there")));
        QCOMPARE(made.entryList({QStringLiteral("builtin-*.index")}, QDir::Files).size(), 2);
        TermStore next(made.path());
        QCOMPARE(next.current()->search(u"당뇨").hits, store.current()->search(u"당뇨").hits);
        QCOMPARE(next.current()->search(u"DM").hits, Terminology::starter()->search(u"DM").hits);
    }

    void aReleaseReplacesTheStarterOfItsSystem()
    {
        StoreFolder folder;
        TermStore store(folder.path());
        std::vector<Concept> terms = edition(1, 10);
        terms.push_back(term(QStringLiteral("E119"), QStringLiteral("합병증이 없는 제2형 당뇨")));
        const auto change = store.install(QStringLiteral("kcd"), meta("2024"), terms);
        QVERIFY(change.ok());
        QCOMPARE(change->added, 11);
        QCOMPARE(store.releases().front().terms, 11);
        QCOMPARE(store.current()->counts().value(kcd()), 11);
        QVERIFY(store.current()->counts().value(base::oid("atc").text()) > 100); // no release brings it
        for (const TermHit &hit : store.current()->search(u"고혈압").hits)
            QVERIFY(hit.term.system != kcd());
        // An alias of the program leads to the code of the release.
        const auto hits = store.current()->search(u"DM").hits;
        QVERIFY(!hits.empty());
        QCOMPARE(hits.front().term.ko, QStringLiteral("합병증이 없는 제2형 당뇨"));
        QCOMPARE(hits.front().source, TermHit::Source::Alias);
        QCOMPARE(hits.front().matched, QStringLiteral("DM"));
    }

    void theChangeIsReportedAndThePreviousReleaseKept()
    {
        StoreFolder folder;
        TermStore store(folder.path());
        const QDate first(2024, 1, 1), second(2025, 1, 1);
        QVERIFY(
            store.install(QStringLiteral("kcd"), meta("1", first, second.addDays(-1)), edition(1, 10)).ok());
        auto next = edition(1, 12);
        next.erase(next.begin()); // A0000 is gone
        next[0].ko = QStringLiteral("다른 이름");
        next[1].validTo = QDate(2020, 1, 1);
        const auto change = store.install(QStringLiteral("kcd"), meta("2", second), next);
        QVERIFY(change.ok());
        QCOMPARE(change->added, 2);
        QCOMPARE(change->removed, 1);
        QCOMPARE(change->renamed, 1);
        QCOMPARE(change->retired, 1);
        QCOMPARE(change->gone.size(), size_t(2));
        QCOMPARE(change->gone.front().code, QStringLiteral("A0000"));
        QCOMPARE(store.releases().size(), size_t(2));
        QVERIFY(!store.current()->show(kcd(), u"A0000"));
        QVERIFY(store.on(QDate(2024, 6, 1))->show(kcd(), u"A0000"));
        QVERIFY(!store.on(QDate(2025, 6, 1))->show(kcd(), u"A0000"));
        // Only the one before is kept.
        QVERIFY(store.install(QStringLiteral("kcd"), meta("3"), edition(3, 5)).ok());
        QCOMPARE(store.releases().size(), size_t(2));
        QCOMPARE(indexFiles(folder.path()).size(), 2);
        // Taking the current one back puts the one before in service.
        const auto all = store.releases();
        const auto current =
            std::find_if(all.begin(), all.end(), [](const Release &one) { return one.current; });
        QVERIFY(store.remove(current->id).ok());
        QCOMPARE(store.current()->counts().value(kcd()), 11);
        QVERIFY(store.remove(QStringLiteral("no such")).error().is(errors::ReleaseUnknown));
    }

    void aDamagedReleaseGivesWayToThePreviousOne()
    {
        StoreFolder folder;
        {
            TermStore store(folder.path());
            QVERIFY(store.install(QStringLiteral("kcd"), meta("1"), edition(1, 10)).ok());
            QVERIFY(store.install(QStringLiteral("kcd"), meta("2"), edition(2, 20)).ok());
            QFile file(folder.filePath(store.releases().back().id + QStringLiteral(".terms")));
            QVERIFY(file.resize(file.size() / 2));
        }
        TermStore store(folder.path());
        QCOMPARE(store.problems().size(), size_t(1));
        QVERIFY(store.problems().front().is(errors::IndexDamaged));
        QCOMPARE(store.current()->counts().value(kcd()), 10);
        QFile list(folder.filePath(QStringLiteral("releases.json")));
        QVERIFY(list.open(QIODevice::WriteOnly | QIODevice::Truncate));
        list.write("{\"releases\": [");
        list.close();
        QVERIFY(store.refresh());
        QVERIFY(store.problems().front().is(errors::ReleasesDamaged));
        QVERIFY(!store.current()->search(u"당뇨").hits.empty());
    }

    void otherProcessesAreNoticed()
    {
        StoreFolder folder;
        TermStore one(folder.path()), other(folder.path());
        QVERIFY(one.install(QStringLiteral("kcd"), meta("1"), edition(1, 10)).ok());
        QVERIFY(other.refresh());
        QVERIFY(!other.refresh());
        QCOMPARE(other.current()->counts().value(kcd()), 10);
        const auto held = other.current(); // a search that began before goes on with what it has
        QVERIFY(one.install(QStringLiteral("kcd"), meta("2"), edition(2, 20)).ok());
        QVERIFY(one.install(QStringLiteral("kcd"), meta("3"), edition(3, 30)).ok());
        QCOMPARE(held->counts().value(kcd()), 10);
        QCOMPARE(held->search(u"시험병").hits.size(), size_t(10));
        QVERIFY(other.refresh());
        QCOMPARE(other.current()->counts().value(kcd()), 30);
    }

    void theClinicsOwnAliases()
    {
        StoreFolder folder;
        TermStore store(folder.path()), other(folder.path());
        QVERIFY(
            store
                .setAliases({{QStringLiteral("우리말당"), QStringLiteral("ko"), kcd(), QStringLiteral("E119"),
                                 1000},
                    {QStringLiteral("우리말당"), QStringLiteral("ko"), kcd(), QStringLiteral("I10"), 500}})
                .ok());
        const auto hits = store.current()->search(u"우리말").hits;
        QCOMPARE(hits.size(), size_t(2)); // one word, two codes: both are shown
        QCOMPARE(hits.front().term.code, QStringLiteral("E119"));
        QVERIFY(other.refresh());
        QCOMPARE(other.aliases().size(), size_t(2));
        QCOMPARE(other.current()->search(u"우리말").hits.size(), size_t(2));
        QVERIFY(other.current()->search(u"ㅇㄹㅁ").hits.size() >= 2);
    }

    void searchesDuringImportsSeeOneEdition()
    {
        StoreFolder folder;
        TermStore store(folder.path());
        QVERIFY(store.install(QStringLiteral("kcd"), meta("0"), edition(0, 200)).ok());
        std::atomic<bool> done{false};
        std::atomic<int> wrong{0}, searches{0};
        const auto reader = [&] {
            while (!done) {
                const auto now = store.current();
                TermFilter filter;
                filter.systems = {kcd()};
                const auto hits = now->search(u"시험병", filter).hits;
                QSet<QString> editions;
                for (const TermHit &hit : hits)
                    editions.insert(hit.term.ko.section(u' ', 2));
                if (hits.size() != 50 || editions.size() != 1 || now->counts().value(kcd()) != 200)
                    ++wrong;
                ++searches;
            }
        };
        std::thread first(reader), second(reader);
        for (int i = 1; i <= 5; ++i)
            QVERIFY(store.install(QStringLiteral("kcd"), meta("n"), edition(i, 200)).ok());
        done = true;
        first.join();
        second.join();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(searches.load() > 5);
    }

    // Importers killed at any moment: whoever looks next finds a whole edition, and can import himself.
    void killedImportsLeaveTheOldInService()
    {
        StoreFolder folder;
        TermStore store(folder.path());
        QVERIFY(store.install(QStringLiteral("kcd"), meta("0"), edition(0, 60)).ok());
        int killed = 0;
        for (int round = 0; round < 6; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--import"), folder.path(), QString::number(round + 1)});
            QVERIFY(child.waitForReadyRead(20'000)); // it says when it begins
            QTest::qSleep(round * 5);
            child.kill();
            QVERIFY(child.waitForFinished(20'000));
            killed += child.exitStatus() == QProcess::CrashExit ? 1 : 0;
            TermStore fresh(folder.path());
            QVERIFY2(fresh.problems().empty(),
                qPrintable(fresh.problems().empty() ? QString() : fresh.problems()[0].toString()));
            TermFilter filter;
            filter.systems = {kcd()};
            const auto hits = fresh.current()->search(u"시험병", filter).hits;
            QSet<QString> editions;
            for (const TermHit &hit : hits)
                editions.insert(hit.term.ko.section(u' ', 2));
            QCOMPARE(hits.size(), size_t(50));
            QCOMPARE(editions.size(), 1);
        }
        QVERIFY(killed > 2);
        QVERIFY(store.install(QStringLiteral("kcd"), meta("9"), edition(99, 60)).ok());
        QVERIFY(store.current()->search(u"시험병").hits.front().term.ko.endsWith(QStringLiteral("제99판")));
    }

public:
    // The other process: imports one edition after the other until it is killed.
    static int import(const QString &folder, int number)
    {
        TermStore store(folder);
        std::fputs("begin\n", stdout);
        std::fflush(stdout);
        for (int i = 0; i < 200; ++i) {
            if (!store.install(QStringLiteral("kcd"), meta("k"), edition(number * 1000 + i, 60)))
                return 1;
        }
        return 0;
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == QLatin1String("--import"))
        return tst_TermStore::import(arguments.value(2), arguments.value(3).toInt());
    tst_TermStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_termstore.moc"
