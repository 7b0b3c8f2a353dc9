// Envelopes: what was sealed for one place opens only there, unchanged and whole.
#include "core/security/CertificateFacts.h"
#include "core/security/Errors.h"
#include "core/security/Hardening.h"
#include "core/security/Sealer.h"

#include "core/base/Digest.h"

#include <QtTest>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace naru;
using security::Purpose;
using security::SealPlace;

class TestSealer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void everyOtherPlaceIsRefused();
    void everyFlippedBitIsRefused();
    void noncesDiffer();
    void anotherKeyIsRefused();
    void chunksCannotBeRearranged();
    void blindIndexSeparatesFields();
    void certificateFacts();
    void brokenCertificates();
    void hardening();

private:
    std::shared_ptr<const security::Sealer> m_sealer{};
    SealPlace m_place{QStringLiteral("patient"), QStringLiteral("k1"), QStringLiteral("sealed")};
};

void TestSealer::init()
{
    m_sealer = *security::Sealer::fromKey(base::SecureBytes(QByteArray(32, 'k')));
}

void TestSealer::roundTrip_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 15, 16, 17, 65535, 65536, 65537, 131072, 300000})
        QTest::addRow("%d", size) << size;
}

void TestSealer::roundTrip()
{
    QFETCH(int, size);
    const QByteArray plain = base::randomBytes(qMax(1, size)).first(size);
    const QByteArray sealed = m_sealer->seal(Purpose::Records, m_place, plain);
    QCOMPARE(sealed.size(), plain.size() + 29);
    QCOMPARE(*m_sealer->open(Purpose::Records, m_place, sealed), plain);
    const QByteArray blob = *m_sealer->sealChunks(Purpose::Documents, m_place, plain);
    QCOMPARE(*m_sealer->openChunks(Purpose::Documents, m_place, blob), plain);
    if (size > 32)
        QVERIFY(!blob.contains(plain.first(16)));
}

void TestSealer::everyOtherPlaceIsRefused()
{
    const QByteArray sealed = m_sealer->seal(Purpose::Records, m_place, "secret");
    const QString x = QStringLiteral("x");
    for (const SealPlace &other : {SealPlace{x, m_place.row, m_place.column},
             SealPlace{m_place.table, x, m_place.column}, SealPlace{m_place.table, m_place.row, x},
             SealPlace{m_place.table, m_place.row, m_place.column, 2},
             SealPlace{QStringLiteral("patientk"), QStringLiteral("1"), m_place.column}}) {
        const auto opened = m_sealer->open(Purpose::Records, other, sealed);
        QVERIFY(!opened.ok());
        QVERIFY(opened.error().is(security::errors::SealBroken));
    }
    QVERIFY(!m_sealer->open(Purpose::Drafts, m_place, sealed).ok());
}

void TestSealer::everyFlippedBitIsRefused()
{
    const QByteArray sealed = m_sealer->seal(Purpose::Records, m_place, "secret");
    for (int bit = 0; bit < sealed.size() * 8; ++bit) {
        QByteArray bad = sealed;
        bad[bit / 8] = char(bad[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY(!m_sealer->open(Purpose::Records, m_place, bad).ok());
    }
    for (int size = 0; size < sealed.size(); ++size)
        QVERIFY(!m_sealer->open(Purpose::Records, m_place, sealed.first(size)).ok());
}

void TestSealer::noncesDiffer()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(m_sealer->seal(Purpose::Records, m_place, "same"));
    QCOMPARE(seen.size(), 1000);
}

void TestSealer::anotherKeyIsRefused()
{
    const QByteArray sealed = m_sealer->seal(Purpose::Records, m_place, "secret");
    const auto other = *security::Sealer::fromKey(base::SecureBytes(QByteArray(32, 'j')));
    QVERIFY(!other->open(Purpose::Records, m_place, sealed).ok());
    QVERIFY(!security::Sealer::fromKey(base::SecureBytes(QByteArray(16, 'k'))).ok());
}

void TestSealer::chunksCannotBeRearranged()
{
    const int chunk = 64 * 1024 + 16;
    const QByteArray plain(4 * 64 * 1024, 'p');
    const QByteArray blob = *m_sealer->sealChunks(Purpose::Documents, m_place, plain);
    QCOMPARE(blob.size(), qsizetype(36 + 4 * chunk));
    const auto piece = [&](int i) { return blob.mid(36 + i * chunk, chunk); };
    const QByteArray head = blob.first(36);
    const auto opens = [&](const QByteArray &bytes) {
        return m_sealer->openChunks(Purpose::Documents, m_place, bytes).ok();
    };
    QVERIFY(opens(head + piece(0) + piece(1) + piece(2) + piece(3)));
    QVERIFY2(!opens(head + piece(0) + piece(1) + piece(2)), "cut at a chunk");
    QVERIFY2(!opens(head + piece(0) + piece(2) + piece(1) + piece(3)), "swapped");
    QVERIFY2(!opens(head + piece(0) + piece(1) + piece(1) + piece(2) + piece(3)), "repeated");
    QVERIFY2(!opens(head + piece(3)), "only the last");
    QVERIFY2(!opens(blob + piece(3)), "more behind the end");
    QVERIFY2(!opens(head), "nothing");
    QVERIFY2(!opens(blob.chopped(1)), "one byte short");
    // Chunks of another blob of the same place and purpose.
    const QByteArray second = *m_sealer->sealChunks(Purpose::Documents, m_place, plain);
    QVERIFY2(!opens(head + second.mid(36)), "foreign chunks");
    QVERIFY(
        !m_sealer
             ->openChunks(Purpose::Documents, {m_place.table, QStringLiteral("other"), m_place.column}, blob)
             .ok());
}

void TestSealer::blindIndexSeparatesFields()
{
    const auto index = [&](const char *field, const char *value) {
        return m_sealer->blindIndex(QString::fromLatin1(field), QString::fromLatin1(value));
    };
    QCOMPARE(index("a", "b"), index("a", "b"));
    QCOMPARE(index("a", "b").size(), 32);
    QVERIFY(index("a", "b") != index("b", "b"));
    QVERIFY(index("ab", "c") != index("a", "bc"));
    QVERIFY(index("a", "b") != base::sha256("b"));
}

// Self-signed, made for this test: openssl req -x509 -newkey ec -subj "/C=KR/O=나루의원/CN=naru.test" -addext
// SAN
void TestSealer::certificateFacts()
{
    QFile file(QStringLiteral(NARU_TEST_DATA "/security/two-certificates.pem"));
    QVERIFY2(file.open(QIODevice::ReadOnly), "test data");
    const auto read = security::readCertificates(file.readAll());
    QVERIFY(read.ok());
    QCOMPARE(read->size(), 2);
    const security::CertificateFacts &first = read->first();
    QCOMPARE(first.commonName, QStringLiteral("naru.test"));
    QVERIFY2(first.subject.contains(QStringLiteral("O=나루의원")), qPrintable(first.subject));
    QVERIFY(first.selfSigned);
    QCOMPARE(first.sha256Fingerprint.size(), 64);
    QVERIFY(first.keyKind.startsWith(QLatin1String("EC ")));
    QVERIFY(first.alternativeNames.contains(QStringLiteral("naru.test")));
    QVERIFY(first.alternativeNames.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(first.notAfter > first.notBefore);
    QCOMPARE(first.daysLeft(first.notAfter.addDays(-7)), 7);
    QVERIFY(read->last().keyKind.startsWith(QLatin1String("RSA 2048")));
}

void TestSealer::brokenCertificates()
{
    QVERIFY(security::readCertificates("").error().is(security::errors::CertificateBroken));
    QVERIFY(!security::readCertificates("no certificate here").ok());
    QVERIFY(
        !security::readCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").ok());
}

void TestSealer::hardening()
{
    QVERIFY(security::hardenProcess().ok());
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_CORE, &limit), 0);
    QCOMPARE(quint64(limit.rlim_max), quint64(0));
    QCOMPARE(prctl(PR_GET_DUMPABLE), 0);
}

QTEST_GUILESS_MAIN(TestSealer)
#include "tst_sealer.moc"
