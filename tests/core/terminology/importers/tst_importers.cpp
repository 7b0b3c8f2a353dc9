// The published masters in their published layouts: small files of our own wording, and synthetic masters
// through every container.
#include "core/base/Errors.h"
#include "core/terminology/Errors.h"
#include "core/terminology/importers/DrugReader.h"
#include "core/terminology/importers/KcdReference.h"
#include "core/terminology/importers/KostomReader.h"
#include "core/terminology/importers/LoincReader.h"
#include "core/terminology/importers/TextTable.h"
#include "tests/core/terminology/importers/ImportCheck.h"

#include <QBuffer>

#include <numeric>

using namespace naru;
using namespace naru::terminology;
using namespace naru::testsupport;
using importing::KcdReferences;

namespace {
using Cells = QList<QStringList>;

base::Result<Cells> cellsOf(
    const QByteArray &bytes, char separator, QString *encoding = nullptr, QList<int> *lines = nullptr)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    NARU_ASSIGN(
        const auto table, importing::TextTable::open(std::move(buffer), QStringLiteral("t"), separator));
    Cells out;
    importing::TableRow row;
    for (;;) {
        NARU_ASSIGN(const bool more, table->next(row));
        if (!more)
            break;
        out.append(QStringList(row.cells.begin(), row.cells.begin() + row.count));
        if (lines)
            lines->append(int(row.row));
    }
    if (encoding)
        *encoding = table->encoding();
    return out;
}

// Without what a container cannot carry.
std::vector<Concept> expected(std::vector<Concept> terms, bool field)
{
    for (Concept &term : terms) {
        if (!field)
            term.field.clear();
    }
    return terms;
}
} // namespace

class TestImporters : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    // --- text
    // --------------------------------------------------------------------------------------------------
    void csvIsRfc4180()
    {
        QList<int> lines;
        const auto cells =
            cellsOf("a,\"b \"\"x\"\"\",\"two\r\nlines, one cell\"\r\n,,\r\n\r\nlast,\"\",no end", ',',
                nullptr, &lines);
        QVERIFY(cells.ok());
        const Cells want{
            {QStringLiteral("a"), QStringLiteral("b \"x\""), QStringLiteral("two\r\nlines, one cell")},
            {QString(), QString(), QString()}, {QStringLiteral("last"), QString(), QStringLiteral("no end")}};
        QCOMPARE(*cells, want);
        QCOMPARE(lines, (QList<int>{1, 3, 5})); // the line where a row starts, as an editor counts
    }

    void lineEndsOfEveryKind()
    {
        const Cells want{
            {QStringLiteral("a"), QStringLiteral("b")}, {QStringLiteral("c"), QStringLiteral("d")}};
        QCOMPARE(*cellsOf("a,b\nc,d\n", ','), want);
        QCOMPARE(*cellsOf("a,b\r\nc,d", ','), want);
        QCOMPARE(*cellsOf("a,b\rc,d\r", ','), want);
        // A bare CR in a file with LF belongs to its cell.
        QCOMPARE(cellsOf("a,b\rx\nc,d\n", ',')->first().last(), QStringLiteral("b\rx"));
    }

    void quotationMarksInTabText()
    {
        const auto cells = cellsOf("5\" tube\t\"whole \"\"cell\"\"\"\n\"half\tx\n", '\t');
        const Cells want{{QStringLiteral("5\" tube"), QStringLiteral("whole \"cell\"")},
            {QStringLiteral("\"half"), QStringLiteral("x")}};
        QCOMPARE(*cells, want);
    }

    void encodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("encoding");
        const QString text = QStringLiteral("한글,똠방\n1,값\n");
        QTest::newRow("utf-8") << text.toUtf8() << "UTF-8";
        QTest::newRow("utf-8 with mark") << "\xEF\xBB\xBF" + text.toUtf8() << "UTF-8";
        QTest::newRow("cp949") << toCp949(text) << "CP949";
    }
    void encodings()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, encoding);
        QString found;
        const auto cells = cellsOf(bytes, ',', &found);
        QVERIFY(cells.ok());
        QCOMPARE(found, encoding);
        QCOMPARE(cells->first(), (QStringList{QStringLiteral("한글"), QStringLiteral("똠방")}));
    }

    // The piece read ends inside a character, a quotation, a line end: nothing may change.
    void piecesMayEndAnywhere()
    {
        for (int shift = 0; shift < 4; ++shift) {
            QByteArray text = QByteArray(256 * 1024 - 20 + shift, 'x') + ",1\r\n";
            text += QStringLiteral("가나다라,\"두\r\n줄\"\"따옴\"\"\"\r\n끝,2\r\n").toUtf8();
            const auto cells = cellsOf(text, ',');
            QVERIFY(cells.ok());
            QCOMPARE(cells->size(), 3);
            QCOMPARE(
                cells->at(1), (QStringList{QStringLiteral("가나다라"), QStringLiteral("두\r\n줄\"따옴\"")}));
        }
    }

    void datesAsPublished_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDate>("date");
        QTest::addColumn<bool>("ok");
        QTest::newRow("packed") << "20241101" << QDate(2024, 11, 1) << true;
        QTest::newRow("dashes") << "2024-11-01" << QDate(2024, 11, 1) << true;
        QTest::newRow("dots") << "2024.11.1" << QDate(2024, 11, 1) << true;
        QTest::newRow("with time") << "2024-11-01 00:00:00" << QDate(2024, 11, 1) << true;
        QTest::newRow("day number of a spreadsheet") << "45597" << QDate(2024, 11, 1) << true;
        QTest::newRow("for ever") << "99991231" << QDate() << true;
        QTest::newRow("empty") << "" << QDate() << true;
        QTest::newRow("zero") << "0" << QDate() << true;
        QTest::newRow("no such day") << "20240230" << QDate() << false;
        QTest::newRow("words") << "미정" << QDate() << false;
    }
    void datesAsPublished()
    {
        QFETCH(QString, text);
        QFETCH(QDate, date);
        QFETCH(bool, ok);
        const importing::ParsedDate parsed = importing::parseDate(text);
        QCOMPARE(parsed.date, date);
        QCOMPARE(parsed.ok, ok);
    }

    void textIsCleaned()
    {
        QString text = QStringLiteral(" 두\r\n줄\t칸 ");
        importing::cleanText(text);
        QCOMPARE(text, QStringLiteral("두 줄 칸"));
        text = QStringLiteral("한글").normalized(QString::NormalizationForm_D);
        importing::cleanText(text);
        QCOMPARE(text, QStringLiteral("한글"));
        text = QStringLiteral("한 줄_x000D_끝");
        importing::cleanText(text);
        QCOMPARE(text, QStringLiteral("한 줄 끝"));
    }

    // --- profiles
    // ----------------------------------------------------------------------------------------------
    void profilesAreComplete()
    {
        QCOMPARE(masterNames().size(), 7);
        for (const importing::Layout &layout : importing::layouts()) {
            QVERIFY2(!layout.columns.empty(), qPrintable(layout.name));
            QVERIFY2(std::any_of(layout.columns.begin(), layout.columns.end(),
                         [](const auto &c) { return c.need == importing::LayoutColumn::Need::Required; }),
                qPrintable(layout.name));
        }
    }

    // --- KCD
    // ---------------------------------------------------------------------------------------------------
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

    // --- KOSTOM
    // ------------------------------------------------------------------------------------------------
    void kostomText()
    {
        const auto out = importFiles({master("kostom.txt")});
        QVERIFY(out.ok());
        QCOMPARE(out->report.encoding, QStringLiteral("CP949"));
        QVERIFY(balanced(out->report));
        QCOMPARE(out->report.ignored, 1); // the same row twice
        const Concept *diabetes = find(*out, "H00000002");
        QVERIFY(diabetes); // the row whose term code is the concept code, though it comes second
        QCOMPARE(diabetes->ko, QStringLiteral("당뇨병"));
        QCOMPARE(diabetes->en, QStringLiteral("Diabetes mellitus"));
        QCOMPARE(diabetes->synonyms, (QStringList{QStringLiteral("당뇨"), QStringLiteral("Sugar disease")}));
        QVERIFY(linked(*diabetes, "kcd", "E14") && linked(*diabetes, "snomedCt", "73211009")
            && linked(*diabetes, "umls", "C0011849"));
        QCOMPARE(diabetes->field, QStringLiteral("diagnosis"));
        const Concept *asphyxia = find(*out, "H00000003");
        QVERIFY(linked(*asphyxia, "kcd", "T71") && linked(*asphyxia, "kcd", "W84"));
        QVERIFY(find(*out, "H00000004")->axis && linked(*find(*out, "H00000004"), "loinc", "2339-0"));
        QCOMPARE(find(*out, "H00000004")->field, QStringLiteral("laboratory"));
        QVERIFY(find(*out, "H00000005")->axis);
        QCOMPARE(find(*out, "H00000005")->field, QStringLiteral("radiology"));
        QCOMPARE(find(*out, "H00000006")->field, QStringLiteral("act"));
        QVERIFY(linked(*find(*out, "H00000006"), "edi", "Q2862"));
        QCOMPARE(find(*out, "H00000007")->en, QStringLiteral("M?ni?re disease"));
        QCOMPARE(find(*out, "H00000008")->field, QStringLiteral("dental"));
        QCOMPARE(find(*out, "H00000009")->field, QStringLiteral("nursing"));
        QCOMPARE(
            find(*out, "H00000010")->field, QStringLiteral("other")); // a short row: empty cells at its end
    }

    void kostomFirstEdition()
    {
        const auto out = importFiles({master("kostom-first-edition.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->terms.size(), std::size_t(2));
        QVERIFY(
            linked(*find(*out, "H1"), "kcd", "Z768") && linked(*find(*out, "H1"), "snomedCt", "58000006"));
        QCOMPARE(find(*out, "H1")->synonyms, QStringList{QStringLiteral("퇴원하기")});
        QCOMPARE(out->report.problems.size(), std::size_t(1)); // a classification nobody knows
        QVERIFY(out->report.problems[0].error.is(errors::ImportValue));
        QCOMPARE(out->report.problems[0].row, 6);
        QCOMPARE(out->report.problems[0].column, QStringLiteral("참조분류"));
    }

    void fieldOfAnExtract()
    {
        Rows rows{kostomRows({}, KostomForm::Workbook).front()};
        rows.push_back(
            {QStringLiteral("H1"), QStringLiteral("C1"), QStringLiteral("Care"), QStringLiteral("돌봄")});
        QVERIFY(writeZip(path("fields.xlsx"), workbookParts({{QStringLiteral("간호"), rows}})));
        QCOMPARE(find(*importFiles({path("fields.xlsx")}), "H1")->field, QStringLiteral("nursing"));
        const QString file = m_folder.filePath(QStringLiteral("보건의료용어표준_보건_V5.0.txt"));
        QVERIFY(writeBytes(file, separatedText(rows, '\t', true)));
        QCOMPARE(find(*importFiles({file}), "H1")->field, QStringLiteral("public"));
        QVERIFY(writeBytes(path("plain.txt"), separatedText(rows, '\t', true)));
        QCOMPARE(find(*importFiles({path("plain.txt")}), "H1")->field, QStringLiteral("other"));
    }

    void contradictingRowsAreRefused()
    {
        Rows rows = kostomRows(syntheticKostom({.total = 40}), KostomForm::Workbook);
        rows.push_back(rows[5]); // the same again
        QStringList other = rows[6];
        other[3] = QStringLiteral("다른 이름");
        rows.push_back(other);
        writeBytes(path("twice.txt"), separatedText(rows, '\t', false));
        const auto out = importFiles({path("twice.txt")});
        QVERIFY(out.ok());
        QCOMPARE(out->terms.size(), std::size_t(40));
        QCOMPARE(out->report.ignored, 1);
        QCOMPARE(out->report.refused, 1);
        QCOMPARE(out->report.problems.size(), std::size_t(1));
        QCOMPARE(out->report.problems[0].row, 43);
        QCOMPARE(out->report.problems[0].column, QStringLiteral("용어코드"));
        QVERIFY(out->report.problems[0].error.is(errors::ImportDuplicate));
        QCOMPARE(out->report.problems[0].error.arguments.value(QStringLiteral("first")), QStringLiteral("7"));
    }

    void aMissingLinkColumnIsSaid()
    {
        Rows rows = kostomRows(syntheticKostom({.total = 20}), KostomForm::Workbook);
        for (QStringList &row : rows)
            row.remove(4); // KCD
        writeBytes(path("nokcd.csv"), separatedText(rows, ',', true));
        const auto out = importFiles({path("nokcd.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->report.problems.size(), std::size_t(1));
        QVERIFY(out->report.problems[0].error.is(errors::ImportColumnMissing));
        QCOMPARE(out->report.problems[0].column, QStringLiteral("KCD"));
    }

    void axisStrings()
    {
        QVERIFY(importing::isAxisString(u"Glucose:MCnc:Pt:Bld:Qn"));
        QVERIFY(importing::isAxisString(u"CT;Abdomen;"));
        QVERIFY(!importing::isAxisString(u"Titre 1:160"));
        QVERIFY(!importing::isAxisString(u"First; second; third"));
    }

    // --- the others
    // --------------------------------------------------------------------------------------------
    void medicines()
    {
        const auto out = importFiles({master("drugs.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->report.encoding, QStringLiteral("CP949"));
        QVERIFY(balanced(out->report));
        const Concept *package = find(*out, "8800000000022", "kd");
        QVERIFY(package);
        QVERIFY(linked(*package, "edi", "053200010")
            && linked(*package, "atc", "J01CA04")); // the zero in front stays
        QCOMPARE(package->parent, QStringLiteral("8800000000015"));
        QCOMPARE(package->validFrom, QDate(2001, 3, 15));
        QCOMPARE(find(*out, "8800000000039")->validTo, QDate(2020, 5, 31));
        const Concept *product = find(*out, "053200010", "edi");
        QVERIFY(product && linked(*product, "atc", "J01CA04"));
        QVERIFY(!product->validTo.isValid()); // two packages are still sold
        QVERIFY(find(*out, "8800000000053")->links.empty());
        QCOMPARE(out->report.ignored, 1);
        QCOMPARE(out->report.refused, 1); // one code, two names
        QVERIFY(out->report.problems[0].error.is(errors::ImportDuplicate));
        QCOMPARE(out->report.problems[0].row, 7);
        QCOMPARE(out->report.problems[0].column, QStringLiteral("표준코드"));
        QVERIFY(importing::isDigits(u"053200010", 9) && !importing::isDigits(u"53200010", 9)
            && !importing::isDigits(u"05320001X", 9));
    }

    void reimbursedMedicines()
    {
        const auto out = importFiles({master("drug-prices.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->master, QStringLiteral("drug-prices"));
        QCOMPARE(out->terms.size(), std::size_t(2));
        QCOMPARE(out->report.ignored, 1); // the heading of the ingredient
        QCOMPARE(find(*out, "053200010")->help, QStringLiteral("나린바이오 · 500밀리그램 · 캡슐 · 120"));
    }

    void feesAndMaterials()
    {
        const Rows fees{{QStringLiteral("수가코드"), QStringLiteral("적용일자"), QStringLiteral("한글명"),
                            QStringLiteral("산정명칭")},
            {QStringLiteral("AA154"), QStringLiteral("20200101"), QStringLiteral("초진 진찰"),
                QStringLiteral("초진료")},
            {QStringLiteral("AA154"), QStringLiteral("20240101"), QStringLiteral("초진 진찰 (개정)"),
                QStringLiteral("초진료")},
            {QStringLiteral("AA254"), QStringLiteral("20240101"), QStringLiteral("재진 진찰"), QString()}};
        const Rows materials{{QStringLiteral("코 드"), QStringLiteral("품 명"), QStringLiteral("재 질"),
                                 QStringLiteral("적용일자")},
            {QStringLiteral("B0001001"), QStringLiteral("봉합사"), QStringLiteral("나일론"),
                QStringLiteral("20230101")}};
        const Rows deleted{{QStringLiteral("코 드"), QStringLiteral("품 명")},
            {QStringLiteral("B0001002"), QStringLiteral("옛 봉합사")}};
        QVERIFY(writeZip(path("fees.xlsx"), workbookParts({{QStringLiteral("의·치과_급여_전체"), fees}})));
        QVERIFY(writeZip(path("materials.xlsx"),
            workbookParts({{QStringLiteral("급여품목(인체조직포함)"), materials},
                {QStringLiteral("삭제 및 삭제예정 품목"), deleted}})));
        const auto out = importFiles({path("fees.xlsx"), path("materials.xlsx")}, "", QDate(2024, 5, 1));
        QVERIFY2(out.ok(), out ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->master, QStringLiteral("edi"));
        QCOMPARE(out->terms.size(), std::size_t(4));
        QCOMPARE(find(*out, "AA154")->ko, QStringLiteral("초진 진찰 (개정)")); // the latest row names it
        QCOMPARE(find(*out, "AA154")->validFrom, QDate(2020, 1, 1));
        QCOMPARE(find(*out, "AA154")->synonyms, QStringList{QStringLiteral("초진료")});
        QCOMPARE(find(*out, "B0001001")->help, QStringLiteral("나일론"));
        QCOMPARE(find(*out, "B0001002")->validTo, QDate(2024, 4, 30));
        QCOMPARE(out->meta.source, QStringLiteral("fees.xlsx, materials.xlsx"));
    }

    void procedures()
    {
        const auto out = importFiles({master("icd9cm.csv")});
        QVERIFY(out.ok());
        QCOMPARE(find(*out, "47.09")->synonyms, QStringList{QStringLiteral("맹장 수술")});
        QCOMPARE(find(*out, "45.23")->en, QStringLiteral("Colonoscopy"));
        // Plain captions are taken for procedures only when the import says so.
        writeBytes(path("plain.csv"), "code,한글명,영문명\n47.09,충수 절제,x\n");
        QVERIFY(importFiles({path("plain.csv")}).error().is(errors::ImportNotAMaster));
        QVERIFY(importFiles({path("plain.csv")}, "icd9cm").ok());
    }

    void loincWithKoreanNames()
    {
        const auto out =
            importFiles({master("loinc.csv"), master("loinc-korean.csv")}, "", QDate(2024, 8, 1));
        QVERIFY(out.ok());
        QVERIFY(balanced(out->report));
        QCOMPARE(out->terms.size(), std::size_t(3));
        const Concept *pigment = find(*out, "718-7");
        QCOMPARE(pigment->ko, QStringLiteral("혈액 색소"));
        QCOMPARE(pigment->en, QStringLiteral("Invented pigment in blood"));
        QVERIFY(pigment->synonyms.contains(QStringLiteral("Pigm Bld"))
            && pigment->synonyms.contains(QStringLiteral("혈액의 색소 농도")));
        QCOMPARE(pigment->category, QStringLiteral("specimen"));
        QCOMPARE(pigment->unit, QStringLiteral("g/dL"));
        QCOMPARE(find(*out, "24627-2")->category, QStringLiteral("radiology"));
        QCOMPARE(find(*out, "4544-3")->validTo, QDate(2024, 7, 31)); // deprecated
        // The variant first, or alone.
        QCOMPARE(importFiles({master("loinc-korean.csv"), master("loinc.csv")}, "", QDate(2024, 8, 1))->terms,
            out->terms);
        QCOMPARE(importFiles({master("loinc-korean.csv")})->terms.size(), std::size_t(2));
        QVERIFY(
            importing::isLoinc(u"4548-4") && !importing::isLoinc(u"4548-5") && !importing::isLoinc(u"-4"));
    }

    // --- round trips
    // -------------------------------------------------------------------------------------------
    void kostomRoundTrip_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("container");
        QTest::newRow("tab text, CP949") << int(KostomForm::Text) << "cp949";
        QTest::newRow("tab text, UTF-8") << int(KostomForm::Text) << "utf8";
        QTest::newRow("workbook, shared strings") << int(KostomForm::Workbook) << "shared";
        QTest::newRow("workbook, inline strings") << int(KostomForm::Workbook) << "inline";
        QTest::newRow("with the field") << int(KostomForm::WithField) << "cp949";
        QTest::newRow("first edition") << int(KostomForm::Long) << "utf8";
    }
    void kostomRoundTrip()
    {
        QFETCH(int, form);
        QFETCH(QString, container);
        const auto terms = syntheticKostom({.seed = 7, .total = 800, .synonymsPerThousand = 300});
        const Rows rows = kostomRows(terms, KostomForm(form));
        const QString file = path(form == int(KostomForm::Workbook) ? "K_V7.0.xlsx" : "K_V7.0.txt");
        if (form == int(KostomForm::Workbook))
            QVERIFY(writeZip(file,
                workbookParts({{QStringLiteral("V7.0"), rows}},
                    container == QLatin1String("inline") ? Strings::Inline : Strings::Shared)));
        else
            QVERIFY(writeBytes(file, separatedText(rows, '\t', container == QLatin1String("cp949"))));
        const auto out = importFiles({file});
        QVERIFY2(out.ok(), out ? "" : qPrintable(out.error().toString()));
        QCOMPARE(out->master, QStringLiteral("kostom"));
        QCOMPARE(out->meta.version, QStringLiteral("V7.0"));
        QCOMPARE(out->report.read, qint64(rows.size()) - 1);
        QCOMPARE(out->report.refused, 0);
        QVERIFY(balanced(out->report));
        QVERIFY(out->report.problems.empty());
        const bool field = form == int(KostomForm::WithField);
        QVERIFY(expected(out->terms, field) == expected(terms, field));
        for (const Concept &term : out->terms)
            QVERIFY(!term.field.isEmpty());
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

    // --- the synthetic master itself
    // ---------------------------------------------------------------------------
    void syntheticMasterHasThePublishedCounts()
    {
        int published = 0, rest = 0;
        for (const SyntheticField &field : syntheticFields())
            (*field.title ? published : rest) += field.published;
        QCOMPARE(published, 291'584);
        QCOMPARE(published + rest, syntheticPublishedTotal);
        QCOMPARE(syntheticCounts(syntheticPublishedTotal),
            (std::vector<int>{
                78'609, 20'498, 59'228, 17'689, 7'021, 3'420, 11'064, 375, 93'680, 29'633, 540}));
        for (const int total : {0, 1, 17, 1000, 350'000, 1'000'000}) {
            const std::vector<int> counts = syntheticCounts(total);
            QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0), total);
            QVERIFY(*std::min_element(counts.begin(), counts.end()) >= 0);
        }
        const auto terms = syntheticKostom({.total = 35'000});
        QCOMPARE(terms.size(), std::size_t(35'000));
        QHash<QString, int> counts;
        QSet<QString> codes;
        qint64 length = 0;
        for (const Concept &term : terms) {
            ++counts[term.field];
            codes.insert(term.code);
            length += term.ko.size();
        }
        QCOMPARE(codes.size(), 35'000);
        QVERIFY(std::abs(counts.value(QStringLiteral("diagnosis"))
                    - int(78'609LL * 35'000 / syntheticPublishedTotal))
            <= 1);
        QVERIFY(length / 35'000 >= 17 && length / 35'000 <= 22);
        QVERIFY(syntheticKostom({.seed = 5, .total = 300}) == syntheticKostom({.seed = 5, .total = 300}));
        QVERIFY(syntheticKostom({.seed = 5, .total = 300}) != syntheticKostom({.seed = 6, .total = 300}));
    }

    void stoppedOnRequest()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY(importMaster({master("kostom.txt")}, {}, base::WorkContext(source.get_token()))
                    .error()
                    .is(base::errors::Stopped));
        qint64 last = -1;
        const auto out = importMaster({master("kostom.txt")}, {},
            base::WorkContext(
                {}, [&](const base::Progress &p) { last = p.done == p.total ? p.total : last; }));
        QVERIFY(out.ok());
        QCOMPARE(last, QFileInfo(master("kostom.txt")).size());
    }
};

QTEST_APPLESS_MAIN(TestImporters)
#include "tst_importers.moc"
