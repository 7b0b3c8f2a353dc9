// Each fault on purpose, as a client meets it.
#include "Wire.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>
#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace wire;

class TestPracticeFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start({QStringLiteral("--empty"), QStringLiteral("--faults"),
            QStringLiteral("query:status=502,times=1")}));
        patient = newPatient(p, "P1");
        QVERIFY(giveConsent(p, patient));
        doc.patient = patient;
        QVERIFY(submit(p, {{doc}}).success());
    }
    void cleanup() { QVERIFY(p.faults("")); }

    void startedWithFaults()
    {
        QCOMPARE(findDocuments(p, patient).status, 502L);
        QCOMPARE(findDocuments(p, patient).status, 200L);
    }

    void badRulesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("spec");
        for (const char *spec : {"submit", "nowhere:refuse", "submit:explode", "submit:stall=x",
                 "submit:refuse,times=0", "submit:refuse,often=2", "submit:status=200"})
            QTest::newRow(spec) << QByteArray(spec);
    }
    void badRulesAreRefused()
    {
        QFETCH(QByteArray, spec);
        QVERIFY(!p.faults(spec));
    }

    void refuse()
    {
        QVERIFY(p.faults("submit:refuse"));
        const double before = documents();
        const Reply reply = submit(p, {{fresh()}});
        QVERIFY(reply.curl != 0);
        QCOMPARE(reply.body.size(), 0);
        QCOMPARE(documents(), before);
        QVERIFY(findDocuments(p, patient).success()); // other targets are well
    }

    void resetAfterBytes()
    {
        QVERIFY(p.faults("query:reset@100"));
        const Reply reply = findDocuments(p, patient);
        QVERIFY(reply.curl != 0);
        QCOMPARE(reply.body.size(), 100);
    }

    void stall()
    {
        QVERIFY(p.faults("query:stall=20,times=1"));
        QElapsedTimer timer;
        timer.start();
        const Reply reply = query(p, "5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4",
            {{"$XDSDocumentEntryUniqueId", "('1')"}}, true, QStringLiteral("clinic"), 1);
        QCOMPARE(reply.curl, int(CURLE_OPERATION_TIMEDOUT));
        QVERIFY(timer.elapsed() < 5000 * NARU_TIME_FACTOR);
    }

    void statusHtmlFault()
    {
        QVERIFY(p.faults("identity:status"));
        QCOMPARE(pixQuery(p, clinicOid, "P1").status, 503L);
        QVERIFY(p.faults("identity:html"));
        Reply reply = pixQuery(p, clinicOid, "P1");
        QCOMPARE(reply.status, 200L);
        QVERIFY(reply.type.startsWith("text/html"));
        QVERIFY(p.faults("identity:fault"));
        reply = pixQuery(p, clinicOid, "P1");
        QVERIFY(reply.status == 500 && reply.has("env:Receiver"));
    }

    void brokenMultipart()
    {
        QVERIFY(p.faults("retrieve:truncate"));
        Retrieved got = retrieve(p, {doc.uniqueId});
        QCOMPARE(got.reply.curl, 0); // HTTP is whole, the multipart is not
        QVERIFY(!got.reply.body.trimmed().endsWith("--"));
        QVERIFY(p.faults("retrieve:badboundary"));
        got = retrieve(p, {doc.uniqueId});
        QCOMPARE(got.reply.curl, 0);
        QCOMPARE(got.documents.size(), 0);
        QVERIFY(p.faults("retrieve:badlength"));
        got = retrieve(p, {doc.uniqueId});
        QVERIFY(got.reply.curl == CURLE_PARTIAL_FILE || got.reply.curl == CURLE_RECV_ERROR);
    }

    void unknownOutcomeIsCommitted()
    {
        QVERIFY(p.faults("submit:unknown,times=1"));
        const Doc d = fresh();
        Submission s{{d}};
        const Reply reply = submit(p, s);
        QVERIFY(reply.curl != 0);
        QVERIFY(getDocument(p, d.uniqueId).has(d.uniqueId.constData()));
        QCOMPARE(submit(p, s).errors().value(0),
            QStringLiteral("XDSDuplicateUniqueIdInRegistry")); // the retry is recognised
        QCOMPARE(p.get("/admin/counts").value(QStringLiteral("duplicates")).toInt(), 0);
    }

    void timesEveryAfter()
    {
        QVERIFY(p.faults("query:status=500,every=3,after=1,times=2"));
        QList<long> seen;
        for (int i = 0; i < 12; ++i)
            seen.append(findDocuments(p, patient).status);
        QCOMPARE(seen, (QList<long>{200, 200, 200, 500, 200, 200, 500, 200, 200, 200, 200, 200}));
        QCOMPARE(p.get("/admin/faults")
                     .value(QStringLiteral("rules"))
                     .toArray()
                     .at(0)
                     .toObject()
                     .value(QStringLiteral("fired"))
                     .toInt(),
            2);
    }

    void auditRefused()
    {
        QVERIFY(p.faults("audit:refuse,times=1"));
        QVERIFY(!auditConnectionLives());
        QVERIFY(auditConnectionLives());
    }

private:
    bool auditConnectionLives()
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(uint16_t(p.auditPort()));
        const timeval second{1, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
        if (::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
            ::close(fd);
            return false;
        }
        char byte = 0;
        const bool reset = ::recv(fd, &byte, 1, 0) < 0 && errno == ECONNRESET;
        ::close(fd);
        return !reset;
    }
    double documents() { return p.get("/admin/counts").value(QStringLiteral("documents")).toDouble(); }
    Doc fresh() const
    {
        Doc d;
        d.patient = patient;
        return d;
    }
    PracticeProcess p;
    QByteArray patient;
    Doc doc;
};

QTEST_GUILESS_MAIN(TestPracticeFaults)
#include "tst_practice_faults.moc"
