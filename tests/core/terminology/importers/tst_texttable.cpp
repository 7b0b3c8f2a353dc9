// Text tables as the masters come in: quotation marks, line ends, encodings, pieces, dates.
#include "core/terminology/importers/ImportLog.h"
#include "core/terminology/importers/TextTable.h"
#include "tests/core/terminology/importers/ImportCheck.h"

#include <QBuffer>

using namespace naru;
using namespace naru::terminology;
using namespace naru::testsupport;

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
} // namespace

class TestTextTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

QTEST_APPLESS_MAIN(TestTextTable)
#include "tst_texttable.moc"
