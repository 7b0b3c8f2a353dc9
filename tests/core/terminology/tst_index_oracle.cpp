// The answers of the index, row by row and in order, against a search that reads every name.
#include "tests/core/terminology/PlainSearch.h"
#include "tests/support/Typing.h"

#include <QRandomGenerator>
#include <QTest>

using namespace naru;
using namespace naru::terminology;

namespace {
const QDate day(2026, 11, 22);

// Made-up terms, some of them retired, some ending or beginning later, some with a short alias and a weight.
std::vector<Concept> varied(int total, quint32 seed)
{
    auto terms = made(total, seed);
    QRandomGenerator random(seed);
    for (Concept &one : terms) {
        switch (random.bounded(12)) {
        case 0:
            one.validTo = QDate(2020, 1, 1).addDays(random.bounded(2000));
            break;
        case 1:
            one.validTo = QDate(2027, 1, 1).addDays(random.bounded(400));
            break;
        case 2:
            one.validFrom = QDate(2027, 1, 1);
            break;
        case 3:
            one.aliases = {QString(QChar(u'A' + random.bounded(26))) + QChar(u'A' + random.bounded(26))
                + QChar(u'A' + random.bounded(26))};
            break;
        case 4:
            one.complete = one.mainAllowed = false;
            break;
        default:
            break;
        }
        if (random.bounded(4) == 0)
            one.weight = random.bounded(1000);
    }
    return terms;
}

QString wordOf(const Concept &term, QRandomGenerator &random, int longest)
{
    const QString text = random.bounded(4) == 0 ? term.en : term.ko;
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    return words.isEmpty() ? term.code.left(3)
                           : words[random.bounded(int(words.size()))].left(1 + random.bounded(longest));
}

// The kinds of states the issue names: one word and several, codes, initials, half-typed syllables, mixed.
QStringList questions(const std::vector<Concept> &terms, int each, quint32 seed)
{
    QRandomGenerator random(seed);
    QStringList out = testsupport::keystrokeStates(terms, each, seed);
    const auto any = [&]() -> const Concept & { return terms[size_t(random.bounded(int(terms.size())))]; };
    for (int i = 0; i < each; ++i) {
        const Concept &one = any();
        out += wordOf(one, random, 3) + u' ' + wordOf(one, random, 2);
        out += wordOf(one, random, 3) + u' ' + wordOf(any(), random, 1);
        out += wordOf(one, random, 2) + u' ' + wordOf(one, random, 2) + u' ' + wordOf(one, random, 1);
        out += one.code.left(2 + random.bounded(5));
        out += one.code.left(3) + u' ' + wordOf(one, random, 2);
        const QStringList typed = testsupport::typedStates(wordOf(one, random, 4));
        if (!typed.isEmpty()) {
            const QString state = typed[random.bounded(int(typed.size()))];
            out += {state, wordOf(one, random, 2) + u' ' + state};
        }
        const QString initials = testsupport::initialsOf(wordOf(one, random, 4));
        out += {initials, initials + u' ' + wordOf(one, random, 2),
            testsupport::inLatinMode(wordOf(one, random, 3))};
        const QString word = wordOf(one, random, 4);
        if (word.size() > 1) // ㅎ글, 한ㄱ
            out += {testsupport::initialsOf(word.left(1)) + word.mid(1),
                word.left(1) + testsupport::initialsOf(word.mid(1))};
    }
    out.removeDuplicates();
    return out;
}
} // namespace

class tst_IndexOracle : public QObject {
    Q_OBJECT

    static void compare(
        const std::vector<Concept> &terms, const QStringList &texts, const TermUsage *usage = nullptr)
    {
        const auto file = TermFile::inMemory({}, terms);
        const PlainSearch plain(terms);
        int rows = 0, capped = 0;
        for (const int limit : {20, 50}) {
            TermFilter filter;
            filter.day = day;
            filter.limit = limit;
            filter.fuzzy = false;
            filter.usage = usage;
            for (const QString &text : texts) {
                const QStringList expected = plain.ask(text, limit, day, usage);
                const QStringList found = codes(file->searchWords(text, filter).hits);
                rows += int(expected.size());
                capped += expected.size() == limit ? 1 : 0;
                if (found == expected)
                    continue;
                qsizetype at = 0;
                while (at < found.size() && at < expected.size() && found[at] == expected[at])
                    ++at;
                QFAIL(qPrintable(QStringLiteral("'%1', %2 rows: row %3 is %4 instead of %5; %6 of %7 rows")
                                     .arg(text)
                                     .arg(limit)
                                     .arg(at)
                                     .arg(found.value(at), expected.value(at))
                                     .arg(found.size())
                                     .arg(expected.size())));
            }
        }
        qInfo("%lld questions, %d rows, %d full lists", static_cast<long long>(texts.size()), rows, capped);
        QVERIFY(rows > 1000 && capped > 20);
    }

private Q_SLOTS:
    void sameRowsInTheSameOrder_data()
    {
        QTest::addColumn<int>("seed");
        for (const int seed : {3, 17})
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void sameRowsInTheSameOrder()
    {
        QFETCH(int, seed);
        const auto terms = varied(800, quint32(seed));
        compare(terms, questions(terms, 9, quint32(seed) + 1));
    }
    // Here some pairs of words are wider than what is gone through: of the rarer one the best places count.
    void sameAmongManyTerms()
    {
        const auto terms = varied(6000, 29);
        compare(terms, questions(terms, 3, 30));
    }
    void sameWithUse()
    {
        const auto terms = varied(600, 5);
        TermUsage usage;
        QRandomGenerator random(5);
        for (int i = 0; i < 200; ++i) {
            const Concept &one = terms[size_t(random.bounded(int(terms.size())))];
            usage.counts[TermUsage::key(one.system, one.code)] = {0, 0, 1 + random.bounded(30), false};
        }
        compare(terms, questions(terms, 8, 6), &usage);
    }
};

QTEST_GUILESS_MAIN(tst_IndexOracle)
#include "tst_index_oracle.moc"
