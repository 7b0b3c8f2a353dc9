// Tables of how often a code is claimed: they order hits of one level after the clinic's own use, come and go
// as releases and never hide or damage what is in service.
#include "core/terminology/Errors.h"
#include "core/terminology/Frequency.h"
#include "core/terminology/importers/Importer.h"
#include "tests/core/terminology/IndexTerms.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::terminology;

namespace {
QString kcd()
{
    return base::oid("kcd").text();
}

std::vector<Concept> classification()
{
    return {term("J00", "감기"), term("J01", "감기 뒤 기침"), term("J02", "감기약 발진"),
        term("J03", "감기와 설사"), term("J20", "기관지염"), term("J209", "상세불명의 기관지염"),
        term("K52", "여름감기")};
}
} // namespace

class tst_Frequency : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder{};

    QString file(const QString &name, const char *text) const
    {
        QFile out(m_folder.filePath(name));
        return out.open(QIODevice::WriteOnly) && out.write(text) > 0 ? out.fileName() : QString();
    }
    // A folder of a store that has started once before.
    QString folder(const QString &name) const
    {
        static const QTemporaryDir first;
        static const TermStore made(first.path());
        const QDir from(first.path());
        const QString path = m_folder.filePath(name);
        QDir().mkpath(path);
        for (const QString &builtin : from.entryList({QStringLiteral("builtin-*")}, QDir::Files))
            QFile::copy(from.filePath(builtin), path + u'/' + builtin);
        return path;
    }
    static base::Result<ImportedMaster> read(const QString &path, std::shared_ptr<ImportReport> partial = {})
    {
        ImportOptions options;
        options.master = QStringLiteral("frequency");
        options.forSystem = kcd();
        options.partial = std::move(partial);
        return importMaster({path}, options);
    }
    static base::Status install(TermStore &store, const QString &path)
    {
        NARU_ASSIGN(ImportedMaster table, read(path));
        NARU_TRY(store.install(frequencyMaster(QStringLiteral("kcd")), table.meta, std::move(table.terms)));
        return {};
    }
    static QString order(const TermStore &store, const QString &query, const TermUsage *usage = nullptr)
    {
        TermFilter filter;
        filter.systems = {kcd()};
        filter.usage = usage;
        return codes(store.current()->search(query, filter).hits).join(u' ');
    }

private Q_SLOTS:
    void ordersWithinALevelAfterOwnUse()
    {
        TermStore store(folder(QStringLiteral("one")));
        QVERIFY(store.install(QStringLiteral("kcd"), {}, classification()).ok());
        const QString plain = order(store, QStringLiteral("감기"));
        QVERIFY2(plain.startsWith(QLatin1String("J00 ")) && plain.endsWith(QLatin1String(" K52")),
            qPrintable(plain));
        // J03 is claimed most, K52 more than all; J00 never.
        const QString table = file(QStringLiteral("2025.csv"),
            "상병코드,상병명,환자수,명세서건수\nJ03,감기와 설사,10,\"9,000\"\nJ02,감기약 발진,5,800\n"
            "J01,감기 뒤 기침,1,70\nK52,여름감기,99,90000\nJ20,기관지염,3,500\n");
        QVERIFY(install(store, table).ok());
        // The whole name first, then the starts by claims, what lies inside last whatever its claims.
        QCOMPARE(order(store, QStringLiteral("감기")), QStringLiteral("J00 J03 J02 J01 K52"));
        TermUsage usage;
        usage.counts[TermUsage::key(kcd(), QStringLiteral("J01"))] = {0, 0, 1, false};
        QCOMPARE(order(store, QStringLiteral("감기"), &usage), QStringLiteral("J00 J01 J03 J02 K52"));
        // A table of categories speaks for what stands below them.
        const auto terms = store.current();
        QCOMPARE(terms->show(kcd(), u"J209")->weight, terms->show(kcd(), u"J20")->weight * 3 / 4);
        QVERIFY(terms->show(kcd(), u"J20")->weight > 0);
        QCOMPARE(terms->show(kcd(), u"J00")->weight, 0);
    }
    void isAReleaseAndNoTerms()
    {
        const QString folder = this->folder(QStringLiteral("two"));
        TermStore store(folder);
        const QString first =
            file(QStringLiteral("2024.csv"), "코드,명칭,건수\nJ03,감기와 설사,90\nJ02,감기약 발진,8\n");
        const QString second =
            file(QStringLiteral("2025b.csv"), "코드,명칭,건수\nJ02,감기약 발진,90\nJ03,감기와 설사,8\n");
        QVERIFY(install(store, first).ok()); // before the master: it waits for it
        QVERIFY(store.install(QStringLiteral("kcd"), {}, classification()).ok());
        QVERIFY(order(store, QStringLiteral("감기")).startsWith(QLatin1String("J00 J03 J02")));
        QCOMPARE(store.current()->counts().value(kcd()), 7); // the rows of a table are no terms of their own
        QVERIFY(install(store, second).ok());
        QVERIFY(order(store, QStringLiteral("감기")).startsWith(QLatin1String("J00 J02 J03")));
        // Another process sees the same; no file is left over.
        TermStore other(folder);
        QVERIFY(order(other, QStringLiteral("감기")).startsWith(QLatin1String("J00 J02 J03")));
        const auto releases = store.releases();
        QCOMPARE(releases.size(), size_t(3)); // the master, the table and the one before it
        qsizetype named = 0;
        QString current;
        for (const Release &one : releases) {
            named += QFile::exists(folder + u'/' + one.id + QStringLiteral(".terms")) ? 1 : 0;
            if (one.current && isFrequency(one.master))
                current = one.id;
        }
        QCOMPARE(named, 3);
        QCOMPARE(QDir(folder).entryList({QStringLiteral("*.terms")}).filter(QStringLiteral("kcd")).size(), 3);
        // Without it the one before counts again, without that none.
        QVERIFY(store.remove(current).ok());
        QVERIFY(order(store, QStringLiteral("감기")).startsWith(QLatin1String("J00 J03 J02")));
        for (const Release &one : store.releases()) {
            if (isFrequency(one.master))
                QVERIFY(store.remove(one.id).ok());
        }
        QCOMPARE(store.current()->show(kcd(), u"J03")->weight, 0);
        QCOMPARE(store.releases().size(), size_t(1));
    }
    void rowsAreAddedUpAndFaultsNamed()
    {
        const auto read1 = read(file(QStringLiteral("rows.csv"),
            "주상병코드,주상병명,진료년도,명세서청구건수\nJ20.9,기관지염,2023,100\nJ209,기관지염,2024,"
            "300\nK29,위염,2024,*\n"
            "J00,감기,2024,400\nJ01,부비동염,2024,\nJ02,인두염,2024,1\nJ03,편도염,2024,2\nJ04,후두염,2024,3\n"
            "J05,크룹,2024,4\nJ06,상기도감염,2024,5\nJ10,독감,2024,6\nJ11,독감,2024,많음\n"));
        QVERIFY2(read1.ok(), qPrintable(read1.ok() ? QString() : read1.error().toString()));
        QCOMPARE(read1->terms.size(), size_t(8));
        QCOMPARE(read1->terms.front().code, QStringLiteral("J209"));
        QCOMPARE(read1->terms.front().weight, 1000); // 400, as many as J00
        QCOMPARE(read1->terms[1].weight, 1000);
        QCOMPARE(read1->report.refused, 1);
        QCOMPARE(read1->report.ignored, 2); // hidden numbers
        const RowProblem &fault = read1->report.problems.front();
        QCOMPARE(fault.row, 13);
        QCOMPARE(fault.column, QStringLiteral("명세서청구건수"));
        QVERIFY(fault.error.is(errors::ImportValue));
    }
    void aFailedImportTellsItsRowsAndChangesNothing()
    {
        TermStore store(folder(QStringLiteral("three")));
        QVERIFY(store.install(QStringLiteral("kcd"), {}, classification()).ok());
        const QString before = order(store, QStringLiteral("감기"));
        const QString bad = file(QStringLiteral("bad.csv"),
            "상병코드,상병명,건수\nJ03,감기와 설사,9\n감기,감기,1\nJ01,감기,x\n,감기,3\n12,감기,4\n");
        const auto partial = std::make_shared<ImportReport>();
        const auto failed = read(bad, partial);
        QVERIFY(!failed.ok() && failed.error().is(errors::ImportTooManyRefused));
        QCOMPARE(partial->read, 5);
        QCOMPARE(partial->refused, 4);
        QCOMPARE(partial->problems.size(), size_t(4));
        const qint64 rows[] = {3, 4, 5, 6};
        const char *columns[] = {"상병코드", "건수", "상병코드", "상병코드"};
        for (size_t i = 0; i < 4; ++i) {
            QCOMPARE(partial->problems[i].row, rows[i]);
            QCOMPARE(partial->problems[i].column, QString::fromUtf8(columns[i]));
        }
        QVERIFY(!install(store, bad).ok());
        QVERIFY(!install(store, file(QStringLiteral("none.csv"), "상병코드,상병명\nJ03,감기\n")).ok());
        QCOMPARE(order(store, QStringLiteral("감기")), before);
        QCOMPARE(store.releases().size(), size_t(1));
        // In the middle of another master: what was read until the fault is told as well.
        const auto cut = std::make_shared<ImportReport>();
        ImportOptions options;
        options.master = QStringLiteral("kcd");
        options.partial = cut;
        const QString path =
            QStringLiteral(NARU_SOURCE_DIR "/tests/data/terms/masters/hostile/column-missing.csv");
        QVERIFY(!importMaster({path}, options).ok());
        QCOMPARE(cut->kept, 0);
    }
};

QTEST_GUILESS_MAIN(tst_Frequency)
#include "tst_frequency.moc"
