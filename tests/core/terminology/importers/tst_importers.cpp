// The other published masters in their published layouts: small files of our own wording, and synthetic
// masters through every container.
#include "core/base/Errors.h"
#include "core/terminology/Errors.h"
#include "core/terminology/importers/DrugReader.h"
#include "core/terminology/importers/KostomReader.h"
#include "core/terminology/importers/LoincReader.h"
#include "tests/core/terminology/importers/ImportCheck.h"

#include <numeric>

using namespace naru;
using namespace naru::terminology;
using namespace naru::testsupport;

namespace {
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

    void profilesAreComplete()
    {
        QCOMPARE(masterNames().size(), 8);
        for (const importing::Layout &layout : importing::layouts()) {
            QVERIFY2(!layout.columns.empty(), qPrintable(layout.name));
            QVERIFY2(std::any_of(layout.columns.begin(), layout.columns.end(),
                         [](const auto &c) { return c.need == importing::LayoutColumn::Need::Required; }),
                qPrintable(layout.name));
        }
    }

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
