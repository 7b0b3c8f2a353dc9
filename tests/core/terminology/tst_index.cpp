// The index against a plain reading of the same names, against typing, and against damaged files.
#include "core/base/Oid.h"
#include "core/terminology/Errors.h"
#include "core/terminology/KeySpelling.h"
#include "core/terminology/Terminology.h"
#include "core/terminology/index/Layout.h"
#include "core/terminology/index/TermStrings.h"
#include "tests/support/SyntheticMaster.h"
#include "tests/support/Typing.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace naru;
using namespace naru::terminology;

namespace {
Concept term(const char *code, const char *ko, const char *en = "", const char *system = "kcd")
{
    Concept out;
    out.system = base::oid(system).text();
    out.code = QString::fromUtf8(code);
    out.ko = QString::fromUtf8(ko);
    out.en = QString::fromUtf8(en);
    return out;
}

std::vector<Concept> made(int total, quint32 seed)
{
    testsupport::SyntheticOptions options;
    options.seed = seed;
    options.total = total;
    options.synonymsPerThousand = 200;
    options.cp949 = false;
    return testsupport::syntheticKostom(options);
}

QStringList codes(const std::vector<TermHit> &hits)
{
    QStringList out;
    for (const TermHit &hit : hits)
        out.append(hit.term.code);
    return out;
}

// One index over a few terms; asked without similar spellings.
QStringList ask(const std::vector<Concept> &terms, const QString &query, TermFilter filter = {})
{
    return codes(TermFile::inMemory({}, terms)->search(query, filter).hits);
}
} // namespace

class tst_Index : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{};
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QByteArray written(const std::vector<Concept> &terms)
    {
        const QString file = path("index.terms");
        IndexMeta meta;
        meta.title = QStringLiteral("시험");
        meta.version = QStringLiteral("1");
        if (!TermFile::write(file, meta, terms))
            return {};
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

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

    // --- ranking
    void levels()
    {
        // One term for each level, best first, all found by one word.
        auto tail = term("D5", "만성 위염");
        auto inside = term("E6", "급만성위염증");
        const auto incomplete = [](Concept one) {
            one.complete = false;
            return one;
        };
        QCOMPARE(
            ask({inside, tail, term("C4", "위염 경과"), incomplete(term("B3", "위염")), term("A1", "위염")},
                QStringLiteral("위염")),
            (QStringList{QStringLiteral("A1"), QStringLiteral("B3"), QStringLiteral("C4"),
                QStringLiteral("D5"), QStringLiteral("E6")}));
        QCOMPARE(
            ask({term("K29", "위염"), term("K297", "상세불명의 위염"), term("K295", "상세불명의 만성 위염")},
                QStringLiteral("k29"))
                .first(),
            QStringLiteral("K29"));
        // A name starts behind its stock phrase and behind brackets.
        const auto file =
            TermFile::inMemory({}, {term("J459", "상세불명의 천식"), term("J450", "주로 천식")});
        const auto hits = file->search(u"천식").hits;
        QCOMPARE(hits.front().term.code, QStringLiteral("J459"));
        QCOMPARE(hits.front().kind, MatchKind::NameStart);
        QCOMPARE(hits.back().kind, MatchKind::WordStart);
        QCOMPARE(ask({term("X1", "가(나)다")}, QStringLiteral("가다")).size(), 1);
        QCOMPARE(ask({term("X1", "가(나)다")}, QStringLiteral("가나다")).size(), 1);
        QCOMPARE(ask({term("X1", "가(나)다")}, QStringLiteral("ㄱㄷ")).size(), 1);
    }
    void usageComesBeforeFrequencyWithinALevel()
    {
        auto frequent = term("J00", "감기 하나");
        frequent.weight = 900;
        const std::vector<Concept> terms{frequent, term("J01", "감기 둘둘둘"), term("J02", "감기 셋셋셋"),
            term("J03", "심한 감기"), term("J04", "감기 넷넷넷")};
        const auto file = TermFile::inMemory({}, terms);
        TermUsage usage;
        const QString kcd = base::oid("kcd").text();
        usage.counts[TermUsage::key(kcd, QStringLiteral("J01"))] = {0, 2, 2, false};
        usage.counts[TermUsage::key(kcd, QStringLiteral("J02"))] = {1, 0, 0, true};
        usage.counts[TermUsage::key(kcd, QStringLiteral("J03"))] = {9, 9, 9, false};
        usage.counts[TermUsage::key(kcd, QStringLiteral("J04"))] = {0, 3, 0, false};
        TermFilter filter;
        filter.usage = &usage;
        const auto hits = file->search(u"감기", filter).hits;
        QCOMPARE(codes(hits).join(u' '), QStringLiteral("J02 J04 J01 J00 J03"));
        QVERIFY(hits[0].favourite && hits[0].used && !hits[3].used);
        filter.limit = 1; // beyond the rows asked for, usage is looked at all the same
        QCOMPARE(codes(file->search(u"감", filter).hits), QStringList{QStringLiteral("J02")});
        usage.counts.remove(TermUsage::key(kcd, QStringLiteral("J02")));
        QCOMPARE(codes(file->search(u"감", filter).hits), QStringList{QStringLiteral("J04")});
    }
    void departmentComesBetweenUsageAndFrequency()
    {
        auto frequent = term("J00", "감기 하나");
        frequent.weight = 900;
        const std::vector<Concept> terms{frequent, term("H10", "감기 둘둘둘"), term("K02", "감기 셋셋셋"),
            term("H60", "심한 감기"), term("J04", "감기 넷넷넷"), term("H01", "감기 다섯", "", "edi")};
        const auto file = TermFile::inMemory({}, terms);
        TermUsage usage;
        usage.counts[TermUsage::key(base::oid("kcd").text(), QStringLiteral("K02"))] = {0, 0, 1, false};
        TermFilter filter;
        filter.usage = &usage;
        filter.department = QStringLiteral("12"); // eyes: H00-H59 of KCD, not of other systems
        QCOMPARE(
            codes(file->search(u"감기", filter).hits).join(u' '), QStringLiteral("K02 H10 J00 H01 J04 H60"));
        filter.limit = 2; // a department's term is found among more rows than are shown
        QCOMPARE(codes(file->search(u"감기", filter).hits).join(u' '), QStringLiteral("K02 H10"));
        filter.department = QStringLiteral("11");
        QCOMPARE(codes(file->search(u"감기", filter).hits).join(u' '), QStringLiteral("K02 J00"));
    }
    // However many codes a clinic uses, the most used ones are met at the first key.
    void manyUsedTerms()
    {
        constexpr int total = 2500;
        std::vector<Concept> terms;
        TermUsage usage;
        for (int i = 0; i < total; ++i) {
            const QByteArray code = QStringLiteral("J%1").arg(i, 4, 10, QLatin1Char('0')).toLatin1();
            terms.push_back(term(code.constData(), "감기"));
            terms.back().ko += QStringLiteral(" %1 감기").arg(i, 4, 10, QLatin1Char('0'));
            usage.counts[TermUsage::key(terms.back().system, terms.back().code)] = {0, 0, i + 1, false};
        }
        TermFilter filter;
        filter.usage = &usage;
        filter.limit = 3;
        const auto file = TermFile::inMemory({}, terms);
        const QString best = QStringLiteral("J2499 J2498 J2497");
        for (const char *query : {"ㄱ", "감기", "ㄱㄱ", "감기 감", "rkarl"})
            QCOMPARE(codes(file->search(QString::fromUtf8(query), filter).hits).join(u' '), best);
    }
    void retiredStayAndComeLast()
    {
        auto old = term("J18", "폐렴");
        old.validTo = QDate(2020, 12, 31);
        auto later = term("J19", "폐렴");
        later.validFrom = QDate(2025, 1, 1);
        const auto file = TermFile::inMemory({}, {old, term("J17", "만성 폐렴"), later});
        TermFilter filter;
        filter.day = QDate(2024, 5, 1);
        auto hits = file->search(u"폐렴", filter).hits;
        QCOMPARE(codes(hits).join(u' '), QStringLiteral("J17 J19 J18"));
        QVERIFY(!hits[0].retired && hits[1].retired && hits[2].retired);
        filter.day = QDate(2020, 12, 31);
        QCOMPARE(codes(file->search(u"폐렴", filter).hits).first(), QStringLiteral("J18"));
        filter.day = QDate(2026, 1, 1);
        QCOMPARE(codes(file->search(u"폐렴", filter).hits).first(), QStringLiteral("J19"));
    }
    void filtersAndPersons()
    {
        auto woman = term("N80", "자궁내막증");
        woman.sex = Sex::Female;
        auto child = term("P07", "자궁 밖 미숙아");
        child.ageTo = 1;
        auto lab = term("1-2", "자궁 검사", "", "loinc");
        lab.category = QStringLiteral("specimen");
        auto axis = term("3-4", "자궁:혈청", "Uterus:Serum", "loinc");
        axis.axis = true;
        const auto file = TermFile::inMemory({}, {woman, child, lab, axis, term("N85", "자궁 질환")});
        TermFilter filter;
        QCOMPARE(file->search(u"자궁", filter).hits.size(), size_t(4));
        QVERIFY(file->search(u"serum", filter).hits.empty());
        filter.axisStrings = true;
        QCOMPARE(codes(file->search(u"serum", filter).hits), QStringList{QStringLiteral("3-4")});
        QCOMPARE(codes(file->search(u"자궁", filter).hits).last(), QStringLiteral("3-4"));
        filter = {};
        filter.categories = {QStringLiteral("specimen")};
        QCOMPARE(codes(file->search(u"자궁", filter).hits), QStringList{QStringLiteral("1-2")});
        filter = {};
        filter.systems = {base::oid("loinc").text()};
        QCOMPARE(codes(file->search(u"ㅈㄱ", filter).hits), QStringList{QStringLiteral("1-2")});
        filter = {};
        filter.subject = {Sex::Male, 40};
        const auto hits = file->search(u"자궁", filter).hits;
        QCOMPARE(hits.size(), size_t(4)); // nothing is hidden
        for (const TermHit &hit : hits) {
            QCOMPARE(hit.sexConflict, hit.term.code == QLatin1String("N80"));
            QCOMPARE(hit.ageConflict, hit.term.code == QLatin1String("P07"));
        }
    }
    void familiesAreOneRow()
    {
        std::vector<Concept> terms;
        auto parent = term("M068", "기타 명시된 류마티스관절염");
        parent.complete = false;
        terms.push_back(parent);
        const QStringList sites{QStringLiteral("어깨"), QStringLiteral("위팔"), QStringLiteral("아래팔"),
            QStringLiteral("손"), QStringLiteral("골반"), QStringLiteral("아래다리"), QStringLiteral("발목")};
        for (int i = 0; i < sites.size(); ++i) {
            Concept one = term("", "");
            one.code = QStringLiteral("M068%1").arg(i);
            one.ko = parent.ko + QStringLiteral(", ") + sites[i];
            one.parent = parent.code;
            terms.push_back(one);
        }
        const auto file = TermFile::inMemory({}, terms);
        for (const char16_t *query : {u"류마티스관절염", u"류마", u"ㄹㅁㅌ", u"기타 명시된 류마"}) {
            const auto hits = file->search(query).hits;
            QCOMPARE(codes(hits), QStringList{QStringLiteral("M068")});
            QCOMPARE(hits.front().children, 7);
        }
        QCOMPARE(codes(file->search(u"류마티스관절염 손").hits), QStringList{QStringLiteral("M0683")});
        QCOMPARE(codes(file->search(u"류마티스관절염, 손").hits), QStringList{QStringLiteral("M0683")});
        QCOMPARE(file->children(file->find(parent.system, u"M068")).size(), size_t(7));
    }
    void synonymsAliasesAndVariants()
    {
        auto goitre = term("E04", "비독성 갑상샘종", "Nontoxic goitre");
        goitre.synonyms = {QStringLiteral("단순 갑상샘종")};
        goitre.aliases = {QStringLiteral("GTR")};
        const auto file = TermFile::inMemory({}, {goitre, term("H81", "메니에르병", "M?ni\u00e8re disease")});
        auto hit = file->search(u"단순").hits.at(0);
        QCOMPARE(hit.source, TermHit::Source::Synonym);
        QCOMPARE(hit.matched, goitre.synonyms.first());
        hit = file->search(u"gtr").hits.at(0);
        QCOMPARE(hit.source, TermHit::Source::Alias);
        QCOMPARE(hit.kind, MatchKind::NameExact);
        hit = file->search(u"ㅎㅅㄱ").hits.at(0); // the alias typed in Hangul mode
        QCOMPARE(hit.matched, QStringLiteral("GTR"));
        QCOMPARE(hit.kind, MatchKind::NameExact);
        QCOMPARE(codes(file->search(u"갑상선종").hits), QStringList{QStringLiteral("E04")});
        for (const char16_t *query : {u"meniere", u"m\u00e9ni\u00e8re", u"meni", u"disease M?ni"})
            QCOMPARE(codes(file->search(query).hits), QStringList{QStringLiteral("H81")});
        QCOMPARE(
            ask({term("A1", "제\u2161형 당뇨", "\u03b1-thalassaemia")}, QStringLiteral("제II형")).size(), 1);
        QCOMPARE(
            ask({term("A1", "제\u2161형 당뇨", "\u03b1-thalassaemia")}, QStringLiteral("alpha thal")).size(),
            1);
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

    // --- the file
    void sameBytesInAnyOrder()
    {
        auto terms = made(2200, 4);
        const QByteArray first = written(terms);
        std::reverse(terms.begin(), terms.end());
        QVERIFY(!first.isEmpty());
        QCOMPARE(written(terms), first);
        std::rotate(terms.begin(), terms.begin() + 700, terms.end());
        QCOMPARE(written(terms), first);
    }
    void termsComeBackWhole()
    {
        auto full = term("J459", "천식 \u2160 風", "Asthma \u00e9");
        full.conceptCode = QStringLiteral("C1");
        full.synonyms = {QStringLiteral("가"), QStringLiteral("나")};
        full.aliases = {QStringLiteral("BA")};
        full.parent = QStringLiteral("J45");
        full.field = QStringLiteral("diagnosis");
        full.category = QStringLiteral("vital");
        full.unit = QStringLiteral("mm[Hg]");
        full.help = QStringLiteral("도움말");
        full.validFrom = QDate(2020, 1, 1);
        full.validTo = QDate(2030, 12, 31);
        full.replacedBy = QStringLiteral("J458");
        full.complete = full.mainAllowed = false;
        full.notifiable = full.koreanMedicine = true;
        full.sex = Sex::Female;
        full.ageFrom = 3;
        full.ageTo = 99;
        full.weight = 777;
        full.links = {{base::oid("edi").text(), QStringLiteral("012345678")}};
        auto terms = made(300, 9);
        terms.push_back(full);
        QVERIFY(!written(terms).isEmpty());
        const auto file = *TermFile::open(path("index.terms"));
        QVERIFY(file->verify().ok());
        QCOMPARE(file->size(), int(terms.size()));
        QCOMPARE(file->meta().title, QStringLiteral("시험"));
        for (const Concept &one : terms) {
            const int id = file->find(one.system, one.code);
            QVERIFY(id >= 0);
            QVERIFY2(file->at(id) == one, qPrintable(one.code));
        }
        QCOMPARE(file->find(full.system, u"J4590"), -1);
        QCOMPARE(file->linkedFrom(base::oid("edi").text(), u"012345678"),
            std::vector<int>{file->find(full.system, full.code)});
        QVERIFY(file->at(-1) == Concept());
        QVERIFY(file->at(100000) == Concept());
    }
    void damagedFilesAreNamed_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("value");
        QTest::addColumn<QString>("what");
        const auto field = [](const char *name, size_t at, int value, const char *what) {
            QTest::newRow(name) << int(at) << value << QString::fromLatin1(what);
        };
        field("magic", 0, 'X', "not an index");
        field("version", offsetof(layout::Header, version), 99, "");
        field("byte order", offsetof(layout::Header, byteOrder), 1, "byte order");
        field("file size", offsetof(layout::Header, fileSize), 1, "sum of the header");
        field("section offset", offsetof(layout::Header, table) + 16, 7, "sum of the header");
        field("truncated", 0, -1, "bytes instead of");
        field("only a header", 0, -2, "shorter than its header");
        field("empty", 0, -3, "shorter than its header");
    }
    void damagedFilesAreNamed()
    {
        QFETCH(int, at);
        QFETCH(int, value);
        QFETCH(QString, what);
        QByteArray bytes = written(made(200, 2));
        if (value == -1)
            bytes.chop(100);
        else if (value == -2)
            bytes.truncate(200);
        else if (value == -3)
            bytes.clear();
        else
            bytes[at] = char(value);
        const QString file = path("damaged.terms");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        out.close();
        const auto opened = TermFile::open(file);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().arguments.value(QStringLiteral("file")), QStringLiteral("damaged.terms"));
        QVERIFY2(opened.error().arguments.value(QStringLiteral("what")).contains(what),
            qPrintable(opened.error().toString()));
        QVERIFY(TermFile::open(path("not there")).error().is(errors::IndexNotThere));
    }
    // A section table that lies, with a right sum over the header.
    void sectionsOutsideTheFileAreRefused()
    {
        const QByteArray whole = written(made(200, 2));
        const auto with = [&](std::uint64_t layout::SectionEntry::*member, size_t section, quint64 value) {
            QByteArray bytes = whole;
            layout::Header header;
            std::memcpy(&header, bytes.constData(), sizeof header);
            header.table[section].*member = value;
            header.crc = 0;
            header.crc = layout::crc32({reinterpret_cast<const unsigned char *>(&header), sizeof header});
            std::memcpy(bytes.data(), &header, sizeof header);
            QFile out(path("lying.terms"));
            return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
        };
        for (size_t section = 0; section < layout::SectionCount; ++section) {
            for (const quint64 value : {quint64(1), quint64(1) << 62}) {
                QVERIFY(with(&layout::SectionEntry::offset, section, value));
                QVERIFY2(!TermFile::open(path("lying.terms")).ok(), qPrintable(QString::number(section)));
            }
            QVERIFY(with(&layout::SectionEntry::size, section, quint64(whole.size())));
            QVERIFY2(!TermFile::open(path("lying.terms")).ok(), qPrintable(QString::number(section)));
        }
    }
    // Bytes that flipped after the file was written: verify() says so, and a search reads nothing outside.
    void flippedBytesAreSeenAndHarmless()
    {
        const auto terms = made(400, 2);
        const QByteArray whole = written(terms);
        QRandomGenerator random(77);
        const QStringList queries{QStringLiteral("ㄱ"), QStringLiteral("급성"), QStringLiteral("ㄱㅅ"),
            QStringLiteral("a"), QStringLiteral("급성 ㅇ"), QStringLiteral("h0")};
        for (int round = 0; round < 15; ++round) {
            QByteArray bytes = whole;
            for (int flips = 0; flips < 64; ++flips) {
                const int at = random.bounded(int(sizeof(layout::Header)) + 64, int(bytes.size()));
                bytes[at] = char(random.bounded(256));
            }
            QFile out(path("flipped.terms"));
            QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
            out.close();
            const auto file = TermFile::open(path("flipped.terms"));
            if (!file)
                continue; // the opening checks found it
            if (bytes != whole)
                QVERIFY((*file)->verify().ok() == false);
            for (const QString &query : queries)
                QVERIFY((*file)->search(query).hits.size() <= 50);
            for (int id = 0; id < (*file)->size(); id += 37)
                (void)(*file)->at(id);
        }
    }
    void stoppedInBetween()
    {
        std::stop_source stop;
        stop.request_stop();
        const QString file = path("stopped.terms");
        QVERIFY(!TermFile::write(file, {}, made(500, 1), base::WorkContext(stop.get_token())).ok());
        QVERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(tst_Index)
#include "tst_index.moc"
