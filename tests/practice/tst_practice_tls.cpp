// The door: certificates, TLS versions, SOAP rules, command line.
#include "Wire.h"

#include <QTest>

class TestPracticeTls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(p.start()); }

    void clientWithoutCertificateIsRefused()
    {
        const Reply reply = p.post("/registry", "application/soap+xml", "<x/>", QString());
        QVERIFY(reply.curl != 0);
        QCOMPARE(reply.status, 0L);
    }

    void opensslWithoutCertificateIsRefused()
    {
        QProcess client;
        client.setProcessChannelMode(QProcess::MergedChannels);
        client.start(QStringLiteral("openssl"),
            {QStringLiteral("s_client"), QStringLiteral("-connect"),
                QStringLiteral("127.0.0.1:%1").arg(p.port()), QStringLiteral("-tls1_2"),
                QStringLiteral("-CAfile"), p.folder() + QStringLiteral("/ca.pem")});
        QVERIFY(client.waitForStarted());
        client.write("GET /admin/counts HTTP/1.0\r\n\r\n");
        client.closeWriteChannel();
        QVERIFY(client.waitForFinished(10000));
        const QByteArray out = client.readAll();
        QVERIFY2(out.contains("alert") || out.contains("handshake fail"), out.constData());
        QVERIFY(!out.contains("\"documents\""));
    }

    void oldTlsIsRefused()
    {
        QProcess client;
        client.setProcessChannelMode(QProcess::MergedChannels);
        client.start(QStringLiteral("openssl"),
            {QStringLiteral("s_client"), QStringLiteral("-connect"),
                QStringLiteral("127.0.0.1:%1").arg(p.port()), QStringLiteral("-tls1_1"),
                QStringLiteral("-cipher"), QStringLiteral("ALL:@SECLEVEL=0"), QStringLiteral("-cert"),
                p.folder() + QStringLiteral("/clinic.pem"), QStringLiteral("-key"),
                p.folder() + QStringLiteral("/clinic.key")});
        client.closeWriteChannel();
        QVERIFY(client.waitForFinished(10000));
        QVERIFY(!client.readAll().contains("Protocol  : TLSv1.1\n    Cipher    : ECDHE"));
        QVERIFY(client.exitCode() != 0);
    }

    void listensOnLoopbackOnly()
    {
        QFile table(QStringLiteral("/proc/net/tcp"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        for (const int port : {p.port(), p.auditPort()}) {
            const QByteArray hex = QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
            table.seek(0);
            const QByteArray all = table.readAll();
            QVERIFY(all.contains("0100007F:" + hex + " 00000000:0000 0A"));
            QVERIFY(!all.contains("00000000:" + hex + " 00000000:0000 0A"));
        }
    }

    void publishedSiteHasRealPorts()
    {
        QFile file(p.folder() + QStringLiteral("/site.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray json = file.readAll();
        QVERIFY(json.contains("https://127.0.0.1:" + QByteArray::number(p.port()) + "/repository/2"));
        QVERIFY(json.contains("\"port\": " + QByteArray::number(p.auditPort())));
        QVERIFY(!json.contains(":8443/"));
        for (const char *name : {"ca.pem", "clinic.pem", "clinic.key", "institutions.tsv"})
            QVERIFY(QFile::exists(p.folder() + QLatin1Char('/') + QLatin1String(name)));
        QCOMPARE(int(QFile::permissions(p.folder() + QStringLiteral("/clinic.key"))
                     & (QFile::ReadGroup | QFile::ReadOther)),
            0);
    }

    void wrongActionIsNotSupported()
    {
        const Reply reply = p.soap("/registry", "urn:ihe:iti:2007:RetrieveDocumentSet", "<x/>");
        QCOMPARE(reply.status, 400L);
        QVERIFY(reply.has("ActionNotSupported"));
    }

    void httpActionMustAgree()
    {
        const Reply reply = p.post("/registry", "application/soap+xml; action=\"urn:other\"",
            "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header><a:Action "
            "xmlns:a=\"http://www.w3.org/2005/08/addressing\">urn:ihe:iti:2007:RegistryStoredQuery</"
            "a:Action></s:Header><s:Body><x/></s:Body></s:Envelope>");
        QVERIFY(reply.has("ActionNotSupported"));
    }

    void unknownMustUnderstandIsAFault()
    {
        const Reply reply = p.post("/registry", "application/soap+xml",
            "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header><t:Token "
            "xmlns:t=\"urn:t\" "
            "s:mustUnderstand=\"true\"/></s:Header><s:Body><x/></s:Body></s:Envelope>");
        QCOMPARE(reply.status, 500L);
        QVERIFY(reply.has("env:MustUnderstand"));
    }

    void hostileBodies_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        const QByteArray soap = "application/soap+xml";
        const QByteArray mtom = "multipart/related; type=\"application/xop+xml\"; boundary=b";
        QTest::newRow("empty") << soap << QByteArray();
        QTest::newRow("not xml") << soap << QByteArray("hello");
        QTest::newRow("doctype") << soap
                                 << QByteArray(
                                        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>");
        QTest::newRow("depth") << soap << QByteArray("<a>").repeated(5000);
        QTest::newRow("soap 1.1")
            << soap
            << QByteArray("<s:Envelope "
                          "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>");
        QTest::newRow("no boundary line") << mtom << QByteArray("--other\r\n\r\nx");
        QTest::newRow("unclosed") << mtom << QByteArray("--b\r\nContent-ID: <r>\r\n\r\n<x/>");
        QTest::newRow("headers only") << mtom << QByteArray("--b\r\nContent-ID: <r>");
        QTest::newRow("closing first") << mtom << QByteArray("--b--");
        QTest::newRow("zero bytes") << mtom << QByteArray(4096, '\0');
    }

    void hostileBodies()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        for (const char *path : {"/registry", "/repository/1", "/pix", "/pdq"}) {
            const Reply reply = p.post(path, type, body);
            QVERIFY2(reply.status == 400 || reply.status == 500, path);
            QVERIFY(reply.has("Fault"));
            QVERIFY(!reply.has("root:"));
        }
        QVERIFY(p.get("/admin/counts").contains(QStringLiteral("documents"))); // still alive
    }

    void clinicMayNotRegisterDirectly()
    {
        const Reply reply =
            p.soap("/registry", "urn:ihe:iti:2007:RegisterDocumentSet-b", wire::objects({{wire::Doc{}}}));
        QVERIFY(reply.has("Fault"));
    }

    void verbs()
    {
        QByteArray out;
        QCOMPARE(p.run({QStringLiteral("status")}, &out), 0);
        QVERIFY(out.contains(QByteArray::number(p.port())));
        QCOMPARE(p.run({QStringLiteral("nonsense")}), 2);
        QCOMPARE(p.run({QStringLiteral("--faults"), QStringLiteral("submit:explode"),
                     QStringLiteral("--port"), QStringLiteral("0")}),
            5); // busy folder
        QCOMPARE(p.run({QStringLiteral("stop")}), 0);
        QCOMPARE(p.run({QStringLiteral("status")}), 1);
        QCOMPARE(p.run({QStringLiteral("stop")}), 1);
    }

private:
    PracticeProcess p;
};

QTEST_GUILESS_MAIN(TestPracticeTls)
#include "tst_practice_tls.moc"
