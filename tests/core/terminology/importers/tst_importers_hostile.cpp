// Broken and hostile masters: one clear error with row and column, soon and in little memory.
#include "core/base/Errors.h"
#include "core/terminology/Errors.h"
#include "core/terminology/importers/TextTable.h"
#include "core/terminology/importers/ZipArchive.h"
#include "tests/core/terminology/importers/ImportCheck.h"

#include <QElapsedTimer>

#include <sys/resource.h>

using namespace naru;
using namespace naru::terminology;
using namespace naru::testsupport;

namespace {
// One letter without end.
class EndlessLine : public QIODevice {
public:
    EndlessLine() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    qint64 given = 0;
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        memset(data, 'A', std::size_t(size));
        given += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }
};

// The parts of a good workbook, with one of them changed.
ZipParts changed(const QByteArray &part, const QByteArray &from, const QByteArray &to)
{
    ZipParts parts = workbookParts(
        {{QStringLiteral("V7.0"), kostomRows(syntheticKostom({.total = 20}), KostomForm::Workbook)}},
        Strings::Shared);
    for (auto &[name, bytes] : parts) {
        if (name == part) {
            const qsizetype at = bytes.indexOf(from);
            if (at >= 0)
                bytes.replace(at, from.size(), to);
        }
    }
    return parts;
}

const QByteArray Sheet1 = "xl/worksheets/sheet1.xml", StringsPart = "xl/sharedStrings.xml",
                 Book = "xl/workbook.xml";

// Overwrites the 4-byte little-endian number at `offset` of the central directory entry called `name`.
void patchDirectory(QByteArray &zip, const QByteArray &name, int offset, quint32 value)
{
    for (qsizetype at = zip.indexOf("PK\x01\x02"); at >= 0; at = zip.indexOf("PK\x01\x02", at + 4)) {
        if (zip.mid(at + 46, name.size()) != name)
            continue;
        for (int i = 0; i < 4; ++i)
            zip[at + offset + i] = char(value >> (8 * i));
    }
}
} // namespace

class TestImportersHostile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    // The error, after checking what every error of an import has to have.
    base::Error failureOf(const QString &file, const char *name = "")
    {
        QElapsedTimer timer;
        timer.start();
        const auto out = importFiles({file}, name);
        const qint64 took = timer.elapsed();
        if (out)
            return base::Error();
        if (took > 2000 * NARU_TIME_FACTOR)
            qWarning("took %lld ms", static_cast<long long>(took));
        const auto &arguments = out.error().arguments;
        const bool placed = arguments.contains(QStringLiteral("row"))
            && arguments.contains(QStringLiteral("column"))
            && arguments.value(QStringLiteral("file")) == QFileInfo(file).fileName();
        return placed && took <= 2000 * NARU_TIME_FACTOR ? out.error() : base::Error();
    }
    base::Error failureOf(const ZipParts &parts)
    {
        return writeZip(path("k.xlsx"), parts) ? failureOf(path("k.xlsx")) : base::Error();
    }
    static QString place(const base::Error &error)
    {
        return error.arguments.value(QStringLiteral("row")) + u' '
            + error.arguments.value(QStringLiteral("column"));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void text_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("where");
        const auto row = [](const char *file, const base::ErrorCode &code, const char *where) {
            QTest::newRow(file) << QStringLiteral("hostile/") + QLatin1String(file)
                                << QString::fromLatin1(code.id) << QString::fromUtf8(where);
        };
        row("utf16.csv", errors::ImportEncoding, "1 1");
        row("utf16-without-mark.csv", errors::ImportEncoding, "1 1");
        row("euc-jp-in-row-3.csv", errors::ImportEncoding, "3 한글명");
        row("euc-jp.csv", errors::ImportNotAMaster, "1 1");
        row("half-a-pair.csv", errors::ImportEncoding, "2 한글명");
        row("column-missing.csv", errors::ImportColumnMissing, "1 완전코드구분");
        row("no-master.csv", errors::ImportNotAMaster, "1 1");
        row("empty.csv", errors::ImportNotAMaster, "1 1");
        row("every-row-short.csv", errors::ImportTooManyRefused, "2 1");
        row("codes-lost-their-zeros.csv", errors::ImportTooManyRefused, "2 제품코드(개정후)");
    }
    void text()
    {
        QFETCH(QString, file);
        QFETCH(QString, code);
        QFETCH(QString, where);
        const base::Error error = failureOf(master(file.toUtf8().constData()));
        QCOMPARE(QString::fromLatin1(error.code.id), code);
        QCOMPARE(place(error), where);
    }

    void nothingInIt()
    {
        QVERIFY(importFiles({master("hostile/header-only.csv")}).error().is(errors::ImportNothing));
        QVERIFY(importFiles({}).error().is(errors::ImportNothing));
        QVERIFY(importFiles({path("not-there.csv")}).error().is(base::errors::Io));
        QVERIFY(importFiles({m_folder.path()}).error().is(base::errors::Io));
        QVERIFY(
            importFiles({master("kostom.txt")}, "no-such-master").error().is(errors::ImportMasterUnknown));
        // A master that is not the one that was asked for.
        QVERIFY(importFiles({master("kostom.txt")}, "kcd").error().is(errors::ImportColumnMissing));
        QVERIFY(importFiles({master("kostom.txt")}, "loinc").error().is(errors::ImportNotAMaster));
    }

    void aLineWithoutEnd()
    {
        auto device = std::make_unique<EndlessLine>();
        EndlessLine *line = device.get();
        auto table = importing::TextTable::open(std::move(device), QStringLiteral("line"), ',');
        QVERIFY(table.ok());
        importing::TableRow row;
        const auto out = (*table)->next(row);
        QVERIFY(!out.ok());
        QVERIFY(out.error().is(errors::ImportRowTooLong));
        QCOMPARE(place(out.error()), QStringLiteral("1 1"));
        QVERIFY(line->given < 3 * 1024 * 1024);
    }

    // A file of a gigabyte whose last line is most of it, after good rows; sparse, so that it takes no room.
    void aLineOfAGigabyte()
    {
        const QByteArray head = separatedText(hiraRows(syntheticKcd({.total = 4000})), ',', false);
        QFile file(path("long.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(head + "A00,\xEA\xB0\x80,") > 256 * 1024);
        QVERIFY(file.resize(1024LL * 1024 * 1024));
        file.close();
        const base::Error error = failureOf(path("long.csv"));
        QVERIFY(error.is(errors::ImportRowTooLong));
        QCOMPARE(place(error), QStringLiteral("4002 영문명"));
        QFile::remove(path("long.csv"));
    }

    void aQuoteThatNeverCloses()
    {
        QByteArray text = separatedText(hiraRows({}), ',', false) + "A00,\"cholera,x,1,1,,,,,1\r\n";
        text += QByteArray("A01,typhoid,x,1,1,,,,,1\r\n").repeated(60'000);
        QVERIFY(writeBytes(path("quote.csv"), text));
        const base::Error error = failureOf(path("quote.csv"));
        QVERIFY(error.is(errors::ImportRowTooLong));
        QCOMPARE(place(error), QStringLiteral("2 한글명"));
    }

    void tooManyColumns()
    {
        QVERIFY(writeBytes(path("wide.csv"), QByteArray("x,").repeated(100'000)));
        QVERIFY(failureOf(path("wide.csv")).is(errors::ImportColumnsTooMany));
    }

    void aFewBadRowsAreReported()
    {
        QByteArray text = separatedText(hiraRows(syntheticKcd({.total = 60})), ',', false);
        text += "A10,one, comma too many,English,1,1,,,,,1\r\n"; // row 62
        text += ",no code,English,1,1,,,,,1\r\n"; // row 63
        text += "Z999,,,1,1,,,,,1\r\n"; // row 64: no name
        text += "Z998,\"quoted\" and more,English,1,1,,,,,1\r\n"; // row 65
        QVERIFY(writeBytes(path("few.csv"), text));
        const auto out = importFiles({path("few.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->terms.size(), std::size_t(60));
        QCOMPARE(out->report.refused, 4);
        QVERIFY(balanced(out->report));
        const auto &p = out->report.problems;
        QCOMPARE(p.size(), std::size_t(4));
        QVERIFY(p[0].row == 62 && p[0].error.is(errors::ImportFieldCount));
        QVERIFY(p[1].row == 63 && p[1].error.is(errors::ImportCodeMissing)
            && p[1].column == QStringLiteral("상병기호"));
        QVERIFY(p[2].row == 64 && p[2].error.is(errors::ImportNameMissing));
        QVERIFY(p[3].row == 65 && p[3].error.is(errors::ImportQuote));
    }

    void problemsAreBounded()
    {
        QByteArray text = separatedText(hiraRows(syntheticKcd({.total = 20'000})), ',', false);
        text += QByteArray(",no code,English,1,1,,,,,1\r\n").repeated(1500);
        QVERIFY(writeBytes(path("many.csv"), text));
        const auto out = importFiles({path("many.csv")});
        QVERIFY(out.ok());
        QCOMPARE(out->report.refused, 1500);
        QCOMPARE(out->report.problems.size(), std::size_t(1000));
    }

    // --- workbooks
    // ---------------------------------------------------------------------------------------------
    void aGoodWorkbookPasses()
    {
        QVERIFY(writeZip(path("k.xlsx"), changed("", "", "")) && importFiles({path("k.xlsx")}).ok());
    }

    void brokenParts_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        const QByteArray bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
        QTest::newRow("document type in the sheet")
            << Sheet1 << QByteArray("<worksheet") << bomb + "<worksheet";
        QTest::newRow("document type in the strings") << StringsPart << QByteArray("<sst") << bomb + "<sst";
        QTest::newRow("document type in the workbook")
            << Book << QByteArray("<workbook") << bomb + "<workbook";
        QTest::newRow("entity in the strings") << StringsPart << QByteArray("<t>") << QByteArray("<t>&bomb;");
        QTest::newRow("not UTF-8 in the strings")
            << StringsPart << QByteArray("<t>") << QByteArray("<t>\xB0\xAD");
        QTest::newRow("another encoding declared") << Sheet1 << QByteArray("UTF-8") << QByteArray("EUC-KR");
        QTest::newRow("UTF-16") << Sheet1 << QByteArray("<?xml") << QByteArray("\xFF\xFE<\0?\0x\0m\0l\0", 12);
        QTest::newRow("a string that is not there")
            << Sheet1 << QByteArray("<v>3</v>") << QByteArray("<v>99999999</v>");
        QTest::newRow("a negative string") << Sheet1 << QByteArray("<v>3</v>") << QByteArray("<v>-1</v>");
        QTest::newRow("rows backwards")
            << Sheet1 << QByteArray("<row r=\"3\">") << QByteArray("<row r=\"1\">");
        QTest::newRow("a row beyond the sheet")
            << Sheet1 << QByteArray("<row r=\"3\">") << QByteArray("<row r=\"99999999999\">");
        QTest::newRow("cells backwards") << Sheet1 << QByteArray("\"B3\"") << QByteArray("\"A3\"");
        QTest::newRow("a cell without a column") << Sheet1 << QByteArray("\"B3\"") << QByteArray("\"33\"");
        QTest::newRow("a column beyond the sheet")
            << Sheet1 << QByteArray("\"B3\"") << QByteArray("\"ZZZZZZ3\"");
        QTest::newRow("ends inside a row")
            << Sheet1 << QByteArray("</row></sheetData></worksheet>") << QByteArray();
        QTest::newRow("ends inside a tag") << Sheet1 << QByteArray("</worksheet>") << QByteArray("</workshe");
        QTest::newRow("deep") << Sheet1 << QByteArray("<row r=\"3\">")
                              << "<row r=\"3\">" + QByteArray("<a>").repeated(100)
                + QByteArray("</a>").repeated(100);
        QTest::newRow("tags that cross")
            << Sheet1 << QByteArray("<row r=\"3\">") << QByteArray("<row r=\"3\"><a><b></a></b>");
        QTest::newRow("one end too many")
            << Sheet1 << QByteArray("</worksheet>") << QByteArray("</worksheet></a>");
        QTest::newRow("a tag of two megabytes")
            << Sheet1 << QByteArray("<row r=\"3\">")
            << "<row r=\"3\" x=\"" + QByteArray(2 * 1024 * 1024, 'x') + "\">";
        QTest::newRow("a cell of two megabytes")
            << StringsPart << QByteArray("<t>") << "<t>" + QByteArray(2 * 1024 * 1024, 'x');
        QTest::newRow("comment without end") << Sheet1 << QByteArray("<row r=\"3\">") << QByteArray("<!-- ");
        QTest::newRow("no such part") << QByteArray("xl/_rels/workbook.xml.rels") << QByteArray("sheet1.xml")
                                      << QByteArray("sheet9.xml");
        QTest::newRow("a part outside")
            << QByteArray("xl/_rels/workbook.xml.rels") << QByteArray("worksheets/sheet1.xml")
            << QByteArray("../../etc/passwd");
        QTest::newRow("no sheet") << Book << QByteArray("<sheet ") << QByteArray("<shoot ");
    }
    void brokenParts()
    {
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const base::Error error = failureOf(changed(part, from, to));
        QCOMPARE(QString::fromLatin1(error.code.id), QString::fromLatin1(errors::ImportWorkbook.id));
    }

    void aFaultInASheetHasItsCell()
    {
        const base::Error error = failureOf(changed(
            Sheet1, "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>", "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>99999999"));
        QVERIFY(error.is(errors::ImportWorkbook));
        QCOMPARE(place(error), QStringLiteral("3 용어코드"));
    }

    void withoutTheSheet()
    {
        QVERIFY(writeZip(path("other.xlsx"),
            workbookParts({{QStringLiteral("안내"), {{QStringLiteral("여기에는 없음")}}},
                {QStringLiteral("표지"), {}}})));
        const base::Error error = failureOf(path("other.xlsx"), "edi");
        QVERIFY(error.is(errors::ImportSheetMissing));
        QCOMPARE(error.arguments.value(QStringLiteral("sheets")), QStringLiteral("안내, 표지"));
        QVERIFY(failureOf(path("other.xlsx")).is(errors::ImportNotAMaster));
    }

    void truncated()
    {
        QVERIFY(writeZip(path("whole.xlsx"), changed("", "", "")));
        QFile file(path("whole.xlsx"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        for (const qsizetype size : {qsizetype(4), qsizetype(60), whole.size() / 2, whole.size() - 1}) {
            QVERIFY(writeBytes(path("cut.xlsx"), whole.left(size)));
            QVERIFY(failureOf(path("cut.xlsx")).is(errors::ImportWorkbook));
        }
        QByteArray damaged = whole; // one byte of the packed sheet
        damaged[120] = char(damaged[120] ^ 0x55);
        QVERIFY(writeBytes(path("cut.xlsx"), damaged));
        QVERIFY(failureOf(path("cut.xlsx")).is(errors::ImportWorkbook));
        QVERIFY(writeBytes(
            path("old.xls"), QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + QByteArray(512, '\0')));
        QVERIFY(importFiles({path("old.xls")}).error().is(errors::ImportOldExcel));
    }

    void zipBombs()
    {
        // Blanks in a sheet: packs a thousand times.
        QVERIFY(
            failureOf(changed(Sheet1, "<row r=\"3\">", QByteArray(40 * 1024 * 1024, ' ') + "<row r=\"3\">"))
                .is(errors::ImportWorkbookTooLarge));
        QVERIFY(writeZip(path("bomb.xlsx"), changed("", "", "")));
        QFile file(path("bomb.xlsx"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        QByteArray big = whole; // declares 3 GB
        patchDirectory(big, Sheet1, 24, 3'000'000'000U);
        QVERIFY(writeBytes(path("bomb.xlsx"), big));
        QVERIFY(failureOf(path("bomb.xlsx")).is(errors::ImportWorkbookTooLarge));
        QByteArray lies = whole; // declares 10 bytes and holds more
        patchDirectory(lies, Sheet1, 24, 10);
        QVERIFY(writeBytes(path("bomb.xlsx"), lies));
        const base::Error error = failureOf(path("bomb.xlsx"));
        QVERIFY(error.is(errors::ImportWorkbookTooLarge) || error.is(errors::ImportWorkbook));
    }

    void namesOfEntries()
    {
        for (const char *name :
            {"../../evil.xml", "/etc/evil", "xl\\evil.xml", "C:/evil.xml", "xl/./evil.xml"}) {
            ZipParts parts = changed("", "", "");
            parts.emplace_back(name, "x");
            QVERIFY2(failureOf(parts).is(errors::ImportWorkbook), name);
        }
        ZipParts parts = changed("", "", "");
        parts.emplace_back("xl/workbook.XML", "x"); // one name twice
        QVERIFY(failureOf(parts).is(errors::ImportWorkbook));
        for (int i = 0; i < importing::MaxEntries + 1; ++i)
            parts.emplace_back("x" + QByteArray::number(i), QByteArray());
        QVERIFY(failureOf(parts).is(errors::ImportWorkbookTooLarge));
    }

    // All of the above together stayed small.
    void memory()
    {
#ifndef __SANITIZE_ADDRESS__
        rusage usage{};
        QVERIFY(getrusage(RUSAGE_SELF, &usage) == 0);
        QVERIFY2(usage.ru_maxrss < 512 * 1024, qPrintable(QString::number(usage.ru_maxrss)));
#endif
    }
};

QTEST_APPLESS_MAIN(TestImportersHostile)
#include "tst_importers_hostile.moc"
