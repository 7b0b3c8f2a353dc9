// The index against a plain reading of the same names, and against typing.
#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/TermStrings.h"
#include "tests/core/terminology/IndexTerms.h"
#include "tests/support/Typing.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>
#include <algorithm>

using namespace naru;
using namespace naru::terminology;

class tst_Index : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- typing
    void everyStateOfTypingFindsTheTerm()
    {
        const auto terms = made(600, 3);
        const auto file = TermFile::inMemory({}, terms);
        TermFilter filter;
        filter.limit = 500;
        filter.axisStrings = true;
        filter.fuzzy = false;
        int states = 0;
        for (size_t i = 0; i < terms.size(); i += 9) {
            if (terms[i].axis)
                continue;
            for (const QString &state : testsupport::typedStates(terms[i].ko.left(14))) {
                if (spell(state).bytes.isEmpty())
                    continue;
                const auto hits = file->search(state, filter).hits;
                const bool found = std::any_of(hits.begin(), hits.end(),
                    [&](const TermHit &hit) { return hit.term.code == terms[i].code; });
                QVERIFY2(
                    found || hits.size() >= 500, qPrintable(state + QStringLiteral(" of ") + terms[i].ko));
                ++states;
            }
        }
        QVERIFY(states > 1000);
    }
    void statesOfTheFacts()
    {
        const QStringList states = testsupport::typedStates(QStringLiteral("백일해"));
        QCOMPARE(states.join(u' '), QStringLiteral("ㅂ 배 백 백ㅇ 백이 백일 백잃 백일해"));
        for (const QString &state : states)
            QCOMPARE(ask({term("A379", "백일해")}, state), QStringList{QStringLiteral("A379")});
        QCOMPARE(spell(QStringLiteral("괜")).bytes, spell(QStringLiteral("고ㅐㄴ")).bytes);
        QCOMPARE(spell(QStringLiteral("없")).bytes, spell(QStringLiteral("어ㅂㅅ")).bytes);
        QCOMPARE(spell(QStringLiteral("ㄳ")).bytes, spell(QStringLiteral("ㄱㅅ")).bytes);
        const QString decomposed = QStringLiteral("백일해").normalized(QString::NormalizationForm_D);
        QCOMPARE(spell(decomposed).bytes, spell(QStringLiteral("백일해")).bytes);
    }
    void readings_data()
    {
        QTest::addColumn<QString>("query");
        const auto row = [](const char *query) { QTest::newRow(query) << QString::fromUtf8(query); };
        for (const char *query :
            {"백일해", "일해", "해", "ㅂㅇㅎ", "ㅇㅎ", "ㅂㅇ", "qordlfgo", "dlfgo", "qdg", "ㅂ일해", "백ㅇㅎ",
                "백ㅇ해", "whooping", "cough whooping", "해백 일", "WHOOPING  Cough", "a37.9", "A379", "a37",
                "ㅁ37", "ㅈㅗㅐㅐㅔㅑㅜㅎ", "백일해 whoop", "whoop a37", "백일해, (", "ｗｈｏｏｐ",
                "백 일 해", "왼쪽 백일해", "백일해 Rt.", "양측 백일해"})
            row(query);
    }
    void readings()
    {
        QFETCH(QString, query);
        const auto file = TermFile::inMemory(
            {}, {term("A379", "백일해", "Whooping cough"), term("B05", "홍역", "Measles")});
        const auto answer = file->search(query);
        if (query == QStringLiteral("해백 일")) { // words may change places, syllables may not
            QVERIFY(answer.hits.empty());
            return;
        }
        QCOMPARE(codes(answer.hits), QStringList{QStringLiteral("A379")});
        const bool sided = query.contains(u'쪽') || query.contains(u'측') || query.contains(u'R');
        QCOMPARE(!answer.side.isEmpty(), sided);
    }

    // --- the oracle
    void sameAsReadingEveryName()
    {
        const auto terms = made(1500, 11);
        const auto file = TermFile::inMemory({}, terms);
        struct Text {
            QString code{};
            std::vector<IndexedString> strings{};
        };
        std::vector<Text> all;
        for (const Concept &one : terms) {
            all.push_back({one.code, indexedStrings(one, true)});
            if (one.axis) // found by its code alone
                all.back().strings.resize(1);
        }
        QRandomGenerator random(5);
        TermFilter filter;
        filter.limit = 500;
        filter.fuzzy = false;
        int compared = 0;
        for (const QString &state : testsupport::keystrokeStates(terms, 60, 8)) {
            const QStringList words = state.simplified().split(u' ', Qt::SkipEmptyParts);
            const QByteArray keys = spell(state).bytes;
            const bool literal = std::none_of(state.begin(), state.end(),
                [](QChar c) { return c.unicode() >= 0x3131 && c.unicode() <= 0x3163; });
            if (words.size() != 1 || keys.size() < 2 || !literal || random.bounded(2) == 0)
                continue;
            QSet<QString> expected;
            for (const Text &text : all) {
                for (const IndexedString &string : text.strings) {
                    for (const auto &start : string.starts) {
                        if (QByteArrayView(string.bytes).sliced(start.at).startsWith(keys))
                            expected.insert(text.code);
                    }
                }
            }
            QSet<QString> found;
            for (const TermHit &hit : file->search(state, filter).hits) {
                if (hit.kind != MatchKind::OtherLayout)
                    found.insert(hit.term.code);
            }
            if (expected.size() > 500) {
                QCOMPARE(found.size(), 500);
                QVERIFY2(expected.contains(found), qPrintable(state));
            } else {
                QVERIFY2(found == expected,
                    qPrintable(QStringLiteral("%1: %2 instead of %3")
                                   .arg(state)
                                   .arg(found.size())
                                   .arg(expected.size())));
            }
            ++compared;
        }
        QVERIFY2(compared > 60, qPrintable(QString::number(compared)));
    }
    void severalWordsSameAsReadingEveryName()
    {
        const auto terms = made(1500, 12);
        const auto file = TermFile::inMemory({}, terms);
        QRandomGenerator random(6);
        TermFilter filter;
        filter.limit = 500;
        filter.fuzzy = false;
        for (int round = 0; round < 40; ++round) {
            const Concept &one = terms[size_t(random.bounded(int(terms.size())))];
            const QStringList words = one.ko.simplified().split(u' ', Qt::SkipEmptyParts);
            if (one.axis || words.size() < 2)
                continue;
            const QString first = words[random.bounded(int(words.size()))].left(3);
            const QString second = words[random.bounded(int(words.size()))].left(2);
            const QByteArray keys[] = {spell(first).bytes, spell(second).bytes};
            if (keys[0].isEmpty() || keys[1].isEmpty())
                continue;
            QSet<QString> expected;
            for (const Concept &each : terms) {
                bool met[2] = {};
                for (const IndexedString &string :
                    each.axis ? std::vector<IndexedString>{} : indexedStrings(each, true)) {
                    for (const auto &start : string.starts) {
                        for (int w = 0; w < 2; ++w)
                            met[w] =
                                met[w] || QByteArrayView(string.bytes).sliced(start.at).startsWith(keys[w]);
                    }
                }
                if (met[0] && met[1])
                    expected.insert(each.code);
            }
            const QStringList found = codes(file->search(first + u' ' + second, filter).hits);
            const QSet<QString> foundSet(found.begin(), found.end());
            if (expected.size() < 300)
                QVERIFY2(foundSet.contains(expected), qPrintable(first + u' ' + second));
        }
    }

    // --- similar spellings
    void similarOnlyWhenNothingElse()
    {
        const auto file = TermFile::inMemory({},
            {term("J459", "기관지천식", "Bronchial asthma"), term("C22", "간암"), term("K73", "만성간염"),
                term("C16", "만성위암종")});
        const auto answer = file->search(u"기관지천싥");
        QVERIFY(answer.hits.empty());
        QCOMPARE(codes(answer.similar), QStringList{QStringLiteral("J459")});
        QCOMPARE(answer.similar.front().kind, MatchKind::Similar);
        QVERIFY(file->search(u"기관지천식").similar.empty());
        QCOMPARE(codes(file->search(u"bronchail").similar), QStringList{QStringLiteral("J459")});
        QVERIFY(file->search(u"간얌").similar.empty()); // two syllables
        QVERIFY(file->search(u"만성간암").similar.empty()); // one key from another disease
        QVERIFY(file->search(u"만성위염종").similar.empty());
        QVERIFY(file->search(u"j458").similar.empty()); // a code
        TermFilter filter;
        filter.fuzzy = false;
        QVERIFY(file->search(u"기관지천싥", filter).similar.empty());
    }

    // --- marks
    void marksShowWhatMatched()
    {
        const auto file =
            TermFile::inMemory({}, {term("A379", "상세불명의 (급성) 백일해", "Whooping cough")});
        const auto marks = [&](const QString &query) {
            QString out;
            const auto hits = file->search(query).hits;
            for (const TermMark &mark : hits.empty() ? std::vector<TermMark>{} : hits.front().marks)
                out += hits.front().matched.mid(mark.from, mark.length) + (mark.half ? u'~' : u'|');
            return out;
        };
        QCOMPARE(marks(QStringLiteral("백일")), QStringLiteral("백일|"));
        QCOMPARE(marks(QStringLiteral("백이")), QStringLiteral("백일~"));
        QCOMPARE(marks(QStringLiteral("백잃")), QStringLiteral("백일해~"));
        QCOMPARE(marks(QStringLiteral("ㅂㅇ")), QStringLiteral("백일|"));
        QCOMPARE(marks(QStringLiteral("상세불명의백")), QStringLiteral("상세불명의|백|"));
        QCOMPARE(marks(QStringLiteral("일해 급")), QStringLiteral("급|일해|"));
        QCOMPARE(marks(QStringLiteral("cou")), QStringLiteral("cou|"));
        QCOMPARE(marks(QStringLiteral("a37")), QStringLiteral("A37|"));
    }
};

QTEST_GUILESS_MAIN(tst_Index)
#include "tst_index.moc"
