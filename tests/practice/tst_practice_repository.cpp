// ITI-41 and ITI-43: every byte comes back, MTOM in both directions; state survives a restart and a kill.
#include "Wire.h"

#include <QElapsedTimer>
#include <QTest>

using namespace wire;

class TestPracticeRepository : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start());
        patient = newPatient(p, "P1");
        QVERIFY(giveConsent(p, patient));
    }

    void bytesComeBackExactly_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << QByteArray("<a/>");
        QTest::newRow("ends in LF") << QByteArray("<a/>\n");
        QTest::newRow("ends in CRLF") << QByteArray("<a/>\r\n");
        QTest::newRow("ends in two CRLF") << QByteArray("<a/>\r\n\r\n");
        QTest::newRow("starts with CRLF") << QByteArray("\r\n\r\n<a/>");
        QTest::newRow("boundary-like") << QByteArray("x\r\n--uuid:1f2e\r\ny\r\n--");
        QTest::newRow("zero bytes") << QByteArray("\0\0\0", 3);
        QByteArray large(5 * 1024 * 1024, Qt::Uninitialized);
        quint32 seed = 7;
        for (char &c : large)
            c = char((seed = seed * 1664525 + 1013904223) >> 24);
        QTest::newRow("5 MB binary") << large;
    }

    void bytesComeBackExactly()
    {
        QFETCH(QByteArray, bytes);
        Doc doc;
        doc.patient = patient;
        doc.bytes = bytes;
        doc.mime = "application/octet-stream";
        const Reply reply = submit(p, {{doc}});
        QVERIFY2(reply.success(), reply.body.left(2000).constData());
        QVERIFY(reply.type.startsWith("multipart/related"));
        const Reply entry = getDocument(p, doc.uniqueId);
        QVERIFY(entry.has(sha1(bytes).constData()));
        QVERIFY(entry.has(("<rim:Value>" + QByteArray::number(bytes.size()) + "</rim:Value>").constData()));
        const Retrieved back = retrieve(p, {doc.uniqueId});
        QVERIFY(back.reply.success());
        QCOMPARE(back.documents.size(), 1);
        QVERIFY(back.documents.first() == bytes);
        QVERIFY(back.reply.has("<xdsb:mimeType>application/octet-stream</xdsb:mimeType>"));
    }

    void inlineBase64IsReadToo()
    {
        Doc doc;
        doc.patient = patient;
        doc.sent = false;
        doc.bytes = "line\r\n";
        Submission s{{doc}};
        s.extraParts = "<x:Document id=\"Document01\">" + doc.bytes.toBase64() + "</x:Document>";
        const Reply reply =
            p.post("/repository/1", "application/soap+xml; charset=UTF-8", provideEnvelope(s));
        QVERIFY2(reply.success(), reply.body.constData());
        QVERIFY(reply.type.startsWith("application/soap+xml"));
        QCOMPARE(retrieve(p, {doc.uniqueId}).documents.value(0), doc.bytes);
    }

    void twoRepositoriesAndPartialSuccess()
    {
        Doc doc;
        doc.patient = patient;
        QVERIFY(submit(p, {{doc}}, QStringLiteral("clinic"), "/repository/2").success());
        QVERIFY(getDocument(p, doc.uniqueId).has(repository2.constData()));
        QCOMPARE(retrieve(p, {doc.uniqueId}, repository2, "/repository/2").documents.size(), 1);
        QCOMPARE(retrieve(p, {doc.uniqueId}, repository2, "/repository/1").reply.errors().value(0),
            QStringLiteral("XDSUnknownRepositoryId"));
        QCOMPARE(
            retrieve(p, {doc.uniqueId}).reply.errors().value(0), QStringLiteral("XDSDocumentUniqueIdError"));
        const Retrieved partial = retrieve(p, {doc.uniqueId, "1.2.3.4"}, repository2, "/repository/2");
        QVERIFY(partial.reply.has("urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"));
        QCOMPARE(partial.documents.size(), 1);
        QCOMPARE(partial.reply.errors(), QStringList{QStringLiteral("XDSDocumentUniqueIdError")});
    }

    void refusedDocumentLeavesNoBytes()
    {
        Doc doc;
        doc.patient = patient;
        Submission s{{doc}};
        s.omit = "creationTime";
        QVERIFY(!submit(p, s).success());
        doc.bytes = "<corrected/>"; // the same uniqueId with other bytes is free again
        QVERIFY(submit(p, {{doc}}).success());
    }

    void stateSurvivesStopAndKill()
    {
        Doc doc;
        doc.patient = patient;
        doc.bytes = "kept\n";
        QVERIFY(submit(p, {{doc}}).success());
        for (const bool hard : {false, true}) {
            if (hard)
                p.kill();
            else
                p.stop();
            QElapsedTimer timer;
            timer.start();
            QVERIFY(p.start());
            QVERIFY2(timer.elapsed() < 1000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
            QCOMPARE(retrieve(p, {doc.uniqueId}).documents.value(0), doc.bytes);
            QVERIFY(findDocuments(p, patient).has(doc.uniqueId.constData()));
            QVERIFY(pixQuery(p, clinicOid, "P1").has(patient.left(20).constData()));
        }
    }

    void manySubmittersAtOnce()
    {
        // Each ITI-41 holds a worker while its ITI-42 needs another: more of them than workers may not lock
        // up.
        QList<QByteArray> bodies;
        for (int i = 0; i < 40; ++i)
            bodies.append(inlineSubmission({}, "ABC"));
        const QList<QByteArray> answers = postAtOnce(bodies);
        QCOMPARE(answers.size(), 40);
        for (const QByteArray &answer : answers)
            QVERIFY2(answer.contains("ResponseStatusType:Success"), answer.constData());
    }

    // Of several documents that claim one id at one moment one is kept, with its own bytes. They are large,
    // so that storing one takes long enough for another to come between.
    void oneIdHasOneContent()
    {
        for (int round = 0; round < 3; ++round) {
            Doc wanted;
            QList<QByteArray> bodies;
            for (int i = 0; i < 12; ++i)
                bodies.append(inlineSubmission(wanted.uniqueId, content(i)));
            const QList<QByteArray> answers = postAtOnce(bodies);
            QCOMPARE(answers.size(), bodies.size());
            int accepted = -1;
            for (int i = 0; i < answers.size(); ++i) {
                if (!answers.at(i).contains("ResponseStatusType:Success"))
                    continue;
                QCOMPARE(accepted, -1);
                accepted = i;
            }
            QVERIFY(accepted >= 0);
            QVERIFY(retrieve(p, {wanted.uniqueId}).documents.value(0) == content(accepted));
        }
    }

private:
    static QByteArray content(int number) { return QByteArray::number(number).repeated(1'000'000); }

    QByteArray inlineSubmission(const QByteArray &uniqueId, const QByteArray &bytes) const
    {
        Doc doc;
        if (!uniqueId.isEmpty())
            doc.uniqueId = uniqueId;
        doc.patient = patient;
        doc.sent = false;
        Submission s{{doc}};
        s.extraParts = "<x:Document id=\"Document01\">" + bytes.toBase64() + "</x:Document>";
        return provideEnvelope(s);
    }

    // Each by a program of its own, all started before the first answer is read; empty: no answer.
    QList<QByteArray> postAtOnce(const QList<QByteArray> &bodies)
    {
        QTemporaryDir folder;
        QList<QProcess *> clients;
        for (int i = 0; i < bodies.size(); ++i) {
            QFile file(folder.filePath(QString::number(i)));
            if (!file.open(QIODevice::WriteOnly) || file.write(bodies.at(i)) != bodies.at(i).size())
                return {};
            file.close();
            auto *client = new QProcess(this);
            client->start(QStringLiteral("curl"),
                {QStringLiteral("-sS"), QStringLiteral("-m"), QStringLiteral("30"),
                    QStringLiteral("--cacert"), p.folder() + QStringLiteral("/ca.pem"),
                    QStringLiteral("--cert"), p.folder() + QStringLiteral("/clinic.pem"),
                    QStringLiteral("--key"), p.folder() + QStringLiteral("/clinic.key"), QStringLiteral("-H"),
                    QStringLiteral("Content-Type: application/soap+xml"), QStringLiteral("--data-binary"),
                    QLatin1Char('@') + file.fileName(),
                    QStringLiteral("https://127.0.0.1:%1/repository/1").arg(p.port())});
            clients.append(client);
        }
        QList<QByteArray> answers;
        for (QProcess *client : clients)
            answers.append(client->waitForFinished(40000) ? client->readAllStandardOutput() : QByteArray());
        return answers;
    }

    PracticeProcess p;
    QByteArray patient;
};

QTEST_GUILESS_MAIN(TestPracticeRepository)
#include "tst_practice_repository.moc"
