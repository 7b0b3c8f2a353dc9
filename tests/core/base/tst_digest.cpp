// Published vectors: FIPS 180-4 examples (SHA-1, SHA-256), RFC 4231 (HMAC-SHA-256).
#include "core/base/Digest.h"

#include <QSet>
#include <QTest>

using namespace naru::base;

class TestDigest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hashes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("two");
        QTest::newRow("abc") << QByteArray("abc") << "a9993e364706816aba3e25717850c26c9cd0d89d"
                             << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("empty") << QByteArray("") << "da39a3ee5e6b4b0d3255bfef95601890afd80709"
                               << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                    << "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
                                    << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        QTest::newRow("a million") << QByteArray(1'000'000, 'a') << "34aa973cd4c4daa4f61eeb2bdbad27316534016f"
                                   << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }
    void hashes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, one);
        QFETCH(QString, two);
        QCOMPARE(sha1Hex(bytes), one);
        QCOMPARE(sha256Hex(bytes), two);
        QCOMPARE(sha1(bytes).size(), 20);
        QCOMPARE(sha256(bytes).size(), 32);
    }

    void nullViewsAreEmpty()
    {
        QCOMPARE(sha1Hex(QByteArrayView()), sha1Hex(QByteArray("")));
        QCOMPARE(hmacSha256(QByteArrayView(), QByteArrayView()).toHex(),
            QByteArray("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
    }

    void macs_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("mac");
        QTest::newRow("RFC 4231 1")
            << QByteArray(20, 0x0b) << QByteArray("Hi There")
            << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        QTest::newRow("RFC 4231 2")
            << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
            << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        QTest::newRow("RFC 4231 6")
            << QByteArray(131, char(0xaa))
            << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
            << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }
    void macs()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, mac);
        QCOMPARE(hmacSha256(key, bytes).toHex(), mac);
    }

    void randomBytesDiffer()
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 1000; ++i)
            seen.insert(randomBytes(16));
        QCOMPARE(seen.size(), 1000);
        QCOMPARE(randomBytes(0).size(), 0);
    }

    void comparesWithoutHaste()
    {
        QVERIFY(equalInConstantTime("abc", "abc"));
        QVERIFY(!equalInConstantTime("abc", "abd") && !equalInConstantTime("abc", "ab")
            && equalInConstantTime("", ""));
    }
};

QTEST_APPLESS_MAIN(TestDigest)
#include "tst_digest.moc"
