// Object identifiers: form (X.660, at most 64 characters), the table of this project, 2.25 UUIDs (X.667).
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/base/tables/oidsTable.h"

#include <QSet>
#include <QTest>
#include <QUuid>

using namespace naru::base;

namespace {
// Decimal to 128 bits by long multiplication: another way than the one under test.
QByteArray bytesOfDecimal(const QString &digits)
{
    __extension__ unsigned __int128 value = 0;
    for (const QChar c : digits)
        value = value * 10 + unsigned(c.unicode() - u'0');
    QByteArray out(16, '\0');
    for (int i = 15; i >= 0; --i) {
        out[i] = char(value & 0xFF);
        value >>= 8;
    }
    return out;
}
} // namespace

class TestOid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("oid");
        QTest::newRow("plain") << "1.2.410.100110"
                               << "1.2.410.100110";
        QTest::newRow("urn") << "urn:oid:2.16.840.1"
                             << "2.16.840.1";
        QTest::newRow("urn in capitals") << "URN:OID:2.16.840.1"
                                         << "2.16.840.1";
        QTest::newRow("zero arc") << "1.0.3"
                                  << "1.0.3";
        QTest::newRow("blanks around") << " 1.2.3 "
                                       << "1.2.3";
        QTest::newRow("64 characters")
            << QStringLiteral("1.2.") + QString(60, u'7') << QStringLiteral("1.2.") + QString(60, u'7');
    }
    void parses()
    {
        QFETCH(QString, text);
        QFETCH(QString, oid);
        const auto out = Oid::parse(text);
        QVERIFY(out.ok());
        QCOMPARE(out->text(), oid);
        QCOMPARE(Oid::parse(out->urn()).value().text(), oid);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", ".", "1.", ".1", "1..2", "3.1", "01.2", "1.02", "1.2.a", "1.2 .3",
                 "1.-2", "urn:oid:", "urn:uuid:1.2", "10.2", "1", "1.40", "0.99", "１.２.３"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("65 characters") << QStringLiteral("1.2.") + QString(61, u'7');
    }
    void refuses()
    {
        QFETCH(QString, text);
        QVERIFY(!Oid::parse(text).ok());
    }

    void uuidArcsAreExact()
    {
        for (int i = 0; i < 2000; ++i) {
            const Oid oid = Oid::fromNewUuid();
            QVERIFY(Oid::parse(oid.text()).ok());
            QVERIFY(oid.text().startsWith(QStringLiteral("2.25.")));
            const QString digits = oid.text().mid(5);
            const QByteArray bytes = bytesOfDecimal(digits);
            const QUuid uuid = QUuid::fromRfc4122(bytes);
            QCOMPARE(uuid.version(), QUuid::Random); // the version and variant bits stand where they must
            QCOMPARE(uuid.variant(), QUuid::DCE);
        }
    }

    void newNamesDiffer()
    {
        QSet<QString> seen;
        for (int i = 0; i < 1000; ++i) {
            seen.insert(Oid::fromNewUuid().text());
            seen.insert(newUuidUrn());
        }
        QCOMPARE(seen.size(), 2000);
        const QString urn = newUuidUrn();
        QVERIFY(newUuidUrn().size() == 45 && urn == urn.toLower());
    }

    void theTableIsSound()
    {
        const TsvTable rows = TsvTable::parse(tables::oids);
        QVERIFY(rows.rowCount() > 20);
        QSet<QString> names;
        for (int i = 0; i < rows.rowCount(); ++i) {
            const QString name = rows.at(i, "name");
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QVERIFY2(Oid::parse(rows.at(i, "oid")).ok(), qPrintable(name));
            QVERIFY2(!rows.at(i, "title").isEmpty(), qPrintable(name));
            QCOMPARE(oid(name.toLatin1().constData()).text(), rows.at(i, "oid"));
        }
        QCOMPARE(oidTitle(oid("loinc").text()), QStringLiteral("LOINC"));
        QCOMPARE(oidTitle(QStringLiteral("1.2.3")), QString());
    }

    void children()
    {
        const Oid child = oid("institutionRoot").child(QStringLiteral("12345678"));
        QVERIFY(child.text().endsWith(QStringLiteral(".10.12345678")));
        QVERIFY(Oid::parse(child.text()).ok());
        QVERIFY(Oid() < child && !(child < child) && Oid().isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestOid)
#include "tst_oid.moc"
