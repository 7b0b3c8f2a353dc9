// Precision is kept, both text forms round trip, and what is no date is refused (HL7 v3 TS, FHIR R4
// dateTime).
#include "core/base/Timestamp.h"

#include <QTest>
#include <QTimeZone>

using naru::base::Timestamp;
using Precision = naru::base::Timestamp::Precision;

class TestTimestamp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrips_data()
    {
        QTest::addColumn<QString>("hl7");
        QTest::addColumn<QString>("iso");
        QTest::addColumn<int>("precision");
        const auto row = [](const char *hl7, const char *iso, Precision precision) {
            QTest::newRow(hl7) << QString::fromLatin1(hl7) << QString::fromLatin1(iso) << int(precision);
        };
        row("2026", "2026", Precision::Year);
        row("202611", "2026-11", Precision::Month);
        row("20261122", "2026-11-22", Precision::Day);
        row("202611221401", "2026-11-22T14:01", Precision::Minute);
        row("202611221401+0900", "2026-11-22T14:01+09:00", Precision::Minute);
        row("20261122140100", "2026-11-22T14:01:00", Precision::Second);
        row("20261122140100+0900", "2026-11-22T14:01:00+09:00", Precision::Second);
        row("20261122140100-0530", "2026-11-22T14:01:00-05:30", Precision::Second);
        row("20261122140100+0000", "2026-11-22T14:01:00Z", Precision::Second);
        row("20261122140100.125+0900", "2026-11-22T14:01:00.125+09:00", Precision::Millisecond);
        row("20240229", "2024-02-29", Precision::Day);
        row("00010101", "0001-01-01", Precision::Day);
        row("99991231", "9999-12-31", Precision::Day);
    }
    void roundTrips()
    {
        QFETCH(QString, hl7);
        QFETCH(QString, iso);
        QFETCH(int, precision);
        const auto fromHl7 = Timestamp::parseHl7(hl7);
        const auto fromIso = Timestamp::parseIso(iso);
        QVERIFY(fromHl7.ok() && fromIso.ok());
        QVERIFY(*fromHl7 == *fromIso);
        QCOMPARE(int(fromHl7->precision()), precision);
        QCOMPARE(fromIso->toHl7(), hl7);
        QCOMPARE(fromHl7->toIso(), iso);
        QVERIFY(Timestamp::parseAny(iso).value() == *fromIso);
        QVERIFY(Timestamp::parseAny(hl7).value() == *fromIso);
    }

    void clinicsWriteDatesTheirWay_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("iso");
        QTest::newRow("dots") << "2026.11.22"
                              << "2026-11-22";
        QTest::newRow("dots and blanks") << "2026. 11. 22."
                                         << "2026-11-22";
        QTest::newRow("slashes") << "2026/11/22"
                                 << "2026-11-22";
        QTest::newRow("month") << "2026.11"
                               << "2026-11";
        QTest::newRow("month with dash") << "2026-11"
                                         << "2026-11"; // not the year 2026 at UTC-11
        QTest::newRow("low month") << "1998-07"
                                   << "1998-07";
        QTest::newRow("blank for T") << "2026-11-22 14:01"
                                     << "2026-11-22T14:01";
        QTest::newRow("surrounding blanks") << "  20261122 "
                                            << "2026-11-22";
        QTest::newRow("short zone") << "2026112214+09"
                                    << "2026-11-22T14:00+09:00";
    }
    void clinicsWriteDatesTheirWay()
    {
        QFETCH(QString, text);
        QFETCH(QString, iso);
        const auto out = Timestamp::parseAny(text);
        QVERIFY(out.ok());
        QCOMPARE(out->toIso(), iso);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
            {"", "0000", "202", "20261", "2026-13", "20261301", "2026-02-30", "20230229", "20260431",
                "2026112225", "202611221460", "2026112214010", "20261122140100.", "20261122140100.1234567",
                "20261122.5", "20261122140100+1500", "20261122140100+0960", "20261122140100+09000",
                "2026-1-22", "20-2611-22", "20-261-122", "2026-11-22T", "2026-11-22T+09:00",
                "2026-11-22T1:40:100", "2026-11-22T14:01:00+9:000", "2026-11T14:01", "어제", "2026년",
                "２０２６", "-2026", "2026-", "+0900", "2026-11-22T14:01:00ZZ", "2026-11-22T14:01:00Z+09:00"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void refuses()
    {
        QFETCH(QString, text);
        const auto out = Timestamp::parseAny(text);
        QVERIFY2(!out.ok(), out.ok() ? qPrintable(out->toIso()) : "");
        QVERIFY(!Timestamp::parseHl7(text).ok());
        QVERIFY(!Timestamp::parseIso(text).ok());
    }

    void everyDayOfFourCenturies() // one Gregorian cycle
    {
        for (QDate day(1800, 1, 1); day < QDate(2200, 1, 1); day = day.addDays(1)) {
            const Timestamp stamp = Timestamp::fromDate(day);
            const auto hl7 = Timestamp::parseHl7(stamp.toHl7());
            if (!hl7.ok() || *hl7 != stamp || hl7->date() != day
                || stamp.toIso() != day.toString(Qt::ISODate))
                QFAIL(qPrintable(day.toString(Qt::ISODate)));
        }
        QVERIFY(Timestamp::fromDate(QDate()).isNull());
    }

    void momentsAreKoreanUnlessTheySayOtherwise()
    {
        const auto utc = [](const char *text) {
            return Timestamp::parseAny(QString::fromLatin1(text)).value().earliestUtc();
        };
        QCOMPARE(utc("20261122140100"), QDateTime(QDate(2026, 11, 22), QTime(5, 1), Qt::UTC));
        QCOMPARE(utc("20261122140100+0000"), QDateTime(QDate(2026, 11, 22), QTime(14, 1), Qt::UTC));
        QCOMPARE(utc("2026"), QDateTime(QDate(2025, 12, 31), QTime(15, 0), Qt::UTC));
        QVERIFY(!Timestamp().earliestUtc().isValid());
    }

    void orders()
    {
        const auto at = [](const char *text) {
            return Timestamp::parseAny(QString::fromLatin1(text)).value();
        };
        QVERIFY(Timestamp() < at("2026"));
        QVERIFY(at("2026") < at("2026-01")); // same instant, less known
        QVERIFY(at("2026-01-01") < at("2026-01-02"));
        QVERIFY(at("20261122140100+0900") > at("20261122040000+0000"));
        QVERIFY((Timestamp() <=> Timestamp()) == 0);
    }

    void fromMoments()
    {
        const QDateTime moment(QDate(2026, 11, 22), QTime(14, 1, 2, 345), QTimeZone(9 * 3600));
        QCOMPARE(Timestamp::fromDateTime(moment).toHl7(), QStringLiteral("20261122140102+0900"));
        QVERIFY(Timestamp::fromDateTime(QDateTime()).isNull());
        QCOMPARE(Timestamp::fromDateTime(moment).toDisplay(), QStringLiteral("2026-11-22 14:01"));
        QCOMPARE(Timestamp().toIso() + Timestamp().toHl7() + Timestamp().toDisplay(), QString());
    }
};

QTEST_APPLESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
