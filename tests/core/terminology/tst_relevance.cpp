// How often the code a doctor means stands first, and among the first five, when she types as doctors type.
// The set and its two halves are described in tests/data/terms/README.md.
#include "core/base/Oid.h"
#include "core/terminology/ExpectedCodes.h"
#include "core/terminology/Terminology.h"

#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <numeric>

using namespace naru;
using namespace naru::terminology;

namespace {

constexpr double hit1Goal = 0.75, hit5Goal = 0.95, missingLimit = 0.03;
constexpr int pairsAtLeast = 420, kindAtLeast = 40;

struct Pair {
    QString query{}, system{}, kind{}, note{};
    QStringList codes{};
    ExpectedCodes expected{};
    bool report = false; // of the half whose misses nobody looks at
};

struct Figures {
    int pairs = 0, first = 0, five = 0, none = 0;
    double reciprocal = 0; // sum of 1/rank
    void add(int rank)
    {
        ++pairs;
        first += rank == 1;
        five += rank >= 1 && rank <= 5;
        none += rank == 0;
        reciprocal += rank > 0 ? 1.0 / rank : 0;
    }
    double hit1() const { return pairs ? double(first) / pairs : 0; }
    double hit5() const { return pairs ? double(five) / pairs : 0; }
    QString row(const QString &name) const
    {
        return QStringLiteral("%1 %2 %3 %4 %5 %6")
            .arg(name, -22)
            .arg(pairs, 5)
            .arg(hit1(), 7, 'f', 3)
            .arg(hit5(), 7, 'f', 3)
            .arg(pairs ? reciprocal / pairs : 0, 7, 'f', 3)
            .arg(none, 6);
    }
};

bool inReportHalf(const QString &query, const QString &system)
{
    quint32 hash = 2166136261u; // FNV-1a
    for (const char c : (query + QLatin1Char('|') + system).toUtf8())
        hash = (hash ^ quint8(c)) * 16777619u;
    return hash & 1;
}

QList<Pair> readSet()
{
    QFile file(QStringLiteral(NARU_TEST_DATA "/terms/relevance.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Pair> pairs;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
        const QStringList cells = line.split(QLatin1Char('\t'));
        if (line.startsWith(QLatin1Char('#')) || cells.size() < 4 || cells[0] == QLatin1String("query"))
            continue;
        pairs.append({cells[0], cells[1], cells[3], cells.value(4), cells[2].split(QLatin1Char('|')),
            ExpectedCodes(cells[2]), inReportHalf(cells[0], cells[1])});
    }
    return pairs;
}

QString systemOid(const Pair &pair)
{
    return base::oid(pair.system.toLatin1().constData()).text();
}
// 1-based; 0 when not among the rows the picker would show.
int rankOf(const Pair &pair, const Terminology &terms)
{
    TermFilter filter;
    filter.systems = {systemOid(pair)};
    const TermAnswer answer = terms.search(pair.query, filter);
    const auto &rows =
        answer.hits.empty() && pair.kind == QLatin1String("typo") ? answer.similar : answer.hits;
    return pair.expected.rankIn(rows);
}

// Whether any of the codes is in the terminology at all: a set cannot be answered with codes nobody entered.
bool known(const Pair &pair, const Terminology &terms)
{
    for (QString code : pair.codes) {
        TermFilter filter;
        filter.systems = {systemOid(pair)};
        filter.limit = 5;
        for (const TermHit &hit : terms.search(code.remove(QLatin1Char('*')), filter).hits) {
            if (pair.expected.accept(hit.term.system, hit.term.code))
                return true;
        }
    }
    return false;
}

struct Tally {
    Figures all{}, tuning{}, report{}, first{}, second{};
    QMap<QString, Figures> kinds{}, systems{};
    QMap<QString, int> missing{}; // pairs per system of which no code is known
    QStringList misses{}; // of first place, tuning half

    void add(const Pair &pair, int rank, bool there)
    {
        all.add(rank);
        (pair.report ? report : tuning).add(rank);
        kinds[pair.kind].add(rank);
        kinds[pair.kind + (pair.report ? QLatin1String(" report") : QLatin1String(" tuning"))].add(rank);
        systems[pair.system].add(rank);
        (pair.note.startsWith(QLatin1String("second round")) ? second : first).add(rank);
        if (!there)
            ++missing[pair.system];
        if (rank == 1 || pair.report)
            return;
        QString where = QString::number(rank);
        if (rank == 0)
            where = there ? QStringLiteral("not shown") : QStringLiteral("no such code");
        misses.append(QStringLiteral("%1 %2: %3 (%4), wanted %5")
                          .arg(pair.kind, pair.system, pair.query, where, pair.codes.join(QLatin1Char('|'))));
    }
    int absent() const { return std::accumulate(missing.cbegin(), missing.cend(), 0); }
    QStringList table() const
    {
        QStringList rows{QStringLiteral("%1 pairs   hit@1   hit@5     MRR   none").arg(QString(), -22)};
        for (const auto &group : {kinds, systems}) {
            for (auto it = group.cbegin(); it != group.cend(); ++it)
                rows.append(it->row(it.key()));
        }
        rows.append({tuning.row(QStringLiteral("tuning half")), report.row(QStringLiteral("report half")),
            first.row(QStringLiteral("first round")), second.row(QStringLiteral("second round")),
            all.row(QStringLiteral("all"))});
        for (auto it = missing.cbegin(); it != missing.cend(); ++it)
            rows.append(QStringLiteral("%1 pairs of %2 name no known code").arg(it.value()).arg(it.key()));
        return rows;
    }
};

} // namespace

class tst_Relevance : public QObject {
    Q_OBJECT

    const QList<Pair> m_pairs = readSet();

private Q_SLOTS:
    void theSetIsWhole()
    {
        QVERIFY(m_pairs.size() >= pairsAtLeast);
        const QHash<QString, QRegularExpression> shapes{
            {QStringLiteral("kcd"), QRegularExpression(QStringLiteral("^[A-Z][0-9]([0-9]{1,4})?\\*?$"))},
            {QStringLiteral("atc"),
                QRegularExpression(QStringLiteral("^[A-Z][0-9]{2}[A-Z]{1,2}([0-9]{2})?\\*?$"))},
            {QStringLiteral("loinc"), QRegularExpression(QStringLiteral("^[0-9]{3,6}-[0-9]$"))},
            {QStringLiteral("icd9cm"), QRegularExpression(QStringLiteral("^[0-9]{2}\\.[0-9]{1,2}\\*?$"))}};
        QMap<QString, int> kinds;
        QSet<QString> seen;
        int report = 0, kcd = 0;
        for (const Pair &pair : m_pairs) {
            const QByteArray where = pair.query.toUtf8();
            QVERIFY2(!pair.query.trimmed().isEmpty() && shapes.contains(pair.system), where.constData());
            QVERIFY2(!seen.contains(pair.query + pair.system), where.constData());
            seen.insert(pair.query + pair.system);
            for (const QString &code : pair.codes)
                QVERIFY2(shapes[pair.system].match(code).hasMatch(), where.constData());
            ++kinds[pair.kind];
            report += pair.report;
            kcd += pair.system == QLatin1String("kcd");
        }
        QCOMPARE(kinds.keys(),
            QStringList({QStringLiteral("abbreviation"), QStringLiteral("choseong"), QStringLiteral("code"),
                QStringLiteral("colloquial"), QStringLiteral("english"), QStringLiteral("mixed"),
                QStringLiteral("partial"), QStringLiteral("typo")}));
        for (auto it = kinds.cbegin(); it != kinds.cend(); ++it)
            QVERIFY2(it.value() >= kindAtLeast, qPrintable(it.key()));
        QVERIFY(kcd * 100 >= m_pairs.size() * 60);
        QVERIFY(report * 100 >= m_pairs.size() * 40 && report * 100 <= m_pairs.size() * 60);
    }
    void codesAsTheSetWritesThem()
    {
        const QString kcd = base::oid("kcd").text(), atc = base::oid("atc").text();
        const ExpectedCodes codes(QStringLiteral("I10| m51* ||M545"));
        QCOMPARE(codes.written(),
            QStringList({QStringLiteral("I10"), QStringLiteral("m51*"), QStringLiteral("M545")}));
        QVERIFY(codes.accept(kcd, QStringLiteral("I10")) && codes.accept(atc, QStringLiteral("i 10")));
        QVERIFY(!codes.accept(kcd, QStringLiteral("I109"))); // three characters stand for themselves
        QVERIFY(codes.accept(kcd, QStringLiteral("M51.1")) && codes.accept(kcd, QStringLiteral("M51")));
        QVERIFY(!codes.accept(kcd, QStringLiteral("M50")));
        QVERIFY(codes.accept(kcd, QStringLiteral("M54.56")));
        QVERIFY(!codes.accept(atc, QStringLiteral("M5456"))); // only KCD refines by further digits
        QVERIFY(ExpectedCodes(QStringLiteral(" | *")).isEmpty());
        TermAnswer answer;
        answer.similar.resize(2);
        answer.similar[1].term = Concept{};
        answer.similar[1].term.system = kcd;
        answer.similar[1].term.code = QStringLiteral("M511");
        QCOMPARE(codes.rankIn(answer), 2);
        answer.hits.resize(1); // then the similar rows are not shown
        QCOMPARE(codes.rankIn(answer), 0);
    }
    void theMeantCodeStandsFirst()
    {
        const auto terms = Terminology::starter();
        Tally tally;
        for (const Pair &pair : m_pairs) {
            const int rank = rankOf(pair, *terms);
            tally.add(pair, rank, rank > 0 || known(pair, *terms));
        }
        qInfo().noquote() << QLatin1String("misses of first place, tuning half only:\n")
                + tally.misses.join(QLatin1Char('\n'));
        qInfo().noquote() << QLatin1String("relevance of the starter terminology\n")
                + tally.table().join(QLatin1Char('\n'));
        const QString all = tally.all.row(QStringLiteral("all"));
        QVERIFY2(
            tally.absent() <= missingLimit * tally.all.pairs, qPrintable(QString::number(tally.absent())));
        QVERIFY2(tally.all.hit5() >= hit5Goal, qPrintable(all));
        QVERIFY2(tally.all.hit1() >= hit1Goal, qPrintable(all));
    }
};

QTEST_GUILESS_MAIN(tst_Relevance)
#include "tst_relevance.moc"
