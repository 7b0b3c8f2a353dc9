// The starter terms as data: a row of the tables that is shaped wrongly, said twice, or hangs in the air is
// found here.
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/terminology/StarterTerms.h"
#include "core/terminology/ValueSets.h"
#include "resources/terms/diagnosesTable.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace naru;
using namespace naru::terminology;

namespace {
bool has(const QRegularExpression &what, const QString &text)
{
    return what.match(text).hasMatch();
}

std::vector<Concept> termsOf(const char *system)
{
    const QString oid = base::oid(system).text();
    std::vector<Concept> out;
    for (Concept &term : starterTerms()) {
        if (term.system == oid)
            out.push_back(std::move(term));
    }
    return out;
}

bool isTidy(const QString &text)
{
    return !text.isEmpty() && text == text.simplified();
}

// What medicines, tests and procedures promise alike: the first row that breaks it, and how. Empty when none
// does.
QString firstFault(const std::vector<Concept> &rows, const char *pattern)
{
    const QRegularExpression shape(QRegularExpression::anchoredPattern(QLatin1String(pattern)));
    QSet<QString> codes;
    QSet<QString> names;
    for (const Concept &term : rows) {
        const char *fault = !has(shape, term.code)  ? "code"
            : !isTidy(term.ko) || !isTidy(term.en)  ? "name"
            : term.weight < 1 || term.weight > 1000 ? "weight"
            : codes.contains(term.code)             ? "code twice"
            : names.contains(term.ko)               ? "name twice"
                                                    : nullptr;
        if (fault)
            return term.code + QLatin1Char(' ') + term.ko + QStringLiteral(": ") + QLatin1String(fault);
        codes.insert(term.code);
        names.insert(term.ko);
    }
    return {};
}

// The last digit of a LOINC code is a mod 10 check over the digits before the hyphen, doubled from the right.
bool hasLoincCheckDigit(const QString &code)
{
    const QString digits = code.section(QLatin1Char('-'), 0, 0);
    int sum = 0;
    bool twice = true;
    for (auto i = digits.size() - 1; i >= 0; --i, twice = !twice) {
        const int value = digits[i].digitValue() * (twice ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    return QString::number((10 - sum % 10) % 10) == code.section(QLatin1Char('-'), 1);
}

// Enough of UCUM for laboratory units: annotations are dropped, the rest must be a product or quotient of
// known atoms with a metric prefix, an exponent 2 or 3, or a power of ten.
bool isUcum(QString unit)
{
    static const QRegularExpression annotation(QStringLiteral("\\{[^{} ]+\\}"));
    static const QRegularExpression separators(QStringLiteral("[./()]"));
    static const QRegularExpression part(QRegularExpression::anchoredPattern(QStringLiteral(
        "10\\*\\d+|\\d+|[kmunpfdc]?(g|L|mol|U|\\[IU\\]|s|m|eq|osm|m\\[Hg\\])[23]?|min|h|d|wk|Cel|%|"
        "\\[pH\\]|\\[HPF\\]|\\[LPF\\]|\\[GPL'U\\]|\\[MPL'U\\]")));
    unit.remove(annotation);
    for (const QString &one : unit.split(separators)) {
        if (!one.isEmpty() && !has(part, one))
            return false;
    }
    return true;
}
} // namespace

class tst_Starter : public QObject {
    Q_OBJECT

private:
    const std::vector<Concept> m_diagnoses = termsOf("kcd");

    const Concept *diagnosis(const char *code) const
    {
        for (const Concept &term : m_diagnoses) {
            if (term.code == QLatin1String(code))
                return &term;
        }
        return nullptr;
    }

private Q_SLOTS:
    void diagnosesAreManyInEveryChapter()
    {
        QVERIFY2(m_diagnoses.size() >= 2000, qPrintable(QString::number(m_diagnoses.size())));
        QHash<QChar, int> letters;
        for (const Concept &term : m_diagnoses)
            ++letters[term.code[0]];
        for (const char letter : {'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
                 'P', 'Q', 'R', 'S', 'T', 'Z'})
            QVERIFY2(letters.value(QLatin1Char(letter)) >= 40, qPrintable(QString(QLatin1Char(letter))));
        QVERIFY(diagnosis("U071"));
    }

    // The cells of the table as they stand, before anything is read into them.
    void diagnosesAreCleanCells()
    {
        const base::TsvTable rows = base::TsvTable::parse(tables::diagnoses);
        const QStringList columns = {QStringLiteral("code"), QStringLiteral("ko"), QStringLiteral("en"),
            QStringLiteral("complete"), QStringLiteral("sex"), QStringLiteral("ages"),
            QStringLiteral("weight")};
        QCOMPARE(rows.columns(), columns);
        static const QRegularExpression complete(QStringLiteral("^[01]?$"));
        static const QRegularExpression sex(QStringLiteral("^[MF]?$"));
        static const QRegularExpression ages(QStringLiteral("^(\\d{1,3}-\\d{0,3})?$"));
        static const QRegularExpression weight(QStringLiteral("^(\\d{1,3}|1000)$"));
        QString last;
        for (int row = 0; row < rows.rowCount(); ++row) {
            const QString code = rows.at(row, "code");
            QVERIFY2(rows.rows()[row].size() == columns.size(), qPrintable(code));
            for (const QString &cell : rows.rows()[row])
                QVERIFY2(cell == cell.simplified(), qPrintable(code));
            QVERIFY2(has(complete, rows.at(row, "complete")), qPrintable(code));
            QVERIFY2(has(sex, rows.at(row, "sex")), qPrintable(code));
            QVERIFY2(has(ages, rows.at(row, "ages")), qPrintable(code));
            QVERIFY2(has(weight, rows.at(row, "weight")), qPrintable(code));
            QVERIFY2(last < code, qPrintable(code)); // sorted, so no code twice
            last = code;
        }
    }

    void diagnosesHaveOneNameEach()
    {
        static const QRegularExpression shape(QStringLiteral("^[A-Z][0-9]{2}[0-9A-Z]{0,2}$"));
        static const QRegularExpression hangul(QStringLiteral("[\\x{AC00}-\\x{D7A3}]"));
        static const QRegularExpression latin(QStringLiteral("[A-Za-z]{3}"));
        QHash<QString, QString> names;
        for (const Concept &term : m_diagnoses) {
            QVERIFY2(has(shape, term.code), qPrintable(term.code));
            QVERIFY2(has(hangul, term.ko), qPrintable(term.code));
            QVERIFY2(has(latin, term.en) && !has(hangul, term.en), qPrintable(term.code));
            for (const QString &name : {term.ko, term.en.toLower()}) {
                QVERIFY2(!names.contains(name), qPrintable(term.code + QLatin1Char(' ') + names.value(name)));
                names.insert(name, term.code);
            }
        }
    }

    // Every code hangs below its three-character category, and what has codes below it is not called
    // complete.
    void diagnosesFormATree()
    {
        QHash<QString, const Concept *> codes;
        for (const Concept &term : m_diagnoses)
            codes.insert(term.code, &term);
        QSet<QString> headings;
        for (const Concept &term : m_diagnoses) {
            if (term.code.size() == 3) {
                QVERIFY2(term.parent.isEmpty(), qPrintable(term.code));
                continue;
            }
            QVERIFY2(codes.contains(term.code.left(3)), qPrintable(term.code));
            QVERIFY2(codes.contains(term.parent), qPrintable(term.code));
            QVERIFY2(term.code.startsWith(term.parent) && term.code != term.parent, qPrintable(term.code));
            headings.insert(term.parent);
        }
        const base::TsvTable rows = base::TsvTable::parse(tables::diagnoses);
        for (int row = 0; row < rows.rowCount(); ++row) {
            const QString code = rows.at(row, "code");
            if (headings.contains(code))
                QVERIFY2(rows.at(row, "complete") != QLatin1String("1"), qPrintable(code));
        }
    }

    void diagnosesKnowWhomTheyConcern()
    {
        for (const Concept &term : m_diagnoses) {
            if (term.code.startsWith(QLatin1Char('O')))
                QVERIFY2(
                    term.sex == Sex::Female && term.ageFrom == 12 && term.ageTo == 55, qPrintable(term.code));
            QVERIFY2(term.ageTo == 0 || term.ageFrom <= term.ageTo, qPrintable(term.code));
        }
        QCOMPARE(diagnosis("N40")->sex, Sex::Male);
        QCOMPARE(diagnosis("C61")->sex, Sex::Male);
        QCOMPARE(diagnosis("C539")->sex, Sex::Female);
        QCOMPARE(diagnosis("C509")->sex, Sex::Any); // men have breast cancer too
        QCOMPARE(diagnosis("N61")->sex, Sex::Any);
        QCOMPARE(diagnosis("H250")->ageFrom, 30);
        QCOMPARE(diagnosis("P599")->ageTo, 1);
    }

    // The frequent ones are far ahead of the rare ones, and a heading is never claimed.
    void diagnosesAreWeighed()
    {
        for (const char *code : {"J209", "I10", "E119", "J304", "K297", "M545"})
            QVERIFY2(diagnosis(code) && diagnosis(code)->weight >= 800, code);
        for (const char *code : {"A80", "A810", "E700", "I00", "Q780"})
            QVERIFY2(diagnosis(code) && diagnosis(code)->weight <= 5, code);
        QVERIFY(!diagnosis("E11")->complete);
        QVERIFY(diagnosis("E119")->complete);
        QVERIFY(diagnosis("I10")->complete);
        QCOMPARE(diagnosis("E119")->parent, QStringLiteral("E11"));
    }

    // Codes that differ in one sign and mean something else: a slip of the finger in the table shows here.
    void diagnosesMeanWhatTheySay_data()
    {
        QTest::addColumn<QString>("word");
        const auto row = [](const char *code, const char *word) {
            QTest::newRow(code) << QString::fromUtf8(word);
        };
        row("C61", "전립선");
        row("C64", "신장");
        row("C67", "방광");
        row("C73", "갑상선");
        row("E05", "갑상선독증");
        row("E03", "기능저하");
        row("F200", "편집조현병");
        row("G20", "파킨슨");
        row("G35", "다발경화증");
        row("H33", "망막박리");
        row("H40", "녹내장");
        row("I21", "심근경색");
        row("I48", "심방세동");
        row("I60", "거미막하");
        row("I63", "뇌경색");
        row("J45", "천식");
        row("K35", "충수염");
        row("K50", "크론");
        row("K51", "궤양성 대장염");
        row("M32", "루푸스");
        row("M751", "회전근개");
        row("N18", "만성 신장병");
        row("O00", "자궁외임신");
        row("Q211", "심방중격");
        row("Q210", "심실중격");
        row("S52", "아래팔");
        row("S72", "대퇴골");
        row("S82", "아래다리");
        row("T338", "발목 및 발");
        row("Z940", "신장");
        row("Z944", "간");
    }
    void diagnosesMeanWhatTheySay()
    {
        QFETCH(QString, word);
        const Concept *term = diagnosis(QTest::currentDataTag());
        QVERIFY(term);
        QVERIFY2(term->ko.contains(word), qPrintable(term->ko));
    }

    void medicinesAreManyAndClean()
    {
        const std::vector<Concept> rows = termsOf("atc");
        QVERIFY(rows.size() >= 500);
        QCOMPARE(firstFault(rows, "[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}"), QString());
        const QRegularExpression hangul(QStringLiteral("[\\x{AC00}-\\x{D7A3}]"));
        QSet<QChar> groups;
        for (const Concept &term : rows) {
            QVERIFY2(has(hangul, term.ko), qPrintable(term.code));
            groups.insert(term.code.at(0));
        }
        QCOMPARE(groups.size(), 14); // every main group of the classification
    }
    void testsAreManyAndClean()
    {
        const std::vector<Concept> rows = termsOf("loinc");
        QVERIFY(rows.size() >= 300);
        QCOMPARE(firstFault(rows, "[0-9]{1,6}-[0-9]"), QString());
        const QStringList categories{QStringLiteral("specimen"), QStringLiteral("radiology"),
            QStringLiteral("functional"), QStringLiteral("pathology"), QStringLiteral("vital")};
        QSet<QString> seen;
        for (const Concept &term : rows) {
            QVERIFY2(hasLoincCheckDigit(term.code), qPrintable(term.code));
            QVERIFY2(categories.contains(term.category), qPrintable(term.code + term.category));
            QVERIFY2(isUcum(term.unit), qPrintable(term.code + QLatin1Char(' ') + term.unit));
            seen.insert(term.category);
        }
        QCOMPARE(seen.size(), categories.size());
    }
    // The checks above must be able to fail.
    void checksCatchSlips()
    {
        QVERIFY(hasLoincCheckDigit(QStringLiteral("2345-7")));
        QVERIFY(!hasLoincCheckDigit(QStringLiteral("2345-6")));
        QVERIFY(!hasLoincCheckDigit(QStringLiteral("2354-7"))); // two digits swapped
        QVERIFY(isUcum(QStringLiteral("mL/min/{1.73_m2}")) && isUcum(QStringLiteral("10*3/uL")));
        QVERIFY(isUcum(QStringLiteral("ug/(24.h)")) && isUcum(QString()));
        QVERIFY(!isUcum(QStringLiteral("mmHg")) && !isUcum(QStringLiteral("IU/mL")));
        QVERIFY(!isUcum(QStringLiteral("mg/dl")) && !isUcum(QStringLiteral("x10^3/uL")));
    }
    void proceduresAreManyAndClean()
    {
        const std::vector<Concept> rows = termsOf("icd9cm");
        QVERIFY(rows.size() >= 200);
        QCOMPARE(firstFault(rows, "[0-9]{2}\\.[0-9]{1,2}"), QString());
    }
    // What seeds, sample documents and forms use must stay.
    void codesInUseStay()
    {
        QSet<QString> codes;
        for (const Concept &term : starterTerms())
            codes.insert(term.code);
        for (const char *code : {"A10BA02", "C08CA01", "N02BE01", "J07BB02", "4548-4", "2345-7", "8480-6",
                 "8462-4", "8310-5", "8302-2", "3141-9", "8867-4", "24627-2", "45.23", "13.41", "51.23"})
            QVERIFY2(codes.contains(QLatin1String(code)), code);
    }
    void listsOfTheForms_data()
    {
        QTest::addColumn<int>("rows");
        const auto row = [](const char *name, int rows) { QTest::newRow(name) << rows; };
        row("gender", 3);
        row("testCategory", 4);
        row("interpretation", 6);
        row("vitalItem", 6);
        row("infectionClass", 4);
        row("infectionTestResult", 4);
        row("signer", 4);
        row("identityCheck", 5);
        row("signerReason", 3);
        row("exceptionCase", 3);
    }
    void listsOfTheForms()
    {
        QFETCH(int, rows);
        const QList<ValueSetEntry> entries = valueSet(QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(int(entries.size()), rows);
        QSet<QString> codes;
        for (const ValueSetEntry &entry : entries) {
            QVERIFY(isTidy(entry.code) && isTidy(entry.ko) && isTidy(entry.en));
            codes.insert(entry.code);
        }
        QCOMPARE(codes.size(), entries.size());
    }
};

QTEST_GUILESS_MAIN(tst_Starter)
#include "tst_starter.moc"
