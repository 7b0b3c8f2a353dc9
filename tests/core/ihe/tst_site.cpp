// The site profile: the shipped one loads, and a fault is named by its key.
#include "core/ihe/Errors.h"
#include "core/ihe/site/SiteProfile.h"

#include <QFile>
#include <QtTest>

using namespace naru;
using namespace naru::ihe;

namespace {
const QString shipped = QStringLiteral(NARU_SOURCE_DIR "/resources/sites/practice/site.json");
QByteArray text()
{
    QFile file(shipped);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

class tst_site : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void practiceProfile()
    {
        const base::Result<SiteProfile> site = SiteProfile::load(shipped);
        QVERIFY2(site.ok(), site ? "" : qPrintable(site.error().toString()));
        QCOMPARE(site->name, QStringLiteral("practice"));
        QCOMPARE(site->repositories.size(), std::size_t(2));
        QVERIFY(site->submitRepository() == &site->repositories[0]);
        QVERIFY(site->repository(site->repositories[1].id) == &site->repositories[1]);
        QCOMPARE(site->imaging.size(), std::size_t(1));
        QVERIFY(site->imaging[0].dicomweb.endsWith(QLatin1String("/dicomweb")));
        QVERIFY(!site->imaging[0].wado.isEmpty());
        QCOMPARE(site->imaging[0].imagesPerRequest, 16);
        QCOMPARE(site->imaging[0].aeTitle, QStringLiteral("NARUPRACTICE"));
        QCOMPARE(site->pix.timeoutSeconds, 30);
        QCOMPARE(site->audit.port, quint16(6514));
        QVERIFY(!site->audit.ordinaryEndConfirms); // only where a site says so
        QCOMPARE(site->tls.caFile, QFileInfo(shipped).absolutePath() + QStringLiteral("/ca.pem"));
        QVERIFY(!site->clinic.doctor.name.isEmpty());
        QVERIFY(site->form(clinical::Form::Referral));
        QCOMPARE(site->form(clinical::Form::Referral)->typeCode.code, QStringLiteral("57133-1"));
        QCOMPARE(site->codes.facilityType.value(QStringLiteral("의원")).code, QStringLiteral("C001"));
        QCOMPARE(site->consent.programmes.size(), 3);
        QCOMPARE(site->outbox.verifyGapSeconds, 60);
        QVERIFY(!site->sendResidentNumber);
    }

    void faultsNameTheKey_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("key");
        QTest::newRow("http") << QByteArray("https://127.0.0.1:8443/repository/2")
                              << QByteArray("http://127.0.0.1/2")
                              << QStringLiteral("endpoints.repositories[1].url");
        QTest::newRow("oid") << QByteArray("2.25.275587368471610072316379804818266265709")
                             << QByteArray("2.25.x") << QStringLiteral("patientIdAuthority");
        QTest::newRow("missing") << QByteArray("\"senderDevice\"") << QByteArray("\"sender\"")
                                 << QStringLiteral("hl7v3.senderDevice");
        QTest::newRow("number") << QByteArray("\"holdSeconds\": 10") << QByteArray("\"holdSeconds\": -1")
                                << QStringLiteral("outbox.holdSeconds");
        QTest::newRow("type") << QByteArray("\"submit\": true") << QByteArray("\"submit\": \"yes\"")
                              << QStringLiteral("endpoints.repositories[0].submit");
        QTest::newRow("twice") << QByteArray("2.25.43714532355317105236028998975472412732")
                               << QByteArray("2.25.257039101348767562287178047510840179753")
                               << QStringLiteral("endpoints.repositories[1].id");
        QTest::newRow("form") << QByteArray("\"emergency\": {") << QByteArray("\"emergencie\": {")
                              << QStringLiteral("codes.forms.emergencie");
        QTest::newRow("confirmation")
            << QByteArray("\"audit\": {") << QByteArray("\"audit\": {\"confirmation\": \"maybe\",")
            << QStringLiteral("endpoints.audit.confirmation");
        QTest::newRow("submitUrl") << QByteArray("\"submit\": true")
                                   << QByteArray("\"submit\": true, \"submitUrl\": \"http://x\"")
                                   << QStringLiteral("endpoints.repositories[0].submitUrl");
        QTest::newRow("imaging address")
            << QByteArray("https://127.0.0.1:8443/dicomweb") << QByteArray("http://127.0.0.1:8443/dicomweb")
            << QStringLiteral("endpoints.imaging[0].dicomweb");
        QTest::newRow("imaging id") << QByteArray("\"imaging\": [\n   {\n    \"id\"")
                                    << QByteArray("\"imaging\": [\n   {\n    \"oid\"")
                                    << QStringLiteral("endpoints.imaging[0].id");
        QTest::newRow("AE title") << QByteArray("\"NARUPRACTICE\"") << QByteArray("\"SEVENTEEN LETTERS\"")
                                  << QStringLiteral("endpoints.imaging[0].aeTitle");
        QTest::newRow("schema") << QByteArray("\"schema\": 1") << QByteArray("\"schema\": 2")
                                << QStringLiteral("schema");
        QTest::newRow("not JSON") << QByteArray("\"schema\": 1,") << QByteArray("\"schema\": 1")
                                  << QStringLiteral("(file)");
    }
    void faultsNameTheKey()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, key);
        QByteArray json = text();
        QVERIFY(json.contains(from));
        const base::Result<SiteProfile> site =
            SiteProfile::parse(json.replace(from, to), QStringLiteral("/x"));
        QVERIFY(!site.ok());
        QVERIFY(site.error().is(ihe::errors::Site));
        QCOMPARE(site.error().arguments.value(QStringLiteral("key")), key);
    }
};

QTEST_APPLESS_MAIN(tst_site)
#include "tst_site.moc"
