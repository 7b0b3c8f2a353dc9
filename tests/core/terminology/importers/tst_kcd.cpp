// The list of diagnoses in its published layouts: exclusions, references, rows of one code, deleted codes.
#include "core/terminology/Errors.h"
#include "core/terminology/importers/KcdReference.h"
#include "core/terminology/importers/TextTable.h"
#include "tests/core/terminology/importers/ImportCheck.h"

using namespace naru;
using namespace naru::terminology;
using namespace naru::testsupport;
using importing::KcdReferences;

class TestKcd : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void kcdOfHira()
    {
        const auto out = importFiles({master("kcd-hira-2024.11.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->master, QStringLiteral("kcd"));
        QCOMPARE(out->meta.version, QStringLiteral("2024.11"));
        QCOMPARE(out->meta.validFrom, QDate(2024, 11, 1));
        QCOMPARE(out->meta.source, QStringLiteral("kcd-hira-2024.11.csv"));
        QCOMPARE(out->report.encoding, QStringLiteral("UTF-8"));
        QVERIFY(balanced(out->report));
        const Concept *type2 = find(*out, "E119");
        QVERIFY(type2);
        QCOMPARE(type2->ko, QStringLiteral("합병증이 없는 제2형 당뇨, \"단순형\""));
        QCOMPARE(type2->parent, QStringLiteral("E11"));
        QVERIFY(type2->complete && type2->mainAllowed);
        QVERIFY(!find(*out, "E11")->complete && !find(*out, "E11")->mainAllowed);
        QCOMPARE(find(*out, "J4490")->parent, QStringLiteral("J449"));
        QVERIFY(find(*out, "A000")->notifiable && !find(*out, "E119")->notifiable);
        QCOMPARE(find(*out, "C61")->sex, Sex::Male);
        QCOMPARE(find(*out, "O00")->sex, Sex::Female);
        QCOMPARE(find(*out, "O00")->ageFrom, 10);
        QCOMPARE(find(*out, "O00")->ageTo, 55);
        QVERIFY(find(*out, "U500")->koreanMedicine && !find(*out, "C61")->koreanMedicine);
        QCOMPARE(
            find(*out, "H810")->en, QStringLiteral("M?ni?re disease")); // damage of the file, kept as it is
        QCOMPARE(find(*out, "U500")->ko, QStringLiteral("풍한에 의한 증(風寒證)"));
    }

    // Safety: the name of another disease must not lead to the code that excludes it.
    void kcdExclusionIsNeverASynonym()
    {
        const auto out = importFiles({master("kcd-hira-2024.11.csv")});
        QVERIFY(out.ok());
        for (const Concept &term : out->terms) {
            const QStringList names = QStringList{term.ko, term.en} + term.synonyms + term.aliases;
            const bool asthma =
                names.filter(QStringLiteral("천식")).size() + names.filter(QStringLiteral("sthma")).size()
                > 0;
            QVERIFY2(!asthma || term.code.startsWith(QLatin1String("J45")), qPrintable(term.code));
            QVERIFY2(names.filter(QStringLiteral("기관지확장")).isEmpty(),
                qPrintable(term.code)); // J47 is not there
            QVERIFY2(
                names.filter(QStringLiteral("바깥 물질")).isEmpty(), qPrintable(term.code)); // only a range
            QVERIFY2(names.filter(QStringLiteral("임신 중의")).isEmpty(), qPrintable(term.code));
        }
        QVERIFY(find(*out, "J45")->synonyms.contains(QStringLiteral("천식")));
        QVERIFY(find(*out, "J45")->synonyms.contains(QStringLiteral("Asthma")));
        QVERIFY(out->report.redirected >= 2);
        const auto &problems = out->report.problems;
        QVERIFY(std::any_of(problems.begin(), problems.end(), [](const RowProblem &p) {
            return p.error.is(errors::ImportRedirect)
                && p.error.arguments.value(QStringLiteral("code")) == QLatin1String("J47") && p.row == 20;
        }));
    }

    void kcdOtherRowsOfACode()
    {
        const auto out = importFiles({master("kcd-hira-2024.11.csv")});
        const Concept *diabetes = find(*out, "E11");
        QCOMPARE(diabetes->synonyms,
            (QStringList{QStringLiteral("성인에서 시작한 당뇨"), QStringLiteral("Adult-onset diabetes")}));
        const QStringList help = diabetes->help.split(u'\n');
        QCOMPARE(help.size(), 4); // two instructions and a legend of two digits
        QVERIFY(help.contains(QStringLiteral("0 혼수를 동반")));
        // An asterisk in the bracket: an inclusion of this code. A dagger: the underlying disease.
        QVERIFY(find(*out, "A180")->synonyms.contains(QStringLiteral("무릎의 결핵")));
        QVERIFY(find(*out, "A180")->synonyms.contains(QStringLiteral("결핵성 등굽이")));
        QVERIFY(find(*out, "M490")->synonyms.isEmpty());
        QCOMPARE(find(*out, "M490")->ko, QStringLiteral("척추의 결핵(A18.0†)"));
    }

    void kcdTitleBehindAnExclusion()
    {
        Rows rows = hiraRows({});
        const QStringList flags{QStringLiteral("완전코드"), {}, {}, {}, {}, {}, {}};
        rows.push_back(QStringList{QStringLiteral("J44"), QStringLiteral("천식(J45.-)"), {}} + flags);
        rows.push_back(QStringList{QStringLiteral("J44"), QStringLiteral("만성 기도폐쇄 질환"), {}} + flags);
        rows.push_back(QStringList{QStringLiteral("J45"), QStringLiteral("기관지천식"), {}} + flags);
        writeBytes(path("order.csv"), separatedText(rows, ',', false));
        const auto out = importFiles({path("order.csv")});
        QVERIFY(out.ok());
        QVERIFY(balanced(out->report));
        QCOMPARE(find(*out, "J44")->ko, QStringLiteral("만성 기도폐쇄 질환"));
        QVERIFY(find(*out, "J44")->synonyms.isEmpty());
        QVERIFY(find(*out, "J45")->synonyms.contains(QStringLiteral("천식")));
    }

    void kcdReferences_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("codes");
        const auto row = [](const char *text, KcdReferences::Kind kind, QStringList codes) {
            QTest::newRow(text) << QString::fromUtf8(text) << int(kind) << codes;
        };
        using Kind = KcdReferences::Kind;
        row("천식(J45.-)", Kind::Other, {QStringLiteral("J45")});
        row("설사(A09.9)", Kind::Other, {QStringLiteral("A099")});
        row("둘 (J45.-, J46)", Kind::Other, {QStringLiteral("J45"), QStringLiteral("J46")});
        row("결핵(M90.2*)", Kind::Asterisk, {QStringLiteral("M902")});
        row("결핵(A18.0†)", Kind::Dagger, {QStringLiteral("A180")});
        row("병(A00-A09)", Kind::Range, {QStringLiteral("A00")});
        row("풍한증(風寒證)", Kind::None, {});
        row("병 [급성]", Kind::None, {});
        row("이름", Kind::None, {});
        row("종양(T1 병기)", Kind::None, {});
    }

    void kcdReferences()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QStringList, codes);
        const KcdReferences out = importing::kcdReferences(text);
        QCOMPARE(int(out.kind), kind);
        QCOMPARE(out.codes, codes);
        QCOMPARE(out.text, codes.isEmpty() ? text : text.section(u'(', 0, 0).trimmed());
    }

    void kcdWorkbookWithDeletedCodes()
    {
        const Rows flags = hiraRows(
            {Concept{.code = QStringLiteral("A00"), .ko = QStringLiteral("콜레라"), .complete = false},
                Concept{.code = QStringLiteral("A001"), .ko = QStringLiteral("엘토르 콜레라")}});
        const Rows deleted{{QStringLiteral("상병기호"), QStringLiteral("한글명"), QStringLiteral("영문명"),
                               QStringLiteral("삭제일자"), QStringLiteral("대체코드")},
            {QStringLiteral("A002"), QStringLiteral("옛 콜레라"), QString(), QStringLiteral("20201231"),
                QStringLiteral("A00.1")},
            {QStringLiteral("A003"), QStringLiteral("날짜 없는 옛 콜레라")},
            {QStringLiteral("A001"), QStringLiteral("아직 쓰는 이름")}};
        // A sheet that says that deleted codes are among its rows is not the sheet of deleted codes.
        QVERIFY(
            writeZip(path("all.xlsx"), workbookParts({{QStringLiteral("상병마스터(삭제 포함)"), flags}})));
        QVERIFY(!find(*importFiles({path("all.xlsx")}), "A001")->validTo.isValid());
        // Row 11, column B, as published; a cover sheet before it.
        QVERIFY(writeZip(path("상병마스터.xlsx"),
            workbookParts({{QStringLiteral("안내"), {{QStringLiteral("배포용")}}},
                {QStringLiteral("상병마스터"), flags, 11, 1}, {QStringLiteral("삭제코드"), deleted, 3, 1}})));
        const auto out = importFiles({path("상병마스터.xlsx")}, "kcd", QDate(2024, 11, 1));
        QVERIFY2(out.ok(), out ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->terms.size(), std::size_t(4));
        QCOMPARE(find(*out, "A001")->parent, QStringLiteral("A00"));
        QVERIFY(!find(*out, "A001")->validTo.isValid());
        QCOMPARE(find(*out, "A001")->ko, QStringLiteral("엘토르 콜레라"));
        QCOMPARE(find(*out, "A002")->validTo, QDate(2020, 12, 31));
        QCOMPARE(find(*out, "A002")->replacedBy, QStringLiteral("A001"));
        QCOMPARE(find(*out, "A003")->validTo, QDate(2024, 10, 31));
        QVERIFY(balanced(out->report));
    }

    // Written by another program: character references for Hangul, numbers and dates as numbers, merged
    // cells, empty rows in between.
    void workbookOfAnotherProgram()
    {
        const auto out = importFiles({master("kcd-from-openpyxl.xlsx")});
        QVERIFY2(out.ok(), out ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->report.encoding, QStringLiteral("xlsx"));
        QCOMPARE(out->terms.size(), std::size_t(6));
        QCOMPARE(find(*out, "A00")->ko, QStringLiteral("콜레라 & <설사>"));
        QCOMPARE(find(*out, "P000")->ageFrom, 3);
        QCOMPARE(find(*out, "P000")->ageTo, 15);
        QCOMPARE(find(*out, "P001")->ko, QStringLiteral("앞뒤 빈칸 두 줄"));
        QCOMPARE(find(*out, "P001")->ageTo, 0); // 999: no limit
        QCOMPARE(find(*out, "A001")->validTo, QDate(2020, 12, 31));
        QCOMPARE(find(*out, "A001")->replacedBy, QStringLiteral("A000"));
        QCOMPARE(find(*out, "A002")->validTo, QDate(2020, 12, 31));
        QVERIFY(out->report.problems.empty());
    }

    // One line for a value nobody knows, not one for each row.
    void unknownValuesAreSaidOnce()
    {
        Rows rows = hiraRows(syntheticKcd({.total = 50}));
        for (std::size_t i = 1; i < rows.size(); ++i)
            rows[i][4] = QStringLiteral("모름");
        writeBytes(path("values.csv"), separatedText(rows, ',', false));
        const auto out = importFiles({path("values.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->report.problems.size(), std::size_t(1));
        QCOMPARE(out->report.problems[0].column, QStringLiteral("주상병사용구분"));
        QCOMPARE(out->report.problems[0].row, 2);
    }

    // Text in several runs, with its reading beside it; CDATA; comments; a prefix on every name; no
    // references.
    void workbookInUnusualWords()
    {
        ZipParts parts = workbookParts({{QStringLiteral("a"), hiraRows({})}});
        for (auto &[name, bytes] : parts) {
            if (name == "xl/sharedStrings.xml")
                bytes.replace("</sst>",
                    "<si><r><rPr><b/></rPr><t>\xEC\xBD\x9C</t></r><r><t xml:space=\"preserve\">\xEB\xA0\x88 "
                    "</t></r>"
                    "<rPh sb=\"0\" eb=\"1\"><t>READING</t></rPh><phoneticPr fontId=\"1\"/></si></sst>");
            if (name == "xl/worksheets/sheet1.xml")
                bytes.replace("</sheetData>",
                    "<!-- <row> --><x:row xmlns:x=\"u\"><x:c t='inlineStr'><x:is><x:t>A00</x:t></x:is></x:c>"
                    "<c t=\"s\" s='\"'><v>10</v></c><c/><c "
                    "t=\"str\"><f>A1&amp;\"1\"</f><v><![CDATA[1]]></v></c>"
                    "<c t=\"e\"><v>#N/A</v></c></x:row></sheetData>");
        }
        QVERIFY(writeZip(path("odd.xlsx"), parts));
        const auto out = importFiles({path("odd.xlsx")});
        QVERIFY2(out.ok(), out ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->terms.size(), std::size_t(1));
        QCOMPARE(find(*out, "A00")->ko, QStringLiteral("콜레"));
        QVERIFY(out->report.problems.empty());
    }

    void kcdOfKostat()
    {
        const auto out = importFiles({master("kcd-kostat.csv")});
        QVERIFY(out.ok());
        QVERIFY(balanced(out->report));
        QCOMPARE(find(*out, "J40-J47")->parent, QStringLiteral("J00-J99"));
        QCOMPARE(find(*out, "J44")->parent, QStringLiteral("J40-J47"));
        QCOMPARE(find(*out, "J449")->parent, QStringLiteral("J44"));
        QVERIFY(find(*out, "J4490")->complete && !find(*out, "J449")->complete
            && !find(*out, "J40-J47")->complete);
        QCOMPARE(find(*out, "J44")->synonyms,
            (QStringList{
                QStringLiteral("만성 기도폐쇄 기관지염"), QStringLiteral("Chronic obstructive bronchitis")}));
        QVERIFY(find(*out, "J45")->synonyms.contains(QStringLiteral("천식")));
        QVERIFY(!find(*out, "G01")->mainAllowed); // asterisk
    }

    void kcdRoundTrip_data()
    {
        QTest::addColumn<QString>("container");
        for (const char *name : {"utf8", "mark", "cp949", "xlsx"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void kcdRoundTrip()
    {
        QFETCH(QString, container);
        const auto terms = syntheticKcd({.seed = 3, .total = 900, .synonymsPerThousand = 250});
        const Rows rows = hiraRows(terms);
        const QString file = path(container == QLatin1String("xlsx") ? "kcd.xlsx" : "kcd.csv");
        if (container == QLatin1String("xlsx"))
            QVERIFY(writeZip(file, workbookParts({{QStringLiteral("상병마스터"), rows, 11, 1}})));
        else
            QVERIFY(writeBytes(file,
                (container == QLatin1String("mark") ? QByteArray("\xEF\xBB\xBF") : QByteArray())
                    + separatedText(rows, ',', container == QLatin1String("cp949"))));
        const auto out = importFiles({file});
        QVERIFY2(out.ok(), out ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->report.refused, 0);
        QVERIFY(balanced(out->report));
        QVERIFY(out->terms == terms);
    }
};

QTEST_APPLESS_MAIN(TestKcd)
#include "tst_kcd.moc"
