// In which order the index answers, what a filter leaves, and what stands in one row.
#include "tests/core/terminology/IndexTerms.h"

#include <QTest>

using namespace naru;
using namespace naru::terminology;

class tst_IndexOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_GUILESS_MAIN(tst_IndexOrder)
#include "tst_index_order.moc"
