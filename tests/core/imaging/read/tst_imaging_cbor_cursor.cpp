// CBOR as the examples of RFC 8949 appendix A have it, as Qt writes it, and as nobody should.
#include "core/imaging/pool/CborCursor.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QRandomGenerator>
#include <QtTest>

#include <cmath>

using naru::imaging::CborCursor;
using Kind = CborCursor::Kind;

namespace {
QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

// Reads all there is; a broken end leaves null.
QCborValue valueOf(CborCursor &in)
{
    switch (in.kind()) {
    case Kind::Integer:
        return in.takeInteger();
    case Kind::Bytes:
        return in.takeString().toByteArray();
    case Kind::Text:
        return QString::fromUtf8(in.takeString());
    case Kind::Bool:
        return in.takeBool();
    case Kind::Float:
        return in.takeFloat();
    case Kind::Array: {
        QCborArray out;
        for (qint64 left = in.enter(); left > 0 && !in.isBroken(); --left)
            out.append(valueOf(in));
        return out;
    }
    case Kind::Map: {
        QCborMap out;
        for (qint64 left = in.enter(); left > 0 && !in.isBroken(); --left) {
            const QCborValue key = valueOf(in);
            out.insert(key, valueOf(in));
        }
        return out;
    }
    default:
        in.skip();
        return nullptr;
    }
}

QCborValue anything(QRandomGenerator &random, int depth)
{
    switch (random.bounded(depth > 0 ? 8 : 6)) {
    case 0:
        return qint64(random.generate64()) >> random.bounded(64);
    case 1:
        return random.bounded(2) == 0;
    case 2:
        return random.generateDouble() * std::pow(10, random.bounded(600) - 300);
    case 3:
        return QByteArray(random.bounded(300), char(random.bounded(256)));
    case 4:
        return QString(random.bounded(300), QChar(0xAC00 + random.bounded(11172)));
    case 5:
        return nullptr;
    case 6: {
        QCborArray out;
        for (int i = random.bounded(30); i > 0; --i)
            out.append(anything(random, depth - 1));
        return out;
    }
    default: {
        QCborMap out;
        for (int i = random.bounded(30); i > 0; --i)
            out.insert(qint64(random.bounded(100'000)), anything(random, depth - 1));
        return out;
    }
    }
}
} // namespace

class TestCborCursor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void integers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qint64>("value");
        const auto row = [](const char *digits, qint64 value) {
            QTest::newRow(digits) << hex(digits) << value;
        };
        row("00", 0);
        row("17", 23);
        row("1818", 24);
        row("1903e8", 1000);
        row("1a000f4240", 1000000);
        row("1b000000e8d4a51000", 1000000000000);
        row("20", -1);
        row("3863", -100);
        row("3903e7", -1000);
        row("3b7fffffffffffffff", std::numeric_limits<qint64>::min());
        row("1bffffffffffffffff", 0); // beyond what anybody here counts
        row("3bffffffffffffffff", 0);
    }
    void integers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qint64, value);
        CborCursor in(bytes);
        QCOMPARE(in.kind(), Kind::Integer);
        QCOMPARE(in.takeInteger(), value);
        QCOMPARE(in.kind(), Kind::Broken); // nothing more
    }

    void floats_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<double>("value");
        const auto row = [](const char *digits, double value) {
            QTest::newRow(digits) << hex(digits) << value;
        };
        row("f93c00", 1.0);
        row("f97bff", 65504.0);
        row("f90001", 5.960464477539063e-8);
        row("f9c400", -4.0);
        row("fa47c35000", 100000.0);
        row("fa7f7fffff", 3.4028234663852886e+38);
        row("fb3ff199999999999a", 1.1);
        row("fbc010666666666666", -4.1);
        row("f97c00", std::numeric_limits<double>::infinity());
        row("fbfff0000000000000", -std::numeric_limits<double>::infinity());
    }
    void floats()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(double, value);
        CborCursor in(bytes);
        QCOMPARE(in.kind(), Kind::Float);
        const double found = in.takeFloat();
        QVERIFY(found == value);
        QCOMPARE(in.kind(), Kind::Broken);
    }

    void containers()
    {
        const QByteArray bytes = hex("a26161016162820203"); // {"a": 1, "b": [2, 3]}
        CborCursor in(bytes);
        QCOMPARE(in.kind(), Kind::Map);
        QCOMPARE(in.enter(), 2);
        QCOMPARE(in.kind(), Kind::Text);
        QCOMPARE(in.takeString().toByteArray(), QByteArray("a"));
        QCOMPARE(in.kind(), Kind::Integer);
        in.skip();
        QCOMPARE(in.kind(), Kind::Text);
        QCOMPARE(in.takeString().toByteArray(), QByteArray("b"));
        QCOMPARE(in.kind(), Kind::Array);
        QCOMPARE(in.enter(), 2);
        in.skip();
        QVERIFY(!in.isBroken());
        QCOMPARE(in.kind(), Kind::Integer);
        QCOMPARE(in.takeInteger(), 3);
    }

    void skipsWholeValues_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char *digits : {"00", "f4", "f6", "f7", "f0", "f8ff", "f93c00", "4401020304", "6449455446",
                 "80", "a0", "8301820203820405", "a201020304", "c1fb41d452d9e2000000", "d818456449455446",
                 "d9d9f7a1c0613181818180"})
            QTest::newRow(digits) << hex(digits);
    }
    void skipsWholeValues()
    {
        QFETCH(QByteArray, bytes);
        const QByteArray two = bytes + hex("187b");
        CborCursor in(two);
        in.skip();
        QCOMPARE(in.kind(), Kind::Integer);
        QCOMPARE(in.takeInteger(), 123);
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const QByteArray cut = bytes.left(size);
            CborCursor less(cut);
            less.skip();
            QVERIFY2(less.isBroken(), qPrintable(QString::number(size)));
        }
    }

    void whatQtWrites()
    {
        QRandomGenerator random(20261123);
        for (int i = 0; i < 300; ++i) {
            const QCborValue value = anything(random, 3);
            const QByteArray bytes = value.toCbor();
            CborCursor in(bytes);
            QVERIFY(valueOf(in) == value);
            QVERIFY(!in.isBroken());
            QCOMPARE(in.kind(), Kind::Broken);
        }
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        for (const char *digits : {"1c", "3e", "5d", "ff", "fc", // reserved (appendix F)
                 "18", "19ff", "1b00000000000000", "f9ff", // the argument is cut
                 "41", "5affffffff00", "5bffffffffffffffff010203", "62c3", // the string is
                 "81", "9bffffffffffffffff00", "8201", "a1", "a10100a2",
                 "bb800000000000000000", // the container
                 "c1", // the tag says nothing
                 "5f4100ff", "7f6100ff", "9fff", "bfff", // no length stated
                 "f800", "f81f", // simple values in two bytes
                 "61ff", "62c328", "63eda080"}) // no UTF-8
            QTest::newRow(digits) << hex(digits);
    }
    void broken()
    {
        QFETCH(QByteArray, bytes);
        CborCursor in(bytes);
        for (int i = 0; i < 10; ++i)
            in.skip(); // once would do but for one row
        QVERIFY(in.isBroken());
        QCOMPARE(in.kind(), Kind::Broken); // and stays so
    }

    void deepAsTheBytesAllow()
    {
        constexpr int Depth = 1'000'000;
        const QByteArray bytes = QByteArray(Depth, '\x81') + '\x07' + '\x08';
        CborCursor in(bytes);
        in.skip();
        QCOMPARE(in.kind(), Kind::Integer);
        QCOMPARE(in.takeInteger(), 8);
    }
};

QTEST_APPLESS_MAIN(TestCborCursor)
#include "tst_imaging_cbor_cursor.moc"
