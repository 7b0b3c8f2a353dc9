#include "core/base/Tsv.h"

#include <QTest>

using naru::base::TsvTable;

class TestTsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRows()
    {
        const auto table = TsvTable::parse("# source\nname\tvalue\r\na\t1\r\n\n# note\nb\n한글\tx\\ny\\tz\n");
        QCOMPARE(table.columns(), QStringList({QStringLiteral("name"), QStringLiteral("value")}));
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.at(0, "value"), QStringLiteral("1"));
        QCOMPARE(table.at(1, "value"), QString()); // a short row
        QCOMPARE(table.at(2, "name"), QStringLiteral("한글"));
        QCOMPARE(table.at(2, "value"), QStringLiteral("x\ny\tz")); // both escapes of the header comment
    }

    void withoutHeader()
    {
        const auto table = TsvTable::parse("a\tb\nc\td", false);
        QCOMPARE(table.rowCount(), 2);
        QCOMPARE(table.rows().at(1).at(1), QStringLiteral("d"));
        QCOMPARE(TsvTable::parse("").rowCount(), 0);
        QCOMPARE(TsvTable::parse("only\theader\n").rowCount(), 0);
    }

    void emptyCellsStay()
    {
        const auto table = TsvTable::parse("a\tb\tc\n\t\tx\n");
        QCOMPARE(table.rows().at(0), QStringList({QString(), QString(), QStringLiteral("x")}));
    }

    void readsManyRowsQuickly()
    {
        std::string text = "code\tko\n";
        for (int i = 0; i < 200'000; ++i)
            text.append("A").append(std::to_string(i)).append("\t당뇨병\n");
        QCOMPARE(TsvTable::parse(text).rowCount(), 200'000);
    }
};

QTEST_APPLESS_MAIN(TestTsv)
#include "tst_tsv.moc"
